package sew

import (
	"math"

	"fitroom/geometry"
	"fitroom/geometry/body"
	"fitroom/geometry/bvh"

	"gonum.org/v1/gonum/spatial/r3"
)

// Figure is a body as a dressmaker's dummy: offset tubes round its parts and
// the few heights that panels hang from. Immutable, so that all sizes of a
// style can be assembled on one, by several goroutines.
type Figure struct {
	body *body.Body
	tree *bvh.Tree
	dirs *rayTable

	trunk *tube    // horizontal, torso and both legs as one
	neck  *tube    // horizontal, neck and head
	leg   [2]*tube // horizontal, one leg; above the crotch half the trunk; 0 left, 1 right
	arm   [2]*tube // across the arm, from shoulder to hand
	slice *tube    // planes x = const through torso and shoulders; angle 0 is up, 90 deg front

	floor, waist, crotch, underarm float64 // heights [m]
	tip                            float64 // half the width between the shoulder points [m]

	// beside is, per plane of the trunk, the distance from the middle plane
	// to the inner side of the nearer arm; infinite below the hands [m].
	beside []float64
}

var (
	axisX = r3.Vec{X: 1}
	axisY = r3.Vec{Y: 1}
	axisZ = r3.Vec{Z: 1}
)

// NewFigure measures a body.
func NewFigure(b *body.Body) *Figure {
	f := &Figure{body: b, tree: bvh.Build(b.Mesh), dirs: newRays()}
	l, j := &b.Landmarks, &b.Joints
	lo, hi := geometry.Bounds(b.Mesh.Verts)
	f.floor = lo.Y
	f.waist = (l[body.WaistFront].Y + l[body.WaistBack].Y) / 2
	f.crotch = l[body.Crotch].Y
	f.underarm = (l[body.UnderarmL].Y + l[body.UnderarmR].Y) / 2
	f.tip = (l[body.ShoulderPointL].X - l[body.ShoulderPointR].X) / 2

	f.trunk = newTube(b.Mesh, f.parts(body.Torso, body.ThighL, body.ThighR, body.ShinL, body.ShinR, body.FootL, body.FootR),
		r3.Vec{}, axisY, axisZ, lo.Y, hi.Y)
	f.trunk.hold(f.underarm)
	f.trunk.soften(0.02)
	f.beside = f.besideArms()
	f.neck = newTube(b.Mesh, f.parts(body.Neck, body.Head), r3.Vec{}, axisY, axisZ, lo.Y, hi.Y)
	f.slice = newTube(b.Mesh, f.parts(body.Torso, body.UpperArmL, body.UpperArmR),
		r3.Vec{Y: f.underarm}, axisX, axisY, -1.4*f.tip, 1.4*f.tip)
	f.slice.soften(0.01)
	for side := range 2 {
		d, p := body.Joint(side), body.Part(side)
		from, to := j[body.ShoulderL+d], j[body.WristL+d]
		up := r3.Unit(r3.Sub(from, to))
		out := axisY // away from the body across the arm
		length := r3.Norm(r3.Sub(from, to))
		f.arm[side] = newTube(b.Mesh, f.parts(body.UpperArmL+p, body.ForearmL+p, body.HandL+p), from, up, out, -1.6*length, 0.1)
		// Near the shoulder the planes leave the arm through the torso.
		f.arm[side].hold(-r3.Dot(r3.Sub(from, l[body.UnderarmL+body.Landmark(side)]), up) - 0.03)
		f.arm[side].soften(0.01)
		f.leg[side] = f.newLeg(side, lo.Y, hi.Y)
	}
	return f
}

