package main

import (
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fitroom/geometry/geomtest"
)

// A DXF without seam list makes a proposal and no style; the proposal is not
// taken until a person has confirmed it; then it makes a style that checks.
func TestConvertProposesAndNeverAccepts(t *testing.T) {
	file := filepath.Join(geomtest.Data(t), "patterns", "dxf", "synth", "tshirt_nest.dxf")
	out := filepath.Join(t.TempDir(), "tee")
	code, _, errOut := invoke("garment", "convert", file, "--out", out)
	if code != exitFailed || !strings.Contains(errOut, "no style was made") || !strings.Contains(errOut, "14 seams") {
		t.Fatalf("%d %s", code, errOut)
	}
	if _, err := os.Stat(filepath.Join(out, "style.json")); err == nil {
		t.Error("a style was made all the same")
	}
	proposal := filepath.Join(out, "seams.proposed.json")
	if code, _, errOut := invoke("garment", "convert", file, proposal, "--out", out); code != exitFailed || !strings.Contains(errOut, "nobody has confirmed") {
		t.Errorf("%d %s", code, errOut)
	}
	picture, err := os.Open(filepath.Join(out, "panels.png"))
	if err != nil {
		t.Fatal(err)
	}
	defer picture.Close()
	if img, err := png.Decode(picture); err != nil || img.Bounds().Dx() < 500 {
		t.Errorf("the picture: %v", err)
	}
	data, err := os.ReadFile(proposal)
	if err != nil {
		t.Fatal(err)
	}
	seams := put(t, "mine.json", strings.Replace(string(data), `"proposed": true,`, "", 1))
	if code, _, errOut := invoke("garment", "convert", file, seams, "--out", out); code != exitOK {
		t.Fatalf("%d %s", code, errOut)
	}
	if code, stdout, errOut := invoke("garment", "check", out, "--edge-mm", "30"); code != exitOK || strings.Count(stdout, "tee ") != 5 {
		t.Errorf("%d %s %s", code, stdout, errOut)
	}
}

// A measure table makes a style of a template; rows nobody knows are refused.
func TestConvertMeasureTable(t *testing.T) {
	table := put(t, "tee.csv", "pom,unit,tol_plus_minus,S,M\nHalf chest,cm,1,48,51\nbody_length,cm,1,65,67\nPocket,cm,1,9,9\n")
	out := filepath.Join(t.TempDir(), "tee")
	args := []string{"garment", "convert", table, "--template", "tee", "--out", out}
	if code, _, errOut := invoke(args...); code != exitFailed || !strings.Contains(errOut, `line 2: "Half chest"`) {
		t.Errorf("%d %s", code, errOut)
	}
	if code, _, errOut := invoke(append(args, "--name", "Half chest=chest_girth", "--name", "Pocket=")...); code != exitOK {
		t.Fatalf("%d %s", code, errOut)
	}
	s, _, err := readStyle(out)
	if err != nil || s.POM["chest_girth"].Values["M"] != 1.02 || s.POM["chest_girth"].Tolerance != 0.02 {
		t.Errorf("%v, %+v", err, s)
	}
	for want, text := range map[string]string{
		"must name the columns": "a,b\n1,2\n",
		"is not a number":       "pom,unit,M\nhem,cm,wide\n",
		"given twice":           "pom,unit,M\nhem,cm,90\nhem,cm,90\n",
		"no measure table":      "",
		"wrong number of field": "pom,unit,M\nhem,cm\n",
	} {
		if code, _, errOut := invoke("garment", "convert", put(t, "x.csv", text), "--template", "tee", "--out", out+"x"); code != exitFailed || !strings.Contains(errOut, want) {
			t.Errorf("%s: %d %s", want, code, errOut)
		}
	}
}

func TestSizesOfFileNames(t *testing.T) {
	for want, files := range map[string][]string{
		"one":               {"a/tee_S.dxf"},
		"S M":               {"tee_S_specification.json", "x/tee_M_specification.json"},
		"440_1700 480_1760": {"p_440_1700.dxf", "p_480_1760.dxf"},
		"S XL":              {"S.dxf", "XL.dxf"},
		"tee tee":           {"a/tee.dxf", "b/tee.dxf"},
	} {
		if got := strings.Join(sizesOf(files), " "); got != want {
			t.Errorf("%v: got %q, want %q", files, got, want)
		}
	}
}

// A feed makes style folders that any command opens.
func TestImportFeed(t *testing.T) {
	for _, feed := range []string{"merchant.xml", "merchant.tsv", "shopify.json", "schema.json"} {
		out := filepath.Join(t.TempDir(), "styles")
		code, text, errOut := invoke("garment", "import", "../../api/catalog/testdata/"+feed, "--out", out)
		if code != exitOK || !strings.Contains(text, "good GTIN") {
			t.Fatalf("%s: %d %s %s", feed, code, text, errOut)
		}
		dirs, err := os.ReadDir(out)
		if err != nil || len(dirs) == 0 {
			t.Fatalf("%s: %v, %d folders", feed, err, len(dirs))
		}
		for _, d := range dirs {
			if _, j, err := readStyle(filepath.Join(out, d.Name())); err != nil || len(j.Variants) == 0 {
				t.Errorf("%s: %v", feed, err)
			}
		}
		if code, _, errOut := invoke("garment", "import", "../../api/catalog/testdata/"+feed, "--out", out); code != exitFailed || !strings.Contains(errOut, "exists already") {
			t.Errorf("overwriting: %d %s", code, errOut)
		}
	}
	dress := filepath.Join(t.TempDir(), "styles")
	if code, _, errOut := invoke("garment", "import", "../../api/catalog/testdata/schema.json", "--out", dress); code != exitOK {
		t.Fatal(errOut)
	}
	if code, out, errOut := invoke("advise", "--body", womanFile, "--garment", filepath.Join(dress, "DRESS-1")); code != exitOK {
		t.Errorf("advice by the chart of the feed: %d %s %s", code, out, errOut)
	}
}
