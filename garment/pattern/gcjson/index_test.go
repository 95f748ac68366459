package gcjson

import (
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"fitroom/garment/pattern"
	"fitroom/geometry/geomtest"
)

// Every specification of the open data imports but the one that crosses
// itself, which is refused with panel and place.
func TestEveryOpenFile(t *testing.T) {
	root := filepath.Join(geomtest.Data(t), "patterns")
	var count, refused int
	for _, glob := range []string{"garmentcode/*/*_specification.json", "garmentcode/templates2021/*.json", "freesewing/sewn/*.json"} {
		files, err := filepath.Glob(filepath.Join(root, glob))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			count++
			rel, _ := filepath.Rel(root, f)
			_, err := readFile(t, filepath.ToSlash(rel))
			if strings.Contains(rel, "gcd-invalid") {
				refused++
				if err == nil || !strings.Contains(err.Error(), `panel "skirt_front"`) || !strings.Contains(err.Error(), "(25.10, -9.45) cm") {
					t.Errorf("%s: %v", rel, err)
				}
				continue
			}
			if err != nil {
				t.Errorf("%s: %v", rel, err)
			}
		}
	}
	if count < 56 || refused != 1 {
		t.Errorf("%d files, %d of them to be refused; the data has 56 and 1", count, refused)
	}
}

// row of index.md: file, panels, stitches and, of most, darts, right_wrongs,
// largest seam ratio and shortest edge.
var indexRow = regexp.MustCompile(`^\| (garmentcode/\S+?)(_\{([A-Z,]+)\})?(_specification\.json|\.json) \|[^|]*\| (\d+) \| (\d+) \|`)
var indexFigures = regexp.MustCompile(`darts (\d+), right_wrong (\d+), max seam length ratio ([0-9.]+), shortest edge ([0-9.]+) cm`)

// What is imported has the counts, the seam ratios and the edges that the
// index of the data, made by other means, says of it, to its last digit.
func TestFiguresOfTheIndex(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(geomtest.Data(t), "patterns", "index.md"))
	if err != nil {
		t.Fatal(err)
	}
	rows, figures := 0, 0
	for _, line := range strings.Split(string(data), "\n") {
		m := indexRow.FindStringSubmatch(line)
		if m == nil || strings.Contains(m[1], "invalid") {
			continue
		}
		sizes := []string{""}
		if m[3] != "" {
			sizes = strings.Split("_"+strings.ReplaceAll(m[3], ",", ",_"), ",")
		}
		for _, size := range sizes {
			rows++
			p := mustRead(t, m[1]+size+m[4])
			if got := [2]string{strconv.Itoa(len(p.Panels)), strconv.Itoa(len(p.Seams))}; got != [2]string{m[5], m[6]} {
				t.Errorf("%s: panels and seams %v; the index says %s, %s", m[1], got, m[5], m[6])
			}
			if f := indexFigures.FindStringSubmatch(line); f != nil {
				figures++
				compareFigures(t, p, f)
			}
		}
	}
	if rows < 40 || figures < 14 {
		t.Errorf("%d files compared, %d of them with seam ratios; the index has more", rows, figures)
	}
}

func compareFigures(t *testing.T, p *pattern.Pattern, f []string) {
	t.Helper()
	darts, turned, ratio, shortest := 0, 0, 1.0, math.Inf(1)
	for s := range p.Seams {
		if p.IsDart(s) {
			darts++
		}
		if p.Seams[s].Reversed {
			turned++
		}
		ratio = math.Max(ratio, p.SeamRatio(s))
	}
	for i := range p.Panels {
		for e := range p.Panels[i].Edges {
			shortest = math.Min(shortest, 100*p.Panels[i].Length(e))
		}
	}
	for k, got := range []float64{float64(darts), float64(turned), ratio, shortest} {
		want, err := strconv.ParseFloat(f[k+1], 64)
		if err != nil {
			t.Fatal(err)
		}
		_, fraction, _ := strings.Cut(f[k+1], ".")
		if digit := math.Pow(10, -float64(len(fraction))); math.Abs(got-want) > 0.5*digit+1e-3 && math.Abs(got-want) > 0.5*digit*(1+1e-9) {
			t.Errorf("%s: figure %d is %.5f; the index says %s", p.Name, k, got, f[k+1])
		}
	}
}
