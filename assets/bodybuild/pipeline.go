package main

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"

	"fitroom/geometry/body"

	"gonum.org/v1/gonum/spatial/r3"
)

const (
	samplesPerSex = 260
	seed          = 8559 // any fixed number; the asset is a function of it

	modesMen   = 14
	modesWomen = 12 // and the two breast axes

	handVerts = 330 // of about 2,250 on each side
	footVerts = 200 // of about 1,050; more, and a woman's toes touch

	// Faces with a longest edge below this stay as they are.
	subdivideEdge = 0.155 // [dm]
)

// pipeline maps base vertices to the vertices of the template.
type pipeline struct {
	src     *source
	cage    *cage
	joints  joints
	calm    calm
	arm     []float64 // weight for the repose, per cage vertex of the left half
	full    []int32   // compact index -> cage vertex it copies (its mirror for the right)
	flip    []bool    // the compact vertex is the mirror image of full's
	refined *refined
	order   []int32 // template vertex -> refined vertex (middle first, then left)
	rank    []int32 // refined vertex -> template vertex, -1 for the right side
}

func build(src *source, out io.Writer) (*body.Template, error) {
	part := labels(src)
	p := &pipeline{src: src, cage: &cage{faces: leftFaces(src)}, joints: newJoints(src)}
	if err := plainHead(src, p.cage); err != nil {
		return nil, err
	}
	base := src.verts[:bodyVerts]
	p.cage.settle(base)
	cagePart := p.cagePart(part)
	for _, t := range []struct {
		part body.Part
		keep int
	}{{body.HandL, handVerts}, {body.FootL, footVerts}} {
		inside := func(v int32) bool { return cagePart[v] == t.part }
		p.cage.faces = thin(p.cage.faces, base, inside, t.keep)
	}
	weights := regionWeights(src, part)
	p.arm = append(slices.Clone(weights[body.RegionArm]), make([]float64, len(p.cage.head))...)
	p.calm = newCalm(src)
	p.subdivide(cagePart)
	fmt.Fprintf(out, "cage %d vertices, template %d\n", len(p.full), len(p.refined.rows))

	t := &body.Template{}
	p.topology(t, cagePart, weights)
	p.marks(t)
	var err error
	if t.Women, err = p.women(t); err != nil {
		return nil, err
	}
	if t.Men, err = p.men(); err != nil {
		return nil, err
	}
	return t, nil
}

func (p *pipeline) cagePart(base []body.Part) []body.Part {
	part := slices.Clone(base)
	for range p.cage.head {
		part = append(part, body.Head)
	}
	return part
}

// subdivide mirrors the half cage and refines torso, neck and limbs.
func (p *pipeline) subdivide(part []body.Part) {
	pos := make([]r3.Vec, bodyVerts+len(p.cage.head))
	p.cage.place(pos, p.src.verts)
	compact := map[int32]int32{}
	var side []int8
	for _, f := range p.cage.faces {
		for _, v := range f {
			if _, ok := compact[v]; !ok {
				compact[v] = int32(len(p.full))
				p.full = append(p.full, v)
				p.flip = append(p.flip, false)
				if onMid(pos[v]) {
					side = append(side, 0)
				} else {
					side = append(side, 1)
				}
			}
		}
	}
	n := len(p.full)
	mirror := make([]int32, n)
	for i := range n {
		mirror[i] = int32(i)
		if side[i] != 0 {
			mirror[i] = int32(len(p.full))
			mirror = append(mirror, int32(i))
			p.full = append(p.full, p.full[i])
			p.flip = append(p.flip, true)
			side = append(side, -1)
		}
	}
	var faces [][]int32
	var chosen []bool
	for _, f := range p.cage.faces {
		g := make([]int32, len(f))
		for k, v := range f {
			g[k] = compact[v]
		}
		faces = append(faces, g)
		chosen = append(chosen, p.choose(f, pos, part))
	}
	for i := range len(faces) {
		g := make([]int32, len(faces[i]))
		for k, v := range faces[i] {
			g[len(g)-1-k] = mirror[v]
		}
		faces = append(faces, g)
		chosen = append(chosen, chosen[i])
	}
	p.refined = subdivide(faces, len(p.full), mirror, side, chosen, p.fullCage(pos))
	p.rank = make([]int32, len(p.refined.rows))
	for _, s := range []int8{0, 1} {
		for i := range p.refined.rows {
			if p.refined.side[i] == s {
				p.rank[i] = int32(len(p.order))
				p.order = append(p.order, int32(i))
			} else if p.refined.side[i] < 0 {
				p.rank[i] = -1
			}
		}
	}
}

