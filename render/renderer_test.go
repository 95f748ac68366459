package render

import (
	"bytes"
	"image"
	"image/color"
	"math"
	"strings"
	"testing"

	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// ball is a sphere of radius 0.5 m on the floor, n rings of 2n.
func ball(n int) Object {
	o := Object{Name: "ball"}
	for j := 0; j <= n; j++ {
		for i := range 2 * n {
			a, b := math.Pi*float64(j)/float64(n), math.Pi*float64(i)/float64(n)
			o.Pos = append(o.Pos, r3.Vec{X: 0.5 * math.Sin(a) * math.Sin(b), Y: 0.5 + 0.5*math.Cos(a), Z: 0.5 * math.Sin(a) * math.Cos(b)})
		}
	}
	for j := range n {
		for i := range 2 * n {
			k := func(j, i int) int32 { return int32(j*2*n + i%(2*n)) }
			if j > 0 {
				o.Tris = append(o.Tris, geometry.Tri{k(j, i), k(j+1, i), k(j, i+1)})
			}
			if j < n-1 {
				o.Tris = append(o.Tris, geometry.Tri{k(j, i+1), k(j+1, i), k(j+1, i+1)})
			}
		}
	}
	return o
}

// sheet is a square of cloth, n x n quads, standing in the plane z = 0.
func sheet(n int, side float64) Object {
	o := Object{Name: "sheet", Material: Cotton(color.NRGBA{R: 180, G: 60, B: 60, A: 255})}
	for j := 0; j <= n; j++ {
		for i := 0; i <= n; i++ {
			o.Pos = append(o.Pos, r3.Vec{X: side * (float64(i)/float64(n) - 0.5), Y: side * float64(j) / float64(n)})
		}
	}
	uv := func(v int32) r2.Vec { return r2.Vec{X: o.Pos[v].X, Y: o.Pos[v].Y} }
	for j := range n {
		for i := range n {
			a := int32(j*(n+1) + i)
			b, c, d := a+1, a+int32(n)+2, a+int32(n)+1
			o.Tris = append(o.Tris, geometry.Tri{a, b, c}, geometry.Tri{a, c, d})
			o.UV = append(o.UV, [3]r2.Vec{uv(a), uv(b), uv(c)}, [3]r2.Vec{uv(a), uv(c), uv(d)})
		}
	}
	return o
}

func testScene() Scene {
	s := sheet(12, 1)
	s.Material.Pattern = Check
	s.Lines = []Line{{Verts: []int32{0, 1, 2, 3, 4, 5}, Free: true, Stitch: 0.02}, {Verts: []int32{6, 19, 32, 45}}}
	for i := range s.Pos {
		s.Pos[i].Z = 0.7 + 0.05*math.Sin(9*s.Pos[i].X)
	}
	b := ball(16)
	heat := ball(8)
	heat.ColorMap = PressureMap()
	for i := range heat.Pos {
		heat.Pos[i].X += 1.1
		heat.Scalar = append(heat.Scalar, 4000*heat.Pos[i].Y)
	}
	heat.Scalar[3] = math.NaN()
	return Scene{Objects: []Object{b, s, heat}}
}

func frameOf(s Scene, aspect float64) Camera {
	lo, hi := geometry.Bounds(s.Objects[0].Pos)
	return Frame(lo, hi, ThreeQuarter, aspect)
}

func TestSameBitsForAnyWorkers(t *testing.T) {
	s := testScene()
	c := frameOf(s, 1)
	var want []byte
	for _, workers := range []int{1, 2, 3, 8} {
		img := image.NewNRGBA(image.Rect(0, 0, 161, 161))
		r := Renderer{Workers: workers}
		if err := r.Draw(img, s, c); err != nil {
			t.Fatal(err)
		}
		if want == nil {
			want = img.Pix
		}
		if !bytes.Equal(img.Pix, want) {
			t.Errorf("%d workers draw another picture than 1", workers)
		}
	}
}

// What was drawn before leaves no trace, and a mesh changed in place is seen.
func TestDrawHasNoMemory(t *testing.T) {
	a, b := testScene(), testScene()
	b.Objects[0].Material.Color = color.NRGBA{R: 20, G: 90, B: 40, A: 255}
	c := frameOf(a, 1)
	draw := func(r *Renderer, s Scene) []byte {
		img := image.NewNRGBA(image.Rect(0, 0, 96, 96))
		if err := r.Draw(img, s, c); err != nil {
			t.Fatal(err)
		}
		return img.Pix
	}
	var r Renderer
	first := draw(&r, a)
	if bytes.Equal(first, draw(&r, b)) {
		t.Error("another colour draws the same picture")
	}
	a.Objects[0].Pos[40].Y += 0.3
	if bytes.Equal(first, draw(&r, a)) {
		t.Error("a moved vertex draws the same picture")
	}
	a.Objects[0].Pos[40].Y -= 0.3
	if !bytes.Equal(draw(new(Renderer), a), draw(&r, a)) {
		t.Error("a used renderer draws another picture than a new one")
	}
	// A heat map over the same shape keeps the occlusion, and nothing else.
	a.Objects[1].Lines, a.Objects[2].Scalar[5] = nil, 1e4
	if !bytes.Equal(draw(new(Renderer), a), draw(&r, a)) {
		t.Error("a scene of the same shape is drawn otherwise by a used renderer")
	}
}

func TestNoAllocationPerFrame(t *testing.T) {
	s := testScene()
	c := frameOf(s, 1)
	img := image.NewNRGBA(image.Rect(0, 0, 128, 128))
	for _, workers := range []int{1, 2} {
		r := Renderer{Workers: workers}
		frame := func() {
			if err := r.Draw(img, s, c); err != nil {
				t.Fatal(err)
			}
		}
		frame()
		if n := testing.AllocsPerRun(10, frame); n != 0 {
			t.Errorf("%d workers: %g allocations per frame, want 0", workers, n)
		}
	}
}

// silhouette returns the share of each pixel's samples that see a triangle.
func silhouette(t *testing.T, s Scene, c Camera, size int) []float64 {
	t.Helper()
	r := Renderer{Workers: 1}
	share, err := r.Cover(s, c, size, size)
	if err != nil {
		t.Fatal(err)
	}
	cover := make([]float64, len(share))
	for i, x := range share {
		cover[i] = float64(x)
	}
	return cover
}

// A square seen face on covers exactly its projected area.
func TestCoverageIsAnalytic(t *testing.T) {
	s := sheet(5, 0.8)
	s.Material.Edge = 0
	const size, dist = 200, 3.0
	for _, tilt := range []float64{0, 0.3, 0.7} {
		o := s
		o.Pos = append([]r3.Vec(nil), s.Pos...)
		rot := r3.NewRotation(tilt, r3.Vec{Z: 1})
		for i, p := range o.Pos {
			p.Y -= 0.4
			o.Pos[i] = rot.Rotate(p)
		}
		c := Camera{Eye: r3.Vec{Z: dist}}
		sum := 0.0
		for _, x := range silhouette(t, Scene{Objects: []Object{o}}, c, size) {
			sum += x
		}
		f := size / 2 / math.Tan(DefaultFOV/2)
		want := math.Pow(0.8*f/dist, 2)
		// Snapping moves an edge by 1/32 px at most; the samples' grid adds
		// an error that averages out along the edge.
		if tol := 4 * math.Sqrt(want) * 0.1; math.Abs(sum-want) > tol {
			t.Errorf("tilt %g: covers %.1f px, want %.1f within %.1f", tilt, sum, want, tol)
		}
	}
}

// A ball before the camera has the same silhouette left and right.
func TestSilhouetteSymmetry(t *testing.T) {
	const size = 160
	cover := silhouette(t, Scene{Objects: []Object{ball(24)}}, Camera{Eye: r3.Vec{Y: 0.5, Z: 4}, Target: r3.Vec{Y: 0.5}}, size)
	diff, sum := 0.0, 0.0
	for y := range size {
		for x := range size / 2 {
			a, b := cover[y*size+x], cover[y*size+size-1-x]
			diff, sum = diff+math.Abs(a-b), sum+a+b
		}
	}
	// The four samples are not mirror images: the rim may differ by a sample.
	if rim := math.Pi * size / 2; diff > rim/4 {
		t.Errorf("left and right differ by %.1f px of %.0f", diff, sum)
	}
}

func TestNearPlaneClips(t *testing.T) {
	// A floor running from behind the camera to far ahead: without clipping it
	// would vanish or fold over the horizon.
	o := Object{Name: "plane",
		Pos:  []r3.Vec{{X: -50, Y: -0.5, Z: 50}, {X: 50, Y: -0.5, Z: 50}, {X: 50, Y: -0.5, Z: -50}, {X: -50, Y: -0.5, Z: -50}},
		Tris: []geometry.Tri{{0, 1, 2}, {0, 2, 3}}}
	const size = 64
	cover := silhouette(t, Scene{Objects: []Object{o}, Floor: -1}, Camera{Eye: r3.Vec{}, Target: r3.Vec{Z: -1}}, size)
	for y := range size {
		want := 0.0
		if y > size/2+2 {
			want = 1
		}
		if y >= size/2-1 && y <= size/2+2 {
			continue // the horizon
		}
		for x := range size {
			if got := cover[y*size+x]; got != want {
				t.Fatalf("pixel (%d, %d) is covered %g, want %g", x, y, got, want)
			}
		}
	}
}

func TestRefusals(t *testing.T) {
	good := ball(4)
	with := func(f func(o *Object)) Scene {
		o := good
		o.Pos = append([]r3.Vec(nil), good.Pos...)
		f(&o)
		return Scene{Objects: []Object{o}}
	}
	img := image.NewNRGBA(image.Rect(0, 0, 8, 8))
	ok := Camera{Eye: r3.Vec{Z: 3}}
	for _, c := range []struct {
		name  string
		dst   *image.NRGBA
		scene Scene
		cam   Camera
		want  string
	}{
		{"no picture", nil, with(func(*Object) {}), ok, "no picture"},
		{"empty picture", image.NewNRGBA(image.Rectangle{}), with(func(*Object) {}), ok, "0 x 0 px"},
		{"empty scene", img, Scene{}, ok, "no objects"},
		{"no triangles", img, with(func(o *Object) { o.Tris = nil }), ok, "0 triangles"},
		{"NaN vertex", img, with(func(o *Object) { o.Pos[3].Y = math.NaN() }), ok, "vertex 3"},
		{"far vertex", img, with(func(o *Object) { o.Pos[3].Y = 1e9 }), ok, "within 1000 m"},
		{"index", img, with(func(o *Object) { o.Tris = []geometry.Tri{{0, 1, 999}} }), ok, "names vertex 999"},
		{"UV length", img, with(func(o *Object) { o.UV = make([][3]r2.Vec, 2) }), ok, "UV has 2 entries"},
		{"NaN UV", img, with(func(o *Object) {
			o.UV = make([][3]r2.Vec, len(o.Tris))
			o.UV[5][1].X = math.NaN()
		}), ok, "UV of triangle 5"},
		{"scalar alone", img, with(func(o *Object) { o.Scalar = make([]float64, len(o.Pos)) }), ok, "ColorMap"},
		{"scalar length", img, with(func(o *Object) { o.Scalar, o.ColorMap = make([]float64, 1), GapMap() }), ok, "Scalar has 1"},
		{"colour map", img, with(func(o *Object) { o.Scalar, o.ColorMap = make([]float64, len(o.Pos)), &ColorMap{} }), ok, "0 stops"},
		{"line", img, with(func(o *Object) { o.Lines = []Line{{Verts: []int32{0, -1}}} }), ok, "line 0 names vertex -1"},
		{"pattern", img, with(func(o *Object) { o.Material.Pattern = 99 }), ok, "pattern is 99"},
		{"repeat", img, with(func(o *Object) { o.Material.Repeat = math.Inf(1) }), ok, "repeat"},
		{"offset", img, with(func(o *Object) { o.Offset = math.NaN() }), ok, "offset"},
		{"normal length", img, with(func(o *Object) {
			o.Normal = make([]r3.Vec, len(o.Pos))
			o.Normal[2].X = 1e200
		}), ok, "normal 2"},
		{"camera inside itself", img, with(func(*Object) {}), Camera{}, "same point"},
		{"camera NaN", img, with(func(*Object) {}), Camera{Eye: r3.Vec{X: math.NaN()}}, "camera Eye"},
		{"camera angle", img, with(func(*Object) {}), Camera{Eye: r3.Vec{Z: 1}, FOV: 4}, "FOV is 4"},
	} {
		var r Renderer
		err := r.Draw(c.dst, c.scene, c.cam)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got error %v, want one naming %q", c.name, err, c.want)
		}
	}
	// A refused look leaves the renderer usable.
	var r Renderer
	if err := r.Draw(img, Scene{Objects: []Object{good}}, ok); err != nil {
		t.Fatal(err)
	}
	bad := good
	bad.Material.Gloss = 7
	if err := r.Draw(img, Scene{Objects: []Object{bad}}, ok); err == nil {
		t.Error("gloss 7 is drawn, want an error")
	}
	if err := r.Draw(img, Scene{Objects: []Object{good}}, ok); err != nil {
		t.Error(err)
	}
}

