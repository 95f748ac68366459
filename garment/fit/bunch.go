package fit

import (
	"math"

	"gonum.org/v1/gonum/spatial/r2"
)

// Where cloth is bunched in level folds, a level plane cuts it now above and now
// below where it lay in the flat: the cut runs zigzag over the panels and is
// longer than the garment is round. A tape on the flat garment lies smoothly; so
// the cut is smoothed in the flat fabric, and where that shortens it by more
// than smoothing shortens a cut that merely bends, the smooth length counts.
const (
	smoothHalf = 0.04 // half the length over which places are averaged [m]: of a fold or two
	bunched    = 0.98 // a bow of 20 cm radius, as over a flared skirt, keeps 99.3 %
)

// smoothed is the length in the flat fabric of a closed cut, each run on one
// panel replaced by its moving average. The window narrows towards the ends of a
// run, which stay where they are: seams are no place to cut corners.
func smoothed(loop []crossing, g *garmentMesh) float64 {
	n := len(loop)
	breaks := func(i int) bool { // between crossing i-1 and i
		a, b := &loop[(i+n-1)%n], &loop[i%n]
		return g.on[a.tri] != g.on[b.tri] || r2.Norm2(r2.Sub(a.q[1], b.q[0])) > 1e-12
	}
	first := 0
	for first < n && !breaks(first) {
		first++
	}
	total := 0.0
	for i := first; i < first+n; {
		run := []r2.Vec{loop[i%n].q[0], loop[i%n].q[1]}
		for i++; i < first+n && !breaks(i); i++ {
			run = append(run, loop[i%n].q[1])
		}
		total += smoothLength(run)
	}
	return total
}

// smoothLength is the length of the moving average of a line.
func smoothLength(line []r2.Vec) float64 {
	at := make([]float64, len(line)) // along the line [m]
	for i := 1; i < len(line); i++ {
		at[i] = at[i-1] + r2.Norm(r2.Sub(line[i], line[i-1]))
	}
	end := at[len(at)-1]
	if end == 0 {
		return 0
	}
	const step = 0.005 // [m]
	n := max(2, int(math.Ceil(end/step)))
	points := make([]r2.Vec, n+1) // evenly along the line
	for k, i := 0, 0; k <= n; k++ {
		s := end * float64(k) / float64(n)
		for i+2 < len(at) && at[i+1] < s {
			i++
		}
		t := 0.0
		if l := at[i+1] - at[i]; l > 0 {
			t = (s - at[i]) / l
		}
		points[k] = r2.Add(line[i], r2.Scale(t, r2.Sub(line[i+1], line[i])))
	}
	half := int(smoothHalf / end * float64(n))
	length, last := 0.0, points[0]
	for k := 1; k <= n; k++ {
		w := min(half, k, n-k)
		var mean r2.Vec
		for j := k - w; j <= k+w; j++ {
			mean = r2.Add(mean, r2.Scale(1/float64(2*w+1), points[j]))
		}
		length, last = length+r2.Norm(r2.Sub(mean, last)), mean
	}
	return length
}
