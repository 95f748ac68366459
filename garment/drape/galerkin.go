package drape

// smoothRows writes block b of the rows of the prolongator: the rigid motions less
// damp times inv a of them.
func smoothRows[F float32 | float64](t *transfer, a *sparse[F], inv []F, damp float64, b int) {
	lo, hi := span(b, t.n)
	br := t.br
	size := br * modes
	seat := t.seat[seats(a, lo):]
	for i := lo; i < hi; i++ {
		n := int(t.start[i+1] - t.start[i])
		entries := 1 + int(a.start[i+1]-a.start[i]+a.farStart[i+1]-a.farStart[i])
		if n == 0 {
			seat = seat[entries:]
			continue
		}
		o := t.sum[b][:n*size]
		clear(o)
		addProduct(o[int(seat[0])*size:], a.diag[br*br*i:], t.tent[size*i:], br)
		seat = seat[1:]
		for k := a.start[i]; k < a.start[i+1]; k++ {
			if j := int(a.col[k]) / br; seat[0] >= 0 {
				addProduct(o[int(seat[0])*size:], a.block[br*br*int(k):], t.tent[size*j:], br)
			}
			seat = seat[1:]
		}
		for k := a.farStart[i]; k < a.farStart[i+1]; k++ {
			if j := int(a.farCol[k]) / br; seat[0] >= 0 {
				addMultiple(o[int(seat[0])*size:], float64(a.far[k]), t.tent[size*j:], size)
			}
			seat = seat[1:]
		}
		d := inv[br*br*i : br*br*i+br*br]
		val, up := t.val[size*int(t.start[i]):size*int(t.start[i+1])], t.up[size*int(t.start[i]):size*int(t.start[i+1])]
		for s := range n {
			u, v, turned := o[s*size:(s+1)*size], val[s*size:(s+1)*size], up[s*size:(s+1)*size]
			own := t.part[int(t.start[i])+s] == t.own[i]
			for r := range br {
				for c := range modes {
					w := 0.0
					for q := range br {
						w += float64(float64(d[br*r+q]) * u[modes*q+c])
					}
					w *= -damp
					if own {
						w += float64(t.tent[size*i+modes*r+c])
					}
					v[modes*r+c] = float32(w)
					turned[br*c+r] = float32(w)
				}
			}
		}
	}
}

// seats is the number of entries before row i, diagonals included.
func seats[F float32 | float64](a *sparse[F], i int) int {
	return i + int(a.start[i]+a.farStart[i])
}

// foldRows writes rows lo to hi of a times the prolongator.
func foldRows[F float32 | float64](t *transfer, a *sparse[F], lo, hi int) {
	br := t.br
	size := br * modes
	for i := lo; i < hi; i++ {
		o := t.fold[size*int(t.foldStart[i]) : size*int(t.foldStart[i+1])]
		clear(o)
		place := t.place[t.placeStart[i]:t.placeStart[i+1]]
		n := int(t.start[i+1] - t.start[i])
		if len(o) == 0 || n == 0 {
			continue
		}
		for s := range n {
			addProduct(o[int(place[s])*size:], a.diag[br*br*i:], t.val[size*(int(t.start[i])+s):], br)
		}
		place = place[n:]
		for k := a.start[i]; k < a.start[i+1]; k++ {
			j := int(a.col[k]) / br
			from, to := int(t.start[j]), int(t.start[j+1])
			for s := from; s < to; s++ {
				addProduct(o[int(place[s-from])*size:], a.block[br*br*int(k):], t.val[size*s:], br)
			}
			place = place[to-from:]
		}
		for k := a.farStart[i]; k < a.farStart[i+1]; k++ {
			j := int(a.farCol[k]) / br
			from, to := int(t.start[j]), int(t.start[j+1])
			for s := from; s < to; s++ {
				addMultiple(o[int(place[s-from])*size:], float64(a.far[k]), t.val[size*s:], size)
			}
			place = place[to-from:]
		}
	}
}

// addProduct adds a, br x br by columns, times b, br x modes, to o.
func addProduct[F float32 | float64](o []float64, a []F, b []float32, br int) {
	for r := range br {
		row := (*[modes]float64)(o[modes*r:])
		for q := range br {
			v, w := float64(a[br*q+r]), (*[modes]float32)(b[modes*q:])
			row[0] += float64(v * float64(w[0]))
			row[1] += float64(v * float64(w[1]))
			row[2] += float64(v * float64(w[2]))
			row[3] += float64(v * float64(w[3]))
			row[4] += float64(v * float64(w[4]))
			row[5] += float64(v * float64(w[5]))
		}
	}
}

// addMultiple adds f times b to o, n numbers.
func addMultiple(o []float64, f float64, b []float32, n int) {
	o, b = o[:n], b[:n]
	for k, v := range b {
		o[k] += float64(f * float64(v))
	}
}

// gather writes rows lo to hi of the coarse matrix from its diagonal on.
func (t *transfer) gather(c *sparse[float64], lo, hi int) {
	const area = modes * modes
	size := t.br * modes
	for a := lo; a < hi; a++ {
		clear(c.diag[area*a : area*(a+1)])
		clear(c.block[area*c.start[a] : area*c.start[a+1]])
		to := t.to[t.toStart[a]:]
		for m := t.member.start[a]; m < t.member.start[a+1]; m++ {
			p := t.down[size*int(m) : size*int(m)+size]
			copy(p, t.val[size*int(t.member.item[m]):])
			i := t.memberNode[m]
			f := t.fold[size*int(t.foldStart[i]) : size*int(t.foldStart[i+1])]
			for ; len(f) > 0; f = f[size:] {
				k := to[0]
				to = to[1:]
				switch k {
				case 0:
				case 1:
					addTransposed(c.diag[area*a:], p, f, t.br)
				default:
					addTransposed(c.block[area*(int(c.start[a])+int(k)-2):], p, f, t.br)
				}
			}
		}
	}
}

// addTransposed adds p' f to o, by columns; both are br x modes.
func addTransposed(o []float64, p []float32, f []float64, br int) {
	for q := range br {
		w := (*[modes]float32)(p[modes*q:])
		for c, v := range f[modes*q : modes*q+modes] {
			col := (*[modes]float64)(o[modes*c:])
			col[0] += float64(float64(w[0]) * v)
			col[1] += float64(float64(w[1]) * v)
			col[2] += float64(float64(w[2]) * v)
			col[3] += float64(float64(w[3]) * v)
			col[4] += float64(float64(w[4]) * v)
			col[5] += float64(float64(w[5]) * v)
		}
	}
}

// reflect fills rows lo to hi of the coarse matrix below the diagonal.
func (t *transfer) reflect(c *sparse[float64], lo, hi int) {
	const area = modes * modes
	for k := c.start[lo]; k < c.start[hi]; k++ {
		if t.mirror[k] < 0 {
			continue
		}
		o, b := c.block[area*k:area*k+area], c.block[area*t.mirror[k]:]
		for m := range o {
			o[m] = b[m%modes*modes+m/modes]
		}
	}
}
