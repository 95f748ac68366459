package drape

import (
	"math"

	"fitroom/garment/cloth"

	"gonum.org/v1/gonum/spatial/r2"
)

// hinges is isometric bending (Bergou et al. 2006, "A quadratic bending model
// for inextensible surfaces"): energy 1/2 c |K x|^2 per inner edge, where K
// weighs the four vertices of its two triangles by cotangents of the rest
// shape. It is quadratic, so force and Hessian are one constant scalar matrix,
// built here once. Departure from the paper: the factor is calibrated below,
// and rigidity depends on the hinge's direction in the fabric.
type hinges struct {
	vert [][4]int32   // edge ends, then the opposite vertices
	k    [][4]float64 // weights K [1]
	c    []float64    // stiffness [N/m]

	// The matrix by rows: off-diagonal entries and the diagonal [N/m].
	row  csr
	val  []float64
	diag []float64

	folded int // of the hinges, the last so many belong to folds
}

// hingeFactor: with |K x| = l*theta, a hinge of rigidity B stores
// hingeFactor * B * (l theta)^2 / (2 (A1+A2)). On an equilateral mesh bent to
// a cylinder the three edge directions sum to 9/8 of 1/2 B kappa^2 per area
// at factor 1, in whatever direction, hence 8/9.
const hingeFactor = 8.0 / 9

func newHinges(p *plan, c *cloth.Cloth) hinges {
	var h hinges
	isFold := p.foldEdges(c)
	var onFold []bool
	for i, e := range p.edges {
		if e.Tri[0] < 0 || e.Tri[1] < 0 || e.Opp[0] == e.Opp[1] {
			continue
		}
		var cotA, cotB, area [2]float64
		rigid := 0.0
		for s, t := range e.Tri {
			ca, cb, n := corners(c, t, e.A, e.B)
			cotA[s], cotB[s], area[s] = ca, cb, p.triArea[t]
			rigid += bendAcross(c.Fabrics[p.triLaw[t]], n.X, n.Y) / 2
		}
		h.vert = append(h.vert, [4]int32{e.A, e.B, e.Opp[0], e.Opp[1]})
		h.k = append(h.k, [4]float64{cotB[0] + cotB[1], cotA[0] + cotA[1], -(cotA[0] + cotB[0]), -(cotA[1] + cotB[1])})
		h.c = append(h.c, hingeFactor*rigid/(area[0]+area[1]))
		onFold = append(onFold, isFold[int32(i)])
	}
	h.reorder(p.nv, onFold)
	h.assemble(p.nv)
	return h
}

// foldEdges is the set of mesh edges at which the cloth rests folded.
func (p *plan) foldEdges(c *cloth.Cloth) map[int32]bool {
	set := map[int32]bool{}
	for i := range c.Folds {
		p.alongLine(&c.Folds[i].Line, func(e int32) { set[e] = true })
	}
	return set
}

// reorder sorts the hinges by colour, those of folds last.
func (h *hinges) reorder(nv int, onFold []bool) {
	items := make([][]int32, len(h.vert))
	for m := range h.vert {
		items[m] = h.vert[m][:]
	}
	old := *h
	h.vert, h.k, h.c = nil, nil, nil
	order := colouring(items, nv)
	for _, last := range [2]bool{false, true} {
		for _, m := range order {
			if onFold[m] == last {
				h.vert, h.k, h.c = append(h.vert, old.vert[m]), append(h.k, old.k[m]), append(h.c, old.c[m])
			}
		}
		if !last {
			h.folded = len(old.vert) - len(h.vert)
		}
	}
}

// corners returns the cotangents of triangle t's rest angles at vertices a
// and b and the direction in the fabric across the edge between them.
func corners(c *cloth.Cloth, t, a, b int32) (cotA, cotB float64, across r2.Vec) {
	tri, q := c.Tris[t], c.Rest[t]
	var ia, ib int
	for k, v := range tri {
		if v == a {
			ia = k
		}
		if v == b {
			ib = k
		}
	}
	io := 3 - ia - ib
	cot := func(u, v r2.Vec) float64 { return r2.Dot(u, v) / math.Abs(r2.Cross(u, v)) }
	ab := r2.Sub(q[ib], q[ia])
	l := math.Sqrt(r2.Norm2(ab))
	return cot(ab, r2.Sub(q[io], q[ia])), cot(r2.Scale(-1, ab), r2.Sub(q[io], q[ib])), r2.Vec{X: -ab.Y / l, Y: ab.X / l}
}

// assemble adds the hinges up to one sparse matrix.
func (h *hinges) assemble(nv int) {
	h.diag = make([]float64, nv)
	var pairs [][2]int32
	for _, v := range h.vert {
		for i := range 4 {
			for j := range 4 {
				if i != j {
					pairs = append(pairs, [2]int32{v[i], v[j]})
				}
			}
		}
	}
	all := newCSR(nv, pairs)
	// Drop doubles: a row keeps each column once, in order of first sight.
	h.row.start = make([]int32, nv+1)
	at := make([]int32, nv) // 1 + position of a column in the row at hand
	for i := range nv {
		from := int32(len(h.row.item))
		for _, j := range all.list(i) {
			if k := at[j] - 1; k < from || k >= int32(len(h.row.item)) || h.row.item[k] != j {
				h.row.item = append(h.row.item, j)
				at[j] = int32(len(h.row.item))
			}
		}
		h.row.start[i+1] = int32(len(h.row.item))
	}
	h.val = make([]float64, len(h.row.item))
	for m, v := range h.vert {
		for i := range 4 {
			h.diag[v[i]] += h.c[m] * h.k[m][i] * h.k[m][i]
			for j := range 4 {
				if i != j {
					h.val[h.find(v[i], v[j])] += h.c[m] * h.k[m][i] * h.k[m][j]
				}
			}
		}
	}
}

func (h *hinges) find(i, j int32) int32 {
	for k := h.row.start[i]; k < h.row.start[i+1]; k++ {
		if h.row.item[k] == j {
			return k
		}
	}
	panic("drape: hinge matrix lacks an entry of its own stencil")
}

// bendingApply writes y = -K x for rows lo to hi: the bending force [N].
func bendingApply(y, x []float64, h *hinges, lo, hi int) {
	for i := lo; i < hi; i++ {
		d := h.diag[i]
		a, b, c := float64(d*x[3*i]), float64(d*x[3*i+1]), float64(d*x[3*i+2])
		for k := h.row.start[i]; k < h.row.start[i+1]; k++ {
			j, v := 3*h.row.item[k], h.val[k]
			a += float64(v * x[j])
			b += float64(v * x[j+1])
			c += float64(v * x[j+2])
		}
		y[3*i], y[3*i+1], y[3*i+2] = -a, -b, -c
	}
}

// bendingEnergy sums 1/2 c |K x|^2 over hinges lo to hi [J]. Summing hinges
// instead of x.Kx keeps the digits: each term is small and positive.
func bendingEnergy(x []float64, h *hinges, lo, hi int) float64 {
	sum := 0.0
	for m := lo; m < hi; m++ {
		v, k := &h.vert[m], &h.k[m]
		s := 0.0
		for d := range int32(3) {
			e := float64(k[0]*x[3*v[0]+d]) + float64(k[1]*x[3*v[1]+d]) + float64(k[2]*x[3*v[2]+d]) + float64(k[3]*x[3*v[3]+d])
			s += float64(e * e)
		}
		sum += float64(h.c[m] * s)
	}
	return sum / 2
}
