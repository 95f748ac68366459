package drape

import (
	"slices"

	"fitroom/garment/drape/lanes"
)

// bending is the bending energy's Hessian, one constant scalar matrix for x, y
// and z alike: what the squares of the plates sum to.
type bending struct {
	row  csr       // columns off the diagonal, in order of first sight
	val  []float64 // theirs [N/m]
	diag []float64 // [N/m]
}

func newBending(p *plan) bending {
	b := bending{diag: make([]float64, p.nv)}
	around := p.plates.around(p.nv)
	b.row.start = make([]int32, p.nv+1)
	// A plate has five other vertices; three of four such pairs come again in another.
	b.row.item, b.val = make([]int32, 0, 2*len(around.item)), make([]float64, 0, 2*len(around.item))
	at := make([]int32, p.nv) // 1 + entry of a column in the row at hand
	for i := range int32(p.nv) {
		b.addRow(&p.plates, i, around.list(int(i)), at)
		b.row.start[i+1] = int32(len(b.row.item))
	}
	return b
}

// around lists the plates at each vertex: plate*6 + place in it.
func (s *plates) around(nv int) csr {
	c := csr{start: make([]int32, nv+1)}
	for t := range s.vert {
		for _, v := range s.vert[t] {
			if v >= 0 {
				c.start[v+1]++
			}
		}
	}
	for v := range nv {
		c.start[v+1] += c.start[v]
	}
	next := slices.Clone(c.start)
	c.item = make([]int32, c.start[nv])
	for t := range s.vert {
		for k, v := range s.vert[t] {
			if v >= 0 {
				c.item[next[v]] = int32(6*t + k)
				next[v]++
			}
		}
	}
	return c
}

// addRow adds row i from the plates at it: of each the row of its vertex in the
// Hessian of the sum of (w x)^2/2. A vertex may be in a plate twice, where two
// neighbours of a triangle share their far corner.
func (b *bending) addRow(s *plates, i int32, plates, at []int32) {
	from := b.row.start[i]
	for _, tk := range plates {
		v, w := &s.vert[tk/6], &s.row[tk/6]
		k := tk % 6
		u0, u1, u2 := w[0][k], w[1][k], w[2][k]
		for m, j := range v {
			if j < 0 {
				continue
			}
			h := float64(u0*w[0][m]) + float64(u1*w[1][m]) + float64(u2*w[2][m])
			if j == i {
				b.diag[i] += h
				continue
			}
			e := at[j] - 1
			if e < from || int(e) >= len(b.row.item) || b.row.item[e] != j {
				e = int32(len(b.row.item))
				b.row.item, b.val = append(b.row.item, j), append(b.val, 0)
				at[j] = e + 1
			}
			b.val[e] += h
		}
	}
}

// bendingApply writes y = -K x for rows lo to hi: the bending force [N].
func bendingApply(y, x []float64, m *bending, lo, hi int) {
	from, to := m.row.start[lo], m.row.start[hi]
	lanes.ApplyBending(y[3*lo:3*hi], x[3*lo:3*hi], x, m.diag[lo:hi], m.val[from:to], m.row.start[lo:hi+1], m.row.item[from:to])
}
