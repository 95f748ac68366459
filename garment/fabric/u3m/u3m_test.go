package u3m

import (
	"archive/zip"
	"bytes"
	"fmt"
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
	zipped := archive(t, map[string]string{"rib/rib.u3m": text, "rib/map.png": "x"}, "rib/map.png", "rib/rib.u3m")
	for _, data := range [][]byte{[]byte(text), zipped} {
		r, err := Read(bytes.NewReader(data), int64(len(data)), "rib.u3m")
		if err != nil {
			t.Fatal(err)
		}
		rib, _ := fabric.Preset("rib")
		if f := r.Fabric; f.Density != 0.24 || f.Thickness != 0.0008 || f.Weft != rib.Weft || f.Name != "Rayon rib" || f.Grade != fabric.Estimated || len(r.Assumed) != 2 {
			t.Errorf("got %+v, assumed %q", f, r.Assumed)
		}
	}
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
