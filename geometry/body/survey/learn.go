package survey

import (
	"math"
	"slices"

	"fitroom/geometry/body"

	"gonum.org/v1/gonum/mat"
)

// estimates are the ratios for which no open survey exists.
type estimates struct {
	isoOverNavel, isoOverNavelSD float64 // ISO waist over navel waist, and its spread in logs
	underOverBust, underSD       float64
}

// A woman's ISO waist lies above the navel where she is narrower; a man's is
// nearly his navel waist. Underbust: 77 to 78 cm go with a 92 cm bust
// (EN 13402 B to C cups); men have no fold, the level is a few cm lower.
func estimatesOf(who body.Population) estimates {
	if who == body.Men {
		return estimates{isoOverNavel: 0.985, isoOverNavelSD: 0.015, underOverBust: 0.945, underSD: 0.02}
	}
	return estimates{isoOverNavel: 0.945, isoOverNavelSD: 0.025, underOverBust: 0.845, underSD: 0.03}
}

// The same for both sexes: the knee against the thigh above it, the straight
// elbow against the relaxed forearm, the way over the back against the
// straight distance of the shoulder points. Spreads are of logarithms.
const (
	kneeOverLowerThigh, kneeSD = 0.93, 0.02
	elbowOverForearm, elbowSD  = 0.95, 0.025
	acrossOverWidth, acrossSD  = 1.08, 0.015
)

// overShoulderSD is the spread of a log length from the back neck point over the
// shoulder to the wrist that our sum of two surveyed lengths does not have:
// without it a tape laid there would have to agree with the sum to millimetres.
const overShoulderSD = 0.008

// Keys lists what a learned table covers, in its order.
func Keys() []body.Key {
	var keys []body.Key
	for _, c := range ansur() {
		keys = append(keys, c.key)
	}
	return append(keys, body.WaistGirth, body.UnderbustGirth, body.KneeGirth, body.ElbowGirth, body.AcrossShoulder)
}

// Learn returns the statistics of one sex. With civilians, height, weight,
// waist and hip are as among them, and the rest follows from those four as
// among the soldiers, who carry 31 to 58 mm less waist at equal height and
// weight. Without (nil), all is as among the soldiers.
func Learn(soldiers, civilians *People) body.SexStats {
	mu, cov := moments(soldiers.Rows)
	if i := slices.Index(soldiers.Keys, body.BackNeckToWrist); i >= 0 {
		cov.SetSym(i, i, cov.At(i, i)+overShoulderSD*overShoulderSD)
	}
	if civilians != nil {
		muC, covC := moments(civilians.Rows)
		mu, cov = combine(muC, covC, mu, cov)
	}
	s := body.SexStats{Mean: mu, Cov: rows(cov)}
	estimatesOf(soldiers.Who).extend(&s)
	return s
}

// moments are mean and covariance of the logarithms.
func moments(data [][]float64) ([]float64, *mat.SymDense) {
	n := len(data[0])
	logs := make([][]float64, len(data))
	mu := make([]float64, n)
	for r := range data {
		logs[r] = make([]float64, n)
		for i, x := range data[r] {
			logs[r][i] = math.Log(x)
			mu[i] += logs[r][i] / float64(len(data))
		}
	}
	cov := mat.NewSymDense(n, nil)
	for i := range n {
		for j := i; j < n; j++ {
			var c float64
			for _, r := range logs {
				c += (r[i] - mu[i]) * (r[j] - mu[j])
			}
			cov.SetSym(i, j, c/float64(len(data)-1))
		}
	}
	return mu, cov
}

// combine multiplies p(h, w, waist, hip) of the civilians with p(rest | those)
// of the soldiers. Both are Gaussian, so the product is.
func combine(muC []float64, covC *mat.SymDense, muS []float64, covS *mat.SymDense) ([]float64, *mat.SymDense) {
	b := regression(covS, shared)
	n := len(muS)
	mu := append([]float64(nil), muC...)
	cov := mat.NewSymDense(n, nil)
	for i := range shared {
		for j := i; j < shared; j++ {
			cov.SetSym(i, j, covC.At(i, j))
		}
	}
	for i := shared; i < n; i++ {
		m := muS[i]
		for k := range shared {
			m += b.At(i-shared, k) * (muC[k] - muS[k])
		}
		mu = append(mu, m)
		for j := range shared {
			var c float64
			for k := range shared {
				c += b.At(i-shared, k) * covC.At(k, j)
			}
			cov.SetSym(i, j, c)
		}
	}
	for i := shared; i < n; i++ {
		for j := i; j < n; j++ {
			c := covS.At(i, j) // the soldiers' residual covariance ...
			for k := range shared {
				c -= b.At(i-shared, k) * covS.At(k, j)
				c += b.At(i-shared, k) * cov.At(k, j) // ... on the civilians' explained part
			}
			cov.SetSym(i, j, c)
		}
	}
	return mu, cov
}

// regression returns the coefficients of columns from k on, on the first k.
func regression(cov *mat.SymDense, k int) *mat.Dense {
	n := cov.SymmetricDim()
	a := mat.NewSymDense(k, nil)
	for i := range k {
		for j := i; j < k; j++ {
			a.SetSym(i, j, cov.At(i, j))
		}
	}
	var ch mat.Cholesky
	if !ch.Factorize(a) {
		panic("survey: the covariance is singular")
	}
	rhs := mat.NewDense(k, n-k, nil)
	for i := range k {
		for j := k; j < n; j++ {
			rhs.Set(i, j-k, cov.At(i, j))
		}
	}
	var x mat.Dense
	if err := ch.SolveTo(&x, rhs); err != nil {
		panic("survey: " + err.Error())
	}
	return mat.DenseCopyOf(x.T())
}

// extend adds the estimated columns: a constant ratio to a surveyed column
// with a spread of its own.
func (e estimates) extend(s *body.SexStats) {
	at := map[body.Key]int{}
	for i, k := range Keys() {
		at[k] = i
	}
	add := func(parent int, ratio, sd float64) {
		n := len(s.Mean)
		s.Mean = append(s.Mean, s.Mean[parent]+math.Log(ratio))
		row := append([]float64(nil), s.Cov[parent][:n]...)
		row = append(row, s.Cov[parent][parent]+sd*sd)
		for i := range s.Cov {
			s.Cov[i] = append(s.Cov[i], row[i])
		}
		s.Cov = append(s.Cov, row)
	}
	add(at[body.WaistNavelGirth], e.isoOverNavel, e.isoOverNavelSD)
	add(at[body.ChestGirth], e.underOverBust, e.underSD)
	add(at[body.LowerThighGirth], kneeOverLowerThigh, kneeSD)
	add(at[body.ForearmGirth], elbowOverForearm, elbowSD)
	add(at[body.ShoulderWidth], acrossOverWidth, acrossSD)
	for i := range s.Mean {
		s.Mean[i] = round(s.Mean[i])
		for j := range s.Cov[i] {
			s.Cov[i][j] = round(s.Cov[i][j])
		}
	}
}

// round keeps nine decimals: a millionth of a millimetre is figure enough.
func round(x float64) float64 { return math.Round(x*1e9) / 1e9 }

func rows(m *mat.SymDense) [][]float64 {
	out := make([][]float64, m.SymmetricDim())
	for i := range out {
		for j := range out {
			out[i] = append(out[i], m.At(i, j))
		}
	}
	return out
}
