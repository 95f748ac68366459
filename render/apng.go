package render

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/png"
	"io"
)

// WriteAPNG writes a turntable's sheet as an animated PNG that turns for ever,
// at frames per second. Programs that know only PNG show the first frame.
func WriteAPNG(w io.Writer, sheet *image.NRGBA, perSecond int) error {
	if perSecond < 1 || perSecond > 60 {
		return fmt.Errorf("render: animation of %d frames per second; limits 1 to 60", perSecond)
	}
	side := sheet.Rect.Dx() / turnSide
	if side < 1 || sheet.Rect.Dx() != turnSide*side || sheet.Rect.Dy() != turnSide*side {
		return fmt.Errorf("render: sheet of %d x %d px is not one of %d x %d square frames", sheet.Rect.Dx(), sheet.Rect.Dy(), turnSide, turnSide)
	}
	a := apng{w: w}
	for k := range TurnFrames {
		at := sheet.Rect.Min.Add(image.Pt(k%turnSide*side, k/turnSide*side))
		frame := sheet.SubImage(image.Rectangle{at, at.Add(image.Pt(side, side))})
		if err := a.frame(frame.(*image.NRGBA), k, perSecond); err != nil {
			return fmt.Errorf("frame %d: %w", k, err)
		}
	}
	a.chunk("IEND", nil)
	return a.err
}

// apng takes the chunks of single PNGs and strings their data together (PNG
// specification, third edition, section 11.3.5: APNG).
type apng struct {
	w        io.Writer
	sequence uint32
	header   []byte // IHDR of the first frame; all must have the same
	err      error
}

func (a *apng) frame(img *image.NRGBA, k, perSecond int) error {
	var buf bytes.Buffer
	if err := png.Encode(&buf, img); err != nil {
		return err
	}
	const signature = 8
	if k == 0 {
		a.write(buf.Bytes()[:signature])
	}
	for rest := buf.Bytes()[signature:]; len(rest) > 0; {
		n := binary.BigEndian.Uint32(rest)
		kind, data := string(rest[4:8]), rest[8:8+n]
		rest = rest[12+n:]
		switch {
		case kind == "IHDR" && k == 0:
			a.header = append([]byte(nil), data...)
			a.chunk(kind, data)
			a.chunk("acTL", binary.BigEndian.AppendUint32(nil, TurnFrames), make([]byte, 4)) // 0: for ever
			a.control(img.Rect, perSecond)
		case kind == "IHDR":
			if !bytes.Equal(data, a.header) {
				return fmt.Errorf("it is transparent where the first frame is not, or the other way round")
			}
			a.control(img.Rect, perSecond)
		case kind == "IDAT" && k == 0:
			a.chunk(kind, data)
		case kind == "IDAT":
			a.chunk("fdAT", a.next(), data)
		}
	}
	return a.err
}

// control opens a frame that replaces the one before.
func (a *apng) control(r image.Rectangle, perSecond int) {
	c := a.next()
	for _, x := range []int{r.Dx(), r.Dy(), 0, 0} {
		c = binary.BigEndian.AppendUint32(c, uint32(x))
	}
	c = binary.BigEndian.AppendUint16(c, 1)
	c = binary.BigEndian.AppendUint16(c, uint16(perSecond))
	a.chunk("fcTL", c, []byte{0, 0})
}

// next numbers control and data chunks together.
func (a *apng) next() []byte {
	a.sequence++
	return binary.BigEndian.AppendUint32(nil, a.sequence-1)
}

func (a *apng) chunk(kind string, parts ...[]byte) {
	body := []byte(kind)
	for _, p := range parts {
		body = append(body, p...)
	}
	out := binary.BigEndian.AppendUint32(nil, uint32(len(body)-4))
	out = append(out, body...)
	a.write(binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(body)))
}

func (a *apng) write(p []byte) {
	if a.err == nil {
		_, a.err = a.w.Write(p)
	}
}