// Scenes and cameras that are legal though odd are drawn, with colours that are
// numbers.
func TestOddScenesAreDrawn(t *testing.T) {
	point := Object{Name: "point", Pos: make([]r3.Vec, 3), Tris: []geometry.Tri{{0, 1, 2}}, Material: Material{Edge: 0.01}}
	needle := sheet(2, 1)
	for i := range needle.Pos {
		needle.Pos[i].X = 0
	}
	noNormal := ball(4)
	noNormal.Normal = make([]r3.Vec, len(noNormal.Pos))
	lone := ball(4)
	lone.Pos = append(lone.Pos, r3.Vec{X: 3}) // of no triangle
	short := sheet(3, 1)
	short.Lines = []Line{{}, {Verts: []int32{2}}, {Verts: []int32{2, 2}, Closed: true, Stitch: 0.01}}
	flatUV := sheet(3, 1)
	for i := range flatUV.UV {
		flatUV.UV[i] = [3]r2.Vec{}
	}
	var r Renderer
	for _, o := range []Object{point, needle, noNormal, lone, short, flatUV} {
		for name, c := range map[string]Camera{
			"before":       {Eye: r3.Vec{Y: 0.5, Z: 3}},
			"inside":       {Eye: r3.Vec{Y: 0.5, Z: 0.01}},
			"from above":   {Eye: r3.Vec{Y: 4}},
			"below ground": {Eye: r3.Vec{Y: -1, Z: 2}},
		} {
			img := image.NewNRGBA(image.Rect(0, 0, 33, 17))
			if err := r.Draw(img, Scene{Objects: []Object{o}}, c); err != nil {
				t.Errorf("%s %s: %v", o.Name, name, err)
			}
			if c := img.NRGBAAt(0, 0); name != "inside" && c.R < 60 || c.A != 255 {
				t.Errorf("%s %s: the backdrop's corner is %v", o.Name, name, c)
			}
		}
	}
}

