package drape

import (
	"math"

	"fitroom/garment/cloth"
	"fitroom/garment/fabric"

	"gonum.org/v1/gonum/spatial/r2"
)

// plates is bending: energy per rest area
//
//	1/2 (Bu |x_uu|^2 + Bv |x_vv|^2 + 2 Bt |x_uv|^2)
//
// of the second derivatives of the surface by the flat coordinates u (weft) and
// v (warp); for cloth, which hardly stretches, they are its curvatures. Each
// triangle takes them from the quadratic through its corners and the far
// corners of its three neighbours, unfolded into its plane (the rotation-free
// element of Oñate and Zárate 2000, "Rotation-free triangular plate and shell
// elements", with the fit of finite differences). It is exact for a constant
// curvature in whatever direction on whatever mesh, and quadratic in x: force
// and Hessian are one constant matrix, as in Bergou et al. 2006, "A quadratic
// bending model for inextensible surfaces".
//
// At a free edge a neighbour is missing, and with it a condition on the
// curvature; of those left possible the one of least energy is taken, which is
// to say that nothing bends a free edge. The rejected alternative, hinges
// between two triangles (springs.go has them, for dressing), makes cloth on an
// irregular mesh a quarter too soft at 5 mm and a third at 9 mm: the angles of
// neighbouring hinges differ at no cost.
type plates struct {
	vert [][6]int32      // corners, then the neighbours' far corners; -1: none
	row  [][3][6]float64 // energy is half the sum of |row x|^2 [sqrt(N/m)]
}

// leastSpread bounds how badly the three far corners may tell the curvatures
// apart, as a share of the best told one. Six points on a conic do not tell
// them at all; what they leave open then costs nothing rather than infinitely.
const leastSpread = 0.01

// leastRigidity stands in for none [N m]: a millionth of a light silk's.
const leastRigidity = 1e-12

func newPlates(p *plan, c *cloth.Cloth, onFold map[int32]bool) plates {
	s := plates{vert: make([][6]int32, p.nt), row: make([][3][6]float64, p.nt)}
	for t := range p.nt {
		q := c.Rest[t]
		o := r2.Scale(1.0/3, r2.Add(q[0], r2.Add(q[1], q[2])))
		s.vert[t] = [6]int32{p.tris[t][0], p.tris[t][1], p.tris[t][2], -1, -1, -1}
		var cond [3][3]float64 // on (uu, vv, uv) by each far corner [m2]
		var wd [3][6]float64   // its weights in the far corner's departure from the plane
		m := 0
		for k := range 3 {
			e := p.triEdge[t][k]
			at, far, ok := p.farCorner(c, t, k)
			if !ok || onFold[e] {
				continue
			}
			s.vert[t][3+m] = far
			b := barycentric(q, at)
			cond[m] = departure(q, b, at, o)
			for i := range 3 {
				wd[m][i] = -b[i]
			}
			wd[m][3+m] = 1
			m++
		}
		root := curvatureRoot(cond[:m], rigidities(c.Fabrics[p.triLaw[t]]))
		scale := math.Sqrt(p.triArea[t])
		for r := range m {
			for j := range m {
				for i := range 6 {
					s.row[t][r][i] += scale * root[r][j] * wd[j][i]
				}
			}
		}
	}
	return s
}

// farCorner unfolds the neighbour of triangle t at its side k into the plane of
// t: where its far corner lies and which vertex that is. Across a seam the
// neighbour is scaled along the side as the ease has it.
func (p *plan) farCorner(c *cloth.Cloth, t, k int) (at r2.Vec, far int32, ok bool) {
	e := p.triEdge[t][k]
	list := p.edgeTri.list(int(e))
	if len(list) != 2 {
		return at, 0, false
	}
	other := list[0]
	if int(other/3) == t {
		other = list[1]
	}
	n, j := other/3, int(other%3)
	far = p.tris[n][(j+2)%3]
	if far == p.tris[t][(k+2)%3] {
		return at, 0, false // two triangles back to back
	}
	// Along the neighbour's side, which runs the other way, and off it.
	a, b, d := c.Rest[n][j], c.Rest[n][(j+1)%3], c.Rest[n][(j+2)%3]
	if p.tris[n][j] == p.tris[t][k] {
		a, b = b, a // not oriented alike
	}
	ba := r2.Sub(a, b)
	l2 := r2.Norm2(ba)
	s := r2.Dot(r2.Sub(d, b), ba) / l2
	h := math.Abs(r2.Cross(r2.Sub(d, b), ba)) / math.Sqrt(l2)
	q := c.Rest[t]
	u, v := q[k], q[(k+1)%3]
	side := r2.Sub(v, u)
	l := math.Sqrt(r2.Norm2(side))
	out := r2.Vec{X: side.Y / l, Y: -side.X / l}
	if r2.Cross(side, r2.Sub(q[(k+2)%3], u)) < 0 {
		out = r2.Scale(-1, out)
	}
	return r2.Add(u, r2.Add(r2.Scale(s, side), r2.Scale(h, out))), far, true
}

