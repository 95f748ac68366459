package fit

import (
	"math"

	"fitroom/geometry/body"

	"gonum.org/v1/gonum/spatial/r3"
)

// A taut band sinks into the body until band and tissue press alike. With C the
// travel of the skin per pressure (body.Compliance), a round zone of girth B
// shrinks to B - 2 pi C p, so
//
//	p = 2 pi E (1/G - 1/(B - 2 pi C p)),
//
// Laplace's law on Winkler's foundation, a quadratic in p. The solver of the
// drape knows no tissue: its pressure is that of a rigid body, an upper bound,
// and is softened by the same law, linearised.

// yieldBand is the half height of the strip of skin a band rests on [m].
const yieldBand = 0.015

// yields is the mean compliance of the skin round each level of a body; nil for
// a body that has none.
func yields(b *body.Body) map[body.Key]float64 {
	if len(b.Compliance) == 0 || len(b.Compliance) != len(b.Mesh.Verts) {
		return nil
	}
	out := make(map[body.Key]float64, len(b.Levels))
	for _, l := range b.Levels {
		var on [body.NumParts]bool
		for _, p := range l.Parts {
			on[p] = true
		}
		sum, n := 0.0, 0.0
		for i, p := range b.Mesh.Verts {
			if on[b.Part[i]] && math.Abs(r3.Dot(r3.Sub(p, l.Origin), l.Normal)) < yieldBand {
				sum, n = sum+b.Compliance[i], n+1
			}
		}
		if n > 0 {
			out[l.Key] = sum / n
		}
	}
	return out
}

// yield is the tissue's compliance under a zone [m/Pa]; 0 where it is not known.
func (w Wearer) yield(k body.Key) float64 {
	if c, ok := w.Yield[k]; ok {
		return c
	}
	return w.Yield[twin(k)]
}

// onTissue is the pressure of a round band of rest girth g and modulus e on a
// body of girth b whose skin yields by c: the smaller root of
// 2 pi c p^2 - (2 pi c a + b) p + (a b - 2 pi e) = 0 with a = 2 pi e / g.
func onTissue(b, g, e, c float64) float64 {
	a := 2 * math.Pi * e / g
	rest := a*b - 2*math.Pi*e
	if rest <= 0 {
		return 0
	}
	half := (2*math.Pi*c*a + b) / 2
	return rest / (half + math.Sqrt(max(0, half*half-2*math.Pi*c*rest))) // no division by c: it may be 0
}

// softened is the pressure on tissue of a band that presses a rigid body of
// girth b with p: each pascal takes 2 pi c of its girth, and with it e 2 pi c/g
// of its tension.
func (g *girth) softened(p, e, b float64) float64 {
	if g.yield == 0 || !(e > 0) || !(b > 0) {
		return p
	}
	return p / (1 + 4*math.Pi*math.Pi*g.yield*e/(g.garment*b))
}
