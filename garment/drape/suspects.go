package drape

import (
	"cmp"
	"math"
	"slices"
)

// suspects finds the vertices near which cloth may meet cloth, so that the
// costly search for pairs skips the nine tenths of a garment that lie in one
// layer. A vertex is suspect if another vertex is near in space but not in
// the fabric: either far off along the mesh, or much nearer than along it
// (a hairpin fold).
type suspects struct {
	p      *plan
	radius float64 // [m]
	near   csr     // vertices within radius/hairpin along the mesh, ascending
	along  []float64

	flag  []bool
	asked []float64
	ready bool
	grid  hashGrid
}

const (
	// hairpin: on a fold, straight distance over distance along the cloth
	// falls below this only where the fold has turned by more than 160 degrees.
	hairpin = 0.6
	// suspectMargin is how far cloth may move before suspects are sought anew
	// [m]; wide, so that this happens every few dozen steps only.
	suspectMargin = 0.016
)

func newSuspects(p *plan, reach float64) *suspects {
	// The nearest vertices of two elements within reach of each other are at
	// most an edge further apart; edges may be stretched and are not all equal.
	s := &suspects{p: p, radius: reach + 1.6*p.meanEdge + suspectMargin}
	s.flag, s.asked = make([]bool, p.nv), make([]float64, 3*p.nv)
	s.grid.size(p.nv)
	s.walk(s.radius / hairpin)
	return s
}

// walk lists for every vertex those within reach along mesh edges (Dijkstra
// 1959), with their distance.
func (s *suspects) walk(reach float64) {
	p := s.p
	type stop struct {
		v int32
		d float64
	}
	dist := make([]float64, p.nv)
	for i := range dist {
		dist[i] = math.Inf(1)
	}
	s.near.start = make([]int32, 1, p.nv+1)
	var open, done []stop
	for i := range p.nv {
		open, done = append(open[:0], stop{int32(i), 0}), done[:0]
		dist[i] = 0
		for len(open) > 0 {
			k := 0
			for m := range open {
				if open[m].d < open[k].d {
					k = m
				}
			}
			at := open[k]
			open[k] = open[len(open)-1]
			open = open[:len(open)-1]
			if at.d > dist[at.v] {
				continue
			}
			done = append(done, at)
			visit := func(w int32, l float64) {
				if d := at.d + l; d <= reach && d < dist[w] {
					dist[w] = d
					open = append(open, stop{w, d})
				}
			}
			for e := p.firstEdge[at.v]; e < p.firstEdge[at.v+1]; e++ {
				visit(p.edges[e].B, p.springs.edge[e])
			}
			for _, e := range p.lowEdge.list(int(at.v)) {
				visit(p.edges[e].A, p.springs.edge[e])
			}
		}
		slices.SortFunc(done, func(a, b stop) int { return cmp.Compare(a.v, b.v) })
		for _, d := range done {
			s.near.item, s.along = append(s.near.item, d.v), append(s.along, d.d)
			dist[d.v] = math.Inf(1)
		}
		s.near.start = append(s.near.start, int32(len(s.near.item)))
	}
}

// update flags the suspects at x unless too little has moved since last time.
func (s *suspects) update(x []float64) {
	if s.ready && moved(x, s.asked) < suspectMargin/2 {
		return
	}
	s.ready = true
	copy(s.asked, x)
	clear(s.flag)
	s.grid.points(x, s.radius)
	for i := range s.p.nv {
		s.around(x, int32(i))
	}
}

// around flags i and its neighbours in space that are none in the fabric.
func (s *suspects) around(x []float64, i int32) {
	a, b, c := x[3*i], x[3*i+1], x[3*i+2]
	near, along := s.near.list(int(i)), s.along[s.near.start[i]:s.near.start[i+1]]
	g := &s.grid
	ci, cj, ck := g.cell(a), g.cell(b), g.cell(c)
	for k := ck - 1; k <= ck+1; k++ {
		for j := cj - 1; j <= cj+1; j++ {
			for m := ci - 1; m <= ci+1; m++ {
				h := g.bucket(m, j, k)
				for _, v := range g.item[g.start[h]:g.start[h+1]] {
					if v <= i || s.flag[i] && s.flag[v] {
						continue
					}
					dx, dy, dz := x[3*v]-a, x[3*v+1]-b, x[3*v+2]-c
					d2 := float64(dx*dx) + float64(dy*dy) + float64(dz*dz)
					if d2 > s.radius*s.radius {
						continue
					}
					if n, ok := slices.BinarySearch(near, v); ok && d2 > hairpin*hairpin*along[n]*along[n] {
						continue
					}
					s.flag[i], s.flag[v] = true, true
				}
			}
		}
	}
}

// moved is the longest way of a vertex from one state to another, relative to
// the mean of all [m].
func moved(x, from []float64) float64 {
	var mean [3]float64
	for i := 0; i < len(x); i += 3 {
		for k := range 3 {
			mean[k] += x[i+k] - from[i+k]
		}
	}
	n := float64(len(x) / 3)
	longest := 0.0
	for i := 0; i < len(x); i += 3 {
		s := 0.0
		for k := range 3 {
			d := x[i+k] - from[i+k] - mean[k]/n
			s += float64(d * d)
		}
		longest = max(longest, s)
	}
	return math.Sqrt(longest)
}
