package tape

import (
	"math"

	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r3"
)

// ribbonSides is how many sides a drawn tape has: round enough at its width.
const ribbonSides = 8

// ribbonStep is the longest piece of a drawn tape, in radii: a renderer that
// rounds triangles by their normals would blow up longer ones at a tube's ends.
const ribbonStep = 4

// Ribbon is the line of a tape as a thin round tube, to draw it where it lies:
// half of it stands out of the skin. A closed line gives a closed ring.
func Ribbon(line []r3.Vec, radius float64) *geometry.Mesh {
	line = fine(distinct(line), ribbonStep*radius)
	n := len(line)
	m := &geometry.Mesh{}
	if n < 2 {
		return m
	}
	ring := n > 2 && line[0] == line[n-1]
	if ring {
		n--
	}
	var side r3.Vec
	for i := range n {
		before, after := line[max(i-1, 0)], line[min(i+1, len(line)-1)]
		if ring {
			before, after = line[(i+n-1)%n], line[(i+1)%n]
		}
		t := r3.Unit(r3.Sub(after, before))
		side = square(side, t)
		up := r3.Cross(t, side)
		for k := range ribbonSides {
			s, c := math.Sincos(2 * math.Pi * float64(k) / ribbonSides)
			m.Verts = append(m.Verts, r3.Add(line[i], r3.Add(r3.Scale(radius*c, side), r3.Scale(radius*s, up))))
		}
	}
	last := n - 1
	if ring {
		last = n
	}
	for i := range last {
		a, b := int32(i*ribbonSides), int32((i+1)%n*ribbonSides)
		for k := range int32(ribbonSides) {
			l := (k + 1) % ribbonSides
			m.Tris = append(m.Tris, geometry.Tri{a + k, a + l, b + k}, geometry.Tri{a + l, b + l, b + k})
		}
	}
	if !ring {
		for k := int32(1); k < ribbonSides-1; k++ {
			end := int32(last * ribbonSides)
			m.Tris = append(m.Tris, geometry.Tri{0, k + 1, k}, geometry.Tri{end, end + k, end + k + 1})
		}
	}
	return m
}

// distinct leaves out points nearer to the one before than a tenth of a
// millimetre, which would twist the tube.
func distinct(line []r3.Vec) []r3.Vec {
	const near = 1e-4
	var out []r3.Vec
	for i, p := range line {
		switch {
		case len(out) == 0 || r3.Norm(r3.Sub(p, out[len(out)-1])) > near:
			out = append(out, p)
		case i == len(line)-1: // the end stays where it is, so that a ring closes
			out[len(out)-1] = p
		}
	}
	return out
}

// fine cuts the pieces of a line into equal parts no longer than the most.
func fine(line []r3.Vec, most float64) []r3.Vec {
	var out []r3.Vec
	for i, p := range line {
		if i > 0 {
			from := line[i-1]
			parts := math.Ceil(r3.Norm(r3.Sub(p, from)) / most)
			for k := 1.0; k < parts; k++ {
				out = append(out, r3.Add(from, r3.Scale(k/parts, r3.Sub(p, from))))
			}
		}
		out = append(out, p)
	}
	return out
}

// square turns the last side of the tube as little as it takes to stand square
// to the new direction.
func square(side, t r3.Vec) r3.Vec {
	s := r3.Sub(side, r3.Scale(r3.Dot(side, t), t))
	if r3.Norm(s) < 1e-6 {
		s, _ = Frame(t)
	}
	return r3.Unit(s)
}
