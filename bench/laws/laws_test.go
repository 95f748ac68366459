package laws

import (
	"math"
	"testing"
)

// Every law holds on three meshes.
func TestLawsHoldAtThreeMeshSizes(t *testing.T) {
	for _, l := range All() {
		t.Run(l.Key, func(t *testing.T) {
			t.Parallel()
			for _, h := range l.Edges[:3] {
				s, err := l.Run(t.Context(), h)
				if err != nil {
					t.Fatal(err)
				}
				if math.IsNaN(s.Got) || math.Abs(s.Off()) > l.Within {
					t.Errorf("%.1f mm: %s is %.5g; the law says %.5g, within %.2g %%", 1000*h, l.Figure, s.Got, s.Want, 100*l.Within)
				}
				t.Logf("%.1f mm, %d vertices: %.5g against %.5g (%+.2f %%), %.2f CPU s", 1000*h, s.Vertices, s.Got, s.Want, 100*s.Off(), s.CPU.Seconds())
			}
		})
	}
}
