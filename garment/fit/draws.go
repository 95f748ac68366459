package fit

import (
	"math"
	"math/rand/v2"

	"fitroom/geometry/body"
)

// dim is one charted dimension in the choice of size.
type dim struct {
	key     body.Key
	primary bool
	mean    float64 // measured, plus the wish for more room [m]
	sigma   float64 // [m]
	weight  float64
	tight   float64 // how much worse a step too tight is than one too loose
	scales  []scale // per size of the style
	steps   *steps
}

// cost is phi of design/fit.md: x squared inside the band, beyond it steeper
// on the tight side. It is convex and symmetric inside the band, so with one
// dimension the choice switches exactly at a printed edge, and a larger body
// never gets a smaller size.
func cost(x, tight float64) float64 {
	if x > 0.5 {
		return 0.25 + float64(tight*(x*x-0.25))
	}
	return x * x
}

// total is the cost of size i for the body at z standard deviations, the same
// in every dimension.
func total(dims []dim, i int, z float64) float64 {
	sum := 0.0
	for k := range dims {
		d := &dims[k]
		sum += float64(d.weight * cost(d.scales[i].of(d.mean+float64(z*d.sigma)), d.tight))
	}
	return sum
}

// best is the position in sizes of the cheapest size; the first of equals.
func best(dims []dim, sizes []int, z float64) int {
	at := 0
	least := math.Inf(1)
	for j, i := range sizes {
		if c := total(dims, i, z); c < least {
			at, least = j, c
		}
	}
	return at
}

// bestShare is the share of measuring-noise draws each of the sizes wins. Draws
// are a Latin hypercube (McKay, Beckman, Conover 1979): per dimension the
// midpoints of n equally probable strata in seeded random order, which for a
// sum over dimensions has a small fraction of the error of independent draws.
//
// Costs are convex in each dimension, so the winner moves up with the body:
// only sizes between the winners of the two extreme corners need be tried.
func bestShare(dims []dim, sizes []int, o Options) []float64 {
	n := o.Draws
	if n <= 0 {
		n = min(max(8192/len(dims), 512), 4096)
	}
	strata := quantiles(n)
	lo, hi := best(dims, sizes, strata[0]), best(dims, sizes, strata[n-1])
	try := sizes[min(lo, hi) : max(lo, hi)+1]
	costs := make([]float64, n*len(try)) // draw by draw of one size, then of the next
	order := make([]int32, n)
	for k := range dims {
		shuffle(order, o.Seed, uint64(k))
		for j, i := range try {
			addCosts(costs[j*n:(j+1)*n], &dims[k], dims[k].scales[i], strata, order)
		}
	}
	share := make([]float64, len(sizes))
	for r := range n {
		at := 0
		for j := 1; j < len(try); j++ {
			if costs[j*n+r] < costs[at*n+r] {
				at = j
			}
		}
		share[min(lo, hi)+at]++
	}
	for j := range share {
		share[j] /= float64(n)
	}
	return share
}

// addCosts is the kernel: one dimension, one size, all draws. Stratum k falls
// into draw order[k]: the bodies ascend, and so do the knots they lie at.
func addCosts(costs []float64, d *dim, s scale, strata []float64, order []int32) {
	i, last := 1, s.st.knots()-1
	lo, hi, x := s.knot(0), s.knot(1), s.at(0)
	slope := 0.5 / (hi - lo)
	for k, r := range order {
		b := d.mean + float64(strata[k]*d.sigma)
		for hi < b && i < last {
			i++
			lo, hi, x = hi, s.knot(i), s.at(i-1)
			slope = 0.5 / (hi - lo)
		}
		costs[r] += float64(d.weight * cost(x+float64((b-lo)*slope), d.tight))
	}
}

// quantiles are the standard normal quantiles at the midpoints of n strata.
func quantiles(n int) []float64 {
	q := make([]float64, n)
	for i := range q {
		q[i] = math.Sqrt2 * math.Erfinv((2*float64(i)+1)/float64(n)-1)
	}
	return q
}

// shuffle writes a seeded permutation; stream tells the dimensions apart.
func shuffle(order []int32, seed, stream uint64) {
	for i := range order {
		order[i] = int32(i)
	}
	r := rand.NewPCG(seed, stream)
	var bits uint64
	for i := len(order) - 1; i > 0; i-- {
		if bits >>= 32; i&1 == 1 || bits == 0 {
			bits = r.Uint64()
		}
		j := (bits & math.MaxUint32) * uint64(i+1) >> 32 // off an even chance by 1e-6 at most
		order[i], order[j] = order[j], order[i]
	}
}

// conflict reports whether two dimensions each point, with at least the
// probability of a printed verdict, to different sizes. A step of a chart may
// stand for several sizes (a short and a long 38), so sets are compared.
func conflict(dims []dim, style []string) bool {
	var certain []map[int]bool
	for k := range dims {
		step, p := dims[k].own()
		if p < sure {
			continue
		}
		set := map[int]bool{}
		for i, size := range style {
			if r, ok := dims[k].steps.rank[size]; ok && r == step {
				set[i] = true
			}
		}
		for _, other := range certain {
			if disjoint(set, other) {
				return true
			}
		}
		certain = append(certain, set)
	}
	return false
}

func disjoint(a, b map[int]bool) bool {
	for k := range a {
		if b[k] {
			return false
		}
	}
	return true
}

// own is the step of the chart this dimension alone points to and the
// probability of its band.
func (d *dim) own() (step int, p float64) {
	st := d.steps
	for i := range st.lower {
		lo, hi := math.Inf(-1), math.Inf(1)
		if i > 0 {
			lo = (st.lower[i] + st.upper[i-1]) / 2
		}
		if i < len(st.upper)-1 {
			hi = (st.upper[i] + st.lower[i+1]) / 2
		}
		q := 0.0
		if d.sigma > 0 {
			q = normal((hi-d.mean)/d.sigma) - normal((lo-d.mean)/d.sigma)
		} else if d.mean >= lo && d.mean < hi {
			q = 1
		}
		if q > p {
			step, p = i, q
		}
	}
	return step, p
}
