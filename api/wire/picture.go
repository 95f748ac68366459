package wire

import (
	"bufio"
	"bytes"
	"image"
	"image/draw"
	"image/jpeg"
	"image/png"
	"io"
)

// Limits of a picture that comes from outside.
const (
	maxPictureBytes  = 10 << 20
	maxPicturePixels = 16 << 20
	minPictureSide   = 8
	maxPictureSide   = 8192
)

// ReadPicture reads a PNG or JPEG from outside into a picture of our own. What
// it is is told from its first bytes, never from its name; its size is known
// before it is unpacked.
func ReadPicture(r io.Reader) (*image.NRGBA, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxPictureBytes+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxPictureBytes {
		return nil, Fault("", "is larger than %d MB, the most that is read", maxPictureBytes>>20)
	}
	config, decode := png.DecodeConfig, png.Decode
	switch {
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
	case bytes.HasPrefix(data, []byte{0xff, 0xd8, 0xff}):
		config, decode = jpeg.DecodeConfig, jpeg.Decode
	default:
		return nil, Fault("", "is neither a PNG nor a JPEG")
	}
	c, err := config(bytes.NewReader(data))
	if err != nil {
		return nil, Fault("", "is damaged: %v", err)
	}
	if w, h := c.Width, c.Height; min(w, h) < minPictureSide || max(w, h) > maxPictureSide || w*h > maxPicturePixels {
		return nil, Fault("", "is %d x %d px; sides of %d to %d and at most %d million pixels", w, h, minPictureSide, maxPictureSide, maxPicturePixels>>20)
	}
	img, err := decode(bufio.NewReader(bytes.NewReader(data)))
	if err != nil {
		return nil, Fault("", "is damaged: %v", err)
	}
	own := image.NewNRGBA(image.Rect(0, 0, img.Bounds().Dx(), img.Bounds().Dy()))
	draw.Draw(own, own.Rect, img, img.Bounds().Min, draw.Src)
	return own, nil
}
