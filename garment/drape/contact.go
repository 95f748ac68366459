package drape

import (
	"math"

	"fitroom/geometry/bvh"

	"gonum.org/v1/gonum/spatial/r3"
)

// Body contact acts at samples: every vertex, edge midpoint and triangle
// centre, weighed as the quadrature of degree 3 on a triangle weighs them
// (1/20, 2/15, 9/20), so that forces are pressures times area and a flat
// triangle cannot cut the corner of a curved body (vertices alone let a limb
// poke through by edge^2/(8R), 0.6 mm on an arm).
//
// Pressure grows with the square of the depth e below the surface of the loft,
// linearly beyond an onset depth. A force that sets in at once makes Newton's
// method hop on and off for ever; this one has a continuous Hessian, and a
// width that a Newton step of some tenths of a millimetre does not jump over:
// at a fourteenth of the loft a T-shirt takes half as many steps again.
//
// Friction is an elastic-plastic spring to an anchor on the surface: it holds
// up to mu times the normal force, then the anchor is dragged along (return
// mapping, as in Wriggers 2006, "Computational Contact Mechanics", ch. 5).
// Friction computed from velocities would creep and has no stick at rest.
const (
	// platePressure [Pa] is the pressure at which the thickness of a fabric is
	// measured (ISO 5084:1996). Cloth that is pressed as hard rests exactly on
	// the gap; under less it stands off by up to its loft.
	platePressure = 1000
	// loft [m] is how much thicker unpressed cloth is on this side. It makes
	// 10 Pa, the weight of a few layers, rest 0.13 mm and 800 Pa, tight
	// compression wear, 0.015 mm off the gap.
	loft = 1.4e-4
	// contactCurve [Pa/m2]: pressure is curve*e^2/2, platePressure at e = loft.
	contactCurve = 2 * platePressure / (loft * loft)
	// contactOnset [m] caps the stiffness of deep contact.
	contactOnset = 3 * loft
	// anchorStiffness [Pa/m] lets cloth under 100 Pa creep 40 um before it
	// slips at mu = 0.4. Ten times as much let the garment settle into its
	// friction ten times as slowly.
	anchorStiffness = 1e6
	// slipStiffness is the share of the anchor's stiffness left in the Hessian
	// along the slip, so that Newton neither locks nor runs away: four times as
	// much takes up to twice the steps, a fifth lets tight cloth overshoot.
	slipStiffness = 0.005
	// nearBody is how far above the gap a sample is still watched [m]: more
	// than the field's error plus the largest Newton step.
	nearBody = 0.007
	// staleMove is the distance a sample may move before its tangent plane is
	// asked for anew [m]; one that is further off the gap may go staleShare of
	// the way there.
	staleMove  = 5e-5
	staleShare = 0.3
)

// contacts is the state of all samples: vertices first, then edges, then
// triangles.
type contacts struct {
	n      int
	field  *Field
	gap    float64
	area   []float64 // [m2]
	mu     []float64
	extra  []float64 // added to the gap where the body would pierce the cloth [m]
	tissue tissue
	yield  []float64 // compliance of the skin beneath [m/Pa]
	across []float64 // and of the surface that faces it
	exact  bool      // use tangent planes of the exact surface, else the field
	plane  []float64 // unit normal and offset: distance is n.x - offset
	facing []float64 // the like of a second surface that faces the first
	wedged []bool    // has one
	asked  []float64 // where the plane was asked for [m]
	slack  []float64 // squared way it may go before the plane is asked for anew [m2]
	near   []bool    // has a plane
	anchor []float64 // [m]
	held   []bool    // has an anchor

	force  []float64 // of the body on the cloth [N]
	normal []float64 // its normal part, also the one the line search lags [N]
	stiff  []float64 // xx xy xz yy yz zz [N/m]
	active []bool

	batch [blockCount]planeBatch
}

// planeBatch is one block's scratch for asking the collider.
type planeBatch struct {
	id  []int32
	pts []r3.Vec
	hit []bvh.Hit
}

