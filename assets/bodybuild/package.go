package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"gonum.org/v1/gonum/spatial/r3"
)

const (
	meshPath    = "package/public/data/models/human_full_size.json"
	targetsPath = "package/public/data/targets/targets.bin"

	baseVerts  = 19158 // of the whole file, with helpers and joint cubes
	bodyVerts  = 13380 // the body group comes first
	targetUnit = 1e-3  // targets.bin counts 0.1 mm; the mesh is in decimetres
)

// manifest names the rows of targets.bin that may be used: those proven equal
// to the files which the MakeHuman community dedicated to the public domain.
type manifest struct {
	Integrity string            `json:"npm_integrity"`
	Rows      map[string]rowRef `json:"rows"`
}

type rowRef struct {
	Row    int    `json:"row"`
	SHA256 string `json:"sha256_body"` // of the first 13380*3 int16
}

// source is the verified package: the base mesh and the rows by name.
type source struct {
	verts  []r3.Vec   // all vertices of the base mesh [dm]
	quads  [][4]int32 // of the body group
	joints map[string]r3.Vec
	man    manifest
	bin    []byte
}

func openSource(tarball, manifestPath string) (*source, error) {
	s := &source{}
	text, err := os.ReadFile(manifestPath)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(text, &s.man); err != nil {
		return nil, fmt.Errorf("%s: %w", manifestPath, err)
	}
	raw, err := os.ReadFile(tarball)
	if err != nil {
		return nil, err
	}
	sum := sha512.Sum512(raw)
	if got := "sha512-" + base64.StdEncoding.EncodeToString(sum[:]); got != s.man.Integrity {
		return nil, fmt.Errorf("%s has integrity %s, want %s", tarball, got, s.man.Integrity)
	}
	files, err := untar(raw, meshPath, targetsPath)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", tarball, err)
	}
	s.bin = files[targetsPath]
	return s, s.readMesh(files[meshPath])
}

func untar(raw []byte, want ...string) (map[string][]byte, error) {
	zr, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for tr := tar.NewReader(zr); ; {
		h, err := tr.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		for _, w := range want {
			if h.Name != w {
				continue
			}
			if files[w], err = io.ReadAll(tr); err != nil {
				return nil, err
			}
		}
	}
	for _, w := range want {
		if files[w] == nil {
			return nil, fmt.Errorf("no file %s", w)
		}
	}
	return files, nil
}

// readMesh reads the three.js JSON model, format 3.1. Each face takes ten
// numbers: a kind, four vertices, a material, four texture vertices.
func (s *source) readMesh(text []byte) error {
	var m struct {
		Vertices  []float64
		Faces     []int32
		Materials []struct{ DbgName string }
	}
	if err := json.Unmarshal(text, &m); err != nil {
		return fmt.Errorf("%s: %w", meshPath, err)
	}
	if len(m.Vertices) != 3*baseVerts || len(m.Faces)%10 != 0 {
		return fmt.Errorf("%s: %d coordinates and %d face numbers; want %d and tens", meshPath, len(m.Vertices), len(m.Faces), 3*baseVerts)
	}
	for i := 0; i < len(m.Vertices); i += 3 {
		s.verts = append(s.verts, r3.Vec{X: m.Vertices[i], Y: m.Vertices[i+1], Z: m.Vertices[i+2]})
	}
	sum, n := map[string]r3.Vec{}, map[string]float64{}
	for i := 0; i < len(m.Faces); i += 10 {
		f := m.Faces[i : i+10]
		name := m.Materials[f[5]].DbgName
		if name == "body" {
			s.quads = append(s.quads, [4]int32(f[1:5]))
		}
		for _, v := range f[1:5] { // a cube's corners all come up three times
			sum[name] = r3.Add(sum[name], s.verts[v])
			n[name]++
		}
	}
	s.joints = map[string]r3.Vec{}
	for _, j := range jointCubes {
		if n[j] == 0 {
			return fmt.Errorf("%s: no group %q", meshPath, j)
		}
		s.joints[j] = r3.Scale(1/n[j], sum[j])
	}
	return nil
}

// row adds scale times the named target to dst [dm].
func (s *source) row(dst []r3.Vec, name string, scale float64) error {
	ref, ok := s.man.Rows[name]
	if !ok {
		return fmt.Errorf("target %q is not in the manifest of usable rows", name)
	}
	at := ref.Row * baseVerts * 3 * 2
	if at+bodyVerts*6 > len(s.bin) {
		return fmt.Errorf("target %q: row %d is beyond the file", name, ref.Row)
	}
	b := s.bin[at : at+bodyVerts*6]
	if sum := sha256.Sum256(b); hex.EncodeToString(sum[:]) != ref.SHA256 {
		return fmt.Errorf("target %q: row %d has SHA-256 %x, want %s", name, ref.Row, sum, ref.SHA256)
	}
	c := func(i int) float64 { return float64(int16(binary.LittleEndian.Uint16(b[2*i:]))) }
	for i := range dst[:bodyVerts] {
		dst[i] = r3.Add(dst[i], r3.Scale(scale*targetUnit, r3.Vec{X: c(3 * i), Y: c(3*i + 1), Z: c(3*i + 2)}))
	}
	return nil
}
