package export

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"image/color"
	"image/png"
	"math"
	"strings"
	"testing"

	"fitroom/geometry"
	"fitroom/render"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// sewn is a closed band of two square panels, sewn at both sides: every vertex
// of a seam has two texture places.
func sewn() render.Object {
	p := []r3.Vec{
		{X: -0.2, Y: 1}, {Z: 0.2, Y: 1}, {X: 0.2, Y: 1}, {Z: -0.2, Y: 1},
		{X: -0.2, Y: 1.3}, {Z: 0.2, Y: 1.3}, {X: 0.2, Y: 1.3}, {Z: -0.2, Y: 1.3},
	}
	o := render.Object{Name: "garment", Pos: p, Offset: 0.002, Material: render.Jersey(color.NRGBA{R: 60, G: 90, B: 130, A: 255})}
	o.Material.Pattern = render.Check
	for i := range int32(4) {
		a, b := i, (i+1)%4
		o.Tris = append(o.Tris, geometry.Tri{a, b, b + 4}, geometry.Tri{a, b + 4, a + 4})
		u := float64(i%2) * 0.28 // panels 0-1 and 2-3 start at 0 again
		c := [4]r2.Vec{{X: u}, {X: u + 0.28}, {X: u + 0.28, Y: 0.3}, {X: u, Y: 0.3}}
		if i >= 2 {
			for k := range c {
				c[k].X += 5
			}
		}
		o.UV = append(o.UV, [3]r2.Vec{c[0], c[1], c[2]}, [3]r2.Vec{c[0], c[2], c[3]})
	}
	for i := range p {
		o.Scalar = append(o.Scalar, float64(i)*0.01)
	}
	o.Scalar[2] = math.NaN()
	o.ColorMap = render.GapMap()
	return o
}

func tetrahedron() render.Object {
	return render.Object{
		Name: "body", Material: render.Mannequin(),
		Pos:  []r3.Vec{{X: -0.1}, {X: 0.1}, {Z: -0.2}, {Y: 1.6}},
		Tris: []geometry.Tri{{0, 1, 3}, {1, 2, 3}, {2, 0, 3}, {0, 2, 1}},
	}
}

func testScene() render.Scene {
	return render.Scene{Objects: []render.Object{tetrahedron(), sewn()}}
}

// Every corner keeps its place and its texture coordinate through the split.
func TestSplitKeepsCorners(t *testing.T) {
	o := sewn()
	c := split(&part{Object: &o})
	// 8 vertices, of which the 4 on the two seams have two places.
	if len(c.pos) != 12 {
		t.Errorf("split has %d vertices, want 12", len(c.pos))
	}
	repeat, _ := o.Material.RepeatOrDefault()
	for i, tri := range o.Tris {
		for k, v := range tri {
			n := c.indices[3*i+k]
			got := r3.Vec{X: float64(c.pos[n][0]), Y: float64(c.pos[n][1]), Z: float64(c.pos[n][2])}
			if d := r3.Norm(r3.Sub(got, o.Pos[v])); math.Abs(d-o.Offset) > 1e-6 {
				t.Errorf("corner %d of triangle %d moved by %g m, want the offset %g", k, i, d, o.Offset)
			}
			laid := r2.Add(o.UV[i][k], o.Lay()[i]) // as the pictures show the pattern
			want := r2.Vec{X: laid.X / repeat, Y: -laid.Y / repeat}
			if math.Abs(float64(c.uv[n][0])-want.X)+math.Abs(float64(c.uv[n][1])-want.Y) > 1e-4 {
				t.Errorf("corner %d of triangle %d has texture place %v, want %v", k, i, c.uv[n], want)
			}
			if fit := float64(c.fit[n]); v == 2 && fit != UnknownFit || v != 2 && math.Abs(fit-o.Scalar[v]) > 1e-6 {
				t.Errorf("vertex %d has fit %g, want %g", v, fit, o.Scalar[v])
			}
		}
	}
}

// container takes a GLB apart by the specification, independently of the
// module that wrote it.
func container(t *testing.T, glb []byte) (doc map[string]any, bin []byte) {
	t.Helper()
	u := binary.LittleEndian.Uint32
	if len(glb) < 28 || string(glb[:4]) != "glTF" || u(glb[4:]) != 2 || int(u(glb[8:])) != len(glb) {
		t.Fatalf("%d bytes do not start with a GLB 2 header of that length", len(glb))
	}
	n := int(u(glb[12:]))
	if err := json.Unmarshal(glb[20:20+n], &doc); err != nil {
		t.Fatal(err)
	}
	return doc, glb[28+n:]
}

func TestGLBIsReadBack(t *testing.T) {
	var buf bytes.Buffer
	if err := GLB(&buf, testScene(), Float); err != nil {
		t.Fatal(err)
	}
	doc, bin := container(t, buf.Bytes())
	list := func(key string) []any { return doc[key].([]any) }
	var names []string
	for _, n := range list("nodes") {
		names = append(names, n.(map[string]any)["name"].(string))
	}
	if got := strings.Join(names, " "); got != "body garment" {
		t.Errorf("nodes are %q, want body and garment", got)
	}
	view := func(i any) []byte {
		v := list("bufferViews")[int(i.(float64))].(map[string]any)
		at, _ := v["byteOffset"].(float64)
		return bin[int(at):][:int(v["byteLength"].(float64))]
	}
	img := list("images")[0].(map[string]any)
	if cfg, err := png.DecodeConfig(bytes.NewReader(view(img["bufferView"]))); err != nil || cfg.Width != textureSide {
		t.Errorf("embedded texture: %v, width %d, want %d", err, cfg.Width, textureSide)
	}
	prim := list("meshes")[1].(map[string]any)["primitives"].([]any)[0].(map[string]any)
	attributes := prim["attributes"].(map[string]any)
	for _, a := range []string{"POSITION", "NORMAL", "TEXCOORD_0", FitAttribute} {
		k, ok := attributes[a]
		if !ok {
			t.Errorf("garment has no attribute %s", a)
			continue
		}
		if n := list("accessors")[int(k.(float64))].(map[string]any)["count"].(float64); n != 12 {
			t.Errorf("%s has %g entries, want 12", a, n)
		}
	}
	fit := view(list("accessors")[int(attributes[FitAttribute].(float64))].(map[string]any)["bufferView"])
	if got := math.Float32frombits(binary.LittleEndian.Uint32(fit[4:])); math.Abs(float64(got)-0.01) > 1e-7 {
		t.Errorf("second fit figure is %g, want 0.01 m", got)
	}
	var again bytes.Buffer
	if err := GLB(&again, testScene(), Float); err != nil || !bytes.Equal(again.Bytes(), buf.Bytes()) {
		t.Errorf("the same scene gives other bytes (error %v)", err)
	}
}

func TestGLBRefusals(t *testing.T) {
	for _, c := range []struct {
		name, want string
		scene      render.Scene
	}{
		{"empty", "no objects", render.Scene{}},
		{"unnamed", "no name", render.Scene{Objects: []render.Object{func() render.Object { o := sewn(); o.Name = ""; return o }()}}},
		{"NaN", "vertex 0", render.Scene{Objects: []render.Object{func() render.Object { o := tetrahedron(); o.Pos[0].X = math.NaN(); return o }()}}},
	} {
		var buf bytes.Buffer
		err := GLB(&buf, c.scene, Float)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got error %v, want one naming %q", c.name, err, c.want)
		}
		if buf.Len() > 0 {
			t.Errorf("%s: %d bytes are written in spite of the error", c.name, buf.Len())
		}
	}
}
