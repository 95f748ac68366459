package drape

import "fitroom/garment/drape/lanes"

// together measures pairs of one kind many at a time.
type together struct {
	n      int
	v      [togetherSize][4]int32
	key    [togetherSize]uint64 // what they are filed by
	far2   [togetherSize]float64
	signed [togetherSize]float64
	flags  [togetherSize / 4]uint32
	wide   bool // they have been measured in lanes
}

// togetherSize is how many: a multiple of four.
const togetherSize = 64

// kind is what pairs are measured as: gauge one by one, lanes four at a time, or nil.
type kind struct {
	first int // vertices of the first element
	gauge gauge
	lanes func(dst lanes.Near, x []float64, v [][4]int32)
}

func edgePairs() kind     { return kind{2, (*closeness).edgeEdge, lanes.EdgeEdges} }
func trianglePairs() kind { return kind{1, (*closeness).vertexTriangle, lanes.VertexTriangles} }

// sewnPairs are few.
func sewnPairs() kind { return kind{first: 1, gauge: (*closeness).vertexVertex} }

// add takes one more pair.
func (t *together) add(v *[4]int32) {
	t.v[t.n] = *v
	t.n++
}

// fill takes the first pairs of a list, as many as there is room for.
func (t *together) fill(list []pair) int {
	t.n = min(len(list), togetherSize)
	for k := range t.n {
		t.v[k] = list[k].v
	}
	return t.n
}

func (t *together) full() bool { return t.n == togetherSize }

// measure looks at all pairs at x.
func (t *together) measure(x []float64, by kind) {
	if t.wide = by.lanes != nil && lanes.Wide(); !t.wide || t.n == 0 {
		return
	}
	groups := (t.n + 3) / 4
	for k := t.n; k < 4*groups; k++ {
		t.v[k] = t.v[t.n-1]
	}
	by.lanes(lanes.Near{Far2: t.far2[:], Signed: t.signed[:], Flags: t.flags[:groups]}, x, t.v[:])
}

// get tells of pair k what meet asks for: all but weights and normal.
func (t *together) get(q *closeness, x []float64, by kind, k int) {
	f := t.flags[k/4] >> (k % 4)
	if !t.wide || f&(1<<16) != 0 {
		by.gauge(q, x, &t.v[k])
		return
	}
	q.far2, q.signed, q.inside, q.away = t.far2[k], t.signed[k], f&1 != 0, f&(1<<8) != 0
}
