package drape

import (
	"math"
	"slices"

	"fitroom/geometry/fault"
)

// A start that is no way to put a garment on - crushed, twisted, pulled apart,
// inside the body - is not dressed from: what is bent back step by step ties
// itself into knots. It is grown anew instead. Each triangle is given back the
// shape it has in the flat, turned as it is, and the garment is joined of them
// as closely as can be (as rigid as possible: Liu et al. 2008, "A local/global
// approach to mesh parameterization"), with no body and no other cloth in the
// way; then it is moved as a whole to where least of it lies in the body. What still hangs wrong after the
// first level of dressing is given up, and so is a garment that is put on turned:
// which way it was wound is in no shape of the cloth.
const (
	// misshapen is the stretch, or its inverse, from which a triangle has lost its
	// shape; a garment of which more than misshapenShare has is grown anew. Sewn
	// starts have hardly any.
	misshapen      = 1.8
	misshapenShare = 0.03
	// aside is how far the left of a garment may be off the body's left [rad], and
	// leftAndRight how far its sides must be apart for that to mean anything [m].
	aside        = 0.6
	leftAndRight = 0.05
	// sunk is the share of vertices that may start inside the body.
	sunk = 0.02
	// fewKnots are left to the finer levels to undo.
	fewKnots = 8
	// regrowRounds of turning and joining; of a twisted shirt each takes off some
	// degrees. regrown ends them when no vertex moves further [m].
	regrowRounds = 200
	regrown      = 5e-4
	// seatRounds of moving the whole.
	seatRounds = 60
)

// regrow mends a bad start and reports whether it was one. What it says is why
// there is no mending it.
func (d *dresser) regrow() (bad bool, hopeless error) {
	if angle := d.turned(); math.Abs(angle) > aside {
		return true, fault.Errorf("the garment is put on turned: its left is %.0f degrees off the left of the body", math.Abs(angle)*180/math.Pi)
	}
	shape := d.misshapenShare() > misshapenShare
	if !shape && d.sunkShare() <= sunk {
		return false, nil
	}
	if slices.Contains(d.p.pinned, true) {
		return false, nil // it hangs where its pins are
	}
	if shape {
		newGrowth(d.p).run(d.x)
	}
	d.seat()
	return true, nil
}

// turned is the angle about the vertical by which the left of the garment is off
// the left of the body, which is +X [rad]; 0 where its panels have no sides.
func (d *dresser) turned() float64 {
	var at [2][2]float64 // x and z of left and right
	var area [2]float64
	for t, side := range d.p.side {
		if side == 0 {
			continue
		}
		k := 0
		if side < 0 {
			k = 1
		}
		a := d.p.triArea[t] / 3
		for _, v := range d.p.tris[t] {
			at[k][0] += float64(a * d.x[3*v])
			at[k][1] += float64(a * d.x[3*v+2])
		}
		area[k] += 3 * a
	}
	if area[0] == 0 || area[1] == 0 {
		return 0
	}
	x, z := at[0][0]/area[0]-at[1][0]/area[1], at[0][1]/area[0]-at[1][1]/area[1]
	if math.Hypot(x, z) < leftAndRight {
		return 0
	}
	return math.Atan2(z, x)
}

// misshapenShare is the share of the garment's area that is stretched or crushed.
func (d *dresser) misshapenShare() float64 {
	p, bad := d.p, 0.0
	var q polar
	for t := range p.tris {
		decompose(&q, d.x, p.grad[6*t:6*t+6], &p.tris[t])
		m, h := (q.u11+q.u22)/2, math.Hypot((q.u11-q.u22)/2, q.u12)
		if m+h > misshapen || m-h < 1/misshapen {
			bad += p.triArea[t]
		}
	}
	return bad / p.restArea
}

// sunkShare is the share of vertices inside the body.
func (d *dresser) sunkShare() float64 {
	n := 0
	for i := range d.p.nv {
		if s, _, _, _ := d.field.sample(d.x[3*i], d.x[3*i+1], d.x[3*i+2]); s < 0 {
			n++
		}
	}
	return float64(n) / float64(d.p.nv)
}

// seat moves the garment as a whole out of the body, each time by the mean way
// out of what is inside.
func (d *dresser) seat() {
	for range seatRounds {
		var way [3]float64
		n := 0.0
		for i := range d.p.nv {
			s, nx, ny, nz := d.field.sample(d.x[3*i], d.x[3*i+1], d.x[3*i+2])
			if s -= d.gap; s < 0 {
				way[0], way[1], way[2] = way[0]-float64(s*nx), way[1]-float64(s*ny), way[2]-float64(s*nz)
				n++
			}
		}
		if n == 0 || dot3(way, way) < square(n*1e-4) {
			return
		}
		for i := range d.p.nv {
			for k := range 3 {
				d.x[3*i+k] += way[k] / n
			}
		}
	}
}

