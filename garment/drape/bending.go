package drape

// bending is the bending energy's Hessian, one constant scalar matrix for x, y
// and z alike: what the squares of the plates sum to.
type bending struct {
	row  csr       // columns off the diagonal, in order of first sight
	val  []float64 // theirs [N/m]
	diag []float64 // [N/m]
}

func newBending(p *plan) bending {
	b := bending{diag: make([]float64, p.nv)}
	b.fill(p)
	b.val = make([]float64, len(b.row.item))
	for t := range p.plates.vert {
		var k [36]float64
		for r := range p.plates.row[t] {
			addSquare(k[:], p.plates.row[t][r][:])
		}
		b.add(p.plates.vert[t][:], k[:])
	}
	return b
}

// addSquare adds the Hessian of (w x)^2/2 to the square matrix k.
func addSquare(k, w []float64) {
	n := len(w)
	for i, u := range w {
		for j, v := range w {
			k[n*i+j] += u * v
		}
	}
}

// fill finds which entries there are.
func (b *bending) fill(p *plan) {
	pairs := make([][2]int32, 0, 30*len(p.plates.vert)) // six vertices with five others each
	meet := func(v []int32) {
		for _, i := range v {
			for _, j := range v {
				if i >= 0 && j >= 0 && i != j {
					pairs = append(pairs, [2]int32{i, j})
				}
			}
		}
	}
	for t := range p.plates.vert {
		meet(p.plates.vert[t][:])
	}
	all := newCSR(p.nv, pairs)
	// Drop doubles: a row keeps each column once.
	b.row.start = make([]int32, p.nv+1)
	at := make([]int32, p.nv) // 1 + position of a column in the row at hand
	for i := range p.nv {
		from := int32(len(b.row.item))
		for _, j := range all.list(i) {
			if k := at[j] - 1; k < from || k >= int32(len(b.row.item)) || b.row.item[k] != j {
				b.row.item = append(b.row.item, j)
				at[j] = int32(len(b.row.item))
			}
		}
		b.row.start[i+1] = int32(len(b.row.item))
	}
}

// add adds the matrix k of the vertices v, -1 for none; one may occur twice,
// where two neighbours of a triangle share their far corner.
func (b *bending) add(v []int32, k []float64) {
	n := len(v)
	for i, p := range v {
		for j, q := range v {
			switch {
			case p < 0 || q < 0:
			case p == q:
				b.diag[p] += k[n*i+j]
			default:
				b.val[b.find(p, q)] += k[n*i+j]
			}
		}
	}
}

func (b *bending) find(i, j int32) int32 {
	for k := b.row.start[i]; k < b.row.start[i+1]; k++ {
		if b.row.item[k] == j {
			return k
		}
	}
	panic("drape: bending matrix lacks an entry of its own stencil")
}

// bendingApply writes y = -K x for rows lo to hi: the bending force [N].
func bendingApply(y, x []float64, m *bending, lo, hi int) {
	for i := lo; i < hi; i++ {
		d := m.diag[i]
		a, b, c := float64(d*x[3*i]), float64(d*x[3*i+1]), float64(d*x[3*i+2])
		from, to := m.row.start[i], m.row.start[i+1]
		val := m.val[from:to]
		for k, j := range m.row.item[from:to] {
			v, at := val[k], 3*int(uint32(j))
			z, y, x := x[at+2], x[at+1], x[at]
			a += float64(v * x)
			b += float64(v * y)
			c += float64(v * z)
		}
		y[3*i], y[3*i+1], y[3*i+2] = -a, -b, -c
	}
}
