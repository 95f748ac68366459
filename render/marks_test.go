package render

import (
	"image"
	"image/color"
	"testing"

	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r3"
)

// sheetOf is an upright square of 1 m in the plane z, its scalar a for x < 0
// and b for x > 0.
func sheetOf(z, a, b float64, m *ColorMap) Object {
	o := Object{Name: "sheet", ColorMap: m}
	const n = 10
	for i := range n + 1 {
		for j := range n + 1 {
			x, y := float64(i)/n-0.5, float64(j)/n
			o.Pos = append(o.Pos, r3.Vec{X: x, Y: y, Z: z})
			if m != nil {
				v := a
				if x > 0 {
					v = b
				}
				o.Scalar = append(o.Scalar, v)
			}
		}
	}
	for i := range n {
		for j := range n {
			k := int32(i*(n+1) + j)
			o.Tris = append(o.Tris, geometry.Tri{k, k + n + 1, k + n + 2}, geometry.Tri{k, k + n + 2, k + 1})
		}
	}
	return o
}

// Each class that is seen gets its number, on its own patch; what lies behind
// another object gets none.
func TestMarksStandOnTheirClass(t *testing.T) {
	m := PressureMap()
	camera := Frame(r3.Vec{X: -.6, Y: -.1, Z: -.1}, r3.Vec{X: .6, Y: 1.1, Z: .1}, Front, 1)
	for _, c := range []struct {
		name    string
		objects []Object
		left    int // class seen left and right of the picture's middle, -1 none
		right   int
	}{
		{"two classes", []Object{sheetOf(0, 0, 1500, m)}, 0, 2},
		{"one class", []Object{sheetOf(0, 5000, 5000, m)}, 4, 4},
		{"hidden", []Object{sheetOf(0, 0, 1500, m), sheetOf(.1, 0, 0, nil)}, -1, -1},
	} {
		cm := newClassMap(100, 100, camera)
		for i := range c.objects {
			cm.draw(&c.objects[i], noClass)
		}
		found := map[bool]int{}
		for _, p := range cm.places() {
			want := c.left
			if p.x > 50 {
				want = c.right
			}
			found[p.x > 50]++
			if p.class != want || cm.class[p.y*cm.w+p.x] != int8(want) {
				t.Errorf("%s: %d at %d, %d; want %d", c.name, p.class, p.x, p.y, want)
			}
		}
		if c.left >= 0 && (found[false] == 0 || found[true] == 0) || c.left < 0 && len(found) > 0 {
			t.Errorf("%s: numbers %v", c.name, found)
		}
	}
	img := image.NewNRGBA(image.Rect(0, 0, 200, 200))
	var l Lettering
	if err := l.Marks(img, Scene{Objects: []Object{sheetOf(0, 0, 1500, m)}}, camera); err != nil {
		t.Error(err)
	}
	inked := 0
	for i := 3; i < len(img.Pix); i += 4 {
		if img.Pix[i] > 0 {
			inked++
		}
	}
	if inked == 0 || inked > 200*200/4 {
		t.Errorf("%d pixels written", inked)
	}
}

// The line runs along the border of what is seen of the object, nowhere else.
func TestOutlineFollowsWhatIsSeen(t *testing.T) {
	camera := Frame(r3.Vec{X: -.6, Y: -.1, Z: -.1}, r3.Vec{X: .6, Y: 1.1, Z: .1}, Front, 1)
	red := color.NRGBA{R: 255, A: 255}
	for _, c := range []struct {
		name    string
		objects []Object
		seen    bool
	}{
		{"alone", []Object{sheetOf(0, 0, 0, nil)}, true},
		{"behind", []Object{sheetOf(0, 0, 0, nil), sheetOf(.1, 0, 0, nil)}, false},
	} {
		img := flat(200, 200, color.NRGBA{R: 255, G: 255, B: 255, A: 255})
		if err := Outline(img, Scene{Objects: c.objects}, 0, camera, 3, red); err != nil {
			t.Fatal(err)
		}
		left, right := 200, 0
		n := 0
		for y := range 200 {
			for x := range 200 {
				if img.NRGBAAt(x, y) == red {
					left, right, n = min(left, x), max(right, x), n+1
				}
			}
		}
		// A square of about 150 px has a border of 600, 3 px wide.
		if img.NRGBAAt(0, 100) == red || img.NRGBAAt(100, 199) == red {
			t.Errorf("%s: the picture is framed", c.name)
		}
		if c.seen && (n < 1000 || n > 2600 || right-left < 120 || img.NRGBAAt(100, 100) == red) || !c.seen && n > 0 {
			t.Errorf("%s: %d red pixels from %d to %d", c.name, n, left, right)
		}
	}
	if err := Outline(flat(9, 9, red), Scene{}, 0, camera, 3, red); err == nil {
		t.Error("the outline of nothing is drawn")
	}
}
