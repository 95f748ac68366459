package tape

import (
	"math"

	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r3"
)

// regionsOf tells limbs from trunk by landmarks alone, for a mesh whose
// vertices nobody has named. Each limb is what can be reached over the skin
// from its far end without leaving the half spaces that hold it:
//
//   - an arm lies outside of two planes through the armpit along the body's
//     depth, one to the shoulder point, one down halfway between the arm and
//     the flank, so that a hanging arm is told from a hip it does not touch;
//   - head and neck lie above the plane of the neck's base, and below the side neck
//     points no farther out than these: in front the plane may meet the shoulders;
//   - the legs are what is below the crotch, left and right of the middle.
func regionsOf(r *ruler) []Region {
	out := make([]Region, len(r.Mesh.Verts))
	crotch, middle := r.at(Crotch).Y, r.middle()
	for i, p := range r.Mesh.Verts {
		if p.Y < crotch {
			out[i] = LegR
			if p.X > middle {
				out[i] = LegL
			}
		}
	}
	near := neighbours(r.Mesh)
	spread(out, near, r, r.top, Head, r.inHead())
	for _, side := range []struct {
		limb                      Region
		shoulder, underarm, wrist Mark
	}{{ArmL, ShoulderPoint, Underarm, WristBone}, {ArmR, ShoulderPointR, UnderarmR, WristBoneR}} {
		wrist := r.farEnd(side.wrist, side.shoulder, middle)
		spread(out, near, r, wrist, side.limb, inArm(r.at(side.shoulder), r.at(side.underarm), wrist))
	}
	return out
}

// neckBase is the plane over the side neck point, parallel to the line from
// front to back neck point; without those marks it is level at the back neck point.
func (r *ruler) neckBase() Plane {
	if !r.has(FrontNeck) || !r.has(SideNeck) {
		return horizontal(r.at(BackNeck).Y)
	}
	p := leaning(r.at(FrontNeck), r.at(BackNeck))
	p.Origin = r.at(SideNeck)
	return p
}

// inHead holds head and neck.
func (r *ruler) inHead() func(q r3.Vec) bool {
	base := above(r.neckBase())
	if !r.has(SideNeck) {
		return base
	}
	side, middle := r.at(SideNeck), r.middle()
	out := math.Abs(side.X - middle)
	return func(q r3.Vec) bool {
		return base(q) && (q.Y > side.Y || math.Abs(q.X-middle) <= out)
	}
}

// farEnd is the wrist, or the hand's end where no wrist is marked: the skin
// farthest from the middle on the shoulder's side.
func (r *ruler) farEnd(wrist, shoulder Mark, middle float64) r3.Vec {
	left := WristBone
	if r.has(wrist) || wrist != left && r.has(left) {
		return r.at(wrist)
	}
	side := math.Copysign(1, r.at(shoulder).X-middle)
	best := r.at(shoulder)
	for _, p := range r.Mesh.Verts {
		if side*(p.X-best.X) > 0 {
			best = p
		}
	}
	return best
}

func above(p Plane) func(q r3.Vec) bool {
	return func(q r3.Vec) bool { return r3.Dot(r3.Sub(q, p.Origin), p.Normal) > 0 }
}

// inArm is the wedge that holds an arm, seen from in front.
func inArm(shoulder, underarm, wrist r3.Vec) func(q r3.Vec) bool {
	flat := func(v r3.Vec) r3.Vec { v.Z = 0; return r3.Unit(v) }
	turn := func(a, b r3.Vec) float64 { return a.X*b.Y - a.Y*b.X }
	arm := flat(r3.Sub(wrist, shoulder))
	up := flat(r3.Sub(shoulder, underarm))
	down := flat(r3.Add(arm, r3.Vec{Y: -1}))
	return func(q r3.Vec) bool {
		d := r3.Sub(q, underarm)
		return turn(up, d)*turn(up, arm) > 0 && turn(down, d)*turn(down, arm) >= 0
	}
}

// spread marks what can be reached from the vertex nearest to seed within the
// half spaces.
func spread(out []Region, near [][]int32, r *ruler, seed r3.Vec, limb Region, inside func(q r3.Vec) bool) {
	start := nearestVertex(r.Mesh, seed)
	if !inside(r.Mesh.Verts[start]) {
		return
	}
	seen := make([]bool, len(out))
	seen[start] = true
	for queue := []int32{start}; len(queue) > 0; {
		v := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		out[v] = limb
		for _, w := range near[v] {
			if !seen[w] && inside(r.Mesh.Verts[w]) {
				seen[w] = true
				queue = append(queue, w)
			}
		}
	}
}

func neighbours(m *geometry.Mesh) [][]int32 {
	near := make([][]int32, len(m.Verts))
	for _, t := range m.Tris {
		for c := range 3 {
			near[t[c]] = append(near[t[c]], t[(c+1)%3], t[(c+2)%3])
		}
	}
	return near
}

func nearestVertex(m *geometry.Mesh, p r3.Vec) int32 {
	best, d := int32(0), math.Inf(1)
	for i, q := range m.Verts {
		if e := r3.Norm2(r3.Sub(p, q)); e < d {
			best, d = int32(i), e
		}
	}
	return best
}
