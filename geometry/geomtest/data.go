package geomtest

import (
	"os"
	"path/filepath"
	"testing"
)

// Data returns the folder of the shared test data: FITROOM_DATA if set, else
// shared/data beside the project. A test that needs it is skipped where it is
// not to be had, as in a user's clone.
func Data(tb testing.TB) string {
	tb.Helper()
	dir := os.Getenv("FITROOM_DATA")
	if dir == "" {
		dir = filepath.Join(root(tb), "..", "shared", "data")
	}
	if _, err := os.Stat(dir); err != nil {
		tb.Skipf("the shared test data is not here (%v); set FITROOM_DATA to its folder", err)
	}
	return dir
}

// root is the folder of go.mod, found upwards from the package under test.
func root(tb testing.TB) string {
	dir, err := os.Getwd()
	if err != nil {
		tb.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			tb.Fatal("no go.mod above the package under test")
		}
		dir = up
	}
}
