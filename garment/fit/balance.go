package fit

import (
	"math"
	"strings"

	"fitroom/garment/cloth"
	"fitroom/garment/drape"
	"fitroom/geometry/body"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// Balance is how a garment hangs: whether its seams lie where the body has
// them, its hem is level and its grain plumb. NaN where the garment has no such
// line. Offsets are positive to the front, angles positive where the lower end
// swings to the front or, of a grain, to the body's left.
type Balance struct {
	SideSeam     [2]float64 // left, right: mean offset from the middle of the body's side [m]
	SideSwing    [2]float64 // left, right: of the seam from plumb, seen from the side [rad]
	ShoulderSeam [2]float64 // left, right: mean offset from the line neck - shoulder point [m]
	ShoulderEnd  [2]float64 // left, right: of the seam's end beyond the shoulder point [m]
	HemTilt      float64    // front of the hem above its back [m]
	HemLean      float64    // left of the hem above its right [m]
	HemSpread    float64    // highest less lowest point of the hem [m]
	GrainFront   float64    // warp at centre front against plumb [rad]
	GrainBack    float64    // the same behind [rad]
}

func balance(b *body.Body, c *cloth.Cloth, r *drape.Result) Balance {
	n := math.NaN()
	out := Balance{
		SideSeam: [2]float64{n, n}, SideSwing: [2]float64{n, n}, ShoulderSeam: [2]float64{n, n}, ShoulderEnd: [2]float64{n, n},
		HemTilt: n, HemLean: n, HemSpread: n,
	}
	for side, name := range [2]string{"_left", "_right"} {
		out.SideSeam[side], out.SideSwing[side] = sideSeam(b, c, r, name)
		out.ShoulderSeam[side], out.ShoulderEnd[side] = shoulderSeam(b, c, r, side)
	}
	out.HemTilt, out.HemLean, out.HemSpread = hemLevel(c, r)
	out.GrainFront, out.GrainBack = grain(b, c, r, 1), grain(b, c, r, -1)
	return out
}

// seamVerts collects the vertices of the seams of the given names.
func seamVerts(c *cloth.Cloth, names ...string) []int32 {
	var out []int32
	for _, l := range c.Seams {
		for _, n := range names {
			if l.Name == n {
				out = append(out, l.Verts...)
			}
		}
	}
	return out
}

// sideSeam compares a side seam, or the outseam of trousers, with the middle of
// the body's depth at the waist; lower down the body has no side of its own,
// the seam must hang plumb. Only what lies on the trunk counts.
func sideSeam(b *body.Body, c *cloth.Cloth, r *drape.Result, side string) (offset, swing float64) {
	middle := (b.Landmarks[body.WaistFront].Z + b.Landmarks[body.WaistBack].Z) / 2
	lowest := b.Landmarks[body.Crotch].Y
	var n, sy, sz, syy, syz float64
	for _, v := range seamVerts(c, "side"+side, "outseam"+side) {
		p := r.Pos[v]
		if p.Y < lowest {
			continue
		}
		n, sy, sz, syy, syz = n+1, sy+p.Y, sz+p.Z, syy+p.Y*p.Y, syz+p.Y*p.Z
	}
	det := n*syy - sy*sy
	if n < 3 || det <= 0 {
		return math.NaN(), math.NaN()
	}
	return sz/n - middle, math.Atan(-(n*syz - sy*sz) / det)
}

// shoulderSeam compares the seam with the straight line from the side of the
// neck to the shoulder point.
func shoulderSeam(b *body.Body, c *cloth.Cloth, r *drape.Result, side int) (offset, end float64) {
	marks := [2][2]body.Landmark{{body.SideNeckL, body.ShoulderPointL}, {body.SideNeckR, body.ShoulderPointR}}[side]
	neck, tip := b.Landmarks[marks[0]], b.Landmarks[marks[1]]
	along := r3.Sub(tip, neck)
	length := r3.Norm(along)
	n, far := 0.0, math.Inf(-1)
	for _, v := range seamVerts(c, [2]string{"shoulder_left", "shoulder_right"}[side]) {
		d := r3.Sub(r.Pos[v], neck)
		t := r3.Dot(d, along) / (length * length)
		offset += d.Z - t*along.Z
		far = max(far, t*length-length)
		n++
	}
	if n == 0 {
		return math.NaN(), math.NaN()
	}
	return offset / n, far
}

// hemLevel fits a plane through the hem's vertices (least squares) and reads
// its rise over the hem's own depth and width. Two legs make one hem.
func hemLevel(c *cloth.Cloth, r *drape.Result) (tilt, lean, spread float64) {
	var pts []r3.Vec
	for _, l := range c.Lines {
		if l.Closed && (l.Name == "hem" || strings.HasPrefix(l.Name, "leg_hem")) {
			for _, v := range l.Verts {
				pts = append(pts, r.Pos[v])
			}
		}
	}
	if len(pts) < 8 {
		return math.NaN(), math.NaN(), math.NaN()
	}
	lo, hi, mean := pts[0], pts[0], r3.Vec{}
	for _, p := range pts {
		lo = r3.Vec{X: min(lo.X, p.X), Y: min(lo.Y, p.Y), Z: min(lo.Z, p.Z)}
		hi = r3.Vec{X: max(hi.X, p.X), Y: max(hi.Y, p.Y), Z: max(hi.Z, p.Z)}
		mean = r3.Add(mean, r3.Scale(1/float64(len(pts)), p))
	}
	var xx, xz, zz, xy, zy float64
	for _, p := range pts {
		d := r3.Sub(p, mean)
		xx, xz, zz, xy, zy = xx+d.X*d.X, xz+d.X*d.Z, zz+d.Z*d.Z, xy+d.X*d.Y, zy+d.Z*d.Y
	}
	det := xx*zz - xz*xz
	if det <= 0 {
		return math.NaN(), math.NaN(), math.NaN()
	}
	bx, bz := (xy*zz-zy*xz)/det, (zy*xx-xy*xz)/det
	return bz * (hi.Z - lo.Z), bx * (hi.X - lo.X), hi.Y - lo.Y
}

// grainBand is the half width of the strip at the middle whose warp is read [m].
const grainBand = 0.03

// grain is the mean direction of the warp on the strip at centre front (side 1)
// or back (-1), against plumb. The direction of a thread has no sign, so the
// doubled angle is averaged. Sleeves, collars and bands are no place to read it.
func grain(b *body.Body, c *cloth.Cloth, r *drape.Result, side float64) float64 {
	var sin, cos float64
	for i, t := range c.Tris {
		role := c.Panels[c.Panel[i]].Role
		if offGrain(role) {
			continue
		}
		mid := r3.Scale(1.0/3, r3.Add(r.Pos[t[0]], r3.Add(r.Pos[t[1]], r.Pos[t[2]])))
		n := normalOf(r.Pos, t)
		if math.Abs(mid.X) > grainBand || side*n.Z < 0.5*r3.Norm(n) {
			continue
		}
		w, ok := warpOf(c.Rest[i], r.Pos[t[0]], r.Pos[t[1]], r.Pos[t[2]])
		if !ok {
			continue
		}
		a := math.Atan2(-w.X, w.Y) // of the lower end to the body's left
		area := restArea(c.Rest[i])
		sin, cos = sin+area*math.Sin(2*a), cos+area*math.Cos(2*a)
	}
	if sin == 0 && cos == 0 {
		return math.NaN()
	}
	return math.Atan2(sin, cos) / 2
}

// warpOf is where the flat warp points on the worn triangle.
func warpOf(rest [3]r2.Vec, a, b, c r3.Vec) (r3.Vec, bool) {
	p, q := r2.Sub(rest[1], rest[0]), r2.Sub(rest[2], rest[0])
	det := r2.Cross(p, q)
	if det == 0 {
		return r3.Vec{}, false
	}
	u, v := r3.Sub(b, a), r3.Sub(c, a)
	return r3.Scale(1/det, r3.Sub(r3.Scale(p.X, v), r3.Scale(q.X, u))), true
}
