package body

import (
	"context"
	"fmt"
	"io/fs"
	"sync"

	"fitroom/geometry"
	"fitroom/geometry/tape"

	"gonum.org/v1/gonum/spatial/r3"
)

// Model turns measurements into bodies. It is immutable and may be shared.
type Model struct {
	tpl   *Template
	tris  []geometry.Tri
	part  []Part
	sexes map[Population]*population
	half  func() *population // half way between them; made when first asked for
	prior map[Population]*Prior
	marks fixedMarks
	zones zones

	skin    *skin
	parting *parting
}

// population is what differs between women and men.
type population struct {
	space  *space
	ruler  *ruler
	prior  *Prior
	middle func() *middle // made when first asked for
}

// Open reads the template, the survey statistics and the learned prior from the
// assets.
func Open(files fs.FS) (*Model, error) {
	m, err := OpenHandSet(files)
	if err != nil {
		return nil, err
	}
	lf, err := files.Open(LearnedFile)
	if err != nil {
		return nil, fmt.Errorf("body: %w", err)
	}
	defer lf.Close()
	l, err := DecodeLearned(lf)
	if err != nil {
		return nil, err
	}
	if err := m.sexes[Women].space.learn(l.Women); err != nil {
		return nil, err
	}
	return m, m.sexes[Men].space.learn(l.Men)
}

// OpenHandSet opens the model with the prior of shape set by hand, which a
// learned one is learned from. The population between the sexes, whose axes
// nobody was fitted in, keeps it.
func OpenHandSet(files fs.FS) (*Model, error) {
	tf, err := files.Open(TemplateFile)
	if err != nil {
		return nil, fmt.Errorf("body: %w", err)
	}
	defer tf.Close()
	tpl, err := DecodeTemplate(tf)
	if err != nil {
		return nil, err
	}
	sf, err := files.Open(StatsFile)
	if err != nil {
		return nil, fmt.Errorf("body: %w", err)
	}
	defer sf.Close()
	priors, err := Priors(sf)
	if err != nil {
		return nil, err
	}
	m := &Model{tpl: tpl, prior: priors, marks: newFixedMarks(tpl)}
	m.whole()
	edges, near := outlines(tpl), tpl.neighbours()
	women, room := m.newPopulation(Women, tpl.Women, isoWaistWomen, edges, nil)
	men, _ := m.newPopulation(Men, tpl.Men, isoWaistMen, edges, room)
	m.sexes = map[Population]*population{Women: women, Men: men}
	m.half = sync.OnceValue(func() *population {
		p, _ := m.newPopulation(Unspecified, between(tpl.Women, tpl.Men), (isoWaistWomen+isoWaistMen)/2, edges, nil)
		return p
	})
	m.zones = newZones(tpl, near)
	m.skin, m.parting = newSkin(tpl), newParting(tpl, near)
	return m, nil
}

// newPopulation makes the space of shapes of a population and what measures it,
// writing over the fields of another, and hands these on.
func (m *Model) newPopulation(who Population, shape SexShape, iso float64, edges map[Key]outline, room [][]r3.Vec) (*population, [][]r3.Vec) {
	sp, used := newSpace(m.tpl, shape, iso, m.marks, room)
	var breast []r3.Vec
	if who == Women {
		breast = shape.Modes[len(shape.Modes)-2]
	}
	p := &population{space: sp, ruler: newRuler(m.tpl, sp.mean, breast, m.marks, edges), prior: m.prior[who]}
	p.middle = sync.OnceValue(func() *middle {
		return newMiddle(p.space, p.ruler, p.targets(who, p.prior.table(&Measurements{Population: who})))
	})
	return p, used
}

// fitter aims at the measures of a table.
func (p *population) fitter(who Population, table []Measure) *fitter {
	f := newFitter(p.space, p.ruler, p.targets(who, table))
	f.first = p.middle()
	return f
}

// population is false for one that the model does not know.
func (m *Model) population(who Population) (*population, bool) {
	if who == Unspecified {
		return m.half(), true
	}
	p, ok := m.sexes[who]
	return p, ok
}

// between is the shape space half way between the sexes: the way from one to
// the other is its first axis, the men's modes and the breast axes follow.
func between(w, m SexShape) SexShape {
	mid, way := make([]r3.Vec, len(w.Mean)), make([]r3.Vec, len(w.Mean))
	for i := range mid {
		mid[i] = r3.Scale(0.5, r3.Add(w.Mean[i], m.Mean[i]))
		way[i] = r3.Scale(0.5, r3.Sub(w.Mean[i], m.Mean[i]))
	}
	n := len(w.Modes)
	modes := append([][]r3.Vec{way}, m.Modes[:len(m.Modes)-3]...)
	return SexShape{Mean: mid, Modes: append(modes, w.Modes[n-2:]...)}
}

// whole spreads triangles and parts of the half to both sides.
func (m *Model) whole() {
	t := m.tpl
	for _, f := range t.Tris {
		m.tris = append(m.tris, geometry.Tri{f[0], f[1], f[2]}, geometry.Tri{t.mirror(f[0]), t.mirror(f[2]), t.mirror(f[1])})
	}
	m.part = append(m.part, t.Part...)
	for _, p := range t.Part[t.Middle:] {
		m.part = append(m.part, otherSide(p))
	}
}

// mirror is the vertex of the whole mesh that mirrors one of the left half.
func (t *Template) mirror(v int32) int32 {
	if int(v) < t.Middle {
		return v
	}
	return v + int32(t.Left)
}

// otherSide swaps left and right.
func otherSide(p Part) Part {
	switch p {
	case Torso, Neck, Head:
		return p
	}
	return UpperArmL + ((p - UpperArmL) ^ 1)
}

