package bench

import (
	"context"
	"runtime"
	"runtime/debug"
	"testing"
)

// Work is exact where time is not: the same steps, linear iterations and bits
// on every machine of one kind, for any number of workers. A change here is a
// change of method; renew the figures knowingly and say why.
func TestWorkIsExact(t *testing.T) {
	if !plainAMD64() {
		t.Skip("the figures are those of GOARCH=amd64, GOAMD64=v1; other kinds may fuse products")
	}
	for _, test := range []struct {
		scene                     Scene
		steps, newton, iterations int
		hash                      uint64
	}{
		{SquareOnSphere(31), 194, 44, 1174, 0x52487521c94f8190},
		{SquareOnSphere(46), 176, 26, 508, 0xffbe108e5dc2e536}, // large enough for multigrid
		{BandOnCylinder(60, 20), 34, 8, 46, 0x1ea2b4cb35042efc},
	} {
		for _, workers := range []int{1, 3} {
			r, err := test.scene.Run(context.Background(), workers)
			if err != nil {
				t.Fatal(err)
			}
			if r.Steps != test.steps || r.Newton != test.newton || r.Iterations != test.iterations || r.Hash != test.hash {
				t.Errorf("%s, %d workers: %d steps, %d Newton, %d iterations, hash %#016x; want %d, %d, %d, %#016x", test.scene.Name, workers,
					r.Steps, r.Newton, r.Iterations, r.Hash, test.steps, test.newton, test.iterations, test.hash)
			}
		}
	}
}

func plainAMD64() bool {
	info, ok := debug.ReadBuildInfo()
	if !ok || runtime.GOARCH != "amd64" {
		return false
	}
	for _, s := range info.Settings {
		if s.Key == "GOAMD64" && s.Value != "v1" {
			return false
		}
	}
	return true
}
