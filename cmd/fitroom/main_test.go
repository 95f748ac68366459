package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fitroom/api/wire"
)

// invoke runs the program with these arguments.
func invoke(args ...string) (code int, out, errOut string) {
	var o, e bytes.Buffer
	code = run(context.Background(), args, &o, &e)
	return code, o.String(), e.String()
}

func put(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

const (
	womanFile = "../../assets/demo/people/woman.json"
	teeFolder = "../../assets/demo/styles/tee-women"
)

func TestRefusalsAreOneClearSentence(t *testing.T) {
	body := func(entry string) string {
		return put(t, "body.json", `{"population":"women","measurements":{"height":{"value":168,"unit":"cm"},`+entry+`}}`)
	}
	crossing := put(t, "bowtie.json", `{"pattern":{"panels":{"sail":{"vertices":[[0,0],[40,40],[40,0],[0,40]],
		"edges":[{"endpoints":[0,1]},{"endpoints":[1,2]},{"endpoints":[2,3]},{"endpoints":[3,0]}]}},"stitches":[]},"properties":{"units_in_meter":100}}`)
	badSeam := put(t, "seam.json", `{"pattern":{"panels":{"sail":{"vertices":[[0,0],[40,0],[40,40],[0,40]],
		"edges":[{"endpoints":[0,1]},{"endpoints":[1,2]},{"endpoints":[2,3]},{"endpoints":[3,0]}]}},
		"stitches":[[{"panel":"sail","edge":0},{"panel":"sail","edge":9}]]},"properties":{"units_in_meter":100}}`)
	for name, c := range map[string]struct {
		code int
		want string
		args []string
	}{
		"no command's flag":   {exitUsage, "unknown flag", []string{"try", "--hat"}},
		"unknown command":     {exitUsage, "unknown command", []string{"fly"}},
		"no body":             {exitUsage, "--body is missing", []string{"try", "--garment", teeFolder}},
		"no garment":          {exitUsage, "--garment is missing", []string{"try", "--body", womanFile}},
		"bad body extension":  {exitUsage, "must end in .glb or .obj", []string{"body", "--body", womanFile, "--out", "x.png"}},
		"body file not there": {exitFailed, "no such file", []string{"body", "--body", "nobody.json"}},
		"unknown key":         {exitFailed, "did you mean waist_girth?", []string{"body", "--body", body(`"waist_girt":{"value":80,"unit":"cm"}`)}},
		"wrong unit":          {exitFailed, `is "kg"; it must be cm, mm, m or in`, []string{"body", "--body", body(`"waist_girth":{"value":80,"unit":"kg"}`)}},
		"NaN":                 {exitFailed, "line 1, column", []string{"body", "--body", body(`"waist_girth":{"value":NaN,"unit":"cm"}`)}},
		"absurd":              {exitFailed, "waist_girth", []string{"body", "--body", body(`"waist_girth":{"value":4,"unit":"m"}`)}},
		"contradictory":       {exitFailed, "inside_leg_height", []string{"body", "--body", body(`"inside_leg_height":{"value":45,"unit":"cm"}`)}},
		"50 MB":               {exitFailed, "larger than", []string{"body", "--body", put(t, "big.json", strings.Repeat(" ", 50<<20))}},
		"size not there":      {exitFailed, `size "XXXL" does not exist in this style; it comes in XS, S, M, L, XL`, []string{"try", "--body", womanFile, "--garment", teeFolder, "--size", "XXXL"}},
		"style not there":     {exitFailed, "no such file", []string{"advise", "--body", womanFile, "--garment", "nowhere"}},
		"out is a file":       {exitFailed, "output folder", []string{"try", "--body", womanFile, "--garment", teeFolder, "--out", womanFile}},
		"self-crossing panel": {exitFailed, "sail", []string{"garment", "check", crossing}},
		"seam to no edge":     {exitFailed, "sail", []string{"garment", "check", badSeam}},
		"no such part":        {exitUsage, "unknown command", []string{"garment", "iron"}},
		"edge not a number":   {exitUsage, "between 2 and 60 mm", []string{"garment", "check", teeFolder, "--edge-mm", "NaN"}},
		"convert for cats":    {exitUsage, "women, men or unspecified", []string{"garment", "convert", "x.json", "--out", "y", "--population", "cats"}},
		"body out nowhere":    {exitFailed, "nowhere/b.obj cannot be written: no such file", []string{"body", "--body", womanFile, "--out", "nowhere/b.obj"}},
		"serve no styles":     {exitFailed, "styles nowhere: ", []string{"serve", "--styles", "nowhere"}},
		"in inches":           {exitFailed, "were the number inches, it would be 91.4 cm", []string{"advise", "--garment", teeFolder, "--body", body(`"bust_girth":{"value":36,"unit":"cm"}`)}},
		"two at once":         {exitFailed, "cm; height", []string{"advise", "--garment", teeFolder, "--body", put(t, "b.json", `{"population":"women","measurements":{"bust_girth":{"value":36,"unit":"cm"},"height":{"value":66,"unit":"cm"}}}`)}},
		"scene not there":     {exitFailed, "no such file", []string{"drape", "--scene", "none.json"}},
	} {
		t.Run(name, func(t *testing.T) {
			code, out, errOut := invoke(c.args...)
			if code != c.code || !strings.Contains(errOut, c.want) {
				t.Errorf("exit %d, want %d; stderr %q, want %q", code, c.code, errOut, c.want)
			}
			if out != "" {
				t.Errorf("stdout says %q", out)
			}
		})
	}
}

func TestFailureAsJSONSaysTheSame(t *testing.T) {
	code, out, errOut := invoke("body", "--json", "--body", "nobody.json")
	var j struct{ Status, Error string }
	if err := json.Unmarshal([]byte(out), &j); err != nil {
		t.Fatal(err, out)
	}
	if code != exitFailed || j.Status != "failed" || !strings.Contains(errOut, j.Error) {
		t.Errorf("exit %d, JSON %+v, stderr %q", code, j, errOut)
	}
}

// Wrong usage is told to machines too, even where the flags cannot be parsed.
func TestWrongUsageAsJSON(t *testing.T) {
	for _, args := range [][]string{
		{"try", "--json"}, {"try", "--hat", "--json"}, {"fly", "--json"}, {"garment", "convert", "--json"},
		{"serve", "--json", "--addr"}, {"demo", "--json", "x"}, {"gallery", "--json", "x"},
	} {
		code, out, errOut := invoke(args...)
		var j struct{ Status, Error string }
		if err := json.Unmarshal([]byte(out), &j); err != nil || code != exitUsage || j.Error == "" || !strings.Contains(errOut, j.Error) {
			t.Errorf("%v: exit %d, stdout %q, stderr %q", args, code, out, errOut)
		}
	}
}

// Ctrl-C leaves an empty folder, a sentence and a code.
func TestStoppedBeforeItWasDone(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	dir := t.TempDir()
	var out, errOut bytes.Buffer
	code := run(ctx, []string{"try", "--body", womanFile, "--garment", teeFolder, "--size", "M", "--out", dir, "--json"}, &out, &errOut)
	left, err := os.ReadDir(dir)
	if code != exitFailed || !strings.Contains(errOut.String(), "stopped before it was done") || len(left) > 0 || err != nil {
		t.Errorf("exit %d, stderr %q, left %v, %v", code, errOut.String(), left, err)
	}
}

func TestBodyMeetsWhatWasGiven(t *testing.T) {
	obj := filepath.Join(t.TempDir(), "woman.obj")
	code, out, errOut := invoke("body", "--body", womanFile, "--out", obj, "--json")
	if code != exitOK {
		t.Fatal(errOut)
	}
	var r wire.BodyReport
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatal(err)
	}
	for key, m := range r.Measurements {
		limit := 0.3 // [cm]
		if m.Unit == "kg" {
			limit = 1
		}
		if d := *m.Achieved - *m.Asked; m.Source == "given" && (d > limit || d < -limit) {
			t.Errorf("%s: asked %g, achieved %g %s", key, *m.Asked, *m.Achieved, m.Unit)
		}
	}
	if _, err := os.Stat(obj); err != nil || !r.Mesh.Closed {
		t.Errorf("mesh %+v, file: %v", r.Mesh, err)
	}
}

