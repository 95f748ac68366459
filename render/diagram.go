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
	z := newShape(dst)
	z.add(pts)
	z.paint(dst, c)
}

// Stroke draws a line of the given width with round joints.
func Stroke(dst *image.NRGBA, pts [][2]float64, width float64, closed bool, c color.NRGBA) {
	z := newShape(dst)
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
	min image.Point
}

func newShape(dst *image.NRGBA) *shape {
	return &shape{vector.NewRasterizer(dst.Rect.Dx(), dst.Rect.Dy()), dst.Rect.Min}
}

func (s *shape) add(pts [][2]float64) {
	at := func(p [2]float64) (float32, float32) {
		return float32(p[0] - float64(s.min.X)), float32(p[1] - float64(s.min.Y))
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
	s.r.Draw(dst, dst.Rect, image.NewUniform(c), image.Point{})
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
