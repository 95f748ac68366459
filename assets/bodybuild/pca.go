package main

import (
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/spatial/r3"
)

// principal returns the mean of the samples and their first n principal
// components, each scaled to one standard deviation. The Gram matrix of the
// samples is far smaller than the covariance of the coordinates (Sirovich
// 1987, "method of snapshots").
func principal(samples [][]r3.Vec, n int) (mean []r3.Vec, modes [][]r3.Vec) {
	m := len(samples)
	mean = make([]r3.Vec, len(samples[0]))
	for _, s := range samples {
		addTo(mean, s, 1/float64(m))
	}
	for _, s := range samples {
		addTo(s, mean, -1)
	}
	gram := mat.NewSymDense(m, nil)
	for i := range m {
		for j := i; j < m; j++ {
			var dot float64
			for k, p := range samples[i] {
				dot += r3.Dot(p, samples[j][k])
			}
			gram.SetSym(i, j, dot)
		}
	}
	var eig mat.EigenSym
	if !eig.Factorize(gram, true) {
		panic("bodybuild: the Gram matrix has no eigenvalues")
	}
	var vec mat.Dense
	eig.VectorsTo(&vec)
	for k := range n {
		col := m - 1 - k // eigenvalues come in rising order
		mode := make([]r3.Vec, len(mean))
		for i, s := range samples {
			addTo(mode, s, vec.At(i, col)/math.Sqrt(float64(m)))
		}
		modes = append(modes, positive(mode))
	}
	return mean, modes
}

// positive fixes the sign of a mode: its largest coordinate points up.
func positive(mode []r3.Vec) []r3.Vec {
	var top float64
	for _, p := range mode {
		for _, c := range [3]float64{p.X, p.Y, p.Z} {
			if math.Abs(c) > math.Abs(top) {
				top = c
			}
		}
	}
	if top < 0 {
		for i := range mode {
			mode[i] = r3.Scale(-1, mode[i])
		}
	}
	return mode
}
