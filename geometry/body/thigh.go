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
	a, b, c := f.joint(rowHip), f.joint(rowKnee), f.joint(rowAnkle)
	spacing := 1.0 / (thighKnots - 1)
	var chain []int
	for k := range thighKnots {
		at := float64(k) * spacing
		deeper := func(p r3.Vec) r3.Vec {
			t, foot := alongChain(p, a, b, c)
			return r3.Vec{Z: sdThigh * bspline((t-at)/spacing) * (p.Z - foot.Z)}
		}
		chain = append(chain, f.add(func(i int, p r3.Vec) r3.Vec {
			if i >= f.t.half() {
				return r3.Vec{}
			}
			return f.bothLegs(i, p, deeper)
		}))
	}
	f.bends = append(f.bends, chain)
}
