package geometry_test

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"fitroom/geometry"
	"fitroom/geometry/geomtest"

	"gonum.org/v1/gonum/spatial/r3"
)

func TestSphereIsClosedAndOutward(t *testing.T) {
	m := geomtest.Sphere(1, 40)
	if top := geometry.NewTopology(m.Tris); !top.Closed() {
		t.Errorf("boundary %d, non-manifold %d", top.Boundary, top.NonManifold)
	}
	if v := m.Volume(); math.Abs(v/(4*math.Pi/3)-1) > 0.01 {
		t.Errorf("volume %g", v)
	}
	n := make([]r3.Vec, len(m.Verts))
	geometry.VertexNormals(n, m.Verts, m.Tris)
	for i, v := range m.Verts {
		if r3.Dot(n[i], v) < 0.99 {
			t.Fatalf("normal %v at %v", n[i], v)
		}
	}
}

func TestTopologyCountsFaults(t *testing.T) {
	for _, c := range []struct {
		name               string
		tris               []geometry.Tri
		edges              int
		boundary, manifold int
	}{
		{"empty", nil, 0, 0, 0},
		{"one triangle", []geometry.Tri{{0, 1, 2}}, 3, 3, 0},
		{"two that share an edge", []geometry.Tri{{0, 1, 2}, {1, 0, 3}}, 5, 4, 0},
		{"the same edge in one direction twice", []geometry.Tri{{0, 1, 2}, {0, 1, 3}}, 5, 5, 1},
		{"tetrahedron", []geometry.Tri{{0, 2, 1}, {0, 1, 3}, {1, 2, 3}, {2, 0, 3}}, 6, 0, 0},
	} {
		top := geometry.NewTopology(c.tris)
		if len(top.Edges) != c.edges || top.Boundary != c.boundary || top.NonManifold != c.manifold {
			t.Errorf("%s: %d edges, %d boundary, %d non-manifold", c.name, len(top.Edges), top.Boundary, top.NonManifold)
		}
		if top.NonManifold > 0 && top.Doubled != [2]int32{0, 1} {
			t.Errorf("%s: the doubled edge is said to be %v", c.name, top.Doubled)
		}
	}
}

func TestOBJRoundTrip(t *testing.T) {
	m := geomtest.Sphere(0.5, 5)
	var buf bytes.Buffer
	if err := m.WriteOBJ(&buf); err != nil {
		t.Fatal(err)
	}
	back, err := geometry.ReadOBJ(&buf)
	if err != nil || len(back.Verts) != len(m.Verts) || len(back.Tris) != len(m.Tris) {
		t.Fatalf("%v: %d vertices, %d triangles", err, len(back.Verts), len(back.Tris))
	}
	for i, v := range m.Verts {
		if r3.Norm(r3.Sub(v, back.Verts[i])) > 1e-6 {
			t.Fatalf("vertex %d moved: %v to %v", i, v, back.Verts[i])
		}
	}
}

func TestReadOBJSaysWhatIsWrong(t *testing.T) {
	for in, want := range map[string]string{
		"v 1 2":                            "line 1: a vertex needs 3 coordinates, got 2",
		"v 1 2 x":                          `"x" is not a number`,
		"v 0 0 NaN":                        "must be finite",
		"v 0 0 0\nf 1 1":                   "line 2: a face needs 3 corners",
		"v 0 0 0\nf 1 2 3":                 "the mesh has 1",
		"f 1 2 z":                          "not a vertex number",
		"v 0 0 0\nv 1 0 0\nf -1 -2 -3":     "outside 1..2",
		strings.Repeat("v", 3<<20) + " 1 ": "OBJ",
	} {
		if _, err := geometry.ReadOBJ(strings.NewReader(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.30q: got %v, want %q", in, err, want)
		}
	}
}

func FuzzReadOBJ(f *testing.F) {
	f.Add("v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1/1 2/2/2 3\n")
	f.Add("f -1 -2 -3")
	f.Fuzz(func(t *testing.T, in string) {
		if m, err := geometry.ReadOBJ(strings.NewReader(in)); err == nil && m.Validate() != nil {
			t.Error("accepted an invalid mesh")
		}
	})
}
