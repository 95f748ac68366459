package match

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fitroom/garment/pattern"
	"fitroom/garment/pattern/gcjson"
	"fitroom/geometry/geomtest"
)

// openRuns are the open patterns as size runs, with their seams.
func openRuns(t *testing.T) []*pattern.SizeRun {
	t.Helper()
	root := filepath.Join(geomtest.Data(t), "patterns")
	read := func(name string) *pattern.Pattern {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		p, err := gcjson.Parse(data, filepath.Base(name))
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	var out []*pattern.SizeRun
	for _, glob := range []string{"garmentcode/gcd/*.json", "garmentcode/assets/*.json", "freesewing/sewn/*40*.json"} {
		files, err := filepath.Glob(filepath.Join(root, glob))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			out = append(out, &pattern.SizeRun{Style: filepath.Base(f), Sizes: []pattern.Size{{Name: "one", Pattern: read(f)}}})
		}
	}
	for _, style := range []string{"circle_skirt", "pants", "pencil_skirt", "tshirt"} {
		run := &pattern.SizeRun{Style: style}
		for _, s := range []string{"XS", "M", "XL"} {
			run.Sizes = append(run.Sizes, pattern.Size{Name: s, Pattern: read(filepath.Join(root, fmt.Sprintf("garmentcode/sizerun/%s_%s_specification.json", style, s)))})
		}
		out = append(out, run)
	}
	return out
}

// unsewn drops seams and placements: what a DXF would hold.
func unsewn(run *pattern.SizeRun) *pattern.SizeRun {
	out := &pattern.SizeRun{Style: run.Style}
	for _, s := range run.Sizes {
		p := *s.Pattern
		p.Seams = nil
		out.Sizes = append(out.Sizes, pattern.Size{Name: s.Name, Pattern: &p})
	}
	return out
}

// Of the seams of the open patterns most are found, and most of what is
// guessed is right. The bounds are what was reached, less a little: a person
// has to look in any case.
func TestGuessesOfOpenPatterns(t *testing.T) {
	var found, guessed, all int
	for _, run := range openRuns(t) {
		guesses := Seams(unsewn(run), len(run.Sizes)/2)
		right, sum, pairs := score(run.Sizes[0].Pattern, guesses)
		t.Logf("%-40s %3d seams, %3d guessed, %3d right", run.Style, sum, pairs, right)
		found, guessed, all = found+right, guessed+pairs, all+sum
	}
	recall, precision := float64(found)/float64(all), float64(found)/float64(guessed)
	t.Logf("found %.0f %% of %d seams; %.0f %% of %d guesses are right", 100*recall, all, 100*precision, guessed)
	if recall < 0.62 || precision < 0.64 {
		t.Errorf("found %.2f of the seams, %.2f of the guesses right", recall, precision)
	}
}

// score counts pairs of edges that are sewn to each other and guessed so.
func score(p *pattern.Pattern, guesses []Guess) (right, seams, pairs int) {
	for _, g := range guesses {
		for _, a := range g.A {
			for _, b := range g.B {
				pairs++
				if slices.ContainsFunc(p.Seams, func(s pattern.Seam) bool { return s.A == a && s.B == b || s.A == b && s.B == a }) {
					right++
				}
			}
		}
	}
	return right, len(p.Seams), pairs
}

func TestSameGuessesTwice(t *testing.T) {
	for _, run := range openRuns(t)[:6] {
		a, b := Seams(unsewn(run), 0), Seams(unsewn(run), 0)
		if fmt.Sprint(a) != fmt.Sprint(b) {
			t.Errorf("%s: two runs differ", run.Style)
		}
	}
}

func TestWhy(t *testing.T) {
	p := &pattern.Pattern{}
	if got := (Guess{Cost: 2.5}).Why(p, 3); !strings.Contains(got, "doubtful") || !strings.Contains(got, "3 sizes") {
		t.Error(got)
	}
}