// growth is the linear system that joins triangles: the Laplacian of the flat
// fabric, one for all three coordinates, and its right side.
type growth struct {
	p          *plan
	diag, off  []float64 // per vertex and per edge
	b, r, z, q []float64 // right side; scratch of the solver
	dir        []float64
}

func newGrowth(p *plan) *growth {
	g := &growth{p: p, diag: make([]float64, p.nv), off: make([]float64, p.ne)}
	for _, v := range []*[]float64{&g.b, &g.r, &g.z, &g.q, &g.dir} {
		*v = make([]float64, 3*p.nv)
	}
	return g
}

// run turns and joins until the garment has its shape back.
func (g *growth) run(x []float64) {
	before := slices.Clone(x)
	for range regrowRounds {
		g.turn(x)
		g.join(x)
		far := 0.0
		for i, v := range x {
			far = max(far, math.Abs(v-before[i]))
		}
		if far < regrown {
			return
		}
		copy(before, x)
	}
}

// doubt is the distortion at which a triangle's turn counts half [1]: one that is
// torn between two panels points anywhere.
const doubt = 0.3

// turn sets the system up: every triangle in its flat shape, turned as at x, and
// the less heeded the more it is distorted there.
func (g *growth) turn(x []float64) {
	p := g.p
	clear(g.b)
	clear(g.diag)
	clear(g.off)
	var q polar
	for t, tri := range p.tris {
		h := p.grad[6*t : 6*t+6]
		decompose(&q, x, h, &p.tris[t])
		far2 := square(q.u11-1) + square(q.u22-1) + 2*square(q.u12)
		a := p.triArea[t] / (1 + far2/(doubt*doubt))
		for k, v := range tri {
			for c := range 3 {
				g.b[3*int(v)+c] += a * (float64(h[2*k]*q.r1[c]) + float64(h[2*k+1]*q.r2[c]))
			}
			m := (k + 1) % 3
			g.diag[v] += a * (h[2*k]*h[2*k] + h[2*k+1]*h[2*k+1])
			g.off[p.triEdge[t][k]] += a * (h[2*k]*h[2*m] + h[2*k+1]*h[2*m+1])
		}
	}
}

// join solves for the positions by conjugate gradients from x; only differences
// count, so the mean of all stays about where it is.
func (g *growth) join(x []float64) {
	const limit, tolerance = 100, 1e-3
	g.multiply(g.q, x)
	rz, first := 0.0, 0.0
	for i := range x {
		g.r[i] = g.b[i] - g.q[i]
		g.z[i] = g.r[i] / g.diag[i/3]
		rz += float64(g.r[i] * g.z[i])
	}
	copy(g.dir, g.z)
	first = rz
	for range limit {
		if rz <= tolerance*tolerance*first || rz < 1e-20 {
			return
		}
		g.multiply(g.q, g.dir)
		pq := 0.0
		for i := range g.q {
			pq += float64(g.dir[i] * g.q[i])
		}
		if !(pq > 0) {
			return
		}
		alpha, next := rz/pq, 0.0
		for i := range x {
			x[i] += float64(alpha * g.dir[i])
			g.r[i] -= float64(alpha * g.q[i])
			g.z[i] = g.r[i] / g.diag[i/3]
			next += float64(g.r[i] * g.z[i])
		}
		for i := range g.dir {
			g.dir[i] = g.z[i] + float64(next/rz*g.dir[i])
		}
		rz = next
	}
}

// multiply writes the Laplacian times v.
func (g *growth) multiply(out, v []float64) {
	for i := range out {
		out[i] = g.diag[i/3] * v[i]
	}
	for e := range g.p.edges {
		a, b, w := 3*int(g.p.edges[e].A), 3*int(g.p.edges[e].B), g.off[e]
		for c := range 3 {
			out[a+c] += float64(w * v[b+c])
			out[b+c] += float64(w * v[a+c])
		}
	}
}

// stillBad says what dressing has not put right of a bad start.
func (d *dresser) stillBad() error {
	knots := 0
	if d.layers != nil {
		d.layers.untangle(d.x)
		knots = d.layers.knots
	}
	inside := d.sunkShare()
	if knots <= fewKnots && inside <= sunk {
		return nil
	}
	return fault.Errorf("the garment started crushed, tangled or in the body and could not be put on: %d edges of its coarse mesh pass through cloth, %.1f %% of it lies in the body", knots, 100*inside)
}
