package sheet

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/color"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fitroom/garment/pattern"
	"fitroom/garment/pattern/gcjson"
	"fitroom/geometry/geomtest"

	"gonum.org/v1/gonum/spatial/r2"
)

// square is a panel of 40 cm with a hole in the middle, a fold, a notch.
func square() *pattern.Pattern {
	return &pattern.Pattern{Panels: []pattern.Panel{{
		Name:  `A & "B"`,
		Verts: []r2.Vec{{}, {X: 0.4}, {X: 0.4, Y: 0.4}, {Y: 0.4}},
		Edges: []pattern.Edge{{From: 0, To: 1}, {From: 1, To: 2}, {From: 2, To: 3}, {From: 3, To: 0}},
		Inner: []pattern.Inner{
			{Kind: pattern.CutOut, Pts: []r2.Vec{{X: 0.1, Y: 0.1}, {X: 0.15, Y: 0.1}, {X: 0.15, Y: 0.15}, {X: 0.1, Y: 0.15}}},
			{Kind: pattern.Fold, Pts: []r2.Vec{{X: 0.3, Y: 0.05}, {X: 0.3, Y: 0.35}}},
		},
		Notches: []pattern.Notch{{Edge: 1, At: 0.25}},
	}}, Seams: []pattern.Seam{{A: pattern.EdgeRef{Edge: 1}, B: pattern.EdgeRef{Edge: 3}}}}
}

// Fabric is filled, holes and paper are not, lines are drawn where they are.
func TestImageShowsWhatIsThere(t *testing.T) {
	p := square()
	img, err := Image(p, Options{Title: "title"})
	if err != nil {
		t.Fatal(err)
	}
	places, _, _, scale := layout(p)
	at := func(x, y float64) color.NRGBA {
		q := places[0].to(r2.Vec{X: x, Y: y}, scale)
		return img.NRGBAAt(int(q.X), int(q.Y))
	}
	for name, c := range map[string]struct {
		x, y float64
		want color.NRGBA
	}{"fabric": {0.05, 0.25, cloth}, "hole": {0.125, 0.125, paper}, "beyond": {0.44, 0.2, paper}, "the edge of a seam": {0.4, 0.3, seamColours[0]}, "an edge": {0.2, 0, ink}} {
		if got := at(c.x, c.y); got != c.want && name != "an edge" || name == "an edge" && got == cloth {
			t.Errorf("%s: %v; want %v", name, got, c.want)
		}
	}
}

// The SVG is well-formed XML and holds every name and number.
func TestSVGIsWellFormed(t *testing.T) {
	var b bytes.Buffer
	if err := SVG(&b, square(), Options{Title: "<title>"}); err != nil {
		t.Fatal(err)
	}
	dec := xml.NewDecoder(&b)
	var words []string
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if c, ok := tok.(xml.CharData); ok {
			words = append(words, string(c))
		}
	}
	all := strings.Join(words, "|")
	for _, want := range []string{"<title>", `A & "B"`, "|0|", "|3|", "|s0|", "line 0", "10 cm"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is missing in %q", want, all)
		}
	}
}

// No panel lies over another, and all lie on the sheet.
func TestPanelsDoNotOverlap(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(geomtest.Data(t), "patterns", "garmentcode", "gcd", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		p, err := gcjson.Parse(data, filepath.Base(f))
		if err != nil {
			t.Fatal(err)
		}
		places, width, height, scale := layout(p)
		for i := range places {
			a := &places[i]
			w, h := a.size(scale)
			if a.at.X < 0 || a.at.X+w > width || a.at.Y > height || a.at.Y-h < head {
				t.Errorf("%s: panel %d hangs over the sheet", p.Name, i)
			}
			for k := range i {
				b := &places[k]
				w2, h2 := b.size(scale)
				if a.at.X < b.at.X+w2 && b.at.X < a.at.X+w && a.at.Y-h < b.at.Y && b.at.Y-h2 < a.at.Y {
					t.Errorf("%s: panels %d and %d overlap", p.Name, i, k)
				}
			}
		}
	}
}
