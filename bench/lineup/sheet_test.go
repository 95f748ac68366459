package lineup

import (
	"context"
	"testing"

	"fitroom/assets"
	"fitroom/geometry/body"
)

// A line of people is drawn at one scale; who is refused leaves a gap with the
// reason, and the others are drawn all the same.
func TestSheetShowsEverybody(t *testing.T) {
	m, err := body.Open(assets.FS)
	if err != nil {
		t.Fatal(err)
	}
	people := []Person{Sizes()[0], {"nobody", ask(body.Men, values{body.Height: 9})}, Sizes()[12]}
	line, err := Line(context.Background(), m, people, body.DrapeA)
	if err != nil {
		t.Fatal(err)
	}
	if line[0].Body == nil || line[1].Refused == nil || line[1].Body != nil || line[2].Body == nil {
		t.Fatalf("the line is %+v", line)
	}
	if want, got := "3 people in drape A, front, side and half behind, with bust-underbust-waist-hip girths; 1 refused, 0 whose skin crosses itself, 0 whose arms are over 30 degrees off the body, the farthest 30.", Summary(line); got != want {
		t.Errorf("the summary is %q, want %q", got, want)
	}
	img, err := Sheet(line, Look{Height: 160, Columns: 3})
	if err != nil {
		t.Fatal(err)
	}
	dark := func(cell int) (n int) { // pixels that are not backdrop or paper
		w := img.Rect.Dx() / 3
		for y := range 160 {
			for x := cell * w; x < (cell+1)*w; x++ {
				if c := img.NRGBAAt(x, y); c.R < 170 {
					n++
				}
			}
		}
		return n
	}
	if dark(0) < 200 || dark(1) > 0 || dark(2) < dark(0) {
		t.Errorf("dark pixels of thin woman, nobody, man: %d, %d, %d", dark(0), dark(1), dark(2))
	}
	again, err := Sheet(line, Look{Height: 160, Columns: 3})
	if err != nil || string(again.Pix) != string(img.Pix) {
		t.Error("the same line gives another picture")
	}
}
