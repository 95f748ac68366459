package drape

import (
	"math"

	"fitroom/garment/cloth"
)

// folds are the lines at which cloth rests at an angle: a pressed crease, a
// turned collar. A fold is a hinge of the cloth's own rigidity whose rest angle
// is not zero, energy 1/2 k (theta - rest)^2 of the dihedral angle (Grinspun,
// Hirani, Desbrun and Schroeder 2003, "Discrete shells", eq. 3). With k = c l^2
// it bends as the flat hinge c of bending.go does for small departures, so that
// cloth with a crease has, by whatever mesh, the stiffness of plain cloth.
//
// The flat hinge stays in the bending matrix: for the Hessian it is a positive
// majorant of k grad grad', which leaves out the sign-changing second
// derivative of the angle; its force and energy are taken off here again.
type folds struct {
	vert  [][4]int32 // edge a, b as its first triangle passes it, then that one's third vertex and the other's
	rest  []float64  // [rad]
	k     []float64  // [N m]
	hinge []int32    // the flat hinge whose place it takes

	around csr // fold*4 + place in it, around a vertex
}

// mostFolded is the sharpest rest angle [rad]: a step beyond it, layers that lie
// on each other would be at an angle of pi, where plus and minus are one.
const mostFolded = 0.95 * math.Pi

func newFolds(p *plan, c *cloth.Cloth) folds {
	var f folds
	hingeOf := make(map[[2]int32]int32, p.bend.folded)
	for m := len(p.bend.vert) - p.bend.folded; m < len(p.bend.vert); m++ {
		v := p.bend.vert[m]
		hingeOf[[2]int32{v[0], v[1]}] = int32(m)
	}
	var pairs [][2]int32
	for i := range c.Folds {
		fold := &c.Folds[i]
		p.alongLine(&fold.Line, func(e int32) {
			ed := p.edges[e]
			m, ok := hingeOf[[2]int32{ed.A, ed.B}]
			if !ok {
				return // on a border, where there is nothing to fold
			}
			v, l := p.bend.vert[m], p.springs.edge[e]
			if !p.passes(v[2], ed.A, ed.B) {
				v[2], v[3] = v[3], v[2]
			}
			for k, w := range v {
				pairs = append(pairs, [2]int32{w, int32(4*len(f.vert) + k)})
			}
			f.vert = append(f.vert, v)
			f.rest = append(f.rest, max(-mostFolded, min(mostFolded, fold.Angle)))
			f.k = append(f.k, p.bend.c[m]*l*l)
			f.hinge = append(f.hinge, m)
		})
	}
	f.around = newCSR(p.nv, pairs)
	return f
}

// passes tells whether the triangle of a, b and c goes from a to b.
func (p *plan) passes(c, a, b int32) bool {
	for _, tk := range p.edgeTri.list(int(p.edgeOf(a, b))) {
		t, k := tk/3, tk%3
		if p.tris[t][(k+2)%3] == c {
			return p.tris[t][k] == a
		}
	}
	panic("drape: hinge of a triangle that is not there")
}

// angle is the dihedral angle of fold m, positive where the inner sides face
// each other, and its gradient at the four vertices.
func (f *folds) angle(x []float64, m int) (theta float64, g [4][3]float64) {
	v := &f.vert[m]
	a := vec(x, v[0])
	e, c, d := sub3(vec(x, v[1]), a), sub3(vec(x, v[2]), a), sub3(vec(x, v[3]), a)
	n1, n2 := cross3(e, c), cross3(d, e)
	l2, a1, a2 := dot3(e, e), dot3(n1, n1), dot3(n2, n2)
	if l2 == 0 || a1 == 0 || a2 == 0 {
		return 0, g
	}
	l := sqrt(l2)
	theta = math.Atan2(dot3(cross3(n1, n2), e)/l, dot3(n1, n2))
	// Lifting a tip turns its triangle by one over its height; the ends of the
	// edge take the counterpart in the shares of the tip's foot point.
	s1, s2 := dot3(c, e)/l2, dot3(d, e)/l2
	for k := range 3 {
		g[2][k], g[3][k] = -l*n1[k]/a1, -l*n2[k]/a2
		g[0][k] = -float64((1-s1)*g[2][k]) - float64((1-s2)*g[3][k])
		g[1][k] = -float64(s1*g[2][k]) - float64(s2*g[3][k])
	}
	return theta, g
}

// flat is K x of the flat hinge below fold m.
func (h *hinges) flat(x []float64, m int32) (s [3]float64) {
	v, k := &h.vert[m], &h.k[m]
	for d := range int32(3) {
		s[d] = float64(k[0]*x[3*v[0]+d]) + float64(k[1]*x[3*v[1]+d]) + float64(k[2]*x[3*v[2]+d]) + float64(k[3]*x[3*v[3]+d])
	}
	return s
}

// addForce adds the folds' force on vertex i to o, that of the flat hinges in
// their place taken off.
func (f *folds) addForce(o, x []float64, h *hinges, i int) {
	for _, mk := range f.around.list(i) {
		m := int(mk / 4)
		theta, g := f.angle(x, m)
		moment := f.k[m] * (theta - f.rest[m])
		s := h.flat(x, f.hinge[m])
		w := h.weightOf(f.hinge[m], int32(i))
		for k := range s {
			o[k] += float64(w*s[k]) - float64(moment*g[mk%4][k])
		}
	}
}

// weightOf is c K of vertex i in hinge m [N/m].
func (h *hinges) weightOf(m, i int32) float64 {
	for k, v := range h.vert[m] {
		if v == i {
			return h.c[m] * h.k[m][k]
		}
	}
	panic("drape: vertex is not of this hinge")
}

// energy sums folds lo to hi without the flat hinges' share [J].
func (f *folds) energy(x []float64, h *hinges, lo, hi int) float64 {
	sum := 0.0
	for m := lo; m < hi; m++ {
		theta, _ := f.angle(x, m)
		u := theta - f.rest[m]
		s := h.flat(x, f.hinge[m])
		sum += float64(0.5*f.k[m]*u*u) - float64(0.5*h.c[f.hinge[m]]*dot3(s, s))
	}
	return sum
}

// foldSolve turns all folds towards their rest angle in one sweep of XPBD. The
// turn of one sweep is capped: the gradient holds for small angles only.
func foldSolve(x, invMass []float64, f *folds, ia float64) {
	const most = 0.2 // [rad]
	for m := range f.vert {
		theta, g := f.angle(x, m)
		w := ia / f.k[m]
		for k, i := range f.vert[m] {
			w += float64(invMass[i] * dot3(g[k], g[k]))
		}
		if !(w > 0) || math.IsInf(w, 1) {
			continue
		}
		u := max(-most, min(most, theta-f.rest[m])) / w
		for k, i := range f.vert[m] {
			for d := range int32(3) {
				x[3*i+d] -= float64(u * invMass[i] * g[k][d])
			}
		}
	}
}
