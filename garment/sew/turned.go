package sew

import (
	"math"

	"fitroom/garment/cloth"
	"fitroom/garment/pattern"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// Fall is how the fall of a collar lies: of a collar as it is worn it lies below the
// fold at which it is sewn to its stand, and outside of it.
type Fall struct {
	Panel int
	// Down is how far below the fold its cloth lies and Out how far outside, the
	// mean over its area as a share of the flat distance from the fold.
	Down, Out float64
}

// leastDown is what Down must be for a collar to count as turned: those that are lie
// at 0.64 to 0.86, those that stand up, whole or half, at -0.9 to 0.58.
const leastDown = 0.6

// Turned tells whether it lies as it is worn.
func (f *Fall) Turned() bool { return f.Down > leastDown && f.Out > 0 }

// Falls looks at all falls of a garment at pos.
func Falls(c *cloth.Cloth, pos []r3.Vec) []Fall {
	var out []Fall
	for i, p := range c.Panels {
		if p.Role != string(pattern.CollarFall) {
			continue
		}
		if fold := foldCorners(c, int32(i)); len(fold) > 0 {
			out = append(out, fallOf(c, pos, int32(i), fold))
		}
	}
	return out
}

// foldCorner is a vertex of the fold and its place in the flat fall.
type foldCorner struct {
	vert int32
	flat r2.Vec
}

// foldCorners lists the corners of a fall's triangles that its stand has too.
func foldCorners(c *cloth.Cloth, panel int32) (fold []foldCorner) {
	stand := make([]bool, len(c.Start))
	for t, tri := range c.Tris {
		if c.Panels[c.Panel[t]].Role == string(pattern.Collar) {
			stand[tri[0]], stand[tri[1]], stand[tri[2]] = true, true, true
		}
	}
	for t, tri := range c.Tris {
		for k, v := range tri {
			if c.Panel[t] == panel && stand[v] {
				fold = append(fold, foldCorner{v, c.Rest[t][k]})
			}
		}
	}
	return fold
}

// fallOf takes the mean over the fall's triangles, each seen from the place of the
// fold that is nearest to it in the flat.
func fallOf(c *cloth.Cloth, pos []r3.Vec, panel int32, fold []foldCorner) Fall {
	var middle r3.Vec
	for _, f := range fold {
		middle = r3.Add(middle, r3.Scale(1/float64(len(fold)), pos[f.vert]))
	}
	f := Fall{Panel: int(panel)}
	whole := 0.0
	for t, tri := range c.Tris {
		if c.Panel[t] != panel {
			continue
		}
		q := c.Rest[t]
		at := r3.Scale(1.0/3, r3.Add(pos[tri[0]], r3.Add(pos[tri[1]], pos[tri[2]])))
		flat := r2.Scale(1.0/3, r2.Add(q[0], r2.Add(q[1], q[2])))
		nearest, away2 := int32(0), math.Inf(1)
		for _, s := range fold {
			if d := r2.Norm2(r2.Sub(s.flat, flat)); d < away2 {
				nearest, away2 = s.vert, d
			}
		}
		area := math.Abs(r2.Cross(r2.Sub(q[1], q[0]), r2.Sub(q[2], q[0]))) / 2
		off := r3.Sub(at, pos[nearest])
		side := r3.Sub(pos[nearest], middle)
		side.Y = 0
		f.Down -= area * off.Y
		f.Out += area * r3.Dot(off, r3.Unit(side))
		whole += area * math.Sqrt(away2)
	}
	f.Down /= whole
	f.Out /= whole
	return f
}
