package drape

import "fitroom/garment/drape/lanes"

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
		a.add(o, a.diag[br*br*i:], t.tent[size*i:], seat[:1])
		seat = seat[1:]
		for k := a.start[i]; k < a.start[i+1]; k++ {
			if j := int(a.col[k]) / br; seat[0] >= 0 {
				a.add(o, a.block[br*br*int(k):], t.tent[size*j:], seat[:1])
			}
			seat = seat[1:]
		}
		for k := a.farStart[i]; k < a.farStart[i+1]; k++ {
			if j := int(a.farCol[k]) / br; seat[0] >= 0 {
				lanes.AddMultiples3(o, float64(a.far[k]), t.tent[size*j:], seat[:1])
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
		a.add(o, a.diag[br*br*i:], t.val[size*int(t.start[i]):], place[:n])
		place = place[n:]
		for k := a.start[i]; k < a.start[i+1]; k++ {
			j := int(a.col[k]) / br
			from, to := int(t.start[j]), int(t.start[j+1])
			a.add(o, a.block[br*br*int(k):], t.val[size*from:], place[:to-from])
			place = place[to-from:]
		}
		for k := a.farStart[i]; k < a.farStart[i+1]; k++ {
			j := int(a.farCol[k]) / br
			from, to := int(t.start[j]), int(t.start[j+1])
			lanes.AddMultiples3(o, float64(a.far[k]), t.val[size*from:], place[:to-from])
			place = place[to-from:]
		}
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
			n := len(f) / size
			lanes.AddTransposed(c.diag[area*a:], c.block[area*c.start[a]:], p, f, to[:n], t.br)
			to = to[n:]
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
