package wire_test

import (
	"bytes"
	"strings"
	"testing"

	"fitroom/api/wire"
	"fitroom/geometry/geomtest"
	"fitroom/geometry/tape"

	"gonum.org/v1/gonum/spatial/r3"
)

func TestLandmarksRoundTrip(t *testing.T) {
	m := geomtest.Sphere(1, 8)
	marks := map[tape.Mark]r3.Vec{tape.Navel: {X: 0.1, Y: 1.02, Z: 0.13}, tape.Crotch: {Y: 0.78}}
	var b bytes.Buffer
	if err := wire.WriteLandmarks(&b, marks); err != nil {
		t.Fatal(err)
	}
	back, err := wire.ReadLandmarks(&b, m)
	if err != nil || len(back) != len(marks) {
		t.Fatal(back, err)
	}
	for k, p := range marks {
		if back[k] != p {
			t.Errorf("%s came back as %v, was %v", k, back[k], p)
		}
	}
	byNumber, err := wire.ReadLandmarks(strings.NewReader(`{"navel": 5}`), m)
	if err != nil || byNumber[tape.Navel] != m.Verts[5] {
		t.Errorf("vertex 5 is %v, %v", byNumber, err)
	}
}

// The door of a landmarks file gives places on or off the mesh, or an error.
func FuzzReadLandmarks(f *testing.F) {
	for _, s := range []string{`{"navel": 5}`, `{"navel": [1, 2, 3]}`, `{"navel": null}`, `{"navel": [1e999,0,0]}`, `{"navel": 1e9}`, `[]`, `{`} {
		f.Add(s)
	}
	m := geomtest.Sphere(1, 8)
	f.Fuzz(func(t *testing.T, in string) {
		marks, err := wire.ReadLandmarks(strings.NewReader(in), m)
		if err == nil {
			_, _, _ = tape.Import(m, marks, tape.Axes{})
		}
	})
}
