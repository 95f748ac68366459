package geometry

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"gonum.org/v1/gonum/spatial/r3"
)

// maxOBJElements bounds what one file may make us allocate.
const maxOBJElements = 4_000_000

// ReadOBJ reads the vertices and faces of a Wavefront OBJ; polygons are cut
// into fans, everything else (normals, texture, groups) is skipped. Lengths
// are taken as metres. Triangles that use one vertex twice are dropped, since
// real files carry them.
func ReadOBJ(r io.Reader) (*Mesh, error) {
	m := &Mesh{}
	sc := bufio.NewScanner(r)
	sc.Buffer(make([]byte, 64<<10), 1<<20)
	for line := 1; sc.Scan(); line++ {
		f := strings.Fields(sc.Text())
		if len(f) == 0 {
			continue
		}
		switch f[0] {
		case "v":
			v, err := objVertex(f[1:])
			if err != nil {
				return nil, fmt.Errorf("OBJ line %d: %w", line, err)
			}
			m.Verts = append(m.Verts, v)
		case "f":
			if err := m.addOBJFace(f[1:]); err != nil {
				return nil, fmt.Errorf("OBJ line %d: %w", line, err)
			}
		}
		if len(m.Verts) > maxOBJElements || len(m.Tris) > maxOBJElements {
			return nil, fmt.Errorf("OBJ line %d: more than %d vertices or triangles", line, maxOBJElements)
		}
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("OBJ: %w", err)
	}
	return m, m.Validate()
}

func objVertex(f []string) (r3.Vec, error) {
	if len(f) < 3 {
		return r3.Vec{}, fmt.Errorf("a vertex needs 3 coordinates, got %d", len(f))
	}
	var c [3]float64
	for i := range c {
		x, err := strconv.ParseFloat(f[i], 64)
		if err != nil {
			return r3.Vec{}, fmt.Errorf("coordinate %q is not a number", f[i])
		}
		c[i] = x
	}
	return r3.Vec{X: c[0], Y: c[1], Z: c[2]}, nil
}

func (m *Mesh) addOBJFace(f []string) error {
	if len(f) < 3 {
		return fmt.Errorf("a face needs 3 corners, got %d", len(f))
	}
	ids := make([]int32, len(f))
	for i, s := range f {
		s, _, _ = strings.Cut(s, "/")
		k, err := strconv.Atoi(s)
		if err != nil {
			return fmt.Errorf("face corner %q is not a vertex number", s)
		}
		if k < 0 { // relative to the vertices read so far
			k += len(m.Verts) + 1
		}
		if k < 1 || k > maxOBJElements {
			return fmt.Errorf("face corner %q is outside 1..%d", s, len(m.Verts))
		}
		ids[i] = int32(k - 1)
	}
	for i := 2; i < len(ids); i++ {
		t := Tri{ids[0], ids[i-1], ids[i]}
		if t[0] != t[1] && t[1] != t[2] && t[2] != t[0] {
			m.Tris = append(m.Tris, t)
		}
	}
	return nil
}

// WriteOBJ writes the mesh as a Wavefront OBJ in metres.
func (m *Mesh) WriteOBJ(w io.Writer) error {
	bw := bufio.NewWriter(w)
	for _, v := range m.Verts {
		fmt.Fprintf(bw, "v %.7g %.7g %.7g\n", v.X, v.Y, v.Z)
	}
	for _, t := range m.Tris {
		fmt.Fprintf(bw, "f %d %d %d\n", t[0]+1, t[1]+1, t[2]+1)
	}
	return bw.Flush()
}
