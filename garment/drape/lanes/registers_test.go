package lanes

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// The generator knows registers that processors with AVX2 alone do not have, and takes
// them when it runs out of others.
func TestAssemblyNeedsNoMoreThanAVX2(t *testing.T) {
	beyond := regexp.MustCompile(`\b(Z\d+|[XY](1[6-9]|2\d|3[01])|K[0-7])\b`)
	seen := 0
	for _, dir := range []string{".", "../../../geometry/bvh"} {
		files, err := filepath.Glob(filepath.Join(dir, "*_amd64.s"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			seen++
			if at := beyond.Find(text); at != nil {
				t.Errorf("%s uses %s: processors with AVX2 alone do not have it", name, at)
			}
		}
	}
	if seen < 5 {
		t.Errorf("only %d files of assembly found", seen)
	}
}
