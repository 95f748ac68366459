package pattern

import (
	"gonum.org/v1/gonum/spatial/r2"

	"fitroom/geometry/fault"
)

// Fault is one thing wrong with a pattern: what, and where.
type Fault struct {
	Panel string // empty where the fault is not in one panel
	Edge  int    // -1 where the fault is not at one edge
	Seam  int    // -1 where the fault is not at one seam
	At    r2.Vec // place in panel coordinates [m]; meaningful if Placed
	// Placed says that At holds the place.
	Placed bool
	What   error
}

// Fault names panel, edge, seam and the place in cm, then what is wrong.
func (f *Fault) Fault() *fault.Fault {
	told := []error{fault.Errorf("pattern")}
	if f.Panel != "" {
		told = append(told, fault.Errorf("panel %q", f.Panel))
	}
	if f.Edge >= 0 {
		told = append(told, fault.Errorf("edge %d", f.Edge))
	}
	if f.Seam >= 0 {
		told = append(told, fault.Errorf("seam %d", f.Seam))
	}
	what := f.What
	if f.Placed {
		what = fault.Errorf("%w at (%.2f, %.2f) cm", what, f.At.X*100, f.At.Y*100)
	}
	return fault.Join(": ", append(told, what)...)
}

func (f *Fault) Error() string { return f.Fault().Error() }
