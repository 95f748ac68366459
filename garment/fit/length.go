package fit

import "math"

// Length scale [m] (design/fit.md): within 1.5 cm as designed, beyond 3 cm too
// short or too long.
const (
	lengthSlight = 0.015
	lengthClear  = 0.03
)

func lengthLadder() ladder {
	l := newLadder(lengthRungs())
	l.lower(1, -lengthClear, true, OnLength)
	l.lower(2, -lengthSlight, true, OnLength)
	l.lower(3, lengthSlight, false, OnLength)
	l.lower(4, lengthClear, false, OnLength)
	return l
}

// judgeLength gives the verdict on Delta, garment minus wish.
func (z *Zone) judgeLength() {
	l := lengthLadder()
	var p [6]float64
	l.add(&p, 1, z.Delta, z.Sigma, nil)
	z.Reason = OnLength
	if z.Sigma > 2*lengthClear { // the whole scale lies within one sigma
		z.cannot(TooNoisy)
		return
	}
	z.settleVerdict(l.rungs, l.rung(z.Delta), &p)
}

// cannot marks the zone as not judged; the figures stay.
func (z *Zone) cannot(reason string) {
	z.Verdict, z.Likely, z.Pair = CannotJudge, CannotJudge, [2]Verdict{}
	z.Confidence, z.TightRisk, z.Reason = math.NaN(), math.NaN(), reason
}
