package lanes

//go:generate go run -C asm . -kernels rows -out ../rows_amd64.s -stubs ../rows_amd64.go -pkg lanes

// MultiplyRows writes y = H v and returns the product of y with own, v's part in
// these rows. Row i has a symmetric diagonal block (diag, six numbers xx xy xz yy yz
// zz), blocks start[i]-start[0] to start[i+1]-start[0] of nine numbers, by columns,
// and multiples far of the unit matrix. Columns are three times the vertex; v, own
// and block are made by Vector.
func MultiplyRows(y, own, v []float32, start, col []int32, block []float32, farStart, farCol []int32, far, diag []float32) float64 {
	if wide {
		_, _, _ = own[:len(y)+beyond], v[:len(v)+beyond], block[:len(block)+beyond]
		return multiplyRowsAVX2(y, own, v, start, col, block, farStart, farCol, far, diag)
	}
	return multiplyRows(y, own, v, start, col, block, farStart, farCol, far, diag)
}

func multiplyRows(y, own, v []float32, start, col []int32, block []float32, farStart, farCol []int32, far, diag []float32) float64 {
	dot := 0.0
	s, f := start[0], farStart[0]
	for i, end := range start[1:] {
		d, u := (*[6]float32)(diag[6*i:]), (*[3]float32)(own[3*i:])
		v0, v1, v2 := u[0], u[1], u[2]
		a := float32(d[0]*v0) + float32(d[1]*v1) + float32(d[2]*v2)
		b := float32(d[1]*v0) + float32(d[3]*v1) + float32(d[4]*v2)
		c := float32(d[2]*v0) + float32(d[4]*v1) + float32(d[5]*v2)
		n := end - s
		s = end
		for _, j := range col[:n] {
			o := (*[9]float32)(block)
			block = block[9:]
			at := int(uint32(j)) // the last of three first: one check of bounds
			z, y, x := v[at+2], v[at+1], v[at]
			a += float32(o[0]*x) + float32(o[3]*y) + float32(o[6]*z)
			b += float32(o[1]*x) + float32(o[4]*y) + float32(o[7]*z)
			c += float32(o[2]*x) + float32(o[5]*y) + float32(o[8]*z)
		}
		col = col[n:]
		n = farStart[i+1] - f
		f += n
		for k, j := range farCol[:n] {
			m, at := far[k], int(uint32(j))
			z, y, x := v[at+2], v[at+1], v[at]
			a += float32(m * x)
			b += float32(m * y)
			c += float32(m * z)
		}
		farCol, far = farCol[n:], far[n:]
		o := (*[3]float32)(y[3*i:])
		o[0], o[1], o[2] = a, b, c
		dot += float64(float32(a*v0) + float32(b*v1) + float32(c*v2))
	}
	return dot
}

// Precondition writes z = inv r, inv being symmetric blocks of six numbers, and
// returns r.z. r is made by Vector.
func Precondition(z, r, inv []float32) float64 {
	if wide {
		_, _ = r[:len(z)+beyond], inv[:2*len(z)]
		return preconditionAVX2(z, r, inv)
	}
	return precondition(z, r, inv)
}

func precondition(z, r, inv []float32) float64 {
	dot := 0.0
	for ; len(z) >= 3; z, r, inv = z[3:], r[3:], inv[6:] {
		m, u, o := (*[6]float32)(inv), (*[3]float32)(r), (*[3]float32)(z)
		a, b, c := u[0], u[1], u[2]
		x := float32(m[0]*a) + float32(m[1]*b) + float32(m[2]*c)
		y := float32(m[1]*a) + float32(m[3]*b) + float32(m[4]*c)
		w := float32(m[2]*a) + float32(m[4]*b) + float32(m[5]*c)
		o[0], o[1], o[2] = x, y, w
		dot += float64(float32(a*x) + float32(b*y) + float32(c*w))
	}
	return dot
}

// Relax adds ease times inv y to z, inv being symmetric blocks of six numbers, and
// returns r.z. r, y and z are made by Vector.
func Relax(z, r, y, inv []float32, ease float32) float64 {
	if wide {
		n := len(z)
		_, _, _, _ = z[:n+beyond], r[:n+beyond], y[:n], inv[:2*n]
		return relaxAVX2(z, r, y, inv, ease)
	}
	return relax(z, r, y, inv, ease)
}

func relax(z, r, y, inv []float32, ease float32) float64 {
	dot := 0.0
	for ; len(z) >= 3; z, r, y, inv = z[3:], r[3:], y[3:], inv[6:] {
		d, u, o, v := (*[6]float32)(inv), (*[3]float32)(y), (*[3]float32)(z), (*[3]float32)(r)
		a, b, c := float32(ease*u[0]), float32(ease*u[1]), float32(ease*u[2])
		o[0] += float32(d[0]*a) + float32(d[1]*b) + float32(d[2]*c)
		o[1] += float32(d[1]*a) + float32(d[3]*b) + float32(d[4]*c)
		o[2] += float32(d[2]*a) + float32(d[4]*b) + float32(d[5]*c)
		dot += float64(float32(v[0]*o[0]) + float32(v[1]*o[1]) + float32(v[2]*o[2]))
	}
	return dot
}

// Pack writes blocks of nine numbers, by columns: each that of edge in off, which is
// of rows, or if edge is negative that of ^edge transposed, and on its diagonal
// stiffness times what bend says of val, nothing if it is negative.
func Pack(block []float32, off []float64, edge, bend []int32, val []float64, stiffness float64) {
	if wide {
		_, _ = block[:9*len(edge)], bend[:len(edge)]
		packAVX2(block, off, edge, bend, val, stiffness)
		return
	}
	pack(block, off, edge, bend, val, stiffness)
}

func pack(block []float32, off []float64, edge, bend []int32, val []float64, stiffness float64) {
	for k, e := range edge {
		o := (*[9]float32)(block[9*k:])
		if e < 0 { // the transposed block by columns is the block by rows
			for m, v := range (*[9]float64)(off[9*^e:]) {
				o[m] = float32(v)
			}
		} else {
			b := (*[9]float64)(off[9*e:])
			o[0], o[1], o[2] = float32(b[0]), float32(b[3]), float32(b[6])
			o[3], o[4], o[5] = float32(b[1]), float32(b[4]), float32(b[7])
			o[6], o[7], o[8] = float32(b[2]), float32(b[5]), float32(b[8])
		}
		if m := bend[k]; m >= 0 {
			w := float32(stiffness * val[m])
			o[0] += w
			o[4] += w
			o[8] += w
		}
	}
}
