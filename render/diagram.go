package render

import (
	"image"
	"image/color"
	"math"

	"golang.org/x/image/vector"
)

// Plain shapes on a picture, for drawings that are no scenes: cross-sections,
// curves. Points are in pixels, fractions allowed, edges are smoothed.

// Polygon fills a closed outline.
func Polygon(dst *image.NRGBA, pts [][2]float64, c color.NRGBA) {
	if len(pts) < 3 {
		return
	}
	z := newShape(dst, pts, 0)
	z.add(pts)
	z.paint(dst, c)
}

// Stroke draws a line of the given width with round joints.
func Stroke(dst *image.NRGBA, pts [][2]float64, width float64, closed bool, c color.NRGBA) {
	z := newShape(dst, pts, width/2)
	n := len(pts)
	for i, p := range pts {
		if i+1 < n || closed && n > 2 {
			z.segment(p, pts[(i+1)%n], width/2)
		}
		z.dot(p, width/2)
	}
	z.paint(dst, c)
}

// shape collects outlines of one turning sense, so that where they overlap they
// are filled once.
type shape struct {
	r   *vector.Rasterizer
	box image.Rectangle // of the picture, all that can be painted
}

// newShape prepares the box round the points and a margin: a short stroke
// should not cost a whole picture.
func newShape(dst *image.NRGBA, pts [][2]float64, margin float64) *shape {
	lo, hi := [2]float64{math.Inf(1), math.Inf(1)}, [2]float64{math.Inf(-1), math.Inf(-1)}
	for _, p := range pts {
		for k := range 2 {
			lo[k], hi[k] = min(lo[k], p[k]-margin), max(hi[k], p[k]+margin)
		}
	}
	inside := func(x float64, low, high int) int { return int(max(float64(low), min(x, float64(high)))) }
	r := dst.Rect
	box := image.Rect(inside(math.Floor(lo[0]), r.Min.X, r.Max.X), inside(math.Floor(lo[1]), r.Min.Y, r.Max.Y),
		inside(math.Ceil(hi[0]), r.Min.X, r.Max.X), inside(math.Ceil(hi[1]), r.Min.Y, r.Max.Y))
	return &shape{vector.NewRasterizer(box.Dx(), box.Dy()), box}
}

func (s *shape) add(pts [][2]float64) {
	at := func(p [2]float64) (float32, float32) {
		return float32(p[0] - float64(s.box.Min.X)), float32(p[1] - float64(s.box.Min.Y))
	}
	x, y := at(pts[0])
	s.r.MoveTo(x, y)
	for _, p := range pts[1:] {
		x, y = at(p)
		s.r.LineTo(x, y)
	}
	s.r.ClosePath()
}

func (s *shape) segment(p, q [2]float64, half float64) {
	dx, dy := q[0]-p[0], q[1]-p[1]
	l := math.Sqrt(dx*dx + dy*dy)
	if l == 0 {
		return
	}
	x, y := -dy/l*half, dx/l*half
	s.add([][2]float64{{p[0] - x, p[1] - y}, {q[0] - x, q[1] - y}, {q[0] + x, q[1] + y}, {p[0] + x, p[1] + y}})
}

func (s *shape) dot(p [2]float64, half float64) {
	const corners = 10
	var pts [corners][2]float64
	for k := range pts {
		sin, cos := math.Sincos(2 * math.Pi * float64(k) / corners)
		pts[k] = [2]float64{p[0] + half*cos, p[1] + half*sin}
	}
	s.add(pts[:])
}

func (s *shape) paint(dst *image.NRGBA, c color.NRGBA) {
	s.r.Draw(dst, s.box, image.NewUniform(c), image.Point{})
}

// Text writes one line centred at x with its base line at y, no wider than
// room [px]; its letters are px high or smaller.
func (l *Lettering) Text(dst *image.NRGBA, text string, x, y, px, room int) error {
	px, err := l.fitting(text, px, room)
	if err != nil {
		return err
	}
	return l.write(dst, text, x, y, px, ink(), centred)
}

// Blank fills a picture with the colour of paper.
func Blank(dst *image.NRGBA) { fill(dst, dst.Rect, paper()) }
