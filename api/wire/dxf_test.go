package wire

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"fitroom/geometry/geomtest"
)

// shopFiles is a style folder with the DXF files of the test data.
func shopFiles(t *testing.T, style string) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{"style.json": {Data: []byte(style)}}
	dir := filepath.Join(geomtest.Data(t), "patterns", "dxf")
	for _, name := range []string{"synth/tshirt_base.dxf", "synth/tshirt_nest.dxf", "synth/tshirt.rul", "synth/tshirt_seams.json", "valentina/tshirt_flat_r12.dxf", "valentina/pantsM1_440_1700.dxf"} {
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(name)] = &fstest.MapFile{Data: data}
	}
	return files
}

const dxfStyle = `{"style":"tee","kind":"t-shirt","population":"women","sizes":["S","M","L","XXL"],
	"pattern":{"format":"dxf","files":{"base":"tshirt_base.dxf"},"rul":"tshirt.rul","seams":"tshirt_seams.json"},"fabric":{"preset":"jersey"}}`

func TestDXFStyle(t *testing.T) {
	for name, change := range map[string][2]string{
		"base and rules":    {"", ""},
		"base of its size":  {`"base":`, `"M":`},
		"nest":              {`"base":"tshirt_base.dxf"},"rul":"tshirt.rul"`, `"nest":"tshirt_nest.dxf"}`},
		"nest, base, rules": {`"base":`, `"nest":"tshirt_nest.dxf","base":`},
	} {
		s, _, err := OpenStyle(shopFiles(t, strings.Replace(dxfStyle, change[0], change[1], 1)), "style.json")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if len(s.Patterns) != 3 || s.Patterns["XXL"] != nil {
			t.Errorf("%s: %d sizes have patterns; S, M and L should", name, len(s.Patterns))
		}
		if p := s.Patterns["L"]; len(p.Panels) != 8 || len(p.Seams) != 16 || p.Panels[0].Material != "" {
			t.Errorf("%s: %d panels, %d seams, material %q", name, len(p.Panels), len(p.Seams), p.Panels[0].Material)
		}
		if len(s.Notes) == 0 || !strings.Contains(s.Notes[0].In("en"), "sewn along the boundary") {
			t.Errorf("%s: what the files leave open goes without a word: %q", name, s.Notes)
		}
	}
}

func TestDXFStyleSaysWhatIsWrong(t *testing.T) {
	for name, c := range map[string]struct{ old, new, want string }{
		"flat file":      {"tshirt_base.dxf", "tshirt_flat_r12.dxf", "flat DXF"},
		"no such file":   {"tshirt_base.dxf", "coat.dxf", "pattern.files.base"},
		"outside":        {"tshirt_base.dxf", "../coat.dxf", "not a path inside"},
		"not a name":     {`"tshirt_base.dxf"`, `{}`, "must be the name of a DXF file"},
		"unknown key":    {`"base":`, `"38":`, "is neither a size"},
		"no files":       {`"base":"tshirt_base.dxf"`, ``, "pattern.files: is empty"},
		"wrong size":     {`"base":`, `"L":`, `no piece of size "L"`},
		"no such sizes":  {`["S","M","L","XXL"]`, `["38"]`, "hold the sizes XS, S, M, L, XL; the style has 38"},
		"units":          {`"rul":`, `"units":"ell","rul":`, "pattern.units"},
		"units clash":    {`"rul":`, `"units":"in","rul":`, "stated"},
		"rules missing":  {`tshirt.rul`, `none.rul`, "pattern.rul"},
		"rules are not":  {`tshirt.rul`, `style.json`, "not a grade rule table"},
		"seams are not":  {`tshirt_seams.json`, `style.json`, "not a seam list"},
		"no sew line":    {`"rul":`, `"line":"sew","rul":`, "no sew line"},
		"no such line":   {`"rul":`, `"line":"red","rul":`, "line is"},
		"allowance":      {`"rul":`, `"allowance_mm":500,"rul":`, "allowance is 500 mm"},
		"closures":       {`"rul":`, `"closures":"ajar","rul":`, "pattern.closures: is \"ajar\""},
		"unknown format": {`"dxf"`, `"dwg"`, "template, garmentcode or dxf"},
		"other style":    {`"base":"tshirt_base.dxf"},"rul":"tshirt.rul"`, `"M":"pantsM1_440_1700.dxf"}`, "there is no piece"},
	} {
		doc := strings.Replace(dxfStyle, c.old, c.new, 1)
		if doc == dxfStyle {
			t.Fatalf("%s: nothing replaced", name)
		}
		_, _, err := OpenStyle(shopFiles(t, doc), "style.json")
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
	if err := convertStyle(t, dxfStyle); err == nil || !strings.Contains(err.Error(), "by itself") {
		t.Errorf("a style sent by itself: %v", err)
	}
}

// A fastening of the seam list is worn as the style says.
func TestClosuresOpenAndClosed(t *testing.T) {
	files := shopFiles(t, dxfStyle)
	list := files["tshirt_seams.json"].Data
	marked := strings.Replace(string(list), `"orientation": "right_right"`, `"orientation": "right_right", "closure": "closed"`, 1)
	if marked == string(list) {
		t.Fatal("the seam list has no orientation to mark")
	}
	for want, closures := range map[int]string{16: "closed", 15: "open"} {
		files := shopFiles(t, strings.Replace(dxfStyle, `"rul":`, `"closures":"`+closures+`","rul":`, 1))
		files["tshirt_seams.json"].Data = []byte(marked)
		s, _, err := OpenStyle(files, "style.json")
		if err != nil {
			t.Fatal(err)
		}
		for size, p := range s.Patterns {
			if len(p.Seams) != want || len(p.Closures) != 1 || p.Validate() != nil {
				t.Errorf("%s, size %s: %d seams, %d closures, %v", closures, size, len(p.Seams), len(p.Closures), p.Validate())
			}
		}
	}
}

func TestBareDXF(t *testing.T) {
	files := shopFiles(t, "{}")
	s, _, err := OpenStyle(files, "tshirt_nest.dxf")
	if err != nil || len(s.Sizes) != 5 || len(s.Patterns["XL"].Panels) != 8 {
		t.Fatalf("a nest: %v %v", s, err)
	}
	if _, _, err := OpenStyle(files, "tshirt_flat_r12.dxf"); err == nil || !strings.Contains(err.Error(), "flat DXF") {
		t.Errorf("a flat file: %v", err)
	}
}
