package drape

import (
	"fitroom/garment/cloth"
	"fitroom/garment/drape/lanes"

	"gonum.org/v1/gonum/spatial/r2"
)

// springs is the membrane as dressing sees it: one spring per mesh edge with
// stiffness E(direction) * (A1+A2) / l^2 (Van Gelder 1998, "Approximate
// simulation of elastic membranes by triangulated spring meshes"). A spring
// network cannot carry the right tensions (it is a third off on a tight
// band), but it costs 5 ns where a triangle costs 100 and finds the same
// folds; the polish puts the forces right.
type springs struct { // in the order of colours
	a, b       []int32
	length     []float64 // [m]
	compliance []float64 // [m/N]
	edge       []float64 // rest length of each mesh edge, in the mesh's order [m]
	ends       []int     // of the colours
}

func newSprings(p *plan, c *cloth.Cloth) springs {
	n := p.ne
	s := springs{
		a: make([]int32, n), b: make([]int32, n),
		length: make([]float64, n), compliance: make([]float64, n), edge: make([]float64, n),
	}
	ends := make([]int32, 0, 2*n)
	for _, ed := range p.edges {
		ends = append(ends, ed.A, ed.B)
	}
	order, colours := colouring(ends, 2, p.nv)
	s.ends = colours
	for e, edge := range order {
		s.a[e], s.b[e] = p.edges[edge].A, p.edges[edge].B
		k, count := 0.0, 0.0
		for _, tk := range p.edgeTri.list(int(edge)) {
			t, m := tk/3, tk%3
			d := r2.Sub(c.Rest[t][(m+1)%3], c.Rest[t][m])
			l2 := r2.Norm2(d)
			l := sqrt(l2)
			s.length[e] += l
			count++
			k += along(c.Fabrics[p.triLaw[t]], d.X/l, d.Y/l) * p.triArea[t] / l2
		}
		s.length[e] /= count // the two sides of an eased seam differ
		s.compliance[e] = 1 / k
		s.edge[edge] = s.length[e]
		p.meanEdge += s.length[e] / float64(n)
	}
	return s
}

// springSolve pulls springs lo to hi, of one colour, towards their compliant rest
// state in one sweep of XPBD (Macklin et al. 2016), one iteration per small step as in
// Macklin et al. 2019, "Small steps in physics simulation". ia is 1/dt2.
func springSolve(x, invMass []float64, s *springs, lo, hi int, ia float64) {
	some := lanes.Springs{A: s.a[lo:hi], B: s.b[lo:hi], Length: s.length[lo:hi], Compliance: s.compliance[lo:hi]}
	if hi > s.alone() {
		some.SolveInTurn(x, invMass, ia)
		return
	}
	some.Solve(x, invMass, ia)
}

// alone is how many springs, the first of all, share no vertex with others of their
// colour.
func (s *springs) alone() int {
	if len(s.ends) > lastColour {
		return s.ends[lastColour-1]
	}
	return len(s.a)
}

// hingeSolve does the same for isometric bending, lo to hi. Weights and masses
// do not change, so the correction per curvature is one number per vertex, which
// hingeStep has found.
func hingeSolve(x []float64, h *hinges, step [][4]float64, lo, hi int) {
	lanes.SolveHinges(x, h.vert[lo:hi], h.k[lo:hi], step[lo:hi])
}

// hingeStep writes the correction of each vertex of each hinge per curvature.
func hingeStep(step [][4]float64, invMass []float64, h *hinges, ia float64) {
	for m := range h.vert {
		step[m] = [4]float64{}
		if h.c[m] == 0 {
			continue
		}
		v, k := &h.vert[m], &h.k[m]
		w := ia / h.c[m]
		for n, i := range v {
			w += float64(k[n] * k[n] * invMass[i])
		}
		for n, i := range v {
			step[m][n] = k[n] * invMass[i] / w
		}
	}
}
