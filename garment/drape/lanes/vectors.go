package lanes

//go:generate go run -C asm . -kernels vectors -out ../vectors_amd64.s -stubs ../vectors_amd64.go -pkg lanes

// whole is how many of n numbers fill registers of 8, or of 4 in double precision;
// 0 where there are none.
func whole(n, per int) int {
	if !wide {
		return 0
	}
	return n &^ (per - 1)
}

// AddScaled adds f x to y.
func AddScaled(y, x []float32, f float32) {
	x = x[:len(y)]
	if n := whole(len(y), 8); n > 0 {
		addScaledAVX2(y[:n], x[:n], f)
		y, x = y[n:], x[n:]
	}
	addScaled(y, x, f)
}

func addScaled(y, x []float32, f float32) {
	x = x[:len(y)]
	for i, v := range x {
		y[i] += float32(f * v)
	}
}

// AddScaled64 adds f x to y.
func AddScaled64(y, x []float64, f float64) {
	x = x[:len(y)]
	if n := whole(len(y), 4); n > 0 {
		addScaled64AVX2(y[:n], x[:n], f)
		y, x = y[n:], x[n:]
	}
	addScaled64(y, x, f)
}

func addScaled64(y, x []float64, f float64) {
	x = x[:len(y)]
	for i, v := range x {
		y[i] += float64(f * v)
	}
}

// Turn writes q = z + f q.
func Turn(q, z []float32, f float32) {
	z = z[:len(q)]
	if n := whole(len(q), 8); n > 0 {
		turnAVX2(q[:n], z[:n], f)
		q, z = q[n:], z[n:]
	}
	turn(q, z, f)
}

func turn(q, z []float32, f float32) {
	z = z[:len(q)]
	for i, v := range z {
		q[i] = v + float32(f*q[i])
	}
}

// Scale writes z = f z.
func Scale(z []float32, f float32) {
	if n := whole(len(z), 8); n > 0 {
		scaleAVX2(z[:n], f)
		z = z[n:]
	}
	scale(z, f)
}

func scale(z []float32, f float32) {
	for i := range z {
		z[i] *= f
	}
}

// Subtract writes y = r - y.
func Subtract(y, r []float32) {
	r = r[:len(y)]
	if n := whole(len(y), 8); n > 0 {
		subtractAVX2(y[:n], r[:n])
		y, r = y[n:], r[n:]
	}
	subtract(y, r)
}

func subtract(y, r []float32) {
	r = r[:len(y)]
	for i, v := range r {
		y[i] = v - y[i]
	}
}

// Dot is the product of two vectors. It has four sums, which do not wait for each
// other.
func Dot(a, b []float64) float64 {
	b = b[:len(a)]
	if wide {
		return dotAVX2(a, b)
	}
	return dot(a, b)
}

func dot(a, b []float64) float64 {
	var s0, s1, s2, s3 float64
	n := len(a) &^ 3
	b = b[:len(a)]
	for k := 0; k < n; k += 4 {
		s0 += float64(a[k] * b[k])
		s1 += float64(a[k+1] * b[k+1])
		s2 += float64(a[k+2] * b[k+2])
		s3 += float64(a[k+3] * b[k+3])
	}
	for k := n; k < len(a); k++ {
		s0 += float64(a[k] * b[k])
	}
	return (s0 + s1) + (s2 + s3)
}
