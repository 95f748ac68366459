package wire

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
)

// A style.json from anywhere, its files beside it: an error, or patterns that
// are valid.
func FuzzOpenStyle(f *testing.F) {
	seeds, err := filepath.Glob("../../assets/demo/styles/*/style.json")
	if err != nil || len(seeds) == 0 {
		f.Fatal("no bundled styles", err)
	}
	for _, name := range seeds {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, []byte{}, []byte{})
	}
	f.Add([]byte(`{"style":"a","kind":"t","population":"women","sizes":["S"],"primary":[],"pattern":{"format":"dxf","files":{"nest":"p.dxf"},"seams":"s.json","allowance_mm":5}}`),
		[]byte("0\nSECTION\n2\nBLOCKS\n0\nBLOCK\n2\nP\n0\nPOLYLINE\n8\n1\n70\n1\n0\nVERTEX\n10\n0\n20\n0\n0\nVERTEX\n10\n100\n20\n0\n0\nVERTEX\n10\n100\n20\n200\n0\nVERTEX\n10\n0\n20\n200\n0\nSEQEND\n0\nENDBLK\n0\nENDSEC\n0\nEOF\n"),
		[]byte(`{"pieces":{"P":{"turn_deg":5}},"seams":[{"a":{"piece":"P","edge":0},"b":{"piece":"P","edge":2},"gather":true}]}`))
	f.Add([]byte(`{"style":"a","kind":"t","population":"men","sizes":["S"],"primary":[],"variants":[{"gtin":"4006381333931","size":"S"}]}`), []byte{}, []byte{})
	f.Fuzz(func(t *testing.T, style, drawing, seams []byte) {
		s, _, err := OpenStyle(fstest.MapFS{"style.json": {Data: style}, "p.dxf": {Data: drawing}, "s.json": {Data: seams}}, "style.json")
		if err != nil {
			return
		}
		for size, p := range s.Patterns {
			if err := p.Validate(); err != nil {
				t.Fatalf("size %q: %v", size, err)
			}
		}
	})
}
