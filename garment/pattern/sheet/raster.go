package sheet

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"fitroom/garment/pattern"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
	"gonum.org/v1/gonum/spatial/r2"
)

// Image draws the pattern in pixels.
func Image(p *pattern.Pattern, o Options) (*image.NRGBA, error) {
	places, width, height, scale := layout(p)
	img := image.NewNRGBA(image.Rect(0, 0, int(width), int(height)))
	draw.Draw(img, img.Bounds(), image.NewUniform(paper), image.Point{}, draw.Src)
	parsed, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return nil, err
	}
	c := &raster{img: img, font: parsed, faces: map[float64]font.Face{}}
	s := sheet{canvas: c, p: p, places: places, scale: scale, option: o}
	s.draw(width)
	return img, c.err
}

// raster is the canvas of pixels.
type raster struct {
	img   *image.NRGBA
	font  *opentype.Font
	faces map[float64]font.Face // by size
	err   error                 // the first that happened
}

// area fills loops by the even-odd rule: a loop within another is a hole. The
// rasteriser counts windings, so every second loop must run the other way.
func (r *raster) area(loops [][]r2.Vec, fill color.NRGBA) {
	box := r.boxOf(loops)
	if box.Empty() {
		return
	}
	z := vector.NewRasterizer(box.Dx(), box.Dy())
	for k, l := range loops {
		reverse := (signed(l) > 0) == (k > 0)
		for i := range l {
			q := l[i]
			if reverse {
				q = l[len(l)-1-i]
			}
			x, y := float32(q.X-float64(box.Min.X)), float32(q.Y-float64(box.Min.Y))
			if i == 0 {
				z.MoveTo(x, y)
			} else {
				z.LineTo(x, y)
			}
		}
		z.ClosePath()
	}
	z.Draw(r.img, box, image.NewUniform(fill), image.Point{})
}

func signed(l []r2.Vec) float64 {
	sum := 0.0
	for i, a := range l {
		sum += r2.Cross(a, l[(i+1)%len(l)])
	}
	return sum
}

// boxOf is the part of the picture that the loops touch.
func (r *raster) boxOf(loops [][]r2.Vec) image.Rectangle {
	lo, hi := r2.Vec{X: math.Inf(1), Y: math.Inf(1)}, r2.Vec{X: math.Inf(-1), Y: math.Inf(-1)}
	for _, l := range loops {
		for _, q := range l {
			lo.X, lo.Y, hi.X, hi.Y = math.Min(lo.X, q.X), math.Min(lo.Y, q.Y), math.Max(hi.X, q.X), math.Max(hi.Y, q.Y)
		}
	}
	if !(lo.X <= hi.X) {
		return image.Rectangle{}
	}
	return image.Rect(int(lo.X)-1, int(lo.Y)-1, int(hi.X)+2, int(hi.Y)+2)
}

// line strokes each piece as a rectangle and rounds the joints with discs.
func (r *raster) line(pts []r2.Vec, width float64, dash []float64, c color.NRGBA) {
	for _, run := range dashes(pts, dash) {
		for i := 1; i < len(run); i++ {
			a, b := run[i-1], run[i]
			d := r2.Sub(b, a)
			if l := r2.Norm(d); l > 0 {
				n := r2.Scale(width/2/l, r2.Vec{X: -d.Y, Y: d.X})
				r.area([][]r2.Vec{{r2.Add(a, n), r2.Add(b, n), r2.Sub(b, n), r2.Sub(a, n)}}, c)
			}
			if i+1 < len(run) && width > 2 {
				r.area([][]r2.Vec{disc(b, width/2)}, c)
			}
		}
	}
}

func disc(at r2.Vec, radius float64) []r2.Vec {
	out := make([]r2.Vec, 8)
	for i := range out {
		sin, cos := math.Sincos(math.Pi * float64(i) / 4)
		out[i] = r2.Add(at, r2.Scale(radius, r2.Vec{X: cos, Y: sin}))
	}
	return out
}

// dashes cuts a line into the runs that are drawn.
func dashes(pts []r2.Vec, dash []float64) [][]r2.Vec {
	if len(dash) == 0 {
		return [][]r2.Vec{pts}
	}
	var out [][]r2.Vec
	k, left := 0, dash[0]
	var run []r2.Vec
	for i := 1; i < len(pts); i++ {
		a, b := pts[i-1], pts[i]
		if k%2 == 0 {
			run = append(run, a)
		}
		for l := r2.Norm(r2.Sub(b, a)); l > left; {
			a = r2.Add(a, r2.Scale(left/l, r2.Sub(b, a)))
			l -= left
			if k%2 == 0 {
				out = append(out, append(run, a))
				run = nil
			} else {
				run = []r2.Vec{a}
			}
			k++
			left = dash[k%len(dash)]
		}
		left -= r2.Norm(r2.Sub(b, a))
	}
	if k%2 == 0 && len(pts) > 0 {
		out = append(out, append(run, pts[len(pts)-1]))
	}
	return out
}

func (r *raster) word(at r2.Vec, size float64, anchor int, c color.NRGBA, text string) {
	face, ok := r.faces[size]
	if !ok {
		var err error
		face, err = opentype.NewFace(r.font, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingFull})
		if err != nil {
			r.err = err
			return
		}
		r.faces[size] = face
	}
	d := font.Drawer{Dst: r.img, Src: image.NewUniform(c), Face: face}
	x := at.X - float64(d.MeasureString(text))/64*float64(anchor+1)/2
	d.Dot = fixed.Point26_6{X: fixed.Int26_6(math.Round(x * 64)), Y: fixed.Int26_6(math.Round(at.Y * 64))}
	d.DrawString(text)
}
