package fit

import (
	"math"
	"slices"

	"fitroom/geometry/body"
	"fitroom/geometry/fault"
)

// spot is one zone of a style: where its chart, its garment measure and the
// body's reading are to be found.
type spot struct {
	place
	chart *steps // nil: not charted, and no design ease declared
	pom   POM
	has   bool // pom is given
	free  bool
	// positive and reaches: see girth. Taken over all sizes, so that they
	// cannot make a larger size tighter than a smaller one.
	positive, reaches bool
	odd               bool  // the style's figures here are out of all proportion to the body
	read              known // of the body
	found             bool
}

// table is a style made ready for the arithmetic, and whom it is compared with.
type table struct {
	style  *Style
	wearer Wearer
	opt    Options
	spots  []spot
	charts map[body.Key]*steps // of every dimension, zones or not
}

func newTable(w Wearer, s *Style, o Options) (*table, error) {
	charts, err := s.ladders()
	if err != nil {
		return nil, err
	}
	if err := w.Validate(); err != nil {
		return nil, err
	}
	if !(math.Abs(o.Preference) <= 0.3) {
		return nil, fault.Errorf("preference ease is %.1f cm; it must be -30 to 30", o.Preference*100)
	}
	t := &table{style: s, wearer: w, opt: o, charts: charts}
	for _, k := range sortedKeys(s.POM) {
		if err := t.chartFromDesign(k); err != nil {
			return nil, err
		}
	}
	t.findSpots()
	for i := range t.spots {
		t.read(&t.spots[i])
		t.spots[i].odd = t.spots[i].outOfProportion(s.Sizes)
	}
	return t, nil
}

// Girths of a style below or above these shares of the body, in every size, are
// no size that is too small or too large: half a girth is 0.5, inches in place of
// centimetres are 0.39, and a full girth doubled is 2.
const (
	leastShare = 0.62
	mostShare  = 1.7
)

// outOfProportion reports a girth of the trunk for which every size is drawn, or
// measures, far beside the body.
func (s *spot) outOfProportion(sizes []string) bool {
	if !s.torso || !s.found || s.free {
		return false
	}
	b := s.read.Value
	if s.chart != nil {
		n := len(s.chart.centre)
		return s.chart.centre[n-1] < leastShare*b || s.chart.centre[0] > mostShare*b
	}
	least, most := math.Inf(1), math.Inf(-1)
	for _, size := range sizes {
		if v, ok := s.pom.Values[size]; ok {
			least, most = min(least, v), max(most, v)
		}
	}
	return most > 0 && (most < leastShare*b || least > mostShare*b && s.key != body.HipGirth) // a skirt may be as wide as it likes
}

// read looks up the body's measurement of a zone.
func (t *table) read(s *spot) { s.read, s.found = t.wearer.find(readingKey(s.key)) }

// chartFromDesign derives a chart from garment measure less declared design
// ease where the style prints none.
func (t *table) chartFromDesign(k body.Key) error {
	p, _ := placeOf(k)
	m := t.style.POM[k]
	if _, charted := t.charts[k]; charted || t.charts[twin(k)] != nil || p.length || len(m.Design) < 2 || m.Free {
		return nil
	}
	values := make(map[string]float64, len(m.Design))
	for size, e := range m.Design {
		if v, ok := m.Values[size]; ok {
			values[size] = v - e
		}
	}
	c, err := PlainChart(t.style.Sizes, values)
	if err != nil {
		return nil // one size only: no step to speak of
	}
	derived := &Style{ID: t.style.ID, Sizes: t.style.Sizes, Chart: map[body.Key]Chart{k: c}}
	st, err := derived.steps(k)
	if err != nil {
		return fault.Errorf("pom less design ease: %w", err)
	}
	t.charts[k] = st
	return nil
}

// findSpots lists the zones of the style in the order of the contract. A zone
// known under two keys (bust and chest) is listed once, under the charted one.
func (t *table) findSpots() {
	all := places()
	for _, p := range all {
		s := spot{place: p, chart: t.charts[p.key]}
		pom, ok := t.style.POM[p.key]
		if other := twin(p.key); !ok && s.chart != nil && other != p.key {
			pom, ok = t.style.POM[other]
		} else if s.chart == nil && t.charts[other] != nil {
			continue
		}
		if t.hasZone(p.zone) && (p.key == body.ArmLength || p.key == body.WaistNavelGirth || p.key == body.AcrossBackWidth) {
			continue
		}
		if s.chart == nil && !ok {
			continue
		}
		s.pom, s.has, s.free = pom, ok && !pom.Free, pom.Free
		s.positive, s.reaches = s.designs(t.style)
		t.spots = append(t.spots, s)
	}
}

