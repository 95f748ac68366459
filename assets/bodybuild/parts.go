package main

import (
	"math"

	"fitroom/geometry/body"

	"gonum.org/v1/gonum/spatial/r3"
)

// joints places the joint centres on a body: each is a fixed affine mean of
// skin vertices around it, chosen so that the mean falls on the centre of the
// joint's cube in the base mesh. (The package's own cubes under the shape
// targets are not proven free, the skin is.)
type joints [][]term

// jointPatch is the number of skin vertices that carry a joint, both sides.
const jointPatch = 80

func newJoints(s *source) joints {
	var out joints
	all := make([]int32, bodyVerts)
	for i := range all {
		all[i] = int32(i)
	}
	for _, name := range jointCubes {
		c := s.joints[name]
		reach := nthDistance(s.verts[:bodyVerts], c, jointPatch)
		out = append(out, affineMean(s.verts, all, c, func(d float64) float64 {
			if d <= reach {
				return 1
			}
			return 0
		}))
	}
	return out
}

// affineMean returns weights kernel(|v-c|).(a + b.(v-c)) on the vertices, with
// sum 1 and first moment 0 about c: under any affine map of the vertices their
// mean moves as c does.
func affineMean(verts []r3.Vec, ids []int32, c r3.Vec, kernel func(d float64) float64) []term {
	var m [4][5]float64 // normal equations for (a, b) with right side (1, 0, 0, 0)
	m[0][4] = 1
	var out []term
	for _, i := range ids {
		d := r3.Sub(verts[i], c)
		k := kernel(r3.Norm(d))
		if k == 0 {
			continue
		}
		out = append(out, term{i, k})
		r := [4]float64{1, d.X, d.Y, d.Z}
		for p := range 4 {
			for q := range 4 {
				m[p][q] += k * r[p] * r[q]
			}
		}
	}
	x := solve4(m)
	for k, t := range out {
		d := r3.Sub(verts[t.at], c)
		out[k].w = t.w * (x[0] + x[1]*d.X + x[2]*d.Y + x[3]*d.Z)
	}
	return out
}

func nthDistance(verts []r3.Vec, c r3.Vec, n int) float64 {
	lo, hi := 0.0, 100.0
	for range 50 {
		mid, count := (lo+hi)/2, 0
		for _, v := range verts {
			if r3.Norm(r3.Sub(v, c)) <= mid {
				count++
			}
		}
		if count < n {
			lo = mid
		} else {
			hi = mid
		}
	}
	return hi
}

// solve4 eliminates with partial pivoting.
func solve4(m [4][5]float64) (x [4]float64) {
	for c := range 4 {
		p := c
		for r := c + 1; r < 4; r++ {
			if math.Abs(m[r][c]) > math.Abs(m[p][c]) {
				p = r
			}
		}
		m[c], m[p] = m[p], m[c]
		for r := range 4 {
			if r == c {
				continue
			}
			f := m[r][c] / m[c][c]
			for k := c; k < 5; k++ {
				m[r][k] -= f * m[c][k]
			}
		}
	}
	for c := range 4 {
		x[c] = m[c][4] / m[c][c]
	}
	return x
}

// at writes the joint centres on the base vertices x.
func (j joints) at(dst, x []r3.Vec) {
	for i, row := range j {
		var p r3.Vec
		for _, t := range row {
			p = r3.Add(p, r3.Scale(t.w, x[t.at]))
		}
		if i < jShoulder {
			p.X = 0
		}
		dst[i] = p
	}
}

// labels names the part of each base vertex, on the base mesh.
func labels(s *source) []body.Part {
	v := s.verts
	arm := floodArm(s)
	elbow, wrist := s.joints["joint-l-elbow"], s.joints["joint-l-hand"]
	upper := r3.Unit(r3.Sub(elbow, s.joints["joint-l-shoulder"]))
	fore := r3.Unit(r3.Sub(wrist, elbow))
	bend := r3.Unit(r3.Add(upper, fore))
	knee, ankle := s.joints["joint-l-knee"], s.joints["joint-l-ankle"]
	crotch := v[vCrotch].Y + 0.1
	out := make([]body.Part, bodyVerts)
	for i := range out {
		p := v[i]
		right := p.X < 0
		p.X = math.Abs(p.X)
		side := func(left body.Part) body.Part {
			if right {
				return left + 1
			}
			return left
		}
		switch {
		case arm[i] && r3.Dot(r3.Sub(p, wrist), fore) > 0.1:
			out[i] = side(body.HandL)
		case arm[i] && r3.Dot(r3.Sub(p, elbow), bend) > 0:
			out[i] = side(body.ForearmL)
		case arm[i]:
			out[i] = side(body.UpperArmL)
		case p.Y < ankle.Y:
			out[i] = side(body.FootL)
		case p.Y < knee.Y:
			out[i] = side(body.ShinL)
		case p.Y < crotch+0.5*(p.X-0.1): // the crease of the groin rises outward
			out[i] = side(body.ThighL)
		case sideNeck(v, p) > 0 && neckDistance(v, p) < neckReach:
			out[i] = body.Neck
		}
	}
	return out
}

