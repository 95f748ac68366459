package render

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"
	"time"

	"fitroom/geometry"

	"golang.org/x/image/webp"
	"gonum.org/v1/gonum/spatial/r3"
)

// drawn is a turntable's sheet of a small scene.
func drawn(t *testing.T, side int) *image.NRGBA {
	t.Helper()
	s := testScene()
	lo, hi := s.Objects[0].Pos[0], s.Objects[0].Pos[0]
	for _, o := range s.Objects {
		l, h := geometry.Bounds(o.Pos)
		lo = r3.Vec{X: min(lo.X, l.X), Y: min(lo.Y, l.Y), Z: min(lo.Z, l.Z)}
		hi = r3.Vec{X: max(hi.X, h.X), Y: max(hi.Y, h.Y), Z: max(hi.Z, h.Z)}
	}
	sheet, err := Turntable(&Renderer{Workers: 1}, s, lo, hi, side)
	if err != nil {
		t.Fatal(err)
	}
	return sheet
}

// pngChunk is one chunk, its checksum verified.
type pngChunk struct {
	kind string
	data []byte
}

func pngChunks(t *testing.T, file []byte) []pngChunk {
	t.Helper()
	var out []pngChunk
	for rest := file[8:]; len(rest) > 0; {
		n := int(binary.BigEndian.Uint32(rest))
		if crc32.ChecksumIEEE(rest[4:8+n]) != binary.BigEndian.Uint32(rest[8+n:]) {
			t.Fatalf("chunk %q has a wrong checksum", rest[4:8])
		}
		out = append(out, pngChunk{string(rest[4:8]), rest[8 : 8+n]})
		rest = rest[12+n:]
	}
	return out
}

// Every frame, put together as a PNG of its own, is the sheet's frame; chunks
// are numbered without a gap.
func TestAPNGFrames(t *testing.T) {
	sheet := drawn(t, 32)
	var buf bytes.Buffer
	if err := WriteAPNG(&buf, sheet, 12); err != nil {
		t.Fatal(err)
	}
	file := buf.Bytes()
	chunks := pngChunks(t, file)
	var frames [][]byte
	sequence := uint32(0)
	for _, c := range chunks {
		number := func() {
			if got := binary.BigEndian.Uint32(c.data); got != sequence {
				t.Fatalf("%s has number %d, want %d", c.kind, got, sequence)
			}
			sequence++
		}
		switch c.kind {
		case "acTL":
			if n := binary.BigEndian.Uint32(c.data); n != TurnFrames {
				t.Errorf("announces %d frames, want %d", n, TurnFrames)
			}
		case "fcTL":
			number()
			frames = append(frames, nil)
		case "IDAT":
			frames[len(frames)-1] = append(frames[len(frames)-1], c.data...)
		case "fdAT":
			number()
			frames[len(frames)-1] = append(frames[len(frames)-1], c.data[4:]...)
		}
	}
	if len(frames) != TurnFrames {
		t.Fatalf("%d frames, want %d", len(frames), TurnFrames)
	}
	for k, data := range frames {
		var one bytes.Buffer
		one.Write(file[:8])
		a := apng{w: &one}
		a.chunk("IHDR", chunks[0].data)
		a.chunk("IDAT", data)
		a.chunk("IEND", nil)
		img, err := png.Decode(&one)
		if err != nil {
			t.Fatalf("frame %d: %v", k, err)
		}
		samePixels(t, img, sheet.SubImage(image.Rect(k%6*32, k/6*32, k%6*32+32, k/6*32+32)))
	}
}

func samePixels(t *testing.T, got, want image.Image) {
	t.Helper()
	g, w := got.Bounds(), want.Bounds()
	if g.Size() != w.Size() {
		t.Fatalf("picture of %v, want %v", g.Size(), w.Size())
	}
	for y := range g.Dy() {
		for x := range g.Dx() {
			r, gg, b, a := got.At(g.Min.X+x, g.Min.Y+y).RGBA()
			r2, g2, b2, a2 := want.At(w.Min.X+x, w.Min.Y+y).RGBA()
			if r != r2 || gg != g2 || b != b2 || a != a2 {
				t.Fatalf("pixel %d, %d differs", x, y)
			}
		}
	}
}

func TestAPNGRefusals(t *testing.T) {
	for _, c := range []struct {
		w, h, rate int
		want       string
	}{{60, 60, 0, "limits 1 to 60"}, {60, 60, 61, "limits 1 to 60"}, {61, 60, 12, "61 x 60 px"}, {0, 0, 12, "0 x 0 px"}} {
		var buf bytes.Buffer
		err := WriteAPNG(&buf, image.NewNRGBA(image.Rect(0, 0, c.w, c.h)), c.rate)
		if err == nil || !strings.Contains(err.Error(), c.want) || buf.Len() > 0 {
			t.Errorf("%d x %d at %d: error %v, %d bytes; want a refusal with %q", c.w, c.h, c.rate, err, buf.Len(), c.want)
		}
	}
}

// The decoder of x/image, which shares nothing with the encoder, reads every
// pixel back; the bytes repeat and are fewer than a PNG's.
func TestWebPIsReadBack(t *testing.T) {
	sheet := drawn(t, 60)
	var a, b, p bytes.Buffer
	began := time.Now()
	if err := WriteWebP(&a, sheet); err != nil {
		t.Fatal(err)
	}
	t.Logf("%v", time.Since(began))
	if err := WriteWebP(&b, sheet); err != nil || !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Errorf("the same picture gives other bytes (error %v)", err)
	}
	got, err := webp.Decode(&a)
	if err != nil {
		t.Fatal(err)
	}
	samePixels(t, got, sheet)
	began = time.Now()
	if err := WritePNG(&p, sheet); err != nil {
		t.Fatal(err)
	}
	t.Logf("%v", time.Since(began))
	t.Logf("WebP %d bytes, PNG %d", b.Len(), p.Len())
	if b.Len() >= p.Len() {
		t.Errorf("WebP has %d bytes, PNG %d", b.Len(), p.Len())
	}
}

// A picture of which the encoder makes what no reader opens is written all the
// same, off by what nobody sees.
func TestWebPIsAlwaysReadable(t *testing.T) {
	for side := 40; side < 72; side += 8 {
		sheet := drawn(t, side)
		var b bytes.Buffer
		if err := WriteWebP(&b, sheet); err != nil {
			t.Fatal(err)
		}
		got, err := webp.Decode(&b)
		if err != nil {
			t.Fatalf("side %d: %v", side, err)
		}
		for y := range sheet.Rect.Dy() {
			for x := range sheet.Rect.Dx() {
				p, q := sheet.NRGBAAt(x, y), color.NRGBAModel.Convert(got.At(x, y)).(color.NRGBA)
				for _, d := range [3]int{int(p.R) - int(q.R), int(p.G) - int(q.G), int(p.B) - int(q.B)} {
					if d < 0 || d > 3 {
						t.Fatalf("side %d: pixel (%d, %d) is %v, drawn as %v", side, x, y, q, p)
					}
				}
			}
		}
	}
}
