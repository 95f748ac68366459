package render

import (
	"fmt"
	"image"
	"math"

	"gonum.org/v1/gonum/spatial/r3"
)

const (
	turnSide   = 6 // frames across and down a sprite sheet
	TurnFrames = turnSide * turnSide
)

// Turntable draws the scene from 36 angles, 10 degrees apart from the front on
// counter-clockwise, as a sprite sheet of 6 x 6 square frames, row by row. The
// camera frames the box lo..hi and keeps its distance.
func Turntable(r Drawer, s Scene, lo, hi r3.Vec, side int) (*image.NRGBA, error) {
	if side < minSide || turnSide*side > maxSide {
		return nil, fmt.Errorf("render: turntable frames are %d px; limits %d to %d", side, minSide, maxSide/turnSide)
	}
	sheet := image.NewNRGBA(image.Rect(0, 0, turnSide*side, turnSide*side))
	for k := range TurnFrames {
		at := image.Pt(k%turnSide*side, k/turnSide*side)
		part := sheet.SubImage(image.Rect(at.X, at.Y, at.X+side, at.Y+side)).(*image.NRGBA)
		c := Frame(lo, hi, 2*math.Pi*float64(k)/TurnFrames, 1)
		if err := r.Draw(part, s, c); err != nil {
			return nil, fmt.Errorf("turntable frame %d: %w", k, err)
		}
	}
	return sheet, nil
}