func (t *table) hasZone(name string) bool {
	return slices.ContainsFunc(t.spots, func(s spot) bool { return s.zone == name })
}

// design is the ease a size was drawn with; NaN if it cannot be told.
func (s *spot) design(size string) float64 {
	if e, ok := s.pom.Design[size]; ok {
		return e
	}
	g, ok := s.pom.Values[size]
	if !ok || !s.has || s.chart == nil {
		return math.NaN()
	}
	r, ok := s.chart.rank[size]
	if !ok {
		return math.NaN()
	}
	return g - s.chart.centre[r]
}

// designs reports whether all sizes have ease here, and the wearing ease. A
// zone whose ease is unknown counts as one with ease, as most clothes have.
func (s *spot) designs(style *Style) (positive, reaches bool) {
	positive, reaches = true, s.minEase > 0
	for _, size := range style.Sizes {
		e := s.design(size)
		if math.IsNaN(e) {
			continue
		}
		positive = positive && e > 0
		reaches = reaches && e >= s.minEase
	}
	return positive, reaches
}

// blank is a zone with every figure absent.
func blank(s *spot) Zone {
	n := math.NaN()
	return Zone{
		Name: s.zone, Length: s.length, BodyKey: s.key,
		Body: n, Garment: n, Flat: n, Relaxed: n, Worn: n, Own: n, OwnWorn: n, OwnOff: n, OwnUneven: n, OwnPull: n, Room: n, LeastGap: n, Ease: n, EaseLow: n, EaseHigh: n, Design: n,
		Band: [2]float64{n, n}, Step: n, Sigma: n, X: n, Delta: n,
		StrainMax: n, Fill: n, Usable: n, Tension: n, PressureMean: n, PressureP95: n, PressureTissue: n,
		Confidence: n, TightRisk: n,
	}
}

// sizeReport is the flat arithmetic of one size.
func (t *table) sizeReport(size string) SizeReport {
	r := SizeReport{Size: size, Zones: make([]Zone, len(t.spots))}
	for i := range t.spots {
		t.zone(&r.Zones[i], &t.spots[i], size, nil)
	}
	return r
}

// measured is what the drape says of one zone; nil: nothing.
type measured struct {
	relaxed, worn    float64 // [m]
	at               float64 // body girth of the drape [m]
	strain           float64 // mean hoop strain [1]
	strainMax        float64
	usable           float64 // along the cut [1]
	modulus          float64 // along the cut, slope at the strain there [N/m]
	tension          float64 // [N/m]
	pressure, pres95 float64 // [Pa]
	shift            float64 // of the tape's plane from the level, along its normal [m]
	slid             float64 // of an edge below its place on the body [m]
	room, leastGap   float64 // see Zone [m]
	pull             float64 // along a line [N/m]
	plane            plane   // of the tape
	own              ownLine // the pattern's line of this measure; zero: not known
	pulledIn         bool    // the garment has elastics: a table means what they leave of it
	line             bool    // a line of the pattern: it has lengths and no forces
	atRest           bool
	soft             bool // draped on tissue that gives way
}

// zone fills in the figures and then the verdict. d adds what was draped.
func (t *table) zone(z *Zone, s *spot, size string, d *measured) {
	*z = blank(s)
	read, found := s.read, s.found
	if found {
		z.Source = read.Source
		if read.estimated {
			z.Source = body.Predicted
		}
	}
	if v, ok := s.pom.Values[size]; ok {
		z.Flat, z.Garment = v, v
	}
	if d != nil {
		z.drawn(d)
		if math.IsNaN(z.Garment) && d.atRest {
			z.Garment = d.relaxed
		}
	}
	if s.length {
		t.lengthZone(z, s, size, read, found)
	} else {
		t.girthZone(z, s, size, read, found, d)
	}
	if d != nil && !d.pulledIn && z.contradicts() {
		z.cannot(NotThePattern)
	}
}

// contradicts reports a table that cannot be of this pattern: half measures are
// 2 times off, inches 2.5; the wrong line of a right table is not.
func (z *Zone) contradicts() bool {
	r := z.Relaxed / z.Flat
	if !math.IsNaN(z.Own) {
		r = (z.Own + z.Bridged) / z.Flat
	}
	return z.Reason != FreeZone && (r > mostShare || r < leastShare)
}

