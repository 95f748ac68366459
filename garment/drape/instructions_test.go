package drape

import (
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
)

// The kernels' own instructions in TestKernels, as cachegrind counts them by
// address: they repeat to 1e-5 where times do not. (Callgrind's counts follow
// calls and lose some where Go switches stacks.) They belong to one compiler; a
// newer one needs new figures, and so does a change of a kernel, made knowingly.
const countedWith = "go1.26"

func countedInstructions() map[string]float64 {
	return map[string]float64{
		"lanes.membraneForcesAVX2":   3.087e6,
		"lanes.membraneEnergiesAVX2": 0.483e6,
		"plateEnergy":                9.115e6,
		"lanes.applyBendingAVX2":     1.353e6,
		"lanes.multiplyRowsAVX2":     1.036e6,
		"(*contacts).evaluate":       2.893e6,
		"lanes.solveSpringsAVX2":     0.739e6,
		"lanes.solveHingesAVX2":      1.126e6,
	}
}

func TestInstructionsOfKernels(t *testing.T) {
	if _, err := exec.LookPath("valgrind"); err != nil {
		t.Skip("valgrind is not installed: the kernels' instructions are not counted")
	}
	if !strings.HasPrefix(runtime.Version(), countedWith) || !plainAMD64() || testing.CoverMode() != "" {
		t.Skipf("the figures are those of %s for amd64 v1 without coverage", countedWith)
	}
	// The binary that runs here has no symbols left.
	exe := filepath.Join(t.TempDir(), "drape.test")
	if text, err := exec.CommandContext(t.Context(), "go", "test", "-c", "-o", exe, ".").CombinedOutput(); err != nil {
		t.Skipf("the test binary cannot be built here: %v\n%s", err, text)
	}
	out := filepath.Join(t.TempDir(), "cachegrind.out")
	cmd := exec.CommandContext(t.Context(), "valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file="+out, exe, "-test.run", "^TestKernels$")
	// Signals and several threads would disturb valgrind, the collector the counts.
	cmd.Env = append(os.Environ(), "GODEBUG=asyncpreemptoff=1", "GOGC=off", "GOMAXPROCS=1")
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Skipf("valgrind cannot run this binary here: %v\n%s", err, text)
	}
	text, err := exec.CommandContext(t.Context(), "cg_annotate", "--threshold=0.01", out).Output()
	if err != nil {
		t.Skipf("cg_annotate: %v", err)
	}
	got := countsByFunction(text)
	for name, want := range countedInstructions() {
		if twin, ok := strings.CutSuffix(name, "AVX2"); ok && got[twin] > 0 {
			continue // this processor runs the twin
		}
		if off := got[name]/want - 1; !(off < 0.02 && off > -0.02) {
			t.Errorf("%s takes %.0f instructions; it took %.0f", name, got[name], want)
		}
	}
}

// countsByFunction reads lines like "12,345 ( 1.2%) file.go:fitroom/garment/drape.name [binary]"
// and adds up what was inlined from elsewhere. Kernels of lanes are named after the
// package, those of assembly and their plain twins alike.
func countsByFunction(text []byte) map[string]float64 {
	const room = "fitroom/garment/drape"
	counts := map[string]float64{}
	for sc := bufio.NewScanner(bytes.NewReader(text)); sc.Scan(); {
		line := strings.TrimSpace(sc.Text())
		at := strings.LastIndex(line, room)
		if at < 0 {
			continue
		}
		name, _, _ := strings.Cut(line[at+len(room):], " ")
		name, _, _ = strings.Cut(name, "'") // 'n: the stack was switched below it
		name = strings.TrimSuffix(strings.TrimLeft(name, "./"), ".abi0")
		digits, _, _ := strings.Cut(line, " ")
		if n, err := strconv.ParseFloat(strings.ReplaceAll(digits, ",", ""), 64); err == nil {
			counts[name] += n
		}
	}
	return counts
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
