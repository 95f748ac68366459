package body

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/klauspost/compress/zstd"
	"gonum.org/v1/gonum/spatial/r3"
)

// TemplateFile is the template's name in the assets.
const TemplateFile = "body.bin.zst"

// Region names a smooth membership by which the fields of shape are blended.
type Region uint8

const (
	RegionArm  Region = iota // the left arm
	RegionLegL               // both legs, since their weights meet at the crotch
	RegionLegR
	RegionNeck // neck and head
	RegionHead
	NumRegions
)

// Mark names a template vertex that measures hang on.
type Mark uint8

const (
	MarkNavel Mark = iota
	MarkBackNeck
	MarkFrontNeck
	MarkCrotch
	MarkNipple
	MarkAcromion
	MarkSideNeck
	MarkKneeCap
	MarkUnderarm
	MarkThroat
	MarkNape
	NumMarks
)

// Joint rows of the template, after the vertices: those in the middle, then
// the left ones.
const (
	rowPelvis = iota
	rowSpineLow
	rowSpineMid
	rowSpineHigh
	rowNeckBase
	rowHeadBase
	rowShoulder
	rowElbow
	rowWrist
	rowHip
	rowKnee
	rowAnkle
	numJointRows
)

// Template is the left half of the mesh that all bodies share: first the
// vertices in the symmetry plane, then those on the left. The right half is
// the mirror image.
type Template struct {
	Middle, Left int
	Tris         [][3]int32 // left half, counter-clockwise from outside
	Part         []Part     // per vertex
	Weights      [NumRegions][]float64
	Marks        [NumMarks]int32
	Seat         []int32 // candidates for the most prominent point of the left buttock
	Women, Men   SexShape
}

// SexShape is the mean shape of one sex and its modes, each one standard
// deviation long. Women's last two modes are the breast axes: size, fall.
// Every list holds the vertices and then the joint rows [m].
type SexShape struct {
	Mean  []r3.Vec
	Modes [][]r3.Vec
}

// Vertices is the number of vertices of the whole mesh.
func (t *Template) Vertices() int { return t.Middle + 2*t.Left }

func (t *Template) half() int { return t.Middle + t.Left }

// waistRow is the row of the ISO waist level in a space, after the joints.
func (t *Template) waistRow() int { return t.half() + numJointRows }

const templateMagic = "fitroom body 1\n\x00"

