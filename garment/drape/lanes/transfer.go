package lanes

//go:generate go run -C asm . -kernels transfer -out ../transfer_amd64.s -stubs ../transfer_amd64.go -pkg lanes

// Modes is the number of motions of an aggregate, and of components of a node of a
// coarser level.
const Modes = 6

// Restrict writes what a residual r is on aggregates: of each, start says the
// members, node the place of a member in r, val the motions of its br components one
// after the other, three or six. r and val are made by Vector.
func Restrict(o []float64, val, r []float32, node, start []int32, br int) {
	if wide {
		_, _ = o[:Modes*(len(start)-1)], val[:len(val)+beyond]
		restrictAVX2(o, val, r, node, start, br)
		return
	}
	restrict(o, val, r, node, start, br)
}

func restrict(o []float64, val, r []float32, node, start []int32, br int) {
	from := start[0]
	for a, to := range start[1:] {
		var s0, s1, s2, s3, s4, s5 float32
		for _, at := range node[:to-from] {
			for _, v := range r[at : int(at)+br] {
				w := (*[Modes]float32)(val)
				s0 += float32(v * w[0])
				s1 += float32(v * w[1])
				s2 += float32(v * w[2])
				s3 += float32(v * w[3])
				s4 += float32(v * w[4])
				s5 += float32(v * w[5])
				val = val[Modes:]
			}
		}
		node = node[to-from:]
		from = to
		*(*[Modes]float64)(o[Modes*a:]) = [Modes]float64{float64(s0), float64(s1), float64(s2), float64(s3), float64(s4), float64(s5)}
	}
}

// ProlongVerts adds to the vertices' z what the motion e of aggregates is there: of
// each, start says the shares, part the place of an aggregate in e, val how each of
// its motions moves the three components. z and val are made by Vector.
func ProlongVerts(z, val, e []float32, part, start []int32) {
	if wide {
		_, _ = z[:len(z)+beyond], val[:len(val)+beyond]
		prolongVertsAVX2(z, val, e, part, start)
		return
	}
	prolongVerts(z, val, e, part, start)
}

func prolongVerts(z, val, e []float32, part, start []int32) {
	from := start[0]
	for i, to := range start[1:] {
		o := (*[3]float32)(z[3*i:])
		x, y, w := o[0], o[1], o[2]
		for _, a := range part[:to-from] {
			p, m := (*[3 * Modes]float32)(val), (*[Modes]float32)(e[a:])
			val = val[3*Modes:]
			e0, e1, e2, e3, e4, e5 := m[0], m[1], m[2], m[3], m[4], m[5]
			x += float32(p[0]*e0) + float32(p[3]*e1) + float32(p[6]*e2) + float32(p[9]*e3) + float32(p[12]*e4) + float32(p[15]*e5)
			y += float32(p[1]*e0) + float32(p[4]*e1) + float32(p[7]*e2) + float32(p[10]*e3) + float32(p[13]*e4) + float32(p[16]*e5)
			w += float32(p[2]*e0) + float32(p[5]*e1) + float32(p[8]*e2) + float32(p[11]*e3) + float32(p[14]*e4) + float32(p[17]*e5)
		}
		part = part[to-from:]
		from = to
		o[0], o[1], o[2] = x, y, w
	}
}

// ProlongNodes is ProlongVerts for nodes of six components.
func ProlongNodes(z []float64, val, e []float32, part, start []int32) {
	if wide {
		_, _ = z[:Modes*(len(start)-1)], val[:len(val)+beyond]
		prolongNodesAVX2(z, val, e, part, start)
		return
	}
	prolongNodes(z, val, e, part, start)
}

func prolongNodes(z []float64, val, e []float32, part, start []int32) {
	from := start[0]
	for i, to := range start[1:] {
		o := (*[Modes]float64)(z[Modes*i:])
		for _, a := range part[:to-from] {
			p, m := (*[Modes * Modes]float32)(val), (*[Modes]float32)(e[a:])
			val = val[Modes*Modes:]
			for r := range o {
				o[r] += float64(float32(p[r]*m[0]) + float32(p[r+6]*m[1]) + float32(p[r+12]*m[2]) + float32(p[r+18]*m[3]) + float32(p[r+24]*m[4]) + float32(p[r+30]*m[5]))
			}
		}
		part = part[to-from:]
		from = to
	}
}

// MultiplyBlocks writes y = a x for rows of blocks of six columns: a diagonal block,
// which is times own, x's part in these rows, and those that start says, with the
// places col in x.
func MultiplyBlocks(y, own, x []float64, start, col []int32, block, diag []float64) {
	if wide {
		_ = y[:Modes*(len(start)-1)]
		multiplyBlocksAVX2(y, own, x, start, col, block, diag)
		return
	}
	multiplyBlocks(y, own, x, start, col, block, diag)
}

func multiplyBlocks(y, own, x []float64, start, col []int32, block, diag []float64) {
	from := start[0]
	for i, to := range start[1:] {
		var s0, s1, s2, s3, s4, s5 float64
		b, w := (*[Modes * Modes]float64)(diag[Modes*Modes*i:]), (*[Modes]float64)(own[Modes*i:])
		for {
			w0, w1, w2, w3, w4, w5 := w[0], w[1], w[2], w[3], w[4], w[5]
			s0 += float64(b[0]*w0) + float64(b[6]*w1) + float64(b[12]*w2) + float64(b[18]*w3) + float64(b[24]*w4) + float64(b[30]*w5)
			s1 += float64(b[1]*w0) + float64(b[7]*w1) + float64(b[13]*w2) + float64(b[19]*w3) + float64(b[25]*w4) + float64(b[31]*w5)
			s2 += float64(b[2]*w0) + float64(b[8]*w1) + float64(b[14]*w2) + float64(b[20]*w3) + float64(b[26]*w4) + float64(b[32]*w5)
			s3 += float64(b[3]*w0) + float64(b[9]*w1) + float64(b[15]*w2) + float64(b[21]*w3) + float64(b[27]*w4) + float64(b[33]*w5)
			s4 += float64(b[4]*w0) + float64(b[10]*w1) + float64(b[16]*w2) + float64(b[22]*w3) + float64(b[28]*w4) + float64(b[34]*w5)
			s5 += float64(b[5]*w0) + float64(b[11]*w1) + float64(b[17]*w2) + float64(b[23]*w3) + float64(b[29]*w4) + float64(b[35]*w5)
			if from == to {
				break
			}
			b, w = (*[Modes * Modes]float64)(block), (*[Modes]float64)(x[col[0]:])
			block, col = block[Modes*Modes:], col[1:]
			from++
		}
		*(*[Modes]float64)(y[Modes*i:]) = [Modes]float64{s0, s1, s2, s3, s4, s5}
	}
}

// Halve writes src in single precision to dst.
func Halve(dst []float32, src []float64) {
	src = src[:len(dst)]
	if n := whole(len(dst), 4); n > 0 {
		halveAVX2(dst[:n], src[:n])
		dst, src = dst[n:], src[n:]
	}
	halve(dst, src)
}

func halve(dst []float32, src []float64) {
	for i, v := range src {
		dst[i] = float32(v)
	}
}
