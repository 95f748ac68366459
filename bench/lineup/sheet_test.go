package lineup

import (
	"context"
	"math"
	"strings"
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

// Arms hang at 20 to 30 degrees to be dressed, of the heaviest too, and where no
// joint bends under the public tape every girth reads in each pose what it did.
func TestEverybodyKeepsTheirGirthsInAllPoses(t *testing.T) {
	m, err := body.Open(assets.FS)
	if err != nil {
		t.Fatal(err)
	}
	people, err := People()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range people {
		b, err := m.Fit(context.Background(), p.Ask)
		if err != nil {
			t.Fatalf("%s: %v", p.Name, err)
		}
		for _, pose := range []body.Pose{body.DrapeA, body.Relaxed} {
			s := Standing{Person: p, Body: b.Posed(pose)}
			if arm := s.arm(); pose == body.DrapeA && (arm < 20 || arm > 30.1) {
				t.Errorf("%s: arms at %.1f degrees in drape A, want 20 to 30", p.Name, arm)
			}
			is := judge(t, s.Body)
			for k, was := range judge(t, b) {
				switch was.Key {
				case body.ElbowGirth, body.TrunkGirth: // over moving joints
					continue
				}
				if d := is[k].Tape - was.Tape; math.Abs(d) > 0.003 && strings.HasSuffix(string(was.Key), "girth") {
					t.Errorf("%s, pose %d: %s changes by %.1f mm, want at most 3", p.Name, pose, was.Key, 1000*d)
				}
			}
		}
	}
}

func judge(t *testing.T, b *body.Body) []body.Judged {
	t.Helper()
	j, err := b.Judge()
	if err != nil {
		t.Fatal(err)
	}
	return j
}
