package drape

import (
	"sort"

	"fitroom/garment/cloth"
)

// bands are the elastics sewn on along lines of the mesh. An elastic is a strap
// without width: between two stitches it is slack up to its own length and
// pulls with its stiffness times its strain beyond, energy
//
//	1/2 k r (l/r - 1)^2 for l > r, else 0,
//
// r its rest length there, a share of the flat cloth's, and k its force per
// unit strain. It pushes nothing apart: a strap of a millimetre buckles under
// what would shorten it. Its Hessian k/r nn' + k (1/r - 1/l)(1 - nn') is
// positive semi-definite wherever it pulls. Edges ascend, so that blocks of
// edges find theirs by bisection.
type bands struct {
	edge []int32   // mesh edge
	a, b []int32   // its ends, a < b
	rest []float64 // [m]
	k    []float64 // [N]

	around csr // bands at a vertex
}

// bandStiffness is the force per unit strain of an elastic of which nothing is
// known [N]. A waist elastic 25 mm wide stretched by a third then presses with
// 1.3 kPa on a waist of 75 cm (p = T/(R b)), where everyday wear stops being
// comfortable: makers choose elastics that stay below.
const bandStiffness = 12

func newBands(p *plan, c *cloth.Cloth) bands {
	var b bands
	for i := range c.Bands {
		band := &c.Bands[i]
		k := band.Stiffness
		if k == 0 {
			k = bandStiffness
		}
		p.alongLine(&band.Line, func(e int32) {
			b.edge = append(b.edge, e)
			b.rest = append(b.rest, band.Length*p.springs.edge[e])
			b.k = append(b.k, k)
		})
	}
	sort.Stable(&b)
	var pairs [][2]int32
	for m, e := range b.edge {
		ed := p.edges[e]
		b.a, b.b = append(b.a, ed.A), append(b.b, ed.B)
		pairs = append(pairs, [2]int32{ed.A, int32(m)}, [2]int32{ed.B, int32(m)})
	}
	b.around = newCSR(p.nv, pairs)
	return b
}

// alongLine visits the mesh edges of a line.
func (p *plan) alongLine(l *cloth.Line, visit func(e int32)) {
	for i := 1; i < len(l.Verts); i++ {
		visit(p.edgeOf(l.Verts[i-1], l.Verts[i]))
	}
	if n := len(l.Verts); l.Closed && n > 2 {
		visit(p.edgeOf(l.Verts[n-1], l.Verts[0]))
	}
}

func (b *bands) Len() int           { return len(b.edge) }
func (b *bands) Less(i, j int) bool { return b.edge[i] < b.edge[j] }
func (b *bands) Swap(i, j int) {
	b.edge[i], b.edge[j] = b.edge[j], b.edge[i]
	b.rest[i], b.rest[j] = b.rest[j], b.rest[i]
	b.k[i], b.k[j] = b.k[j], b.k[i]
}

// pull is the unit vector from a to b of band m, their distance and the force
// between them [N].
func (b *bands) pull(x []float64, m int) (n [3]float64, l, force float64) {
	i, j := 3*b.a[m], 3*b.b[m]
	for k := range int32(3) {
		n[k] = x[j+k] - x[i+k]
	}
	l = sqrt(dot3(n, n))
	if l <= b.rest[m] || l == 0 {
		return n, l, 0
	}
	for k := range n {
		n[k] /= l
	}
	return n, l, b.k[m] * (l/b.rest[m] - 1)
}

// addForce adds the pull of the bands at vertex i to f.
func (b *bands) addForce(f, x []float64, i int) {
	for _, m := range b.around.list(i) {
		n, _, t := b.pull(x, int(m))
		if int(b.b[m]) == i {
			t = -t
		}
		for k := range n {
			f[k] += float64(t * n[k])
		}
	}
}

// addEdges adds the coupling of bands on edges lo to hi to their blocks off
// (A, B); diagonal blocks are taken from those rows' sums.
func (b *bands) addEdges(off, x []float64, lo, hi int) {
	first := sort.Search(len(b.edge), func(m int) bool { return int(b.edge[m]) >= lo })
	for m := first; m < len(b.edge) && int(b.edge[m]) < hi; m++ {
		n, l, t := b.pull(x, m)
		if t == 0 {
			continue
		}
		across := t / l
		along := b.k[m]/b.rest[m] - across
		o := off[9*b.edge[m] : 9*b.edge[m]+9]
		for i := range 3 {
			for j := range 3 {
				o[3*i+j] -= float64(along * n[i] * n[j])
			}
			o[4*i] -= across
		}
	}
}

// energy sums bands lo to hi [J].
func (b *bands) energy(x []float64, lo, hi int) float64 {
	sum := 0.0
	for m := lo; m < hi; m++ {
		_, l, t := b.pull(x, m)
		if t > 0 {
			sum += float64(0.5 * t * (l - b.rest[m]))
		}
	}
	return sum
}

// bandSolve pulls all bands towards their length in one sweep of XPBD; see
// springSolve.
func bandSolve(x, invMass []float64, b *bands, ia float64) {
	for m := range b.edge {
		n, l, t := b.pull(x, m)
		i, j := 3*b.a[m], 3*b.b[m]
		wi, wj := invMass[b.a[m]], invMass[b.b[m]]
		if t == 0 || wi+wj == 0 {
			continue
		}
		d := (l - b.rest[m]) / (wi + wj + float64(b.rest[m]/b.k[m]*ia))
		for k := range int32(3) {
			x[i+k] += float64(d * wi * n[k])
			x[j+k] -= float64(d * wj * n[k])
		}
	}
}