// drawn writes what was measured of lengths and room on the drape.
func (z *Zone) drawn(d *measured) {
	z.Relaxed, z.Worn, z.Shift, z.Slid, z.Room, z.LeastGap = d.relaxed, d.worn, d.shift, d.slid, d.room, d.leastGap
	z.Slack = d.tension < slackTension && d.room > slackRoom
	if d.line {
		z.Slack, z.OwnPull = d.pull < slackTension, d.pull
	}
	if d.own.relaxed == 0 {
		return
	}
	z.Own, z.OwnWorn, z.Bridged, z.OwnPull = d.own.relaxed, d.own.worn, d.own.bridged, d.own.pull
	if d.plane != (plane{}) {
		off, uneven := d.own.from(d.plane)
		z.OwnOff, z.OwnUneven = off*math.Copysign(1, d.plane.normal.Y), uneven
	}
}

// readingKey is the body measurement a zone is compared with.
func readingKey(k body.Key) body.Key {
	if k == SleeveLen {
		return body.ArmLength
	}
	return k
}

func (t *table) girthZone(z *Zone, s *spot, size string, read known, found bool, d *measured) {
	var sc *scale
	if s.chart != nil {
		if v, ok := s.chart.scale(size); ok {
			sc = &v
			r := s.chart.rank[size]
			z.Band = [2]float64{s.chart.lower[r], s.chart.upper[r]}
			z.Step = s.chart.step(size)
		}
	}
	z.Design = s.design(size)
	if math.IsNaN(z.Design) && sc != nil {
		z.Design = z.Garment - s.chart.centre[s.chart.rank[size]] // measured on the drape
	}
	if found {
		z.Body = read.Value
		z.Ease = z.Garment - z.Body
		z.Sigma = girthSigma(s, read.Sigma, z, d)
		z.EaseLow, z.EaseHigh = z.Ease-1.96*z.Sigma, z.Ease+1.96*z.Sigma
		if sc != nil {
			z.X = sc.of(z.Body)
		}
	}
	g := t.girthOf(z, s, sc, d)
	g.figures(z, d)
	if reason := t.obstacle(s, found); reason != "" {
		z.cannot(reason)
		return
	}
	switch {
	case sc == nil && math.IsNaN(z.Garment) && d != nil:
		z.cannot(NotAtRest)
	case sc == nil && math.IsNaN(z.Garment):
		z.cannot(NoFigures)
	default:
		g.judge(z, z.Body, z.Sigma, spread(t.style.Fabric))
		if sc != nil && z.Sigma > z.Step {
			risk := z.TightRisk // holds all the same and keeps the size out
			z.cannot(TooNoisy)
			z.TightRisk = risk
		}
	}
}

// obstacle is why a zone cannot be judged at all; empty if it can.
func (t *table) obstacle(s *spot, found bool) string {
	switch {
	case s.free || s.key == Hem: // a hem has no girth of the body to be compared with
		return FreeZone
	case t.wearer.Posture != "" && t.wearer.Posture != "standing":
		return NotStanding
	case t.wearer.mismatch(t.style):
		return WrongPeople
	case !found && !s.length:
		return NoMeasurement
	case t.wearer.OverClothes && !s.length:
		return Clothed
	case s.odd:
		return Implausible
	}
	return ""
}

// girthSigma adds the errors of body, production, level and drape. A chart
// alone speaks of bodies, not of a sewn garment: then only the tape errs.
func girthSigma(s *spot, sigma float64, z *Zone, d *measured) float64 {
	if math.IsNaN(z.Garment) {
		return sigma
	}
	tol := s.pom.Tolerance
	if tol == 0 {
		tol = tolGirth
	}
	level := levelSmall
	if s.large {
		level = levelLarge
	}
	sum := sigma*sigma + tol*tol/3 + level*level // uniform over +-tol has variance tol^2/3
	if d != nil && math.IsNaN(z.Flat) {
		sum += drapedGirth * drapedGirth
	}
	return math.Sqrt(sum)
}

func (t *table) girthOf(z *Zone, s *spot, sc *scale, d *measured) girth {
	f := t.style.Fabric
	g := girth{
		garment: z.Garment, scale: sc, positive: s.positive, reaches: s.reaches && s.has,
		minEase: s.minEase, collar: s.key == body.NeckGirth, woven: f.IsWoven(), tooMuch: critical,
	}
	if t.style.Compression > 0 {
		g.tooMuch = t.style.Compression
	}
	g.yield = t.wearer.yield(s.key)
	g.pull, g.usable = hoop(f)
	g.fabric = g.pull.Slope > 0 && g.usable > 0
	if d != nil && d.atRest && !d.line {
		g.drapedAt, g.drapedEps, g.drapedP = d.at, d.strain, d.pressure
		g.modulus, g.usable = d.modulus, d.usable
		g.fabric = g.modulus > 0 && g.usable > 0
	}
	return g
}

