package body

import (
	"math"

	"gonum.org/v1/gonum/spatial/r3"
)

// fixedMarks are skin vertices of the left side that measures and landmarks
// hang on, found once by rules of shape on the mean between the sexes, so that
// all bodies share them.
type fixedMarks struct {
	ankle int32 // outer ankle bone
	wrist int32 // wrist bone
	elbow int32 // outer side of the elbow
	fold  int32 // crease of the arm at the back, a third of the way from armpit to shoulder point
	crown int32
}

// foldAt is where on the way from armpit to shoulder point the width of the
// back is taken: over the folds, as ANSUR II's interscye.
const foldAt = 0.33

func newFixedMarks(t *Template) fixedMarks {
	mean := between(t.Women, t.Men).Mean
	at := func(row int) r3.Vec { return mean[t.half()+row] }
	best := func(score func(p r3.Vec) float64, parts ...Part) int32 {
		top, v := math.Inf(-1), int32(0)
		for i, part := range t.Part {
			for _, q := range parts {
				if s := score(mean[i]); part == q && s > top {
					top, v = s, int32(i)
				}
			}
		}
		return v
	}
	off := func(d float64) float64 { return d * d * 0.01 / (0.012 * 0.012) } // a penalty of 1 cm at 12 mm off the level
	near := func(p r3.Vec, row int) float64 { return off(p.Y - at(row).Y) }
	arm := r3.Unit(r3.Sub(at(rowWrist), at(rowShoulder)))
	fold := (1-foldAt)*mean[t.Marks[MarkUnderarm]].Y + foldAt*mean[t.Marks[MarkAcromion]].Y
	return fixedMarks{
		ankle: best(func(p r3.Vec) float64 { return p.X - near(p, rowAnkle) }, ShinL, FootL),
		wrist: best(func(p r3.Vec) float64 { return p.X - p.Z - near(p, rowWrist) }, ForearmL, HandL),
		elbow: best(func(p r3.Vec) float64 { return p.X - off(r3.Dot(r3.Sub(p, at(rowElbow)), arm)) }, UpperArmL, ForearmL),
		fold:  best(func(p r3.Vec) float64 { return p.X - 0.5*p.Z - off(p.Y-fold) }, Torso),
		crown: best(func(p r3.Vec) float64 { return p.Y }, Head),
	}
}
