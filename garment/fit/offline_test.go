package fit

import (
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Advice needs no network and no disk: nothing this room stands on can reach a
// network, none of its packages opens a file. (The solver, whose results are
// judged here, asks the system for its CPU time.)
func TestNothingHereReachesNetworkOrDisk(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-f", "{{.ImportPath}} {{.Dir}}", ".").Output()
	if err != nil {
		t.Skipf("the go command is not here: %v", err)
	}
	own := 0
	for line := range strings.Lines(string(out)) {
		path, dir, _ := strings.Cut(strings.TrimSpace(line), " ")
		if path == "net" || strings.HasPrefix(path, "net/") || path == "os/exec" || path == "plugin" {
			t.Errorf("garment/fit depends on %s", path)
		}
		if !strings.HasPrefix(path, "fitroom/") {
			continue
		}
		own++
		for _, name := range goFiles(t, dir) {
			f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasSuffix(name, "drape/clock_linux.go") {
				continue
			}
			for _, s := range f.Imports {
				if s.Path.Value == `"embed"` && strings.HasSuffix(path, "garment/words") { // the catalogue is part of the program
					continue
				}
				if slices.Contains([]string{`"os"`, `"syscall"`, `"embed"`, `"io/ioutil"`, `"golang.org/x/sys/unix"`, `"C"`}, s.Path.Value) {
					t.Errorf("%s imports %s", name, s.Path.Value)
				}
			}
		}
	}
	if own < 5 {
		t.Errorf("looked at %d packages of ours only", own)
	}
}

// goFiles are the sources of a package without its tests.
func goFiles(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		if n := e.Name(); strings.HasSuffix(n, ".go") && !strings.HasSuffix(n, "_test.go") {
			out = append(out, filepath.Join(dir, n))
		}
	}
	return out
}
