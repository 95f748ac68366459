package drape

import (
	"math"

	"fitroom/garment/drape/lanes"
)

// modes is the number of ways in which a rigid piece of cloth can move.
const modes = lanes.Modes

// sparse is a symmetric matrix of br x br blocks. Of its rows some entries are
// multiples of the unit matrix: what bending couples beyond a vertex's neighbours.
type sparse[F float32 | float64] struct {
	n, br    int
	start    []int32 // blocks of row i: start[i] to start[i+1]
	col      []int32 // br times the node, as are all columns here
	block    []F     // by columns, without the diagonal's
	farStart []int32
	farCol   []int32
	far      []F
	diag     []F // by columns

	add func(o []float64, a []F, b []float32, place []int32) // the product of one block with others
}

// transfer is a smoothed prolongator (Vanek, Mandel and Brezina 1996, "Algebraic
// multigrid by smoothed aggregation for second and fourth order elliptic problems"):
// every aggregate of nodes moves as a rigid piece, and a damped Jacobi step takes
// the worst strain out of the seams between them. Which blocks there are is found
// once; a renewal only computes them.
type transfer struct {
	n, br, parts int     // nodes, components of each, aggregates
	own          []int32 // aggregate of each node, -1 for one that is pinned
	start, part  []int32 // aggregates that move node i: part[start[i]:start[i+1]]
	val          []float32
	up           []float32 // val by columns, for what goes up
	down         []float32 // val in the order of member, for what goes down
	tent         []float32 // the rigid motions before smoothing, orthonormal on each aggregate
	foldStart    []int32   // the like of the matrix times the prolongator
	foldPart     []int32
	fold         []float64
	seat         []int32   // per entry of the matrix, the diagonal's first: block of its row of the prolongator
	place        []int32   // per entry and block of its column's row: block of the row of fold
	placeStart   []int32   // of row i
	nodes        csr       // of each aggregate
	member       csr       // blocks of the prolongator that move with an aggregate
	memberNode   []int32   // the node of each of these
	memberAt     []int32   // its place in a vector
	partAt       []int32   // the place of each of part in a vector
	to           []int32   // per member and block of its row of fold: 0 for the lower triangle, 1 the diagonal, else 2 + place of the block in its row
	toStart      []int32   // of aggregate a
	mirror       []int32   // per block of the coarse matrix below the diagonal the one above, else -1
	motion       []float64 // how the nodes move with the garment as a whole, br x modes each
	sum          [blockCount][]float64
	rank         []float64 // what motion is in the rigid motions of the aggregates
}

// newTransfer finds which blocks there are; a's values do not matter yet.
func newTransfer[F float32 | float64](a *sparse[F], own []int32, parts int) (*transfer, *sparse[float64]) {
	t := &transfer{n: a.n, br: a.br, parts: parts, own: own}
	t.findShares(a.entries)
	t.findFolds(a.entries)
	c := t.findCoarse()
	size := a.br * modes
	t.val, t.tent = make([]float32, size*len(t.part)), make([]float32, size*a.n)
	t.up, t.down = lanes.Vector(len(t.val)), lanes.Vector(len(t.val))
	t.fold = make([]float64, size*len(t.foldPart))
	wide := int32(0)
	for i := range t.n {
		wide = max(wide, t.start[i+1]-t.start[i])
	}
	for b := range t.sum {
		t.sum[b] = make([]float64, size*int(wide))
	}
	t.motion, t.rank = make([]float64, size*a.n), make([]float64, modes*modes*parts)
	return t, c
}

// least is the share of a motion's length that must be left when the others are
// taken out of it; below, the aggregate is too small or too straight to have it.
const leastMotion = 1e-10

// tentative makes the motions of aggregates lo to hi orthonormal (modified
// Gram-Schmidt) and writes what they were in these to rank.
func (t *transfer) tentative(lo, hi int) {
	br := t.br
	size := br * modes
	for a := lo; a < hi; a++ {
		r := t.rank[modes*modes*a : modes*modes*(a+1)]
		clear(r)
		list := t.nodes.list(a)
		for j := range modes {
			whole := t.column(list, j, j)
			for k := range j {
				v := t.column(list, k, j)
				r[modes*k+j] = v
				for _, i := range list {
					b := t.motion[size*int(i) : size*int(i)+size]
					for c := 0; c < size; c += modes {
						b[c+j] -= float64(v * b[c+k])
					}
				}
			}
			left := t.column(list, j, j)
			l := 0.0
			if left > leastMotion*whole {
				r[modes*j+j] = math.Sqrt(left)
				l = 1 / math.Sqrt(left)
			}
			for _, i := range list {
				b := t.motion[size*int(i) : size*int(i)+size]
				for c := j; c < size; c += modes {
					b[c] *= l
				}
			}
		}
		for _, i := range list {
			for c := size * int(i); c < size*int(i)+size; c++ {
				t.tent[c] = float32(t.motion[c])
			}
		}
	}
}

// column is the product of motions j and k of a list of nodes.
func (t *transfer) column(list []int32, j, k int) float64 {
	size := t.br * modes
	s := 0.0
	for _, i := range list {
		b := t.motion[size*int(i) : size*int(i)+size]
		for c := 0; c < size; c += modes {
			s += float64(b[c+j] * b[c+k])
		}
	}
	return s
}