// figures writes strain, fill, tension and pressure: measured on a drape at
// rest, otherwise estimated on a circle of the body's girth.
func (g *girth) figures(z *Zone, d *measured) {
	if d != nil && d.atRest && !d.line {
		z.Draped = true
		z.StrainMax, z.Usable, z.Tension = d.strainMax, g.usable, d.tension
		z.Fill = max(0, d.strain) / g.usable
		z.PressureMean, z.PressureP95 = d.pressure, d.pres95
		z.tissue(d.soft, d.pressure)
		return
	}
	if !g.fabric || math.IsNaN(z.Garment) || math.IsNaN(z.Body) || d != nil && !d.line {
		return
	}
	eps := max(0, z.Body/z.Garment-1)
	z.StrainMax, z.Usable, z.Fill = eps, g.usable, eps/g.usable
	z.Tension = g.pull.Force(eps)
	z.PressureMean = z.Tension * 2 * math.Pi / z.Body
	z.tissue(g.yield > 0, onTissue(z.Body, z.Garment, g.pull, g.yield))
}

// tissue notes the pressure on yielding tissue, where that is known, and the
// class of the best figure there is.
func (z *Zone) tissue(known bool, soft float64) {
	z.Pressure = pressureClass(z.PressureMean)
	if known {
		z.PressureTissue = soft
		z.Pressure = pressureClass(soft)
	}
}

// presses is the best figure of the pressure: on tissue, else on a rigid body.
func (z *Zone) presses() float64 {
	if math.IsNaN(z.PressureTissue) {
		return z.PressureMean
	}
	return z.PressureTissue
}

// lengthZone compares a length with what is wished: by the customer, by the
// chart of the same measure, by the declared design ease, or by the height the
// size was drawn for, in proportion.
func (t *table) lengthZone(z *Zone, s *spot, size string, read known, found bool) {
	z.Design = s.design(size)
	sigma := math.NaN()
	switch wish, wished := t.opt.Wish[s.zone]; {
	case wished:
		z.Body, z.Delta, sigma = wish, z.Garment-wish, 0
	case found && s.chart != nil:
		if r, ok := s.chart.rank[size]; ok {
			z.Body, z.Band, z.Step = read.Value, [2]float64{s.chart.lower[r], s.chart.upper[r]}, s.chart.step(size)
			sc, _ := s.chart.scale(size)
			z.X, z.Delta, sigma = sc.of(read.Value), s.chart.centre[r]-read.Value, read.Sigma
		}
	case found && !math.IsNaN(z.Design):
		z.Body, z.Delta, sigma = read.Value, z.Garment-read.Value-z.Design, read.Sigma
	default:
		z.Body, sigma = t.wishByHeight(z.Garment, s, size)
		z.Delta = z.Garment - z.Body
		if math.IsNaN(z.Body) && found {
			z.Body = read.Value // shown, though nothing says what the garment should have
		}
	}
	if !math.IsNaN(z.Garment) && !math.IsNaN(sigma) {
		z.Ease = z.Garment - z.Body
		tol := s.pom.Tolerance
		if tol == 0 {
			tol = tolLength
		}
		sigma = math.Sqrt(sigma*sigma + tol*tol/3)
		z.EaseLow, z.EaseHigh = z.Ease-1.96*sigma, z.Ease+1.96*sigma
	}
	z.Sigma = sigma
	switch reason := t.obstacle(s, found); {
	case reason != "":
		z.cannot(reason)
	case math.IsNaN(z.Delta):
		z.cannot(NoDesign)
	default:
		z.judgeLength()
	}
}

// wishByHeight scales a length that goes with stature by the wearer's height
// over the height the size was drawn for, and gives its standard deviation.
func (t *table) wishByHeight(garment float64, s *spot, size string) (wish, sigma float64) {
	wish, sigma = math.NaN(), math.NaN()
	switch s.key {
	case BodyLength, SkirtLength, Outseam, SleeveLen, body.ArmLength, body.Inseam:
	default:
		return
	}
	st := t.charts[body.Height]
	h, ok := t.wearer.find(body.Height)
	if st == nil || !ok {
		return
	}
	r, ok := st.rank[size]
	if !ok {
		return
	}
	return garment * h.Value / st.centre[r], garment * h.Sigma / st.centre[r]
}
