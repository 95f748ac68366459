package tryon

import (
	"math"

	"fitroom/garment/cloth"
	"fitroom/geometry/body"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// OverShoulders tells whether a garment hangs from the shoulders, so that hands
// may pull it straight: its upper opening lies above them and is too narrow to
// be drawn over both. Strapless tops, wide boat necks, skirts and trousers are
// held by what they grip, and would be pulled down.
func OverShoulders(c *cloth.Cloth, b *body.Body) bool {
	left, right := b.Landmarks[body.ShoulderPointL], b.Landmarks[body.ShoulderPointR]
	neck, high := -1, left.Y
	for i, l := range c.Lines {
		lo, hi, top := 0.0, 0.0, math.Inf(-1)
		for _, v := range l.Verts {
			p := c.Start[v]
			lo, hi, top = min(lo, p.X), max(hi, p.X), max(top, p.Y)
		}
		if lo < 0 && hi > 0 && top > high { // an armhole lies on one side
			neck, high = i, top
		}
	}
	if neck < 0 {
		return false
	}
	// A ring laid flat is half as wide as it is long.
	return restLength(c, &c.Lines[neck])/2 < r3.Norm(r3.Sub(left, right))
}

// restLength is how long a line is in the flat fabric [m].
func restLength(c *cloth.Cloth, l *cloth.Line) float64 {
	after := map[int32]int32{}
	for i, v := range l.Verts[1:] {
		after[l.Verts[i]] = v
	}
	if last := len(l.Verts) - 1; l.Closed {
		after[l.Verts[last]] = l.Verts[0]
	}
	sum := 0.0
	for t, tri := range c.Tris {
		for k := range 3 {
			i, j := k, (k+1)%3
			if n, ok := after[tri[i]]; ok && n == tri[j] {
				sum += r2.Norm(r2.Sub(c.Rest[t][i], c.Rest[t][j]))
			} else if n, ok := after[tri[j]]; ok && n == tri[i] {
				sum += r2.Norm(r2.Sub(c.Rest[t][i], c.Rest[t][j]))
			}
		}
	}
	return sum
}
