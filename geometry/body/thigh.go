package body

import "gonum.org/v1/gonum/spatial/r3"

const (
	thighKnots = 4
	sdThigh    = 0.20 // of the depth, to the front and to the back each
)

// thighs adds the depth of the thighs at knots from hip to knee. Thick thighs
// are pressed flat where they meet, so they are deeper than wide: with round
// ones alone the legs would have to stand far apart to carry a large girth.
func (f *fields) thighs() {
	spacing := 1.0 / (thighKnots - 1)
	var chain []int
	for k := range thighKnots {
		at := float64(k) * spacing
		deeper := func(p r3.Vec, on onChain) r3.Vec {
			return r3.Vec{Z: sdThigh * bspline((on.t-at)/spacing) * (p.Z - on.foot.Z)}
		}
		chain = append(chain, f.add(func(i int, p r3.Vec) r3.Vec {
			if i >= f.t.half() {
				return r3.Vec{}
			}
			return f.onLimb(i, p, true, deeper)
		}))
	}
	f.bends = append(f.bends, chain)
}