// besideArms measures the room between the arms.
func (f *Figure) besideArms() []float64 {
	out := make([]float64, len(f.trunk.levels))
	for k := range out {
		out[k] = math.Inf(1)
	}
	arms := f.parts(body.UpperArmL, body.UpperArmR, body.ForearmL, body.ForearmR, body.HandL, body.HandR)
	for i, t := range f.body.Mesh.Tris {
		if !arms(i) {
			continue
		}
		for _, v := range t {
			p := f.body.Mesh.Verts[v]
			k := int((p.Y - f.trunk.s0) / tubeStep)
			for j := max(0, k-armReach); j <= min(len(out)-1, k+armReach); j++ {
				out[j] = min(out[j], math.Abs(p.X))
			}
		}
	}
	return out
}

// armReach: planes above and below a point of an arm that it keeps clear, for
// the length of a triangle of cloth.
const armReach = 3

// gap is the room between the trunk and the nearer arm at height y [m].
func (f *Figure) gap(y float64) float64 {
	t := f.trunk
	_, i := t.plane(y)
	return f.beside[i] - max(t.levels[i][rays/4], t.levels[i][3*rays/4])
}

// sideRoom is the largest offset of a trunk ring at height y that leaves the
// arms alone, and under the arms also half of the gap to sleeves [m].
func (f *Figure) sideRoom(y float64, sleeves bool) float64 {
	gap := f.gap(y) - 2*clearance
	if sleeves {
		gap = f.gap(y)/2 - clearance/2
	}
	return max(clearance, gap)
}

// armRoom is the largest offset of a sleeve on the inner side of an arm at
// height s of its tube: half of the gap to the trunk [m].
func (f *Figure) armRoom(t *tube, s float64) float64 {
	_, i := t.plane(s)
	inner := r3.Add(t.at, r3.Sub(r3.Scale(s, t.up), r3.Scale(t.levels[i][rays/2], t.e0)))
	_, k := f.trunk.plane(inner.Y)
	gap := math.Abs(inner.X) - max(f.trunk.levels[k][rays/4], f.trunk.levels[k][3*rays/4])
	return max(clearance, gap*math.Abs(t.e0.X)/2-clearance/2)
}

// newLeg is the tube of one leg. Above the crotch it is half the trunk: points
// of the other side are moved to the middle plane.
func (f *Figure) newLeg(side int, lo, hi float64) *tube {
	p := body.Part(side)
	sign := 1 - 2*float64(side)
	own := f.parts(body.ThighL+p, body.ShinL+p, body.FootL+p)
	leg := newTube(f.body.Mesh, own, r3.Vec{}, axisY, axisZ, lo, hi)
	half := &geometry.Mesh{Tris: f.body.Mesh.Tris, Verts: append([]r3.Vec(nil), f.body.Mesh.Verts...)}
	for i, v := range half.Verts {
		half.Verts[i].X = sign * max(0, sign*v.X)
	}
	trunk := newTube(half, f.parts(body.Torso, body.ThighL, body.ThighR), r3.Vec{}, axisY, axisZ, lo, hi)
	for i := range leg.levels {
		if lo+float64(i)*tubeStep >= f.crotch {
			leg.levels[i] = trunk.levels[i]
		}
	}
	leg.soften(0.01)
	return leg
}

// parts accepts triangles with all corners in the given parts.
func (f *Figure) parts(list ...body.Part) func(int) bool {
	var in [body.NumParts]bool
	for _, p := range list {
		in[p] = true
	}
	return func(tri int) bool {
		t := f.body.Mesh.Tris[tri]
		return in[f.body.Part[t[0]]] && in[f.body.Part[t[1]]] && in[f.body.Part[t[2]]]
	}
}

// girth of the trunk at height s with clearance d [m].
func (f *Figure) girth(s, d float64) float64 {
	var o outline
	f.trunk.outlineAt(&o, f.dirs, level(s, d))
	return o.perimeter()
}

// settle finds the highest level at or below the waist at which the body with
// clearance d fills a band of the given girth: where a waistband comes to sit.
func (f *Figure) settle(girth, d float64) float64 {
	for y := f.waist; y > f.crotch+0.08; y -= tubeStep {
		if f.girth(y, d) >= girth-0.02 {
			return y
		}
	}
	return math.Max(f.crotch+0.08, f.waist-0.2)
}
