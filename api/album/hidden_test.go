package album

import (
	"image"
	"image/color"
	"math"
	"testing"

	"fitroom/garment/tryon"
	"fitroom/render"
)

// plainly draws an object in one colour, whatever the light.
func plainly(o render.Object, c color.NRGBA) render.Object {
	o.Scalar, o.ColorMap = make([]float64, len(o.Pos)), &render.ColorMap{Stops: []render.Stop{{At: 0, Color: c}, {At: 1, Color: c}}}
	o.Lines, o.Decals = nil, nil
	return o
}

// testBodyIsHidden looks at the garment from all sides: what is seen of the body
// hangs together with what the garment leaves bare, nowhere does it come through
// amid the cloth.
func testBodyIsHidden(t *testing.T, o *tryon.Outcome) {
	const width, height = 480, 640 // [px]
	cloth, err := Garment(&o.Fittings[0], nil)
	if err != nil {
		t.Fatal(err)
	}
	body := render.Object{Name: "body", Pos: o.Body.Mesh.Verts, Tris: o.Body.Mesh.Tris}
	s := render.Scene{Objects: []render.Object{plainly(body, color.NRGBA{R: 255, A: 255}), plainly(cloth, color.NRGBA{B: 255, A: 255})}}
	lo, hi := Frame(o)
	var r render.Renderer
	img := image.NewNRGBA(image.Rect(0, 0, width, height))
	for k := range 8 {
		c := render.Frame(lo, hi, float64(k)*math.Pi/4, float64(width)/height)
		cover, err := r.Cover(s, c, width, height)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Draw(img, s, c); err != nil {
			t.Fatal(err)
		}
		skin := make([]bool, width*height)
		for i := range skin {
			skin[i] = cover[i] > 0 && img.Pix[4*i] > img.Pix[4*i+2]
		}
		seen, amid := bare(skin, cover, width)
		if seen < 1000 || amid > 0 {
			t.Errorf("view %d: %d points of the body come through the cloth, of %d that are bare", k, amid, seen)
		}
	}
}

// bare counts the skin that hangs together with the outside and the rest.
func bare(skin []bool, cover []float32, width int) (outer, inner int) {
	var queue []int
	left := append([]bool(nil), skin...)
	take := func(i int) {
		if i >= 0 && i < len(left) && left[i] {
			left[i] = false
			queue = append(queue, i)
		}
	}
	around := func(i int, do func(int)) {
		for _, j := range [4]int{i - width, i + width, i - 1, i + 1} {
			do(j)
		}
	}
	for i, c := range cover {
		if x := i % width; c == 0 || x == 0 || x == width-1 || i < width || i >= len(cover)-width {
			take(i)
			around(i, take)
		}
	}
	for ; len(queue) > 0; queue = queue[1:] {
		outer++
		around(queue[0], take)
	}
	for _, l := range left {
		if l {
			inner++
		}
	}
	return outer, inner
}