// choose says whether a cage face is refined: quads off head, hands and feet
// that are not already fine.
func (p *pipeline) choose(f []int32, pos []r3.Vec, part []body.Part) bool {
	if len(f) != 4 {
		return false
	}
	var longest float64
	for k, v := range f {
		switch part[v] {
		case body.Head, body.HandL, body.FootL:
			return false
		}
		longest = max(longest, r3.Norm(r3.Sub(pos[v], pos[f[(k+1)%4]])))
	}
	return longest > subdivideEdge
}

// fullCage spreads positions of the half cage to both sides.
func (p *pipeline) fullCage(half []r3.Vec) []r3.Vec {
	out := make([]r3.Vec, len(p.full))
	for i, v := range p.full {
		q := half[v]
		if p.flip[i] {
			q.X = -q.X
		}
		if onMid(p.src.at(v)) {
			q.X = 0
		}
		out[i] = q
	}
	return out
}

// at is a base vertex; for the new head's vertices a point off the middle.
func (s *source) at(v int32) r3.Vec {
	if v < bodyVerts {
		return s.verts[v]
	}
	return r3.Vec{X: 1}
}

// shape maps base vertices to template vertices and joints [m].
func (p *pipeline) shape(x []r3.Vec) []r3.Vec {
	jt := make([]r3.Vec, len(jointCubes))
	p.joints.at(jt, x)
	pos := make([]r3.Vec, bodyVerts+len(p.cage.head))
	p.cage.place(pos, x)
	p.calm.apply(pos)
	repose(pos, jt, p.arm)
	all := p.refined.positions(p.fullCage(pos))
	out := make([]r3.Vec, 0, len(p.order)+len(jt))
	floor := math.Inf(1)
	for _, i := range p.order {
		q := all[i]
		if p.refined.side[i] == 0 {
			q.X = 0
		}
		floor = min(floor, q.Y)
		out = append(out, q)
	}
	out = append(out, jt...)
	for i := range out {
		out[i].Y -= floor
		out[i] = r3.Scale(0.1, out[i]) // decimetres to metres
	}
	return out
}

// men are the mean man and the axes of men's shape.
func (p *pipeline) men() (body.SexShape, error) {
	m, err := newMacroSpace(p.src, "male")
	if err != nil {
		return body.SexShape{}, err
	}
	mean, modes := principal(p.sample(m, modesMen), modesMen)
	return body.SexShape{Mean: mean, Modes: modes}, nil
}

// women are the mean woman and the axes of women's shape: those of her body with
// a flat chest, then those of the breast.
func (p *pipeline) women(t *body.Template) (body.SexShape, error) {
	m, err := newMacroSpace(p.src, "female")
	if err != nil {
		return body.SexShape{}, err
	}
	x := make([]r3.Vec, bodyVerts)
	m.at(x, adult{muscle: 1, weight: 1, ancestry: make([]float64, len(m.ancestry))})
	b := newBreast(t, p.shape(x))
	samples := p.sample(m, modesWomen)
	for _, s := range samples {
		b.flatten(s)
	}
	mean, modes := principal(samples, modesWomen)
	size, fall := b.axes(mean)
	addTo(mean, size, breastMean)
	return body.SexShape{Mean: mean, Modes: append(modes, scaled(size, breastSD), scaled(fall, fallSD))}, nil
}

// sample draws adults; which, depends on the number of modes that are wanted.
func (p *pipeline) sample(m *macroSpace, modes int) [][]r3.Vec {
	rng := rand.New(rand.NewPCG(seed, uint64(modes)))
	x := make([]r3.Vec, bodyVerts)
	var samples [][]r3.Vec
	for range samplesPerSex {
		m.at(x, m.draw(rng))
		samples = append(samples, p.shape(x))
	}
	return samples
}