func newContacts(p *plan, field *Field, gap, mu float64) *contacts {
	n := p.nv + p.ne + p.nt
	c := &contacts{
		n: n, field: field, gap: gap + loft,
		area: make([]float64, n), mu: make([]float64, n), extra: make([]float64, n), yield: make([]float64, n), across: make([]float64, n),
		plane: make([]float64, 4*n), facing: make([]float64, 4*n), wedged: make([]bool, n), asked: make([]float64, 3*n), slack: make([]float64, n), near: make([]bool, n),
		anchor: make([]float64, 3*n), held: make([]bool, n),
		force: make([]float64, 3*n), normal: make([]float64, n), stiff: make([]float64, 6*n), active: make([]bool, n),
	}
	for t, a := range p.triArea {
		tri := p.tris[t]
		for k, v := range tri {
			c.area[v] += a / 20
			c.area[p.nv+int(p.triEdge[t][k])] += a * 2 / 15
		}
		c.area[p.nv+p.ne+t] = a * 9 / 20
	}
	for s := range n {
		idx, w, m := p.sample(s)
		for k := range m {
			c.mu[s] += w * p.friction[idx[k]]
		}
		if mu > 0 {
			c.mu[s] = mu
		}
	}
	for b := range c.batch {
		lo, hi := span(b, n)
		c.batch[b] = planeBatch{make([]int32, 0, hi-lo), make([]r3.Vec, 0, hi-lo), make([]bvh.Hit, hi-lo)}
	}
	return c
}

const (
	// standOffStep and maxStandOff: how much further from the body a pierced
	// triangle is kept, each time it is found pierced and at most [m].
	standOffStep = 0.001
	maxStandOff  = 0.004
)

// standOff keeps the samples of pierced triangles further from the body: a
// triangle on a heel or a toe is cut by the skin between its samples.
func (c *contacts) standOff(p *plan, pierced []int32) {
	for _, t := range pierced {
		c.raise(p.nv + p.ne + int(t))
		for k, v := range p.tris[t] {
			c.raise(int(v))
			c.raise(p.nv + int(p.triEdge[t][k]))
		}
	}
}

func (c *contacts) raise(s int) { c.extra[s] = min(maxStandOff, c.extra[s]+standOffStep) }

// letGo forgets all anchors: the cloth has been moved by hand.
func (c *contacts) letGo() {
	clear(c.held)
	clear(c.near)
	clear(c.slack)
}

// sample names the m vertices of sample s and their common weight.
func (p *plan) sample(s int) (idx [3]int32, w float64, m int) {
	switch {
	case s < p.nv:
		return [3]int32{int32(s)}, 1, 1
	case s < p.nv+p.ne:
		e := &p.edges[s-p.nv]
		return [3]int32{e.A, e.B}, 0.5, 2
	default:
		return p.tris[s-p.nv-p.ne], 1.0 / 3, 3
	}
}

// at is the position of sample s.
func (p *plan) at(x []float64, s int) (px, py, pz float64) {
	if s < p.nv {
		a := (*[3]float64)(x[3*s:])
		return a[0], a[1], a[2]
	}
	if s -= p.nv; s < p.ne {
		e := &p.edges[s]
		a, b := (*[3]float64)(x[3*int(uint32(e.A)):]), (*[3]float64)(x[3*int(uint32(e.B)):])
		return 0.5 * (a[0] + b[0]), 0.5 * (a[1] + b[1]), 0.5 * (a[2] + b[2])
	}
	const third = 1.0 / 3
	t := &p.tris[s-p.ne]
	a, b, c := (*[3]float64)(x[3*int(uint32(t[0])):]), (*[3]float64)(x[3*int(uint32(t[1])):]), (*[3]float64)(x[3*int(uint32(t[2])):])
	return third * (a[0] + b[0] + c[0]), third * (a[1] + b[1] + c[1]), third * (a[2] + b[2] + c[2])
}

