package lanes

import "math"

//go:generate go run -C asm . -kernels springs -out ../springs_amd64.s -stubs ../springs_amd64.go -pkg lanes

// Springs are ends, rest lengths [m] and compliances [m/N].
type Springs struct {
	A, B               []int32
	Length, Compliance []float64
}

// Solve pulls each spring of positions x towards its rest state, ia being 1/dt2 and
// invMass the inverse masses; no two springs may have an end in common.
func (s *Springs) Solve(x, invMass []float64, ia float64) {
	n := len(s.A)
	a, b, length, compliance := s.A, s.B[:n], s.Length[:n], s.Compliance[:n]
	for from := 0; from < n; {
		if quads := (n - from) / 4; wide && quads > 0 {
			from += 4 * solveSpringsAVX2(x, invMass, a[from:], b[from:], length[from:], compliance[from:], ia, quads)
		}
		// What is left over, or a spring without length.
		to := min(from+4, n)
		solveSprings(x, invMass, a[from:to], b[from:to], length[from:to], compliance[from:to], ia)
		from = to
	}
}

// SolveInTurn is Solve for springs that may have ends in common: one after the other.
func (s *Springs) SolveInTurn(x, invMass []float64, ia float64) {
	solveSprings(x, invMass, s.A, s.B, s.Length, s.Compliance, ia)
}

func solveSprings(x, invMass []float64, a, b []int32, length, compliance []float64, ia float64) {
	b, length, compliance = b[:len(a)], length[:len(a)], compliance[:len(a)]
	for k := range a {
		i, j := int(uint32(a[k])), int(uint32(b[k]))
		p, q := (*[3]float64)(x[3*i:]), (*[3]float64)(x[3*j:])
		dx, dy, dz := p[0]-q[0], p[1]-q[1], p[2]-q[2]
		l := math.Sqrt(float64(dx*dx) + float64(dy*dy) + float64(dz*dz))
		if l == 0 {
			continue
		}
		wi, wj := invMass[i], invMass[j]
		m := (l - length[k]) / (l * (wi + wj + float64(compliance[k]*ia)))
		dx, dy, dz = dx*m, dy*m, dz*m
		p[0] -= float64(dx * wi)
		p[1] -= float64(dy * wi)
		p[2] -= float64(dz * wi)
		q[0] += float64(dx * wj)
		q[1] += float64(dy * wj)
		q[2] += float64(dz * wj)
	}
}
