package drape

import (
	"math"

	"fitroom/garment/cloth"
)

// Where a panel is sewn onto the inside of another, as a pocket is, single
// vertices belong to both: a whole fan of triangles of the one below and another
// fan of the one above. Between two such stitches a vertex of the upper rim lies on
// one of the lower panel. Which triangle of that it is over changes with the least
// slip, so that contact as elsewhere would be on and off at random; instead the two
// vertices keep apart along the normal of the lower panel, and nothing else of the
// rim minds what is sewn to it.

// lap is what a plan knows of this.
type lap struct {
	rim   []bool // vertices on a sewn line, of either panel; nil: there is none
	mates []mate
}

// mate is a vertex of a rim, the one it lies on, and two more of a triangle there.
type mate struct {
	v    [4]int32
	side float64 // +1 where the rim lies outside
}

// onVertex is the weight from which a laid vertex lies on a vertex.
const onVertex = 0.999

func newLap(p *plan, c *cloth.Cloth) lap {
	if len(c.Laid) == 0 {
		return lap{}
	}
	l := lap{rim: p.junctions()}
	for _, d := range c.Laid {
		t := c.Tris[d.On.Tri]
		for k, w := range d.On.Weight {
			if w > onVertex && p.onRim(d.Vert) {
				l.mates = append(l.mates, mate{[4]int32{d.Vert, t[k], t[(k+1)%3], t[(k+2)%3]}, math.Copysign(1, d.Off)})
				l.rim[d.Vert], l.rim[t[k]] = true, true
			}
		}
	}
	return l
}

// pairs are the mates as the layers watch them.
func (l *lap) pairs(p *plan, gap float64) []pair {
	out := make([]pair, len(l.mates))
	for i, m := range l.mates {
		out[i] = pair{key: uint64(i), v: m.v, gap: rimShare * gap, side: m.side, area: p.area[m.v[0]]}
	}
	return out
}

// rimShare of their distance is kept by layers where one of them is sewn to the
// other an edge away.
const rimShare = 0.5

// gap is the distance that two elements keep; free is false for two that are sewn
// to each other, which keep none.
func (l *lap) gap(layers float64, a, b []int32) (gap float64, free bool) {
	if l.rim == nil {
		return layers, true
	}
	switch l.onRims(a, b) {
	case 1:
		return rimShare * layers, true
	case 2:
		return 0, false
	}
	return layers, true
}

// onRims tells how many of two elements have a vertex on a sewn line.
func (l *lap) onRims(a, b []int32) int {
	n := 0
	for _, e := range [2][]int32{a, b} {
		for _, v := range e {
			if l.rim[v] {
				n++
				break
			}
		}
	}
	return n
}

// vertexVertex measures v[0] against v[1] along the normal of v[1], v[2], v[3].
func (q *closeness) vertexVertex(x []float64, v *[4]int32) {
	at := vec(x, v[1])
	r := sub3(vec(x, v[0]), at)
	n := cross3(sub3(vec(x, v[2]), at), sub3(vec(x, v[3]), at))
	l := sqrt(dot3(n, n))
	if l == 0 {
		*q = closeness{far2: math.Inf(1), n: [3]float64{0, 1, 0}}
		return
	}
	*q = closeness{w: [4]float64{1, -1}, n: [3]float64{n[0] / l, n[1] / l, n[2] / l}, inside: true, far2: dot3(r, r)}
	q.signed = dot3(q.n, r)
}

// junctions marks the vertices of stitches. Two open fans that meet in a vertex
// are no junction but the end of a slit.
func (p *plan) junctions() []bool {
	out := make([]bool, p.nv)
	var fan []int32
	for v := range int32(p.nv) {
		tris := p.vertTri.list(int(v))
		if !p.onRim(v) {
			continue // one whole fan, or only such
		}
		for left := append([]int32(nil), tris...); len(left) > 0; {
			closed := true
			fan, left = append(fan[:0], left[0]/3), left[1:]
			for k := 0; k < len(fan); k++ {
				for c, e := range p.triEdge[fan[k]] {
					if t := p.tris[fan[k]]; t[c] != v && t[(c+1)%3] != v {
						continue
					}
					on := p.edgeTri.list(int(e))
					closed = closed && len(on) == 2
					for _, f := range on {
						for i := range left {
							if left[i]/3 == f/3 {
								fan, left = append(fan, f/3), append(left[:i], left[i+1:]...)
								break
							}
						}
					}
				}
			}
			if closed {
				out[v] = true
				break
			}
		}
	}
	return out
}

// onRim: an edge at the vertex has one triangle.
func (p *plan) onRim(v int32) bool {
	rim := false
	p.visitEdges(v, func(_, e int32) { rim = rim || len(p.edgeTri.list(int(e))) == 1 })
	return rim
}