const (
	givenSigma  = 0.0002 // a given length is met to about this [m]
	givenWeight = 0.1    // [kg]; people's density differs by more
	// A predicted measure pulls with this share of its standard deviation, but
	// never tighter than the floor: what nothing given contradicts is on the mesh
	// as it was foretold, and a given measure, held to a fraction of a millimetre,
	// always wins.
	predictedShare  = 0.2
	predictedFloor  = 0.003 // [m]
	predictedWeight = 1.5   // [kg]
	// Measures that no survey took are foretold by our own estimate, and tapes
	// through the crotch pull into the flesh: there the prior of shape has its say
	// too.
	estimatedShare = 0.35
	estimatedFloor = 0.004 // [m]
	// The survey's neck base runs over other points than ours, so a prediction
	// must not bend the neck [m].
	predictedNeckBase = 0.015
)

// predictedSigma is how far off a prediction is one unit of cost.
func predictedSigma(k Key, sd float64) float64 {
	switch k {
	case Weight:
		return max(estimatedShare*sd, predictedWeight)
	case NeckBaseGirth:
		return predictedNeckBase
	case UnderbustGirth, WaistGirth, KneeGirth, ElbowGirth, AcrossShoulder, CrotchLength, TrunkGirth:
		return max(estimatedShare*sd, estimatedFloor)
	}
	return max(predictedShare*sd, predictedFloor)
}

// Fit returns the body with the given measures, the others predicted from the
// surveys. It returns *MeasureError (perhaps joined) for values that are
// absurd, contradict each other or cannot be met together.
func (m *Model) Fit(ctx context.Context, in Measurements) (*Body, error) {
	who := in.Population
	if who == "" {
		who = Unspecified
	}
	doubts, err := m.Check(in)
	if err != nil {
		return nil, err
	}
	p, _ := m.population(who) // Check has refused one that is not known
	table := p.prior.table(&in)
	f := p.fitter(who, table)
	if err := f.run(ctx, 0); err != nil {
		return nil, fmt.Errorf("body fit stopped: %w", err)
	}
	left, err := m.settle(ctx, f)
	if err != nil {
		return nil, fmt.Errorf("body fit stopped: %w", err)
	}
	b := m.finish(p, f, table)
	b.Population, b.Doubts, b.Crossings = who, doubts, m.crossings(b, f.x, left)
	if b.Crossings > 0 {
		b.Warnings = append(b.Warnings, fmt.Sprintf("in the measuring stance the skin crosses itself in a fold (%d pairs of triangles)", b.Crossings))
	}
	if far := in.beyond(); far != "" {
		b.Rare = true
		b.Warnings = append(b.Warnings, far)
	}
	for _, d := range doubts {
		b.Warnings = append(b.Warnings, d.Error())
	}
	b.Compliance = m.compliance(b)
	if in.OverClothes {
		b.Warnings = append(b.Warnings, "measured over clothes: girths are too large by an unknown amount")
	}
	return b, b.verify()
}

// Check looks at the values before any fit: err joins what is refused, doubts
// are values to ask the customer about, the least likely first.
func (m *Model) Check(in Measurements) (doubts []*MeasureError, err error) {
	p, ok := m.prior[in.Population]
	if !ok {
		p = m.prior[Unspecified]
	}
	return p.Check(in)
}

// Prior is what the model knows of a population's measures; nil if it does not
// know the population.
func (m *Model) Prior(who Population) *Prior {
	return m.prior[who]
}

// targets are what the fit to a table aims at, always of the same measures in the
// same order.
func (p *population) targets(who Population, table []Measure) []target {
	var targets []target
	aimed := map[Key]bool{}
	for _, row := range table {
		if aimed[statKey(row.Key)] {
			continue
		}
		aimed[statKey(row.Key)] = true
		t := target{key: row.Key, value: row.Asked, given: row.Source == Given}
		switch {
		case row.Source == Given && row.Key == Weight:
			t.sigma = givenWeight
		case row.Source == Given:
			t.sigma = givenSigma
		default:
			t.sigma = predictedSigma(row.Key, row.SD)
		}
		targets = append(targets, t)
	}
	reconcile(targets)
	return append(targets, p.frame(who, table)...)
}

// finish builds the whole body from the fitted rows. What it calls achieved is
// the fit's own word; Judge has the public tape's.
func (m *Model) finish(p *population, f *fitter, table []Measure) *Body {
	b := &Body{Mesh: &geometry.Mesh{Verts: p.space.mesh(f.x), Tris: m.tris}, Part: m.part, Measures: table}
	floor := f.x[f.probe.floor].Y
	for i := range f.x {
		f.x[i].Y -= floor
	}
	b.origin = &origin{m, p, f.x}
	f.probe.set(f.x)
	m.place(b, &f.probe)
	for i := range b.Measures {
		r := &b.Measures[i]
		r.Achieved, _ = f.probe.measure(r.Key, false)
	}
	return b
}

// Level returns the level of a girth, nil if the key has none.
func (b *Body) Level(k Key) *Level {
	for i := range b.Levels {
		if b.Levels[i].Key == k {
			return &b.Levels[i]
		}
	}
	return nil
}

// Around returns the points where the skin of the level's parts meets its
// plane; tape.Hull of them is the line the tape takes.
func (b *Body) Around(l *Level) []r3.Vec {
	var in [NumParts]bool
	for _, p := range l.Parts {
		in[p] = true
	}
	return tape.SectionPoints(b.Mesh, l.Origin, l.Normal, func(v int32) bool { return in[b.Part[v]] })
}