func TestSubImageIsFilledAndNothingElse(t *testing.T) {
	whole := image.NewNRGBA(image.Rect(0, 0, 50, 50))
	part := whole.SubImage(image.Rect(10, 12, 41, 45)).(*image.NRGBA)
	var r Renderer
	if err := r.Draw(part, Scene{Objects: []Object{ball(6)}}, Camera{Eye: r3.Vec{Y: 1, Z: 3}}); err != nil {
		t.Fatal(err)
	}
	for y := range 50 {
		for x := range 50 {
			in := image.Pt(x, y).In(part.Rect)
			if a := whole.NRGBAAt(x, y).A; (a == 255) != in {
				t.Fatalf("pixel (%d, %d) has alpha %d; inside the part: %v", x, y, a, in)
			}
		}
	}
}

// BenchmarkDraw draws about 30,000 triangles with anti-aliasing and shadow: a
// plain ball, and one in check jersey with a seam. Guard allocations and the
// ratio of the two, not the time of a shared machine.
func BenchmarkDraw(b *testing.B) {
	plain := ball(87)
	dressed := ball(87)
	dressed.Material = Jersey(color.NRGBA{R: 70, G: 104, B: 140, A: 255})
	dressed.Material.Pattern = Check
	for _, t := range dressed.Tris {
		var c [3]r2.Vec
		for k, v := range t {
			c[k] = r2.Vec{X: math.Atan2(dressed.Pos[v].X, dressed.Pos[v].Z) / 2, Y: dressed.Pos[v].Y}
		}
		dressed.UV = append(dressed.UV, c)
	}
	seam := Line{Stitch: 0.006}
	for j := int32(1); j < 87; j++ {
		seam.Verts = append(seam.Verts, j*2*87)
	}
	dressed.Lines = []Line{seam}
	for _, o := range []Object{plain, dressed} {
		name := "plain"
		if o.UV != nil {
			name = "dressed"
		}
		b.Run(name, func(b *testing.B) {
			s := Scene{Objects: []Object{o}}
			c := frameOf(s, 1)
			img := image.NewNRGBA(image.Rect(0, 0, 1024, 1024))
			var r Renderer
			if err := r.Draw(img, s, c); err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				if err := r.Draw(img, s, c); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