func barycentric(q [3]r2.Vec, p r2.Vec) [3]float64 {
	area := r2.Cross(r2.Sub(q[1], q[0]), r2.Sub(q[2], q[0]))
	u := r2.Cross(r2.Sub(q[2], q[1]), r2.Sub(p, q[1])) / area
	v := r2.Cross(r2.Sub(q[0], q[2]), r2.Sub(p, q[2])) / area
	return [3]float64{u, v, 1 - u - v}
}

// departure is how far unit curvatures uu, vv and uv take the point at, of
// barycentric coordinates b, off the plane of the corners q [m2]; o is any
// origin near.
func departure(q [3]r2.Vec, b [3]float64, at, o r2.Vec) (d [3]float64) {
	add := func(w float64, p r2.Vec) {
		x, y := p.X-o.X, p.Y-o.Y
		d[0] += w * x * x / 2
		d[1] += w * y * y / 2
		d[2] += w * x * y
	}
	add(1, at)
	for i := range 3 {
		add(-b[i], q[i])
	}
	return d
}

// rigidities of a fabric against uu (weft), vv (warp) and uv [N m]. A strip on
// the bias has uu = vv = uv = half its curvature, so that its rigidity is
// (Bu + Bv)/4 + Bt/2; where it is not known it is taken as the mean of both.
func rigidities(f fabric.Fabric) [3]float64 {
	mean := (f.BendWarp + f.BendWeft) / 2
	bias := f.BendBias
	if bias == 0 {
		bias = mean
	}
	// Cloth without any resistance to a twist would be a mechanism.
	const leastTwist = 0.1
	twist := max(2*bias-mean, leastTwist*mean)
	return [3]float64{f.BendWeft, f.BendWarp, 2 * twist}
}

// curvatureRoot is a matrix whose rows, applied to the departures of up to
// three far corners and squared, sum to twice the least bending energy per
// area: with M = P D^-1 P' of the conditions P, a root of M^-1.
func curvatureRoot(cond [][3]float64, d [3]float64) (root [3][3]float64) {
	var m [3][3]float64
	for i := range cond {
		for j := range cond {
			for k := range d {
				m[i][j] += cond[i][k] * cond[j][k] / max(d[k], leastRigidity)
			}
		}
	}
	n := len(cond)
	value, vector := eigen(m, n)
	most := 0.0
	for i := range n {
		most = max(most, value[i])
	}
	for i := range n {
		if most == 0 {
			return root
		}
		w := 1 / math.Sqrt(max(value[i], leastSpread*most))
		for j := range n {
			root[i][j] = w * vector[j][i]
		}
	}
	return root
}

// eigen finds the eigenvalues and, in columns, eigenvectors of the leading n
// rows of a symmetric matrix by Jacobi's rotations.
func eigen(a [3][3]float64, n int) (value [3]float64, vector [3][3]float64) {
	for i := range n {
		vector[i][i] = 1
	}
	for turned, sweep := true, 0; turned && sweep < 12; sweep++ { // each squares the error
		turned = false
		for p := range n {
			for q := p + 1; q < n; q++ {
				if math.Abs(a[p][q]) <= 1e-17*(math.Abs(a[p][p])+math.Abs(a[q][q])) {
					continue
				}
				turned = true
				theta := (a[q][q] - a[p][p]) / (2 * a[p][q])
				t := math.Copysign(1, theta) / (math.Abs(theta) + math.Sqrt(theta*theta+1))
				c := 1 / math.Sqrt(t*t+1)
				s := t * c
				for k := range n {
					x, y := a[k][p], a[k][q]
					a[k][p], a[k][q] = float64(c*x)-float64(s*y), float64(s*x)+float64(c*y)
				}
				for k := range n {
					x, y := a[p][k], a[q][k]
					a[p][k], a[q][k] = float64(c*x)-float64(s*y), float64(s*x)+float64(c*y)
				}
				for k := range n {
					x, y := vector[k][p], vector[k][q]
					vector[k][p], vector[k][q] = float64(c*x)-float64(s*y), float64(s*x)+float64(c*y)
				}
			}
		}
	}
	for i := range n {
		value[i] = a[i][i]
	}
	return value, vector
}

// plateEnergy sums the bending energy of triangles lo to hi [J]. Summing
// squares instead of x.Kx keeps the digits: each term is small and positive.
func plateEnergy(x []float64, s *plates, lo, hi int) float64 {
	sum := 0.0
	for t := lo; t < hi; t++ {
		v := &s.vert[t]
		for r := range s.row[t] {
			w := &s.row[t][r]
			var e [3]float64
			for k, i := range v {
				if i >= 0 {
					e[0] += float64(w[k] * x[3*i])
					e[1] += float64(w[k] * x[3*i+1])
					e[2] += float64(w[k] * x[3*i+2])
				}
			}
			sum += dot3(e, e)
		}
	}
	return sum / 2
}
