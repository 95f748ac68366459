package render

import (
	"image"
	"slices"
	"testing"

	"fitroom/geometry"
	"fitroom/geometry/geomtest"

	"gonum.org/v1/gonum/spatial/r3"
)

// A closed mesh with its outer side outward is solid; one turned inside out, one
// with a hole, and one of whose pieces one is turned, are not.
func TestSolid(t *testing.T) {
	inverted := globe(12)
	for i, tri := range inverted.Tris {
		inverted.Tris[i] = geometry.Tri{tri[0], tri[2], tri[1]}
	}
	open := globe(12)
	open.Tris = open.Tris[1:]
	pair, half := both(globe(12), globe(12)), both(globe(12), inverted)
	for name, c := range map[string]struct {
		o    Object
		want bool
	}{
		"ball": {globe(12), true}, "turned inside out": {inverted, false}, "with a hole": {open, false},
		"two balls": {pair, true}, "one of two turned": {half, false},
	} {
		var r Renderer
		if err := r.Draw(image.NewNRGBA(image.Rect(0, 0, 8, 8)), Scene{Objects: []Object{c.o}}, frameOf(Scene{Objects: []Object{c.o}}, 1)); err != nil {
			t.Fatal(err)
		}
		if got := r.scene.solid[0]; got != c.want {
			t.Errorf("%s: solid is %v, want %v", name, got, c.want)
		}
	}
}

// globe is a closed ball of radius 0.5 m on the floor.
func globe(rings int) Object {
	m := geomtest.Sphere(0.5, rings)
	for i := range m.Verts {
		m.Verts[i].Y += 0.5
	}
	return Object{Name: "globe", Pos: m.Verts, Tris: m.Tris}
}

// both is one object of two, side by side.
func both(a, b Object) Object {
	n := int32(len(a.Pos))
	for _, p := range b.Pos {
		a.Pos = append(a.Pos, r3.Add(p, r3.Vec{X: 2}))
	}
	for _, tri := range b.Tris {
		a.Tris = append(a.Tris, geometry.Tri{tri[0] + n, tri[1] + n, tri[2] + n})
	}
	a.Normal, a.UV, a.Scalar = nil, nil, nil
	return a
}

// What faces away of a solid body takes nothing from its outline: from outside it
// is left out, from within everything is drawn. Pictures may differ in dots on
// the outline, where an inner side, placed to a sixteenth of a pixel, came out
// nearer than the outer one before it.
func TestCullingKeepsTheOutline(t *testing.T) {
	s := Scene{Objects: []Object{both(globe(20), globe(14))}}
	cover := func(r *Renderer, c Camera) []float32 {
		got, err := r.Cover(s, c, 120, 90)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	for name, c := range map[string]struct {
		camera Camera
		culls  bool
	}{
		"outside": {frameOf(s, 120.0/90), true},
		"within":  {Camera{Eye: r3.Vec{X: 1, Y: 0.5, Z: 0.1}, Target: r3.Vec{X: 2, Y: 0.5}}, false},
	} {
		var r Renderer
		with := cover(&r, c.camera)
		if r.culled[0] != c.culls {
			t.Errorf("%s: what faces away is left out: %v", name, r.culled[0])
		}
		r.scene.solid[0] = false
		if without := cover(&r, c.camera); !slices.Equal(with, without) {
			t.Errorf("%s: the outline changes", name)
		}
	}
}