// refresh asks the exact surface for the tangent planes of samples lo to hi
// that are near the body and have moved since.
func (c *contacts) refresh(x []float64, p *plan, b int) {
	lo, hi := span(b, c.n)
	q := &c.batch[b]
	q.id, q.pts = q.id[:0], q.pts[:0]
	for s := lo; s < hi; s++ {
		px, py, pz := p.at(x, s)
		a := (*[3]float64)(c.asked[3*s:])
		dx, dy, dz := px-a[0], py-a[1], pz-a[2]
		if float64(dx*dx)+float64(dy*dy)+float64(dz*dz) < c.slack[s] {
			continue
		}
		if d := c.field.height(px, py, pz); d > c.gap+nearBody {
			c.near[s], c.wedged[s] = false, false
			a[0], a[1], a[2] = px, py, pz
			c.slack[s] = square((d - c.gap - nearBody) / 2)
			continue
		}
		q.id, q.pts = append(q.id, int32(s)), append(q.pts, r3.Vec{X: px, Y: py, Z: pz})
	}
	hits := q.hit[:len(q.pts)]
	// Deep vertices need no exact answer: the field knows the way out.
	const reach = 0.02
	c.field.Nearest(hits, q.pts, reach)
	for k, h := range hits {
		s := q.id[k]
		pt := q.pts[k]
		n, d := away(pt, &h)
		if h.Tri < 0 {
			d, n.X, n.Y, n.Z = c.field.sample(pt.X, pt.Y, pt.Z)
		}
		c.near[s], c.yield[s] = true, c.tissue.at(h.Tri)
		*(*[3]float64)(c.asked[3*s:]) = [3]float64{pt.X, pt.Y, pt.Z}
		*(*[4]float64)(c.plane[4*s:]) = [4]float64{n.X, n.Y, n.Z, r3.Dot(n, pt) - d}
		c.slack[s] = square(max(staleMove, staleShare*(d-c.gap)))
	}
	c.refreshFacing(q)
}

// wedgeProbe is how far off the surface the other wall of a crease is looked
// for, in gaps; wedgeCosine of the normals tells it from the same wall going
// on, which the way off its own normal leads back to.
const (
	wedgeProbe  = 1.5
	wedgeCosine = 0.95
	openCosine  = 0.98
)

// refreshFacing looks for the other wall of a crease. Where the thighs
// meet the nearest surface changes with every step and pushes back and forth
// for ever; only both walls together have an equilibrium.
func (c *contacts) refreshFacing(q *planeBatch) {
	m := 0
	for k, s := range q.id {
		c.wedged[s] = false
		n := c.plane[4*s : 4*s+4]
		p := q.pts[k]
		d := n[0]*p.X + n[1]*p.Y + n[2]*p.Z - n[3]
		far := wedgeProbe * c.gap
		r := r3.Vec{X: p.X + far*n[0], Y: p.Y + far*n[1], Z: p.Z + far*n[2]}
		if d > 2*c.gap {
			continue
		}
		// On open ground the field knows that the way off is the way out.
		if _, x, y, z := c.field.sample(r.X, r.Y, r.Z); x*n[0]+y*n[1]+z*n[2] > openCosine {
			continue
		}
		q.id[m], q.pts[m] = s, r
		m++
	}
	hits := q.hit[:m]
	c.field.Nearest(hits, q.pts[:m], 0.02)
	for k, h := range hits {
		s := q.id[k]
		o, r := c.plane[4*s:4*s+4], q.pts[k]
		n, d := away(r, &h)
		if h.Tri < 0 || n.X*o[0]+n.Y*o[1]+n.Z*o[2] > wedgeCosine {
			continue
		}
		c.wedged[s], c.across[s] = true, c.tissue.at(h.Tri)
		*(*[4]float64)(c.facing[4*s:]) = [4]float64{n.X, n.Y, n.Z, r3.Dot(n, r) - d}
	}
}

func square(x float64) float64 { return x * x }

// away is the direction of growing distance at p and the distance. Right on
// the surface the direction p - nearest is noise, so the surface's normal
// stands in.
func away(p r3.Vec, h *bvh.Hit) (r3.Vec, float64) {
	const tiny = 1e-6
	if math.Abs(h.Dist) < tiny {
		return h.Normal, h.Dist
	}
	return r3.Scale(1/h.Dist, r3.Sub(p, h.Point)), h.Dist
}

