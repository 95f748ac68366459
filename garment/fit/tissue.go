package fit

import (
	"math"

	"fitroom/garment/fabric"
	"fitroom/geometry/body"

	"gonum.org/v1/gonum/spatial/r3"
)

// A taut band sinks into the body until band and tissue press alike. With C the
// travel of the skin per pressure (body.Compliance), a round zone of girth B
// shrinks to B - 2 pi C p, so
//
//	p = 2 pi T(L/G - 1)/L with L = B - 2 pi C p,
//
// Laplace's law on Winkler's foundation, T the pull of the fabric. A drape on a
// body that yields obeys it at every point, and its figures are taken as they are.

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

// onTissue is the pressure of a round band of rest girth g and the given pull on
// a body of girth b whose skin yields by c. The tape's length L lies between g
// and b: there the band presses with 2 pi T(L/g - 1)/L, the tissue with
// (b - L)/(2 pi c). Their difference rises with L; its zero is found by the
// Illinois method (Dowell and Jarratt 1971).
func onTissue(b, g float64, pull fabric.Curve, c float64) float64 {
	if b <= g {
		return 0
	}
	band := func(l float64) float64 { return 2 * math.Pi * pull.Force(l/g-1) / l }
	if c == 0 {
		return band(b)
	}
	over := func(l float64) float64 { return band(l) - (b-l)/(2*math.Pi*c) }
	lo, hi, flo, fhi := g, b, over(g), over(b)
	for range 60 {
		l := (lo*fhi - hi*flo) / (fhi - flo)
		f := over(l)
		if math.Abs(f) < 1e-6 { // [Pa]
			lo = l
			break
		}
		if f < 0 {
			lo, flo = l, f
			fhi /= 2
		} else {
			hi, fhi = l, f
			flo /= 2
		}
	}
	return band(lo)
}

// stiffer is how many times the pressure on tissue grows where a fabric of modulus
// e round a body of girth b is k times as stiff: each pascal takes 2 pi c of the
// girth, and with it e 2 pi c/g of the tension.
func (g *girth) stiffer(k, e, b float64) float64 {
	if g.yield == 0 || !(e > 0) || !(b > 0) {
		return k
	}
	give := 4 * math.Pi * math.Pi * g.yield * e / (g.garment * b)
	return k * (1 + give) / (1 + k*give)
}
