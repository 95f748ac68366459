package survey

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// SlipBound is the most that any test can catch of one kind of error.
type SlipBound struct {
	Caught float64   // over all fields alike
	Fields []float64 // by field, for the test that is best over all
}

const (
	limitDraws = 1500 // people of each sex
	limitSeed  = 7
)

// SlipLimit draws people from the Gaussian of the learned ones and puts one of
// the errors into one field of each, every field in turn. Of all tests that alarm
// on so many of the right ones, the mean likelihood ratio catches most (Neyman
// and Pearson 1933): what it catches is the limit. It knows which errors come and
// that people are Gaussian, which a real test does not. By code of its own.
func SlipLimit(learn []*People, factors []float64, alarms float64) SlipBound {
	sexes := make([]*gaussian, len(learn))
	var right []float64
	for i, p := range learn {
		sexes[i] = newGaussian(p)
		rng := rand.New(rand.NewPCG(limitSeed, uint64(i)))
		for range limitDraws {
			sexes[i].draw(rng)
			right = append(right, sexes[i].ratio(factors))
		}
	}
	slices.Sort(right)
	at := right[int(math.Ceil((1-alarms)*float64(len(right)-1)))]
	b := SlipBound{Fields: make([]float64, len(learn[0].Keys))}
	share := 1 / float64(len(right)*len(factors))
	for i, g := range sexes {
		rng := rand.New(rand.NewPCG(limitSeed, uint64(i)))
		for range limitDraws {
			g.draw(rng)
			for f := range b.Fields {
				for _, x := range factors {
					g.shift(f, math.Log(x))
					if g.ratio(factors) > at {
						b.Fields[f] += share
					}
					g.shift(f, -math.Log(x))
				}
			}
		}
	}
	for _, x := range b.Fields {
		b.Caught += x / float64(len(b.Fields))
	}
	return b
}

// gaussian is the distribution of log measures and one person drawn from it.
type gaussian struct {
	precision *mat.SymDense
	half      mat.TriDense // Cholesky factor of the covariance
	pulled    []float64    // precision times the person's distance from the mean
}

func newGaussian(p *People) *gaussian {
	_, cov := moments(p.Rows)
	var ch mat.Cholesky
	if !ch.Factorize(cov) {
		panic("survey: the covariance is singular")
	}
	g := &gaussian{precision: mat.NewSymDense(len(p.Keys), nil), pulled: make([]float64, len(p.Keys))}
	if err := ch.InverseTo(g.precision); err != nil {
		panic("survey: " + err.Error())
	}
	ch.LTo(&g.half)
	return g
}

// draw makes another person. With distance L z, the precision times it is the
// solution of L'x = z.
func (g *gaussian) draw(rng *rand.Rand) {
	z := mat.NewVecDense(len(g.pulled), nil)
	for i := range g.pulled {
		z.SetVec(i, rng.NormFloat64())
	}
	var x mat.VecDense
	if err := x.SolveVec(g.half.T(), z); err != nil {
		panic("survey: " + err.Error())
	}
	copy(g.pulled, x.RawVector().Data)
}

// shift moves the logarithm of one field.
func (g *gaussian) shift(field int, by float64) {
	for i := range g.pulled {
		g.pulled[i] += by * g.precision.At(i, field)
	}
}

// ratio is the likelihood with one of the errors in one field over that without,
// averaged over fields and errors, as a logarithm.
func (g *gaussian) ratio(factors []float64) float64 {
	var sum float64
	for i, q := range g.pulled {
		for _, x := range factors {
			d := math.Log(x)
			sum += math.Exp(d*q - d*d/2*g.precision.At(i, i))
		}
	}
	return math.Log(sum / float64(len(g.pulled)*len(factors)))
}
