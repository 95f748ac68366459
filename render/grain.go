package render

import (
	"math"
	"math/cmplx"

	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r2"
)

// Lay returns, per triangle, by how much the cutter moves its panel under the
// pattern [m], so that stripes and checks run on over the seams; nil for plain
// cloth. Panels are moved along weft and warp and never turned: the grain is
// the garment's. The largest panel takes its pattern centred; from it on, panel
// after panel is laid by the seam that ties it best, at which the places on
// both sides are brought to one phase of the repeat (a circular mean). Where a
// seam runs across the pattern at changing phases, as round a sleeve cap, there
// is no such place and the axis is left as it is.
func (o *Object) Lay() []r2.Vec {
	if o.UV == nil || (o.Material.Pattern == Plain && o.Material.Picture == nil) {
		return nil
	}
	wide, high := o.Material.RepeatOrDefault()
	island, sizes := o.islands()
	if len(sizes) > maxIslands {
		return nil
	}
	shift := layIslands(o.ties(island, len(sizes), wide, high), sizes, o.centres(island, len(sizes)), o.Material.centre(), wide, high)
	out := make([]r2.Vec, len(o.Tris))
	for i, k := range island {
		out[i] = shift[k]
	}
	return out
}

// maxIslands is more panels than a garment has: of a mesh whose triangles lie
// apart in the flat each would be one.
const maxIslands = 200

// centre is the place in the repeat that looks best on the middle of a panel.
func (m *Material) centre() float64 {
	if m.Picture == nil && (m.Pattern == Check || m.Pattern == Stripe) {
		return 0.25 // the middle of a stripe
	}
	return 0.5
}

// islandCorner is a vertex at one place of the flat fabric.
type islandCorner struct {
	v  int32
	uv r2.Vec
}

// islands numbers the panels as the flat fabric shows them: triangles that
// share a corner at the same place lie in one piece.
func (o *Object) islands() (of []int32, sizes []int) {
	pieces := geometry.NewSets(len(o.Tris))
	first := make(map[islandCorner]int32, len(o.Pos))
	for i, t := range o.Tris {
		for k, v := range t {
			c := islandCorner{v, o.UV[i][k]}
			j, known := first[c]
			if !known {
				first[c] = int32(i)
				continue
			}
			pieces.Join(int32(i), j)
		}
	}
	of = make([]int32, len(o.Tris))
	number := make([]int32, len(o.Tris))
	for i := range o.Tris {
		r := pieces.Find(int32(i))
		if int(r) == i {
			number[i] = int32(len(sizes))
			sizes = append(sizes, 0)
		}
		of[i] = number[r]
		sizes[of[i]]++
	}
	return of, sizes
}

// centres are the middles of the islands' boxes across the weft.
func (o *Object) centres(island []int32, n int) []float64 {
	lo, hi := make([]float64, n), make([]float64, n)
	for k := range n {
		lo[k], hi[k] = math.Inf(1), math.Inf(-1)
	}
	for i, k := range island {
		for _, p := range o.UV[i] {
			lo[k], hi[k] = min(lo[k], p.X), max(hi[k], p.X)
		}
	}
	for k := range lo {
		lo[k] = (lo[k] + hi[k]) / 2
	}
	return lo
}

// tie is what the seams between two islands say: the sum of unit phasors of
// the difference of phase along weft and warp, and their number.
type tie struct {
	u, v complex128
	n    float64
}

// ties compares the places of every sewn vertex on its islands; of [a][b] the
// phase of a less that of b.
func (o *Object) ties(island []int32, n int, wide, high float64) [][]tie {
	out := make([][]tie, n)
	for k := range out {
		out[k] = make([]tie, n)
	}
	places := make([][]islandCorner, len(o.Pos)) // v is the island
	for i, t := range o.Tris {
		for k, v := range t {
			here := islandCorner{island[i], o.UV[i][k]}
			known := false
			for _, p := range places[v] {
				known = known || p.v == here.v
			}
			if !known {
				places[v] = append(places[v], here)
			}
		}
	}
	turn := func(x, repeat float64) complex128 { return cmplx.Rect(1, 2*math.Pi*x/repeat) }
	for _, p := range places {
		for i := range p {
			for j := range p {
				if i != j {
					t := &out[p[i].v][p[j].v]
					t.u += turn(p[i].uv.X-p[j].uv.X, wide)
					t.v += turn(p[i].uv.Y-p[j].uv.Y, high)
					t.n++
				}
			}
		}
	}
	return out
}

// agreed is the share of a seam that must be of one phase for it to be matched.
const agreed = 0.6

// layIslands moves islands one after the other, the best tied first (Prim 1957,
// "Shortest connection networks", for the tree of greatest agreement).
func layIslands(ties [][]tie, sizes []int, centres []float64, centre, wide, high float64) []r2.Vec {
	shift, laid := make([]r2.Vec, len(sizes)), make([]bool, len(sizes))
	for range sizes {
		from, to, best := -1, -1, 0.0
		for a := range sizes {
			for b := range sizes {
				if laid[a] && !laid[b] {
					if w := cmplx.Abs(ties[a][b].u) + cmplx.Abs(ties[a][b].v); w > best {
						from, to, best = a, b, w
					}
				}
			}
		}
		if to < 0 { // the largest that hangs on nothing laid
			for k, n := range sizes {
				if !laid[k] && (to < 0 || n > sizes[to]) {
					to = k
				}
			}
			shift[to] = r2.Vec{X: within(centre*wide-centres[to], wide)}
		} else {
			t := &ties[from][to]
			shift[to] = r2.Vec{
				X: match(t.u, t.n, shift[from].X, centre*wide-centres[to], wide),
				Y: match(t.v, t.n, shift[from].Y, shift[from].Y, high),
			}
		}
		laid[to] = true
	}
	return shift
}

// match is the shift that brings an island to the phase of its neighbour, or
// the other one where they do not agree on one.
func match(sum complex128, n, neighbour, other, repeat float64) float64 {
	if cmplx.Abs(sum) < agreed*n {
		return within(other, repeat)
	}
	return within(neighbour+cmplx.Phase(sum)/(2*math.Pi)*repeat, repeat)
}

// within takes whole repeats off a shift.
func within(x, repeat float64) float64 { return x - repeat*math.Round(x/repeat) }
