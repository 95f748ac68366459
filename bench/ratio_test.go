package bench

import (
	"math"
	"slices"
	"testing"
	"time"
)

// reference is a fixed piece of arithmetic and memory of about a millisecond, of
// the kind a drape is made of: chains of dependent sums over scattered triples.
func reference(x []float64, order []int32) float64 {
	sum := 0.0
	for k := 1; k < len(order); k++ {
		a, b := 3*order[k-1], 3*order[k]
		dx, dy, dz := x[b]-x[a], x[b+1]-x[a+1], x[b+2]-x[a+2]
		sum += math.Sqrt(float64(dx*dx) + float64(dy*dy) + float64(dz*dz))
	}
	return sum
}

const referenceSize = 100_000

func referenceData() (x []float64, order []int32) {
	x, order = make([]float64, 3*referenceSize), make([]int32, referenceSize)
	for i := range x {
		x[i] = math.Sin(float64(i))
	}
	for i := range order {
		order[i] = int32(i * 7919 % referenceSize)
	}
	return x, order
}

// A drape takes no more than so many times the reference as it took when it was
// measured, twice over: both in turn in one run, the fastest of each, which is
// what load on the machine spoils least. Where even the reference varies threefold
// nothing can be said.
func TestTimeInReferences(t *testing.T) {
	if testing.Short() {
		t.Skip("short")
	}
	const runs, perRun, generous, noisy = 3, 40, 2, 3
	x, order := referenceData()
	scenes := []struct {
		Scene
		references float64
	}{{SquareOnSphere(31), 900}, {BandOnCylinder(60, 20), 236}}
	best := make([]time.Duration, len(scenes))
	var refs []time.Duration
	for range runs {
		for i := range scenes {
			for range perRun {
				began := time.Now()
				if reference(x, order) == 0 {
					t.Fatal("the reference adds up to nothing")
				}
				refs = append(refs, time.Since(began))
			}
			r, err := scenes[i].Run(t.Context(), 1)
			if err != nil {
				t.Fatal(err)
			}
			if best[i] == 0 || r.CPU < best[i] {
				best[i] = r.CPU
			}
		}
	}
	slices.Sort(refs)
	fastest := refs[0]
	for i := range scenes {
		got := float64(best[i]) / float64(fastest)
		t.Logf("%s: %v, %.0f references of %v (median %v)", scenes[i].Name, best[i], got, fastest, refs[len(refs)/2])
		if got <= generous*scenes[i].references {
			continue
		}
		if refs[len(refs)/2] > noisy*fastest {
			t.Skipf("the machine is too busy to tell: the reference takes %v to %v", fastest, refs[len(refs)/2])
		}
		t.Errorf("%s takes %.0f references; it took %.0f", scenes[i].Name, got, scenes[i].references)
	}
}
