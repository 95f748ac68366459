package lanes

//go:generate go run -C asm . -kernels bending -out ../bending_amd64.s -stubs ../bending_amd64.go -pkg lanes

// ApplyBending writes y = -K x for the rows of own, x's part in them: of a symmetric
// matrix of multiples of the unit matrix, row i has diag on its diagonal and val in
// the columns item, both from start[i]-start[0] to start[i+1]-start[0].
func ApplyBending(y, own, x, diag, val []float64, start, item []int32) {
	if len(diag) == 0 {
		return
	}
	if wide {
		n := start[len(diag)] - start[0]
		_, _, _, _ = y[:3*len(diag)], own[:3*len(diag)], val[:n], item[:n]
		applyBendingAVX2(y, own, x, diag, val, start, item)
		return
	}
	applyBending(y, own, x, diag, val, start, item)
}

func applyBending(y, own, x, diag, val []float64, start, item []int32) {
	for i, d := range diag {
		u := (*[3]float64)(own[3*i:])
		a, b, c := float64(d*u[0]), float64(d*u[1]), float64(d*u[2])
		n := start[i+1] - start[i]
		for k, j := range item[:n] {
			v, at := val[k], 3*int(uint32(j))
			z, y, x := x[at+2], x[at+1], x[at]
			a += float64(v * x)
			b += float64(v * y)
			c += float64(v * z)
		}
		val, item = val[n:], item[n:]
		y[3*i], y[3*i+1], y[3*i+2] = -a, -b, -c
	}
}

// SolveHinges takes each hinge's four vertices, of the positions x, towards flatness:
// its curvature s is the sum of positions times weight, and each position goes by -s
// times step. A hinge has four different vertices; hinges are done one after the other.
func SolveHinges(x []float64, vert [][4]int32, weight, step [][4]float64) {
	weight, step = weight[:len(vert)], step[:len(vert)]
	if len(vert) == 0 {
		return
	}
	if wide {
		solveHingesAVX2(x, vert, weight, step)
		return
	}
	solveHinges(x, vert, weight, step)
}

func solveHinges(x []float64, vert [][4]int32, weight, step [][4]float64) {
	for m := range vert {
		v, k, f := &vert[m], &weight[m], &step[m]
		a, b := (*[3]float64)(x[3*int(uint32(v[0])):]), (*[3]float64)(x[3*int(uint32(v[1])):])
		c, d := (*[3]float64)(x[3*int(uint32(v[2])):]), (*[3]float64)(x[3*int(uint32(v[3])):])
		k0, k1, k2, k3, f0, f1, f2, f3 := k[0], k[1], k[2], k[3], f[0], f[1], f[2], f[3]
		s := float64(k0*a[0]) + float64(k1*b[0]) + float64(k2*c[0]) + float64(k3*d[0])
		t := float64(k0*a[1]) + float64(k1*b[1]) + float64(k2*c[1]) + float64(k3*d[1])
		u := float64(k0*a[2]) + float64(k1*b[2]) + float64(k2*c[2]) + float64(k3*d[2])
		a[0], a[1], a[2] = a[0]-float64(f0*s), a[1]-float64(f0*t), a[2]-float64(f0*u)
		b[0], b[1], b[2] = b[0]-float64(f1*s), b[1]-float64(f1*t), b[2]-float64(f1*u)
		c[0], c[1], c[2] = c[0]-float64(f2*s), c[1]-float64(f2*t), c[2]-float64(f2*u)
		d[0], d[1], d[2] = d[0]-float64(f3*s), d[1]-float64(f3*t), d[2]-float64(f3*u)
	}
}
