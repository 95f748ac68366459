package fit

import (
	"math"

	"fitroom/garment/cloth"
	"fitroom/garment/drape"
	"fitroom/garment/fabric"
	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// garmentMesh is what of a cloth the measuring needs.
type garmentMesh struct {
	tris []geometry.Tri
	rest [][3]r2.Vec
	of   []fabric.Fabric // per triangle's panel
	on   []int32         // panel of each triangle
}

func newGarmentMesh(c *cloth.Cloth) *garmentMesh {
	g := &garmentMesh{tris: c.Tris, rest: c.Rest, on: c.Panel}
	for _, p := range c.Panels {
		g.of = append(g.of, c.Fabrics[p.Fabric])
	}
	return g
}

func (g *garmentMesh) fabric(tri int32) fabric.Fabric { return g.of[g.on[tri]] }

// strainWindow is the length over which the largest hoop strain is averaged
// [m], so that it is the fabric's and not one triangle's.
const strainWindow = 0.02

// measureHoop reads a girdle: lengths, strain, and tension along the cut.
func measureHoop(gd girdle, g *garmentMesh, r *drape.Result) measured {
	m := measured{atRest: true, soft: r.Dent != nil}
	m.worn, m.relaxed = lengths(gd.loop)
	m.strain = m.worn/m.relaxed - 1
	m.strainMax = windowStrain(gd.loop, strainWindow)
	var usable, modulus, tension float64
	for i := range gd.loop {
		c := &gd.loop[i]
		d := r2.Sub(c.q[1], c.q[0])
		l := r2.Norm(d)
		if l == 0 {
			continue
		}
		f := g.fabric(c.tri)
		x2 := d.X * d.X / (l * l) // share of the weft in the direction of the cut
		warp, weft := usableStretch(f)
		usable += l * (x2*weft + (1-x2)*warp)
		modulus += l * (x2*f.Curve(true).Tangent(m.strain) + (1-x2)*f.Curve(false).Tangent(m.strain))
		tension += l * alongCut(r.Stress[c.tri], r2.Scale(1/l, d))
	}
	m.usable, m.modulus, m.tension = usable/m.relaxed, modulus/m.relaxed, tension/m.relaxed
	if s := smoothed(gd.loop, g); s < bunched*m.relaxed {
		m.relaxed = s
	}
	return m
}

// usableStretch fills in the design defaults of wovens.
func usableStretch(f fabric.Fabric) (warp, weft float64) {
	warp, weft = f.UsableWarp, f.UsableWeft
	if f.IsWoven() && warp == 0 {
		warp = wovenWarp
	}
	if f.IsWoven() && weft == 0 {
		weft = wovenWeft
	}
	return warp, weft
}

// alongCut is the membrane force across the cut direction's normal, that is
// along dir in the flat fabric [N/m], from the forces along warp, weft and in
// shear.
func alongCut(stress [3]float64, dir r2.Vec) float64 {
	return stress[1]*dir.X*dir.X + stress[0]*dir.Y*dir.Y + 2*stress[2]*dir.X*dir.Y
}

// greenStrain is the Green-Lagrange strain of a triangle: weft, warp, shear
// (tensor component), (F^T F - I)/2 with F from the flat to the worn triangle.
func greenStrain(rest [3]r2.Vec, a, b, c r3.Vec) ([3]float64, bool) {
	p, q := r2.Sub(rest[1], rest[0]), r2.Sub(rest[2], rest[0])
	det := p.X*q.Y - p.Y*q.X
	if det == 0 {
		return [3]float64{}, false
	}
	u, v := r3.Sub(b, a), r3.Sub(c, a)
	fx := r3.Scale(1/det, r3.Sub(r3.Scale(q.Y, u), r3.Scale(p.Y, v)))
	fy := r3.Scale(1/det, r3.Sub(r3.Scale(p.X, v), r3.Scale(q.X, u)))
	return [3]float64{(r3.Dot(fx, fx) - 1) / 2, (r3.Dot(fy, fy) - 1) / 2, r3.Dot(fx, fy) / 2}, true
}

// windowStrain is the largest strain of any run of a closed loop at least
// window long, at rest.
func windowStrain(loop []crossing, window float64) float64 {
	n := len(loop)
	worn, rest := make([]float64, n), make([]float64, n)
	total := 0.0
	for i := range loop {
		worn[i], rest[i] = lengths(loop[i : i+1])
		total += rest[i]
	}
	window = min(window, total*0.999)
	largest := math.Inf(-1)
	var w, l float64
	j := 0
	for i := range n {
		for l < window {
			w, l = w+worn[j%n], l+rest[j%n]
			j++
		}
		largest = max(largest, w/l-1)
		w, l = w-worn[i], l-rest[i]
	}
	return largest
}
