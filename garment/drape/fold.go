package drape

import (
	"math"
	"slices"
	"sort"

	"fitroom/garment/cloth"
)

// folds are the lines at which cloth rests at an angle: a pressed crease, a
// turned collar. A fold is a hinge of the cloth's own rigidity whose rest angle
// is not zero, energy 1/2 k (theta - rest)^2 of the dihedral angle (Grinspun,
// Hirani, Desbrun and Schroeder 2003, "Discrete shells", eq. 3). k = c l^2 makes
// it as stiff as the flat hinge c is to small departures: the crease gives as
// much as cloth one triangle wide. To the plates (plate.go) it is a free edge.
//
// In the Hessian stands 2 k (h1 h1' + h2 h2') for the gradient g = h1 + h2 of the
// angle, h1 and h2 being the tilts of the two triangles: a positive majorant of
// k g g' that couples no vertices but neighbours. The angle's own second
// derivative, which changes sign, is left out.
type folds struct {
	vert [][4]int32 // edge a, b as its first triangle passes it, then that one's third vertex and the other's
	rest []float64  // [rad]
	k    []float64  // [N m]

	around csr        // fold*4 + place in it, around a vertex
	links  []foldLink // ascending by edge
}

// foldLink is an edge of one of a fold's two triangles.
type foldLink struct{ edge, fold, tip, i, j int32 }

// mostFolded is the sharpest rest angle [rad]: a step beyond it, layers that lie
// on each other would be at an angle of pi, where plus and minus are one.
const mostFolded = 0.95 * math.Pi

func newFolds(p *plan, c *cloth.Cloth) folds {
	var f folds
	hingeOf := make(map[[2]int32]int32, p.hinges.folded)
	for m := len(p.hinges.vert) - p.hinges.folded; m < len(p.hinges.vert); m++ {
		v := p.hinges.vert[m]
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
			v, l := p.hinges.vert[m], p.springs.edge[e]
			if !p.passes(v[2], ed.A, ed.B) {
				v[2], v[3] = v[3], v[2]
			}
			for k, w := range v {
				pairs = append(pairs, [2]int32{w, int32(4*len(f.vert) + k)})
			}
			f.vert = append(f.vert, v)
			f.rest = append(f.rest, max(-mostFolded, min(mostFolded, fold.Angle)))
			f.k = append(f.k, p.hinges.c[m]*l*l)
			f.link(p)
		})
	}
	f.around = newCSR(p.nv, pairs)
	slices.SortStableFunc(f.links, func(a, b foldLink) int { return int(a.edge) - int(b.edge) })
	return f
}

// link lists the edges of the last fold's triangles.
func (f *folds) link(p *plan) {
	m := int32(len(f.vert) - 1)
	v := f.vert[m]
	for tip := int32(2); tip < 4; tip++ {
		for _, c := range [3][2]int32{{0, 1}, {1, tip}, {tip, 0}} {
			f.links = append(f.links, foldLink{p.edgeOf(v[c[0]], v[c[1]]), m, tip, c[0], c[1]})
		}
	}
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

// addForce adds the folds' force on vertex i to o.
func (f *folds) addForce(o, x []float64, i int) {
	for _, mk := range f.around.list(i) {
		m := int(mk / 4)
		theta, g := f.angle(x, m)
		moment := f.k[m] * (theta - f.rest[m])
		for k := range o {
			o[k] -= float64(moment * g[mk%4][k])
		}
	}
}

// addEdges adds the coupling of folds on edges lo to hi to their blocks off;
// diagonal blocks are taken from those rows' sums.
func (f *folds) addEdges(off, x []float64, lo, hi int) {
	first := sort.Search(len(f.links), func(m int) bool { return int(f.links[m].edge) >= lo })
	for _, l := range f.links[first:] {
		if int(l.edge) >= hi {
			return
		}
		_, g := f.angle(x, int(l.fold))
		n := g[l.tip]
		w := 2 * f.k[l.fold] * f.share(x, l.fold, l.tip, l.i) * f.share(x, l.fold, l.tip, l.j)
		o := off[9*l.edge : 9*l.edge+9]
		for i := range 3 {
			for j := range 3 {
				o[3*i+j] += float64(w * n[i] * n[j])
			}
		}
	}
}

// share is what a vertex of a fold has of the tilt of the triangle with the
// given tip: 1 the tip itself, the ends of the edge the counterpart.
func (f *folds) share(x []float64, m, tip, i int32) float64 {
	if i == tip {
		return 1
	}
	v := &f.vert[m]
	a := vec(x, v[0])
	e := sub3(vec(x, v[1]), a)
	s := dot3(sub3(vec(x, v[tip]), a), e) / max(dot3(e, e), 1e-300)
	if i == 0 {
		return s - 1
	}
	return -s
}

// energy sums folds lo to hi [J].
func (f *folds) energy(x []float64, lo, hi int) float64 {
	sum := 0.0
	for m := lo; m < hi; m++ {
		theta, _ := f.angle(x, m)
		u := theta - f.rest[m]
		sum += float64(0.5 * f.k[m] * u * u)
	}
	return sum
}

// foldSolve turns all folds towards their rest angle in one sweep of XPBD.
func foldSolve(x, invMass []float64, f *folds, ia float64) {
	for m := range f.vert {
		theta, g := f.angle(x, m)
		f.turn(x, invMass, m, theta, &g, ia/f.k[m])
	}
}

// turn turns fold m from theta towards its rest angle. The turn of one sweep is
// capped: the gradient holds for small angles only.
func (f *folds) turn(x, invMass []float64, m int, theta float64, g *[4][3]float64, give float64) {
	const most = 0.2 // [rad]
	w := give
	for k, i := range f.vert[m] {
		w += float64(invMass[i] * dot3(g[k], g[k]))
	}
	if !(w > 0) || math.IsInf(w, 1) {
		return
	}
	u := max(-most, min(most, theta-f.rest[m])) / w
	for k, i := range f.vert[m] {
		for d := range int32(3) {
			x[3*i+d] -= float64(u * invMass[i] * g[k][d])
		}
	}
}
