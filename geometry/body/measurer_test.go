package body_test

import (
	"math"
	"slices"
	"testing"

	"fitroom/geometry"
	"fitroom/geometry/body"

	"gonum.org/v1/gonum/spatial/r3"
)

// The measurer below shares no code with the fit or with geometry/tape: it
// cuts every triangle, strings the pieces together by touching ends, takes the
// loop round the level's axis and winds a tape round it by gift wrapping.

type piece struct{ a, b r3.Vec }

func bruteGirth(t *testing.T, b *body.Body, l *body.Level) float64 {
	t.Helper()
	if l.Parts[0] <= body.Head { // a tape round the trunk runs under the arms, where the skin may be open
		var pts []r3.Vec
		skin := withoutArms(b)
		if l.Key == body.TrunkGirth { // the tape goes through the crotch: neck and right leg are elsewhere in its plane
			skin = onlyParts(b, l.Parts)
		}
		for _, p := range brutePieces(skin, l.Origin, l.Normal) {
			pts = append(pts, p.a, p.b)
		}
		if l.Key == body.NeckBaseGirth { // beyond the side neck points its plane may meet the shoulders
			reach := b.Landmarks[body.SideNeckL].X + 1e-4
			pts = slices.DeleteFunc(pts, func(p r3.Vec) bool { return math.Abs(p.X) > reach })
		}
		return wrap(pts, l.Normal)
	}
	loops := bruteLoops(brutePieces(b.Mesh, l.Origin, l.Normal))
	best, girth := math.Inf(1), 0.0
	for _, loop := range loops {
		var c r3.Vec
		for _, p := range loop {
			c = r3.Add(c, r3.Scale(1/float64(len(loop)), p))
		}
		if d := r3.Norm(r3.Sub(c, l.Origin)); d < best {
			best, girth = d, wrap(loop, l.Normal)
		}
	}
	return girth
}

func withoutArms(b *body.Body) *geometry.Mesh {
	m := &geometry.Mesh{Verts: b.Mesh.Verts}
	for _, f := range b.Mesh.Tris {
		arm := 0
		for _, v := range f {
			if p := b.Part[v]; p >= body.UpperArmL && p <= body.HandR {
				arm++
			}
		}
		if arm == 0 {
			m.Tris = append(m.Tris, f)
		}
	}
	return m
}

func onlyParts(b *body.Body, parts []body.Part) *geometry.Mesh {
	m := &geometry.Mesh{Verts: b.Mesh.Verts}
	for _, f := range b.Mesh.Tris {
		if slices.Contains(parts, b.Part[f[0]]) && slices.Contains(parts, b.Part[f[1]]) && slices.Contains(parts, b.Part[f[2]]) {
			m.Tris = append(m.Tris, f)
		}
	}
	return m
}

func brutePieces(m *geometry.Mesh, o, n r3.Vec) []piece {
	var out []piece
	for _, f := range m.Tris {
		var ends []r3.Vec
		for k := range 3 {
			p, q := m.Verts[f[k]], m.Verts[f[(k+1)%3]]
			if f[k] > f[(k+1)%3] { // the same rounding from both sides of an edge
				p, q = q, p
			}
			hp, hq := r3.Dot(r3.Sub(p, o), n), r3.Dot(r3.Sub(q, o), n)
			if (hp > 0) != (hq > 0) {
				ends = append(ends, r3.Add(r3.Scale(hq/(hq-hp), p), r3.Scale(-hp/(hq-hp), q)))
			}
		}
		if len(ends) == 2 {
			out = append(out, piece{ends[0], ends[1]})
		}
	}
	return out
}

func bruteLoops(pieces []piece) [][]r3.Vec {
	at := map[r3.Vec][]int{}
	for i, p := range pieces {
		at[p.a] = append(at[p.a], i)
		at[p.b] = append(at[p.b], i)
	}
	seen := make([]bool, len(pieces))
	var loops [][]r3.Vec
	for i := range pieces {
		if seen[i] {
			continue
		}
		seen[i] = true
		var loop []r3.Vec
		for stack := []int{i}; len(stack) > 0; {
			p := pieces[stack[len(stack)-1]]
			stack = stack[:len(stack)-1]
			loop = append(loop, p.a, p.b)
			for _, end := range []r3.Vec{p.a, p.b} {
				for _, j := range at[end] {
					if !seen[j] {
						seen[j] = true
						stack = append(stack, j)
					}
				}
			}
		}
		loops = append(loops, loop)
	}
	return loops
}

// wrap is the perimeter of the convex hull by gift wrapping: from each corner
// to the point that leaves all others on one side.
func wrap(pts []r3.Vec, n r3.Vec) float64 {
	start := pts[0]
	for _, p := range pts {
		if p.X+p.Z < start.X+start.Z {
			start = p
		}
	}
	var sum float64
	for at, guard := start, 0; guard < len(pts); guard++ {
		next := at
		for _, p := range pts {
			if r3.Norm2(r3.Sub(p, at)) < 1e-18 {
				continue
			}
			side := r3.Dot(n, r3.Cross(r3.Sub(next, at), r3.Sub(p, at)))
			if next == at || side < 0 || side == 0 && r3.Norm2(r3.Sub(p, at)) > r3.Norm2(r3.Sub(next, at)) {
				next = p
			}
		}
		sum += r3.Norm(r3.Sub(next, at))
		if at = next; r3.Norm2(r3.Sub(at, start)) < 1e-18 { // a point on an edge of the mesh may come twice, a rounding apart
			break
		}
	}
	return sum
}

// bruteVolume sums slabs of horizontal sections: area by the shoelace rule
// over all pieces, which wants no order.
func bruteVolume(m *geometry.Mesh) float64 {
	lo, hi := geometry.Bounds(m.Verts)
	const slabs = 500
	step := (hi.Y - lo.Y) / slabs
	var vol float64
	for k := range slabs {
		y := lo.Y + (float64(k)+0.5)*step
		var area float64
		for _, f := range m.Tris {
			var ends []r3.Vec
			up := 0
			for c := range 3 {
				p, q := m.Verts[f[c]], m.Verts[f[(c+1)%3]]
				if (p.Y > y) != (q.Y > y) {
					s := (y - p.Y) / (q.Y - p.Y)
					ends = append(ends, r3.Add(p, r3.Scale(s, r3.Sub(q, p))))
					if len(ends) == 1 && q.Y > p.Y {
						up = 1
					}
				}
			}
			if len(ends) == 2 {
				a := (ends[0].X*ends[1].Z - ends[1].X*ends[0].Z) / 2
				if up == 1 {
					a = -a
				}
				area += a
			}
		}
		vol += math.Abs(area) * step
	}
	return vol
}
