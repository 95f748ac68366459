package u3m

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"fitroom/garment/fabric"
)

const text = `{"schema":"1.1","material":{"name":"Rayon rib","physics":{"thickness":0.8,"weight":240,
 "material_type":{"type":"Knit","name":null},"construction":{"type":"2 x 2 rib","name":null},
 "composition":{"parts":[{"ratio":0.95,"type":"Rayon","name":null},{"ratio":0.05,"type":"Elastane","name":null}]},
 "devices":{"fab":"physics/fab.json"}}},"custom":{"secret":1}}`

func archive(t *testing.T, files map[string]string, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, n := range names {
		w, err := z.Create(n)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(w, files[n])
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestU3M(t *testing.T) {
	alone := strings.Replace(text, `"devices":{"fab":"physics/fab.json"}`, `"devices":{"fab":"null"}`, 1)
	zipped := archive(t, map[string]string{"rib/rib.u3m": alone, "rib/map.png": "x"}, "rib/map.png", "rib/rib.u3m")
	for _, data := range [][]byte{[]byte(text), zipped} {
		r, err := Read(bytes.NewReader(data), int64(len(data)), "rib.u3m")
		if err != nil {
			t.Fatal(err)
		}
		rib, _ := fabric.Preset("rib")
		if f := r.Fabric; f.Density != 0.24 || f.Thickness != 0.0008 || f.Weft != rib.Weft || f.Name != "Rayon rib" || f.Grade != fabric.Estimated || len(r.Assumed) == 0 || !strings.Contains(errors.Join(r.Assumed...).Error(), "those of rib") {
			t.Errorf("got %+v, assumed %q", f, r.Assumed)
		}
	}
}

// stripOf is the record of a strip of cloth with a known law: slack, then pulled
// to 120 gf/cm and back, in several cycles.
func stripOf(strainAt func(load float64) float64, most float64) string {
	const rest, width = 8.1, 5.0
	var runs []string
	for _, top := range []float64{most / 2, most} {
		var up, down []string
		for d := 8.0; d < rest; d += 0.02 {
			up = append(up, fmt.Sprintf("%.5f,%.5f", d, 0.3*math.Sin(99*d)))
		}
		for load := 1.0; load <= top; load += 0.5 {
			at := fmt.Sprintf("%.7f,%.5f", rest*(1+strainAt(load)), load*width)
			up, down = append(up, at), append([]string{at}, down...)
		}
		runs = append(runs, "["+strings.Join(up, ",")+"]", "["+strings.Join(down, ",")+"]")
	}
	return fmt.Sprintf(`{"S2":{"freq":10,"length":8.1,"width":5,"samplesTree":[%s]}}`, strings.Join(runs, ","))
}

// A curve made by the law of fabric.Tension gives that law back.
func TestLoadCurves(t *testing.T) {
	// Strain at a load: the law solved by bisection, counted from 1 gf/cm.
	law := func(e, s float64) func(load float64) float64 {
		solve := func(load float64) float64 {
			lo, hi := 0.0, 4*e
			for range 60 {
				x := (lo + hi) / 2
				if 100/(s*e)*x*(1+(s-1)*(x/e)*(x/e)) < load {
					lo = x
				} else {
					hi = x
				}
			}
			return lo
		}
		return func(load float64) float64 { return (1+solve(load))/(1+solve(1)) - 1 }
	}
	raw := func(along, across, bias string) string {
		return fmt.Sprintf(`{"schema":"1.1","custom":null,"raw_data":{"L":%s,"W":%s,"B":%s,"M":200}}`, along, across, bias)
	}
	bias := stripOf(func(load float64) float64 { return 0.012 * (load - 1) / 4 }, 120)
	data := raw(stripOf(law(0.04, 1), 120), stripOf(law(0.30, 4), 120), bias)
	r, err := readArchive(t, data)
	if err != nil {
		t.Fatal(err)
	}
	f := r.Fabric
	near := func(what string, got, want, share float64) {
		t.Helper()
		if !(math.Abs(got-want) <= share*want) {
			t.Errorf("%s is %g, want %g", what, got, want)
		}
	}
	near("usable warp", f.UsableWarp, 0.04, 0.02)
	near("warp", f.Warp, 98.07/0.04, 0.02)
	near("stiffening warp", f.StiffenWarp, 1, 0.05)
	// Of a soft cloth the stretch up to 1 gf/cm, 1.2 % here, is lost.
	near("usable weft", f.UsableWeft, 1.30/1.012-1, 0.01)
	near("weft", f.Weft, 98.07/(1.30/1.012-1), 0.01)
	near("stiffening weft", f.StiffenWeft, 4, 0.2)
	near("shear", f.Shear, 123/1.2, 0.02)
	near("tension at half the weft's stretch", f.Tension(0.15, true), 98.07*0.5*(1+3*0.25)/4, 0.2)
	if f.Grade != fabric.Measured || f.Density != 0.24 || len(r.Assumed) != 2 {
		t.Errorf("grade %s, density %g, assumed %q", f.Grade, f.Density, r.Assumed)
	}

	weak := stripOf(law(0.04, 1), 4)
	for _, c := range []struct{ data, want string }{
		{"{}", "no raw_data"},
		{`{"raw_data":{}}`, "raw_data.L: no stretch was measured"},
		{raw(weak, weak, bias), "raw_data.L: no pull reaches 10 gf/cm"},
		{raw(strings.Replace(weak, `"width":5`, `"width":0`, 1), weak, bias), "0 cm wide"},
		{raw(`{"S2":{"width":5,"samplesTree":[[1,2,3]]}}`, weak, bias), "has 3 numbers"},
		{"{" + strings.Repeat(" ", maxFAB) + "}", "larger than"},
		{"nonsense", "invalid character"},
	} {
		if _, err := readArchive(t, c.data); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want %q", err, c.want)
		}
	}
}

// readArchive reads the rib with the given load curves.
func readArchive(t *testing.T, fab string) (fabric.Reading, error) {
	t.Helper()
	data := archive(t, map[string]string{"rib/rib.u3m": text, "rib/physics/fab.json": fab}, "rib/rib.u3m", "rib/physics/fab.json")
	return Read(bytes.NewReader(data), int64(len(data)), "rib.u3ma")
}

func TestBadU3M(t *testing.T) {
	bomb := archive(t, map[string]string{"a.u3m": strings.Repeat(" ", 2<<20) + text}, "a.u3m")
	two := archive(t, map[string]string{"a.u3m": text, "b.u3m": text}, "a.u3m", "b.u3m")
	for _, c := range []struct {
		data []byte
		want string
	}{
		{bomb, "larger than"},
		{two, "two materials"},
		{archive(t, nil, "a.png"), "no .u3m"},
		{archive(t, map[string]string{"a.u3m": text}, "a.u3m"), `"physics/fab.json" are not in the archive`},
		{[]byte(`{"schema":"2.0"}`), `schema is "2.0"`},
		{[]byte(`{"schema":"1.1","material":{"name":"x","physics":null}}`), "no physics"},
		{[]byte(`{"schema":"1.1","material":{"name":"x","physics":{"weight":0.2}}}`), "density"},
		{[]byte("PK"), "bad.u3m"},
		{nil, "bad.u3m"},
	} {
		if _, err := Read(bytes.NewReader(c.data), int64(len(c.data)), "bad.u3m"); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want %q", err, c.want)
		}
	}
}

// FuzzRead: an error, or a fabric within its limits, of any description and any
// load curves.
func FuzzRead(f *testing.F) {
	line := stripOf(func(load float64) float64 { return load / 2000 }, 60)
	f.Add(text, `{"raw_data":{"L":`+line+`,"W":`+line+`,"B":`+line+`}}`)
	f.Add(strings.Replace(text, "0.8", "1e308", 1), `{"raw_data":{"L":{"S2":{"width":1e-300,"samplesTree":[[1,1e308,2,-1e308]]}}}}`)
	f.Fuzz(func(t *testing.T, description, fab string) {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for name, data := range map[string]string{"a.u3m": description, "physics/fab.json": fab} {
			w, err := z.Create(name)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprint(w, data)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		r, err := Read(bytes.NewReader(b.Bytes()), int64(b.Len()), "a.u3ma")
		if err == nil {
			err = r.Fabric.Validate()
			if err != nil {
				t.Errorf("accepted, but %v", err)
			}
		}
	})
}
