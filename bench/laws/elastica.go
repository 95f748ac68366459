package laws

import "math"

// heavyElastica solves B theta" = -w (L-s) cos theta for a strip clamped level
// at s = 0 and free at s = L by shooting with the classical Runge-Kutta method;
// k = w/B [1/m3]. Its points are place and slope along the strip.
func heavyElastica(k, length float64) (x, y, theta []float64) {
	const n = 1000
	h := length / n
	shoot := func(bend float64, keep bool) float64 {
		th, om, px, py := 0.0, bend, 0.0, 0.0
		acc := func(s, th float64) float64 { return k * (length - s) * math.Cos(th) }
		for i := range n {
			if keep {
				x, y, theta = append(x, px), append(y, py), append(theta, th)
			}
			s := float64(i) * h
			k1, m1 := om, acc(s, th)
			k2, m2 := om+h/2*m1, acc(s+h/2, th+h/2*k1)
			k3, m3 := om+h/2*m2, acc(s+h/2, th+h/2*k2)
			k4, m4 := om+h*m3, acc(s+h, th+h*k3)
			mid := th + h/2*om
			px, py = px+h*math.Cos(mid), py+h*math.Sin(mid)
			th += h / 6 * (k1 + 2*k2 + 2*k3 + k4)
			om += h / 6 * (m1 + 2*m2 + 2*m3 + m4)
		}
		if keep {
			x, y, theta = append(x, px), append(y, py), append(theta, th)
		}
		return om
	}
	lo, hi := -k*length*length, 0.0
	for range 80 {
		if m := (lo + hi) / 2; shoot(m, false) > 0 {
			hi = m
		} else {
			lo = m
		}
	}
	shoot((lo+hi)/2, true)
	return x, y, theta
}