func TestAdviseNeedsNoPattern(t *testing.T) {
	style := put(t, "style.json", `{"style":"chart-only","kind":"t-shirt","population":"women","sizes":["S","M"],
		"primary":["bust_girth"],"chart":{"bust_girth":{"unit":"in","values":{"S":35,"M":38}}}}`)
	code, out, errOut := invoke("advise", "--body", womanFile, "--garment", style, "--json")
	var r wire.Report
	if err := json.Unmarshal([]byte(out), &r); code != exitOK || err != nil {
		t.Fatal(code, err, errOut)
	}
	if r.Advice.Outcome != "one" || r.Advice.Sizes[0] != "M" {
		t.Errorf("advice %+v", r.Advice)
	}
}

func TestConvertMakesAStyleThatChecks(t *testing.T) {
	square := func(name string, side string) string {
		return put(t, name, `{"pattern":{"panels":{"front":{"vertices":[[0,0],[`+side+`,0],[`+side+`,40],[0,40]],
			"edges":[{"endpoints":[0,1]},{"endpoints":[1,2]},{"endpoints":[2,3]},{"endpoints":[3,0]}]}},"stitches":[]},"properties":{"units_in_meter":100}}`)
	}
	out := filepath.Join(t.TempDir(), "towel")
	if code, _, errOut := invoke("garment", "convert", square("towel_S_specification.json", "30"), square("towel_M_specification.json", "33"), "--out", out); code != exitOK {
		t.Fatal(errOut)
	}
	code, text, errOut := invoke("garment", "check", out, "--json")
	if code != exitOK || !strings.Contains(text, `"size": "S"`) || !strings.Contains(text, `"size": "M"`) {
		t.Errorf("exit %d: %s%s", code, text, errOut)
	}
	if code, _, errOut := invoke("garment", "convert", square("a_S_specification.json", "30"), "--out", out); code != exitFailed || !strings.Contains(errOut, "exists already") {
		t.Errorf("overwriting: exit %d, %q", code, errOut)
	}
}