// sideNeck is the height of p above the base of the neck: the plane through
// front, side and back neck point.
func sideNeck(v []r3.Vec, p r3.Vec) float64 {
	p.X = math.Abs(p.X)
	a, b, c := v[vFrontNeck], v[vSideNeck], v[vBackNeck]
	n := r3.Unit(r3.Cross(r3.Sub(b, a), r3.Sub(c, a))) // upward: front to side to back turns so
	return r3.Dot(n, r3.Sub(p, a))
}

// neckReach is the largest distance of the neck's skin from its axis [dm];
// beyond it lie the shoulders.
const neckReach = 0.95

// neckDistance is the horizontal distance of p from the middle of the neck.
func neckDistance(v []r3.Vec, p r3.Vec) float64 {
	z := (v[vThroat].Z + v[vNape].Z) / 2
	if p.Y < v[vFrontNeck].Y-0.3 {
		return math.Inf(1)
	}
	return math.Hypot(p.X, p.Z-z)
}

// floodArm marks the vertices of both arms: reached from the hand without
// leaving the neighbourhood of the arm's bones or crossing the plane through
// armpit and acromion.
func floodArm(s *source) []bool {
	v := s.verts
	along := r3.Sub(v[vAcromion], v[vUnderarm])
	cut := r3.Unit(r3.Vec{X: along.Y, Y: -along.X})
	shoulder, elbow, wrist := s.joints["joint-l-shoulder"], s.joints["joint-l-elbow"], s.joints["joint-l-hand"]
	isArm := func(i int32) bool {
		p := v[i]
		p.X = math.Abs(p.X)
		if r3.Dot(r3.Sub(p, v[vUnderarm]), cut) < 0 {
			return false
		}
		d := min(segmentDistance(p, shoulder, elbow), segmentDistance(p, elbow, wrist))
		return d < 0.68 || r3.Dot(r3.Sub(p, wrist), r3.Sub(wrist, elbow)) > 0
	}
	near := neighbours(s.quads)
	out := make([]bool, bodyVerts)
	var queue []int32
	for i := range int32(bodyVerts) { // seeds: everything beyond the wrist
		p := v[i]
		p.X = math.Abs(p.X)
		if p.X > 3.5 {
			out[i] = true
			queue = append(queue, i)
		}
	}
	for ; len(queue) > 0; queue = queue[1:] {
		for _, w := range near[queue[0]] {
			if !out[w] && isArm(w) {
				out[w] = true
				queue = append(queue, w)
			}
		}
	}
	return out
}

func segmentDistance(p, a, b r3.Vec) float64 {
	d := r3.Sub(b, a)
	t := max(0, min(1, r3.Dot(r3.Sub(p, a), d)/r3.Norm2(d)))
	return r3.Norm(r3.Sub(p, r3.Add(a, r3.Scale(t, d))))
}

func neighbours(quads [][4]int32) [][]int32 {
	near := make([][]int32, bodyVerts)
	for _, q := range quads {
		for k, a := range q {
			near[a] = append(near[a], q[(k+1)%4])
		}
	}
	return near
}

const (
	weightPasses = 30 // about six edge lengths of blend
	limbPasses   = 10
)

// regionWeights are the smooth memberships used to blend the fields of shape:
// arm, left leg, right leg, neck with head, head.
func regionWeights(s *source, part []body.Part) [body.NumRegions][]float64 {
	near := neighbours(s.quads)
	var out [body.NumRegions][]float64
	mark := func(r body.Region, passes int, is func(i int) bool) {
		w := make([]float64, bodyVerts)
		for i := range w {
			if is(i) {
				w[i] = 1
			}
		}
		for range passes {
			w = average(w, near)
		}
		out[r] = w
	}
	mark(body.RegionArm, limbPasses, func(i int) bool {
		return part[i] == body.UpperArmL || part[i] == body.ForearmL || part[i] == body.HandL
	})
	mark(body.RegionLegL, weightPasses, func(i int) bool { return part[i] == body.ThighL || part[i] == body.ShinL || part[i] == body.FootL })
	mark(body.RegionLegR, weightPasses, func(i int) bool { return part[i] == body.ThighR || part[i] == body.ShinR || part[i] == body.FootR })
	neck, head := s.joints["joint-neck"], s.joints["joint-head"]
	axis := r3.Sub(head, neck)
	out[body.RegionNeck] = make([]float64, bodyVerts)
	out[body.RegionHead] = make([]float64, bodyVerts)
	for i := range bodyVerts {
		p := s.verts[i]
		t := r3.Dot(r3.Sub(p, neck), axis) / r3.Norm2(axis)
		out[body.RegionNeck][i] = smoothStep((sideNeck(s.verts, p)+0.35)/0.7) * smoothStep((1.5-neckDistance(s.verts, p))/0.8)
		out[body.RegionHead][i] = smoothStep((t - 0.35) / 0.75)
		if p.Y < 4.8 {
			out[body.RegionHead][i] = 0
		}
	}
	return out
}

func average(w []float64, near [][]int32) []float64 {
	next := make([]float64, len(w))
	for i, n := range near {
		sum := w[i]
		for _, j := range n {
			sum += w[j]
		}
		next[i] = sum / float64(1+len(n))
	}
	return next
}

// smoothStep rises from 0 to 1 with two continuous derivatives.
func smoothStep(x float64) float64 {
	x = max(0, min(1, x))
	return x * x * x * (x*(6*x-15) + 10)
}