// Encode writes the template: counts, then arrays of integers, as zstd.
// Positions are 16-bit fractions of the largest coordinate of their list,
// stored as differences from vertex to vertex; the error is below 0.03 mm.
func (t *Template) Encode(w io.Writer) error {
	var b bytes.Buffer
	put := func(v any) { _ = binary.Write(&b, binary.LittleEndian, v) } // a Buffer takes all
	put([]byte(templateMagic))
	put([]uint32{uint32(t.Middle), uint32(t.Left), uint32(len(t.Tris)), uint32(len(t.Seat)), uint32(len(t.Women.Modes)), uint32(len(t.Men.Modes))})
	for c := range 3 {
		prev := int32(0)
		for _, f := range t.Tris {
			put(int16(f[c] - prev))
			prev = f[c]
		}
	}
	put(t.Part)
	for _, ws := range t.Weights {
		for _, w := range ws {
			put(uint16(math.Round(w * math.MaxUint16)))
		}
	}
	put(t.Marks[:])
	put(t.Seat)
	for _, s := range []SexShape{t.Women, t.Men} {
		for _, list := range append([][]r3.Vec{s.Mean}, s.Modes...) {
			putVecs(put, list)
		}
	}
	zw, err := zstd.NewWriter(w, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	if _, err := zw.Write(b.Bytes()); err != nil {
		return err
	}
	return zw.Close()
}

func putVecs(put func(any), list []r3.Vec) {
	var top float64
	for _, p := range list {
		top = max(top, math.Abs(p.X), math.Abs(p.Y), math.Abs(p.Z))
	}
	put(top)
	for c := range 3 {
		prev := int16(0)
		for _, p := range list {
			q := int16(math.Round(coord(p, c) / top * math.MaxInt16))
			put(q - prev) // wraps around, as does the sum on the way back
			prev = q
		}
	}
}

func coord(p r3.Vec, c int) float64 {
	switch c {
	case 0:
		return p.X
	case 1:
		return p.Y
	}
	return p.Z
}

// maxTemplate bounds what a file may unpack to.
const maxTemplate = 32 << 20

// DecodeTemplate reads what Encode wrote.
func DecodeTemplate(r io.Reader) (*Template, error) {
	d, err := unpack(r, maxTemplate)
	if err != nil {
		return nil, fmt.Errorf("body template: %w", err)
	}
	if string(d.bytes(len(templateMagic))) != templateMagic {
		return nil, errors.New("body template: not a fitroom body file of version 1")
	}
	t := &Template{Middle: d.count(), Left: d.count()}
	tris, seat, women, men := d.count(), d.count(), d.count(), d.count()
	n := t.half()
	t.Tris = make([][3]int32, tris)
	for c := range 3 {
		prev := int32(0)
		for i := range t.Tris {
			prev += int32(d.int16())
			t.Tris[i][c] = prev
		}
	}
	for _, p := range d.bytes(n) {
		t.Part = append(t.Part, Part(p))
	}
	for r := range t.Weights {
		t.Weights[r] = make([]float64, n)
		for i := range t.Weights[r] {
			t.Weights[r][i] = float64(uint16(d.int16())) / math.MaxUint16
		}
	}
	for m := range t.Marks {
		t.Marks[m] = int32(d.count())
	}
	for range seat {
		t.Seat = append(t.Seat, int32(d.count()))
	}
	for _, s := range []struct {
		dst   *SexShape
		modes int
	}{{&t.Women, women}, {&t.Men, men}} {
		s.dst.Mean = d.vecs(n + numJointRows)
		for range s.modes {
			s.dst.Modes = append(s.dst.Modes, d.vecs(n+numJointRows))
		}
	}
	if d.short || len(d.b) != 0 {
		return nil, errors.New("body template: the file is cut short or too long")
	}
	return t, t.validate()
}

// decoder walks over a byte slice; past its end it yields zeros and says so.
type decoder struct {
	b     []byte
	short bool
}

// unpack decodes zstd of at most so many bytes.
func unpack(r io.Reader, most int64) (*decoder, error) {
	zr, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(uint64(most)))
	if err != nil {
		return nil, err
	}
	defer zr.Close()
	raw, err := io.ReadAll(io.LimitReader(zr, most))
	if err != nil {
		return nil, err
	}
	return &decoder{b: raw}, nil
}

func (d *decoder) bytes(n int) []byte {
	if n > len(d.b) {
		d.short, d.b = true, nil
		return make([]byte, min(n, maxTemplate))
	}
	out := d.b[:n]
	d.b = d.b[n:]
	return out
}

func (d *decoder) int16() int16 { return int16(binary.LittleEndian.Uint16(d.bytes(2))) }

// count reads a size or an index and keeps it within what a file can hold.
func (d *decoder) count() int {
	n := binary.LittleEndian.Uint32(d.bytes(4))
	if n > 1<<16 {
		d.short = true
		return 0
	}
	return int(n)
}

func (d *decoder) vecs(n int) []r3.Vec {
	top := math.Float64frombits(binary.LittleEndian.Uint64(d.bytes(8)))
	out := make([]r3.Vec, n)
	for c := range 3 {
		q := int16(0)
		for i := range out {
			q += d.int16()
			x := float64(q) / math.MaxInt16 * top
			switch c {
			case 0:
				out[i].X = x
			case 1:
				out[i].Y = x
			default:
				out[i].Z = x
			}
		}
	}
	return out
}

func (t *Template) validate() error {
	n := int32(t.half())
	bad := func(v int32) bool { return v < 0 || v >= n }
	for i, f := range t.Tris {
		if bad(f[0]) || bad(f[1]) || bad(f[2]) {
			return fmt.Errorf("body template: triangle %d is %v; the half mesh has %d vertices", i, f, n)
		}
	}
	for _, v := range append(append([]int32(nil), t.Marks[:]...), t.Seat...) {
		if bad(v) {
			return fmt.Errorf("body template: a landmark is vertex %d; the half mesh has %d", v, n)
		}
	}
	for i, p := range t.Part {
		if p >= NumParts {
			return fmt.Errorf("body template: vertex %d is of part %d; there are %d", i, p, NumParts)
		}
	}
	return nil
}
