package drape

import (
	"math"
	"slices"
)

// spans keeps edges and triangles out of the body as a whole: on a coarse mesh an
// edge is as long as a wrist is wide, and contact of vertices alone lets it
// through. Few are deep in it. Distance changes no faster than position, so one
// that was found far from deep is not looked at again until some vertex has gone
// half that far: the same are found as if all were looked at in every step.
type spans struct {
	from []float64           // positions when last looked at [m]
	far2 [blockCount]float64 // of the longest way of a vertex since then
	way  float64             // sum of these longest ways [m]
	due  [2][]float64        // the way at which an edge, a triangle is looked at again [m]
	deep [blockCount][]int32 // edges or triangles deep in the body
}

// The kinds of spans.
const (
	edgeSpan = iota
	triangleSpan
)

const (
	// spanShare of its length is how deep the middle of an edge or triangle may lie
	// in the body: a tight polygon round a limb cuts corners, and one kept outside
	// altogether would be stretched, slide down to where the limb is thinner and
	// pile up there.
	spanShare = 0.25
	// fieldSlope is more than the field's distance changes per way: interpolated
	// along three axes it may by the root of three.
	fieldSlope = 2
)

func newSpans(p *plan) *spans {
	return &spans{from: make([]float64, 3*p.nv), due: [2][]float64{make([]float64, p.ne), make([]float64, p.nt)}}
}

// spanPush moves one edge or triangle out of the body if it is deep in there.
type spanPush func(d *dresser, i int)

// deepOf is the task that lists which of n spans of one kind lie deep in the body.
func (d *dresser) deepOf(kind, n int, depth func(int) (s, nx, ny, nz float64)) func(block int) {
	return func(b int) {
		q := d.spans
		due, list := q.due[kind], q.deep[b][:0]
		lo, hi := span(b, n)
		for k := lo; k < hi; k++ {
			if q.way < due[k] {
				continue
			}
			s, _, _, _ := depth(k)
			if s < 0 {
				list = append(list, int32(k))
			} else {
				due[k] = q.way + s/fieldSlope
			}
		}
		q.deep[b] = list
	}
}

// roamBlock notes the longest way of a block's vertices since the last look.
func (d *dresser) roamBlock(b int) {
	lo, hi := span(b, d.p.nv)
	q := d.spans
	q.far2[b] = stray(d.x, q.from, [3]float64{}, lo, hi)
	copy(q.from[3*lo:3*hi], d.x[3*lo:3*hi])
}

// roam notes how far vertices have gone.
func (d *dresser) roam() {
	q := d.spans
	d.crew.share(d.p.nv, 5, d.tasks.roam)
	q.way += math.Sqrt(slices.Max(q.far2[:]))
}

// pushSpans moves edges or triangles that are deep in the body out as a whole and
// tells whether any was. They are found first. No vertex of them may be pinned.
func (d *dresser) pushSpans(n int, find func(block int), push spanPush) (moved bool) {
	q := d.spans
	d.crew.share(n, 3, find)
	for b := range q.deep {
		for _, i := range q.deep[b] {
			push(d, int(i))
			moved = true
		}
	}
	return moved
}

// edgeDepth is how far the middle of an edge lies above the depth that it may have
// in the body, negative where it is to be pushed out, and then the way out.
func (d *dresser) edgeDepth(e int) (depth, nx, ny, nz float64) {
	i, j := d.p.edges[e].A, d.p.edges[e].B
	// Distance changes no faster than position; edges rarely double their length.
	span := d.p.springs.edge[e]
	if far, ok := d.heights.highest(d.x, span, i, j); ok {
		return far - (1-spanShare)*span, 0, 0, 0
	}
	a, b := d.x[3*i:3*i+3:3*i+3], d.x[3*j:3*j+3:3*j+3]
	depth, nx, ny, nz = d.field.below((a[0]+b[0])/2, (a[1]+b[1])/2, (a[2]+b[2])/2, d.gap)
	return depth + spanShare*span - d.gap, nx, ny, nz
}

func pushOutEdges(d *dresser, e int) {
	if s, nx, ny, nz := d.edgeDepth(e); s < 0 {
		d.pressVertex(d.p.edges[e].A, s, nx, ny, nz)
		d.pressVertex(d.p.edges[e].B, s, nx, ny, nz)
	}
}

// triangleDepth is the same for a triangle and its centre.
func (d *dresser) triangleDepth(t int) (depth, nx, ny, nz float64) {
	i, j, k := d.p.tris[t][0], d.p.tris[t][1], d.p.tris[t][2]
	span := d.p.springs.edge[d.p.triEdge[t][0]]
	if far, ok := d.heights.highest(d.x, span, i, j, k); ok {
		return far - (1-spanShare)*span, 0, 0, 0
	}
	a, b, c := d.x[3*i:3*i+3:3*i+3], d.x[3*j:3*j+3:3*j+3], d.x[3*k:3*k+3:3*k+3]
	depth, nx, ny, nz = d.field.below((a[0]+b[0]+c[0])/3, (a[1]+b[1]+c[1])/3, (a[2]+b[2]+c[2])/3, d.gap)
	return depth + spanShare*span - d.gap, nx, ny, nz
}

func pushOutTriangles(d *dresser, t int) {
	if s, nx, ny, nz := d.triangleDepth(t); s < 0 {
		for _, v := range d.p.tris[t] {
			d.pressVertex(v, s, nx, ny, nz)
		}
	}
}

func (d *dresser) pressVertex(v int32, depth, nx, ny, nz float64) {
	press((*[3]float64)(d.x[3*v:]), (*[3]float64)(d.prev[3*v:]), depth, nx, ny, nz, d.now.mu[v])
}
