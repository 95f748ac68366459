package gl

import (
	"fmt"
	"image"

	"fitroom/render"
)

// Likeness is how near two drawings of a scene are.
type Likeness struct {
	// Difference of a colour channel, the mean over all [of 255].
	Difference float64
	// Overlap of the silhouettes: what both cover over what either covers [0..1].
	Overlap float64
}

// Within says whether the likeness is good enough for one drawer to stand in for
// the other.
func (l Likeness) Within() bool { return l.Difference <= maxDifference && l.Overlap >= minOverlap }

// Limits of a likeness. A difference of 3 is the step between neighbouring
// shades that no eye tells apart; an overlap of 0.995 leaves a fifth of a pixel
// along the outline of a figure 500 px high.
const (
	maxDifference = 3
	minOverlap    = 0.995
)

func (l Likeness) String() string {
	return fmt.Sprintf("mean difference %.2f of 255, silhouettes overlap %.4f", l.Difference, l.Overlap)
}

// Compare holds the pictures of a drawer's child against those of a renderer.
func Compare(d *Drawer, soft *render.Renderer, s render.Scene, c render.Camera, width, height int) (Likeness, error) {
	a, b := image.NewNRGBA(image.Rect(0, 0, width, height)), image.NewNRGBA(image.Rect(0, 0, width, height))
	if err := soft.Draw(a, s, c); err != nil {
		return Likeness{}, err
	}
	ca, err := soft.Cover(s, c, width, height)
	if err != nil {
		return Likeness{}, err
	}
	light, err := d.light(s, c, width, height)
	if err != nil {
		return Likeness{}, err
	}
	if err := d.Soft.Finish(b, light); err != nil {
		return Likeness{}, err
	}
	cb := make([]float32, width*height)
	for i := range cb {
		cb[i] = light[4*i+3]
	}
	return Likeness{difference(a, b), overlap(ca, cb, width, height)}, nil
}

func difference(a, b *image.NRGBA) float64 {
	sum := 0
	for i := range a.Pix {
		d := int(a.Pix[i]) - int(b.Pix[i])
		sum += max(d, -d)
	}
	return float64(sum) / float64(len(a.Pix)/4*3) // alpha is equal
}

func overlap(a, b []float32, width, height int) float64 {
	both, either := 0, 0
	for y := 0; y+1 < height; y += 2 {
		for x := 0; x+1 < width; x += 2 {
			p, q := covered(a, y*width+x, width), covered(b, y*width+x, width)
			if p && q {
				both++
			}
			if p || q {
				either++
			}
		}
	}
	if either == 0 {
		return 1
	}
	return float64(both) / float64(either)
}

// covered says that a square of four pixels belongs to the figure: at least an
// eighth of it is covered. Single pixels of sheer cloth are open or not by a
// pattern that no two drawers share.
func covered(x []float32, at, width int) bool {
	return x[at]+x[at+1]+x[at+width]+x[at+width+1] >= 0.5
}
