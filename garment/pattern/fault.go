package pattern

import (
	"fmt"
	"strings"

	"gonum.org/v1/gonum/spatial/r2"
)

// Fault is one thing wrong with a pattern: what, and where.
type Fault struct {
	Panel string // empty where the fault is not in one panel
	Edge  int    // -1 where the fault is not at one edge
	Seam  int    // -1 where the fault is not at one seam
	At    r2.Vec // place in panel coordinates [m]; meaningful if Placed
	// Placed says that At holds the place.
	Placed bool
	What   string
}

// Error names panel, edge, seam and the place in cm, then what is wrong.
func (f *Fault) Error() string {
	var b strings.Builder
	b.WriteString("pattern")
	if f.Panel != "" {
		fmt.Fprintf(&b, ": panel %q", f.Panel)
	}
	if f.Edge >= 0 {
		fmt.Fprintf(&b, ": edge %d", f.Edge)
	}
	if f.Seam >= 0 {
		fmt.Fprintf(&b, ": seam %d", f.Seam)
	}
	b.WriteString(": " + f.What)
	if f.Placed {
		fmt.Fprintf(&b, " at (%.2f, %.2f) cm", f.At.X*100, f.At.Y*100)
	}
	return b.String()
}
