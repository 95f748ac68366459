package export

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"fitroom/render"
)

// The package follows the rules a phone insists on: the layer first, nothing
// compressed, no data descriptors, every file's data on a 64-byte boundary.
func TestUSDZPackage(t *testing.T) {
	var buf, again bytes.Buffer
	if err := USDZ(&buf, testScene()); err != nil {
		t.Fatal(err)
	}
	if err := USDZ(&again, testScene()); err != nil || !bytes.Equal(buf.Bytes(), again.Bytes()) {
		t.Errorf("the same scene gives other bytes (error %v)", err)
	}
	z, err := zip.NewReader(bytes.NewReader(buf.Bytes()), int64(buf.Len()))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
		at, err := f.DataOffset()
		if err != nil || at%usdzAlign != 0 {
			t.Errorf("%s starts at %d (error %v), want a multiple of %d", f.Name, at, err, usdzAlign)
		}
		if f.Method != zip.Store || f.Flags&8 != 0 {
			t.Errorf("%s has method %d and flags %#x; want stored, without data descriptor", f.Name, f.Method, f.Flags)
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, r); err != nil { // checks the CRC
			t.Errorf("%s: %v", f.Name, err)
		}
	}
	if got := strings.Join(names, " "); got != "fitting.usda garment.png" {
		t.Errorf("files are %q, want the layer, then the fabric", got)
	}
}

func TestUSDZRefusesNames(t *testing.T) {
	for _, name := range []string{"", "two words", "1st", "body"} {
		o := sewn()
		o.Name = name
		var buf bytes.Buffer
		err := USDZ(&buf, render.Scene{Objects: []render.Object{tetrahedron(), o}})
		if err == nil || !strings.Contains(err.Error(), "object 1") || buf.Len() > 0 {
			t.Errorf("name %q: error %v, %d bytes written; want a refusal naming object 1", name, err, buf.Len())
		}
	}
}