// distance of sample s at (px, py, pz) and, where it is below a limit, its gradient.
func (c *contacts) distance(s int, px, py, pz, limit float64) (d, nx, ny, nz float64) {
	if !c.exact {
		return c.field.below(px, py, pz, limit)
	}
	if !c.near[s] {
		return 1, 0, 1, 0
	}
	q := (*[4]float64)(c.plane[4*s:])
	return float64(q[0]*px) + float64(q[1]*py) + float64(q[2]*pz) - q[3], q[0], q[1], q[2]
}

// onset is the pressure at depth e > 0 and its slope [Pa, Pa/m]: curve*e^2/2 up
// to the width, linear beyond.
func onset(e, curve, width float64) (p, slope float64) {
	if e < width {
		return curve / 2 * e * e, curve * e
	}
	return curve * width * (e - width/2), curve * width
}

// onsetEnergy is the integral of onset from 0 to e [J/m2].
func onsetEnergy(e, curve, width float64) float64 {
	if e < width {
		return curve / 6 * e * e * e
	}
	return curve * width * (width*width/6 + (e*e-width*e)/2)
}

// evaluate writes force and stiffness of samples lo to hi at x and returns their
// energy there, see below [J].
func (c *contacts) evaluate(x []float64, p *plan, lo, hi int) float64 {
	sum := 0.0
	for s := lo; s < hi; s++ {
		if c.exact && !c.near[s] && !c.wedged[s] {
			c.active[s], c.held[s], c.normal[s] = false, false, 0
			continue
		}
		px, py, pz := p.at(x, s)
		gap := c.gap + c.extra[s]
		d, nx, ny, nz := c.distance(s, px, py, pz, gap)
		e := gap - d
		a := c.area[s]
		if c.exact && c.wedged[s] {
			if e := c.depthOpposite(s, px, py, pz); e > 0 {
				sum += a * yieldingEnergy(e, c.across[s])
			}
		}
		if e <= 0 {
			c.active[s], c.held[s], c.normal[s] = false, false, 0
			continue
		}
		c.active[s] = true
		sum += a * yieldingEnergy(e, c.yield[s])
		pr, kn := yielding(e, c.yield[s])
		fn := a * pr
		opposite, ko := c.opposite(s, px, py, pz)
		c.normal[s] = fn + a*opposite
		h := (*[3]float64)(c.anchor[3*s:])
		if !c.held[s] {
			c.held[s] = true
			h[0], h[1], h[2] = px, py, pz
		}
		ux, uy, uz, u := tangential(px-h[0], py-h[1], pz-h[2], nx, ny, nz)
		kt := a * anchorStiffness
		limit := c.mu[s] * c.normal[s]
		sum += slideEnergy(u, kt, limit)
		f := kt
		ks := kt // stiffness along u
		if kt*u > limit*(1-1e-9) {
			if kt*u > limit {
				f = limit / u
			}
			ks = slipStiffness * kt
		}
		o := (*[3]float64)(c.force[3*s:])
		o[0], o[1], o[2] = float64(fn*nx)-float64(f*ux), float64(fn*ny)-float64(f*uy), float64(fn*nz)-float64(f*uz)
		h6 := (*[6]float64)(c.stiff[6*s:])
		contactStiffness(h6, a*kn, f, ks, nx, ny, nz, ux, uy, uz, u)
		if ko > 0 {
			b := (*[3]float64)(c.facing[4*s:])
			o[0] += float64(a * opposite * b[0])
			o[1] += float64(a * opposite * b[1])
			o[2] += float64(a * opposite * b[2])
			h6[0] += float64(a * ko * b[0] * b[0])
			h6[1] += float64(a * ko * b[0] * b[1])
			h6[2] += float64(a * ko * b[0] * b[2])
			h6[3] += float64(a * ko * b[1] * b[1])
			h6[4] += float64(a * ko * b[1] * b[2])
			h6[5] += float64(a * ko * b[2] * b[2])
		}
	}
	return sum
}

// slideEnergy of an anchor u away that gives way at a limit [J].
func slideEnergy(u, kt, limit float64) float64 {
	if kt*u <= limit {
		return kt / 2 * u * u
	}
	return limit * (u - limit/(2*kt))
}

