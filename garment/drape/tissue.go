package drape

import "gonum.org/v1/gonum/spatial/r3"

// Tissue under a contact gives way: skin of compliance C recedes by C p under a
// pressure p (Winkler's foundation), in series with the loft of the cloth,
//
//	p = onset(e - C p),
//
// e being the depth below the loft on skin that does not yield. Both branches of
// onset solve in closed form. Without compliance it is onset itself, to the bit.

// yielding is the pressure at depth e > 0 over skin of compliance c [m/Pa] and
// its slope [Pa, Pa/m].
func yielding(e, c float64) (p, slope float64) {
	if c == 0 {
		return onset(e, contactCurve, contactOnset)
	}
	s := pressed(e, c)
	p, k := onset(s, contactCurve, contactOnset)
	return p, k / (1 + float64(c*k))
}

// yieldingEnergy is its integral from 0 to e: what loft and tissue hold [J/m2].
func yieldingEnergy(e, c float64) float64 {
	if c == 0 {
		return onsetEnergy(e, contactCurve, contactOnset)
	}
	s := pressed(e, c)
	p, _ := onset(s, contactCurve, contactOnset)
	return onsetEnergy(s, contactCurve, contactOnset) + float64(0.5*c*p*p)
}

// pressed is how far the loft is pressed in, e - C p [m].
func pressed(e, c float64) float64 {
	const k, w = contactCurve, contactOnset
	// s + c k s^2/2 = e up to the onset, s + c k w (s - w/2) = e beyond.
	if s := 2 * e / (1 + sqrt(1+float64(2*c*k*e))); s < w {
		return s
	}
	return (e + c*k*w*w/2) / (1 + c*k*w)
}

// tissue of a body [m/Pa]: one value for all of it, or one per triangle of its
// mesh; nil and any other triangle, such as a floor's, are rigid.
type tissue []float64

func (t tissue) at(tri int32) float64 {
	switch {
	case len(t) == 1 && tri >= 0:
		return t[0]
	case tri >= 0 && int(tri) < len(t):
		return t[tri]
	}
	return 0
}

// dents is how far the skin has given way under each vertex, out of the body
// [m]: the mean over its own sample and those of its edges, since one sample's
// pressure is as uneven as the mesh; nil for a rigid body.
func (c *contacts) dents(x []float64, p *plan) []r3.Vec {
	if len(c.tissue) == 0 {
		return nil
	}
	out := make([]r3.Vec, p.nv)
	weight := make([]float64, p.nv)
	for s := range p.nv + p.ne {
		idx, w, m := p.sample(s)
		for _, i := range idx[:m] {
			weight[i] += w
			if c.active[s] && c.area[s] > 0 {
				out[i] = r3.Add(out[i], r3.Scale(w, c.dent(x, p, s)))
			}
		}
	}
	for i, w := range weight {
		out[i] = r3.Scale(1/max(w, 1e-300), out[i])
	}
	return out
}

// deepest is, for every vertex, the largest dent of its own sample and those of
// its edges [m]: skin is drawn along by what presses next to it, which springs
// side by side leave out.
func (c *contacts) deepest(x []float64, p *plan) []r3.Vec {
	out := make([]r3.Vec, p.nv)
	for s := range p.nv + p.ne {
		if !c.active[s] || c.area[s] <= 0 {
			continue
		}
		d := c.dent(x, p, s)
		idx, _, m := p.sample(s)
		for _, i := range idx[:m] {
			if r3.Norm2(d) > r3.Norm2(out[i]) {
				out[i] = d
			}
		}
	}
	return out
}

// creased reports whether a triangle touches two walls that both yield, as where
// the arm lies on the flank: what is pressed between skin and skin goes where
// both give way to, and no surface of one of them is known there.
func (c *contacts) creased(p *plan, t int) bool {
	soft := func(s int) bool { return c.wedged[s] && c.yield[s] > 0 && c.across[s] > 0 }
	for k, v := range p.tris[t] {
		if soft(int(v)) || soft(p.nv+int(p.triEdge[t][k])) {
			return true
		}
	}
	return soft(p.nv + p.ne + t)
}

// dent is how far the skin has given way under a touching sample [m].
func (c *contacts) dent(x []float64, p *plan, s int) r3.Vec {
	px, py, pz := p.at(x, s)
	opposite, _ := c.opposite(s, px, py, pz)
	n, f := c.plane[4*s:4*s+3], c.facing[4*s:4*s+3]
	d, e := c.yield[s]*(c.normal[s]/c.area[s]-opposite), c.across[s]*opposite
	return r3.Vec{X: d*n[0] + e*f[0], Y: d*n[1] + e*f[1], Z: d*n[2] + e*f[2]}
}
