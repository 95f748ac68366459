package lanes

//go:generate go run -C asm . -kernels products -out ../products_amd64.s -stubs ../products_amd64.go -pkg lanes

// AddProducts3 adds to blocks of o, those that place says, a times one after the
// other of b. a is 3 x 3 by columns, the others are 3 x Modes by rows.
func AddProducts3(o []float64, a, b []float32, place []int32) {
	if wide {
		_, _ = a[:9], b[:3*Modes*len(place)]
		addProducts3AVX2(o, a, b, place)
		return
	}
	addProducts3(o, a, b, place)
}

func addProducts3(o []float64, a, b []float32, place []int32) { addProducts(o, a, b, place, 3) }

// AddProducts6 is the like for an a of 6 x 6.
func AddProducts6(o, a []float64, b []float32, place []int32) {
	if wide {
		_, _ = a[:36], b[:6*Modes*len(place)]
		addProducts6AVX2(o, a, b, place)
		return
	}
	addProducts6(o, a, b, place)
}

func addProducts6(o, a []float64, b []float32, place []int32) { addProducts(o, a, b, place, 6) }

func addProducts[F float32 | float64](o []float64, a []F, b []float32, place []int32, br int) {
	for _, s := range place {
		p := o[br*Modes*int(s):]
		for r := range br {
			row := (*[Modes]float64)(p[Modes*r:])
			for q := range br {
				v, w := float64(a[br*q+r]), (*[Modes]float32)(b[Modes*q:])
				row[0] += float64(v * float64(w[0]))
				row[1] += float64(v * float64(w[1]))
				row[2] += float64(v * float64(w[2]))
				row[3] += float64(v * float64(w[3]))
				row[4] += float64(v * float64(w[4]))
				row[5] += float64(v * float64(w[5]))
			}
		}
		b = b[br*Modes:]
	}
}

// AddMultiples3 adds to blocks of o, those that place says, f times one after the
// other of b, 3 x Modes.
func AddMultiples3(o []float64, f float64, b []float32, place []int32) {
	if wide {
		_ = b[:3*Modes*len(place)]
		addMultiplesAVX2(o, f, b, place)
		return
	}
	addMultiples(o, f, b, place)
}

func addMultiples(o []float64, f float64, b []float32, place []int32) {
	const size = 3 * Modes
	for _, s := range place {
		p := o[size*int(s) : size*int(s)+size]
		for k, v := range b[:size] {
			p[k] += float64(f * float64(v))
		}
		b = b[size:]
	}
}

// AddTransposed adds p' times one after the other of f, all of them br x Modes by
// rows, br being 3 or 6, to Modes x Modes by columns: those that to says, which are
// none for 0, diag for 1, else block number to - 2.
func AddTransposed(diag, block []float64, p []float32, f []float64, to []int32, br int) {
	if !wide {
		addTransposed(diag, block, p, f, to, br)
		return
	}
	_, _ = p[:br*Modes], f[:br*Modes*len(to)]
	if br == 3 {
		addTransposed3AVX2(diag, block, p, f, to)
	} else {
		addTransposed6AVX2(diag, block, p, f, to)
	}
}

func addTransposed(diag, block []float64, p []float32, f []float64, to []int32, br int) {
	for _, k := range to {
		if k == 0 {
			f = f[br*Modes:]
			continue
		}
		o := diag
		if k > 1 {
			o = block[Modes*Modes*(int(k)-2):]
		}
		for q := range br {
			w := (*[Modes]float32)(p[Modes*q:])
			for c, v := range (*[Modes]float64)(f[Modes*q:]) {
				col := (*[Modes]float64)(o[Modes*c:])
				col[0] += float64(float64(w[0]) * v)
				col[1] += float64(float64(w[1]) * v)
				col[2] += float64(float64(w[2]) * v)
				col[3] += float64(float64(w[3]) * v)
				col[4] += float64(float64(w[4]) * v)
				col[5] += float64(float64(w[5]) * v)
			}
		}
		f = f[br*Modes:]
	}
}
