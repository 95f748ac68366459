package fit

import "math"

// ladder is the rules of one zone as thresholds on the body girth. Every rule
// of design/fit.md is monotone in it: a larger body is never looser. So a
// verdict is a rung, the nominal verdict is where the girth stands, and the
// probability of a rung under Gaussian error is the difference of two normal
// distribution values: closed form, no draws. It also makes the laws hold by
// construction that a larger body never gets a looser verdict.
//
// The alternative, evaluating the rules on noise draws, needs thousands of them
// for the same figure and leaves the laws to chance.
type ladder struct {
	rungs []Verdict
	start [6]float64 // girth from which rung k holds; start[0] = -Inf
	from  [6]bool    // the girth start[k] itself belongs to rung k
	why   [6]string  // the rule that set start[k]
	above [6]float64 // probability of reaching rung k, after add
}

const (
	tooLoose = iota
	looser
	asDesigned
	snug
	tooTight
	willNotClose
)

func girthRungs() []Verdict  { return girthNames[:] }
func lengthRungs() []Verdict { return lengthNames[:] }

// Both are only read.
var (
	girthNames  = [...]Verdict{TooLoose, Looser, AsDesigned, Snug, TooTight, WillNotClose}
	lengthNames = [...]Verdict{TooShort, SlightlyShort, AsDesigned, SlightlyLong, TooLong}
)

func newLadder(rungs []Verdict) ladder {
	l := ladder{rungs: rungs}
	for k := range l.start {
		l.start[k] = math.Inf(1)
	}
	l.start[0] = math.Inf(-1)
	return l
}

// lower lets rung k begin no later than at the girth b.
func (l *ladder) lower(k int, b float64, inclusive bool, why string) {
	switch {
	case b < l.start[k]:
		l.start[k], l.from[k], l.why[k] = b, inclusive, why
	case b == l.start[k]:
		l.from[k] = l.from[k] || inclusive
	}
}

// settle makes the thresholds ascend: a tighter rung that begins early ends
// the looser ones below it.
func (l *ladder) settle() {
	for k := len(l.rungs) - 2; k > 0; k-- {
		if l.start[k+1] < l.start[k] {
			l.start[k], l.from[k], l.why[k] = l.start[k+1], l.from[k+1], l.why[k+1]
		}
	}
}

// rung is the nominal verdict of a girth.
func (l *ladder) rung(b float64) int {
	for k := len(l.rungs) - 1; k > 0; k-- {
		if b > l.start[k] || b == l.start[k] && l.from[k] {
			return k
		}
	}
	return 0
}

// add adds to p the probability of each rung, times weight, for a girth b with
// standard deviation sigma. like is a ladder of the same zone that was added
// before, nil for none: where a threshold is the same, so is its probability.
func (l *ladder) add(p *[6]float64, weight, b, sigma float64, like *ladder) {
	if sigma == 0 {
		p[l.rung(b)] += weight
		return
	}
	l.above[0] = 1 // of reaching the rung at all
	for k := 1; k < len(l.rungs); k++ {
		switch {
		case like != nil && l.start[k] == like.start[k]:
			l.above[k] = like.above[k]
		case l.start[k] == l.start[k-1]:
			l.above[k] = l.above[k-1]
		default:
			l.above[k] = normal((b - l.start[k]) / sigma)
		}
		p[k-1] += weight * (l.above[k-1] - l.above[k])
	}
	last := len(l.rungs) - 1
	p[last] += weight * l.above[last]
}

// normal is the standard normal distribution function.
func normal(z float64) float64 {
	switch { // beyond, what is left is 1e-12: nothing that is said or compared
	case z > 7:
		return 1
	case z < -7:
		return 0
	}
	return math.Erfc(-z/math.Sqrt2) / 2
}

// sure is the least probability at which a verdict is printed.
const sure = 0.75

// settleVerdict turns rung probabilities into the printed verdict: the nominal
// one if it is sure, otherwise "between" it and the most probable other. That
// need not be its neighbour: a stiff cloth may have no room for "snug".
func (z *Zone) settleVerdict(rungs []Verdict, nominal int, p *[6]float64) {
	z.Likely = rungs[nominal]
	if p[nominal] >= sure-1e-9 {
		z.Verdict, z.Confidence = z.Likely, round5(p[nominal])
		return
	}
	other := -1
	for k := range rungs {
		if k != nominal && (other < 0 || p[k] >= p[other]) { // of equals the tighter one
			other = k
		}
	}
	lo, hi := min(nominal, other), max(nominal, other)
	z.Verdict, z.Pair = Between, [2]Verdict{rungs[lo], rungs[hi]}
	z.Confidence = round5(p[lo] + p[hi])
}

// round5 rounds a probability to the 5 % that the figures behind it carry.
func round5(p float64) float64 { return math.Round(p*20) / 20 }