// opposite is the pressure of the other wall of a crease and its slope.
func (c *contacts) opposite(s int, px, py, pz float64) (pressure, slope float64) {
	if e := c.depthOpposite(s, px, py, pz); e > 0 {
		return yielding(e, c.across[s])
	}
	return 0, 0
}

// depthOpposite is how deep a sample is in the other wall's gap [m].
func (c *contacts) depthOpposite(s int, px, py, pz float64) float64 {
	if !c.exact || !c.wedged[s] {
		return -1
	}
	q := c.facing[4*s : 4*s+4]
	return c.gap + q[3] - (float64(q[0]*px) + float64(q[1]*py) + float64(q[2]*pz))
}

// contactStiffness writes kn nn' + kt (1 - nn') + (ks - kt) tt', t along u.
func contactStiffness(o *[6]float64, kn, kt, ks, nx, ny, nz, ux, uy, uz, u float64) {
	q, r := kn-kt, 0.0
	if u > 0 {
		r = min(0, ks-kt) / (u * u)
	}
	o[0] = float64(q*nx*nx) + kt + float64(r*ux*ux)
	o[1] = float64(q*nx*ny) + float64(r*ux*uy)
	o[2] = float64(q*nx*nz) + float64(r*ux*uz)
	o[3] = float64(q*ny*ny) + kt + float64(r*uy*uy)
	o[4] = float64(q*ny*nz) + float64(r*uy*uz)
	o[5] = float64(q*nz*nz) + kt + float64(r*uz*uz)
}

// tangential removes the part of u along n.
func tangential(ux, uy, uz, nx, ny, nz float64) (x, y, z, l float64) {
	un := float64(ux*nx) + float64(uy*ny) + float64(uz*nz)
	x, y, z = ux-float64(un*nx), uy-float64(un*ny), uz-float64(un*nz)
	return x, y, z, sqrt(float64(x*x) + float64(y*y) + float64(z*z))
}

// energy of samples lo to hi at x with anchors and friction limits frozen: an
// incremental potential whose gradient at the start of the step is evaluate's
// force [J].
func (c *contacts) energy(x []float64, p *plan, lo, hi int) float64 {
	sum := 0.0
	for s := lo; s < hi; s++ {
		if c.exact && !c.near[s] {
			continue
		}
		px, py, pz := p.at(x, s)
		gap := c.gap + c.extra[s]
		limit := gap
		if c.held[s] {
			limit = math.Inf(1)
		}
		d, nx, ny, nz := c.distance(s, px, py, pz, limit)
		a := c.area[s]
		if e := gap - d; e > 0 {
			sum += a * yieldingEnergy(e, c.yield[s])
		}
		if e := c.depthOpposite(s, px, py, pz); e > 0 {
			sum += a * yieldingEnergy(e, c.across[s])
		}
		if !c.held[s] {
			continue
		}
		h := (*[3]float64)(c.anchor[3*s:])
		_, _, _, u := tangential(px-h[0], py-h[1], pz-h[2], nx, ny, nz)
		sum += slideEnergy(u, a*anchorStiffness, c.mu[s]*c.normal[s])
	}
	return sum
}

// drag moves the anchors of slipping samples along: the return mapping.
func (c *contacts) drag(x []float64, p *plan, lo, hi int) {
	for s := lo; s < hi; s++ {
		if !c.held[s] {
			continue
		}
		px, py, pz := p.at(x, s)
		gap := c.gap + c.extra[s]
		d, nx, ny, nz := c.distance(s, px, py, pz, gap)
		e := gap - d
		if e <= 0 {
			c.held[s] = false
			continue
		}
		h := (*[3]float64)(c.anchor[3*s:])
		ux, uy, uz, u := tangential(px-h[0], py-h[1], pz-h[2], nx, ny, nz)
		pr, _ := yielding(e, c.yield[s])
		opposite, _ := c.opposite(s, px, py, pz)
		kt, limit := c.area[s]*anchorStiffness, c.mu[s]*c.area[s]*(pr+opposite)
		r := 1.0
		if kt*u > limit {
			r = limit / (kt * u)
		}
		h[0], h[1], h[2] = px-float64(r*ux), py-float64(r*uy), pz-float64(r*uz)
	}
}