// topology fills the triangles, parts and region weights.
func (p *pipeline) topology(t *body.Template, part []body.Part, weights [body.NumRegions][]float64) {
	for i := range p.order {
		if p.refined.side[p.order[i]] == 0 {
			t.Middle++
		}
		t.Part = append(t.Part, p.partOf(p.refined.parent[p.order[i]], part))
	}
	t.Left = len(p.order) - t.Middle
	for _, f := range p.refined.tris {
		t.Tris = append(t.Tris, [3]int32{p.rank[f[0]], p.rank[f[1]], p.rank[f[2]]})
	}
	for r := range weights {
		w := p.cageWeight(body.Region(r), weights[r])
		cage := make([]r3.Vec, len(p.full))
		for i, v := range p.full {
			cage[i].X = w[v]
			if p.flip[i] {
				cage[i].X = p.rightWeight(body.Region(r), v, weights)
			}
		}
		row := make([]float64, len(p.order))
		for i, q := range p.order {
			for _, tm := range p.refined.rows[q] {
				row[i] += tm.w * cage[tm.at].X
			}
			row[i] = max(0, min(1, row[i]))
		}
		t.Weights[r] = row
	}
}

// partOf names the part of a refined vertex. Between torso and thigh it is
// thigh, between torso and arm it is torso: so the tapes just below the crotch
// and just below the armpit have whole parts to run round.
func (p *pipeline) partOf(parents []int32, part []body.Part) body.Part {
	best := part[p.full[parents[0]]]
	for _, v := range parents[1:] {
		switch q := part[p.full[v]]; {
		case q == body.Torso && best == body.UpperArmL:
			best = q
		case q == body.ThighL && best == body.Torso:
			best = q
		}
	}
	return best
}

// cageWeight extends a region's weight to the new head.
func (p *pipeline) cageWeight(r body.Region, w []float64) []float64 {
	out := slices.Clone(w)
	for i := range p.cage.head {
		h := &p.cage.head[i]
		switch r {
		case body.RegionNeck:
			out = append(out, 1)
		case body.RegionHead:
			neck, head := p.src.joints["joint-neck"], p.src.joints["joint-head"]
			axis := r3.Sub(head, neck)
			out = append(out, smoothStep((r3.Dot(r3.Sub(h.at, neck), axis)/r3.Norm2(axis)-0.35)/0.75))
		default:
			out = append(out, 0)
		}
	}
	return out
}

// rightWeight is the weight of the mirror image of left vertex v: the legs
// change places, the left arm's weight is nought on the right.
func (p *pipeline) rightWeight(r body.Region, v int32, w [body.NumRegions][]float64) float64 {
	if v >= bodyVerts {
		return p.cageWeight(r, w[r])[v]
	}
	switch r {
	case body.RegionArm:
		return 0
	case body.RegionLegL:
		return w[body.RegionLegR][v]
	case body.RegionLegR:
		return w[body.RegionLegL][v]
	}
	return w[r][v]
}

// marks names the landmarks by template vertex.
func (p *pipeline) marks(t *body.Template) {
	at := map[int32]int32{}
	for i, r := range p.order {
		if int(r) < len(p.full) && !p.flip[r] { // the vertex points come first, in cage order
			at[p.full[r]] = int32(i)
		}
	}
	for m, v := range map[body.Mark]int32{
		body.MarkNavel: vNavel, body.MarkBackNeck: vBackNeck, body.MarkFrontNeck: vFrontNeck, body.MarkCrotch: vCrotch,
		body.MarkNipple: vNipple, body.MarkAcromion: vAcromion, body.MarkSideNeck: vNeckPoint, body.MarkKneeCap: vKneeCap,
		body.MarkUnderarm: vUnderarm, body.MarkThroat: vThroat, body.MarkNape: vNape,
	} {
		t.Marks[m] = at[v]
	}
	for _, v := range buttockVerts {
		t.Seat = append(t.Seat, at[v])
	}
}
