package body

import (
	"errors"
	"math"
	"slices"

	"fitroom/geometry/fault"
)

// Typing errors are found by odds, not by distance: how much likelier are the
// values if one of them were off by a tenth or a fifth, either way, than if all
// were right? (The likelihood ratio of Neyman and Pearson, 1933, averaged over
// fields and errors.) A rule of so-and-so many standard deviations for every
// field, which is how this was done before, spends its false alarms on heights,
// where a tenth is twenty deviations and any limit would do, and has none left
// for girths, where it is three.

// The errors looked for, as logarithms, and how much each counts. A fifth
// counts more because it does more harm to the fit.
func slips() (size, share []float64) {
	return []float64{math.Log(1.1), math.Log(0.9), math.Log(1.2), math.Log(0.8)},
		[]float64{1. / 8, 1. / 8, 3. / 8, 3. / 8}
}

const (
	// refuseAt is the distance in standard deviations from which a value is
	// refused until confirmed: no one of 14,370 surveyed people has one.
	refuseAt = 6.0
	// slipAt is that distance where a slip of units would explain it.
	slipAt = 4.5
	// nearSlip is how near the expectation a slip must lead, in standard
	// deviations.
	nearSlip = 2.5
	// byHeart is by how much less height is suspected than what was taken with a
	// tape, in logarithms of odds: people know it.
	byHeart = 1.5
	// spanAt is the half width of the range told to the customer: all but one
	// in a thousand.
	spanAt = 3.3
	// oneOf bounds how many values are doubted: were half of them wrong, nobody
	// could say which.
	oneOf = 3
)

// askAt is the log odds from which the customer is asked, calibrated on the
// learned four fifths of both surveys so that fewer than one in fifty is asked
// without need: about the 98th percentile of what right values reach. Few values
// are not sure of civilians' heavy tails of weight and waist; many explain each
// other. One figure for both sexes finds most errors for the alarms of both
// together (Neyman and Pearson).
func askAt(values int) float64 {
	const few, some, many = 4, 15, 35
	const atFew, atSome, atMany = 2.05, 1.2, 0.6
	switch n := float64(values); {
	case n <= few:
		return atFew
	case n <= some:
		return atSome
	default:
		return atSome + (atMany-atSome)*min(1, (n-some)/(many-some))
	}
}

// Check looks at the values before any fit: err joins what is refused, doubts
// are values to ask the customer about, the least likely first.
func (p *Prior) Check(in Measurements) (doubts []*MeasureError, err error) {
	if err := in.check(); err != nil {
		p.expect(&in, err)
		return nil, err
	}
	found := p.doubts(&in)
	if faults := in.checkOrder(); len(faults) > 0 {
		if len(found) == 0 {
			return nil, errors.Join(faults...)
		}
		found[0].Confirm = false // one of an impossible pair: the statistics say which
		return nil, found[0]
	}
	var refused []error
	for _, e := range found {
		if math.Abs(math.Log(e.Got/e.Expected)) > e.SD/e.Expected*e.limit() {
			refused = append(refused, e)
		} else {
			doubts = append(doubts, e)
		}
	}
	return doubts, errors.Join(refused...)
}

// expect adds to every value out of limits what the values within them expect.
func (p *Prior) expect(in *Measurements, err error) {
	all, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return
	}
	good := Measurements{Population: in.Population, Values: map[Key]Measurement{}, OverClothes: in.OverClothes}
	for k, v := range in.Values {
		if checkValue(k, v) == nil {
			good.Values[k] = v
		}
	}
	rest, keys := good.observations(p)
	if len(rest) == 0 {
		return
	}
	mean, sd := p.held.given(rest)
	for _, one := range all.Unwrap() {
		e, ok := one.(*MeasureError)
		if !ok || e.Hi == 0 || e.Got != in.Values[e.Key].Value || good.Values[e.Key].Value != 0 {
			continue
		}
		i := p.index(e.Key)
		e.Expected = math.Exp(mean[i])
		e.SD = e.Expected * sd[i]
		e.With = keys[p.partner(observation{at: i}, rest)]
		e.Reason = fault.Errorf("%w; with %s %w expected %w ± %w", e.Reason, e.With, number(in.Values[e.With].Value, unitOf(e.With)), number(e.Expected, e.Unit), number(spanAt*e.SD, e.Unit))
	}
}

// limit is the distance from which the doubtful value is refused.
func (e *MeasureError) limit() float64 {
	s := e.SD / e.Expected
	if slip(e.Got, [2]float64{e.Expected * math.Exp(-nearSlip*s), e.Expected * math.Exp(nearSlip*s)}, e.Unit).Error() != "" {
		return slipAt
	}
	return refuseAt
}

// doubts takes away the most doubtful value until the rest agree.
func (p *Prior) doubts(in *Measurements) []*MeasureError {
	obs, keys := in.observations(p)
	for i := len(keys) - 1; i >= 0; i-- {
		if in.Values[keys[i]].Confirmed { // neither doubted nor held against others
			obs, keys = slices.Delete(obs, i, i+1), slices.Delete(keys, i, i+1)
		}
	}
	var out []observation
	var names []Key
	for most := max(1, len(obs)/oneOf); len(out) < most && len(obs) > 0; {
		parts, _ := p.held.see(obs)
		if slipOdds(parts) <= askAt(len(obs)) {
			break
		}
		at := mostApart(parts, keys)
		out, names = append(out, obs[at]), append(names, keys[at])
		obs, keys = slices.Delete(obs, at, at+1), slices.Delete(keys, at, at+1)
	}
	var found []*MeasureError
	for i := range out {
		found = append(found, p.doubt(in, out[i], names[i], obs, keys))
	}
	return found
}

// Odds are how much likelier it is that one of the values is off than that all
// are right, as a logarithm; minus infinity where there are none.
func (p *Prior) Odds(in Measurements) float64 {
	obs, _ := in.observations(p)
	if len(obs) == 0 {
		return math.Inf(-1)
	}
	parts, _ := p.held.see(obs)
	return slipOdds(parts)
}

// slipOdds is the logarithm of the odds that one observation is off.
func slipOdds(parts []*seen) float64 {
	size, share := slips()
	var none, some []float64
	for _, o := range parts {
		none = append(none, o.logLike)
		for i := range o.obs {
			e, s := o.apart(i)
			for k, d := range size {
				some = append(some, o.logLike+math.Log(share[k])+d*(e-d/2)/(s*s))
			}
		}
	}
	return logSum(some) - math.Log(float64(len(parts[0].obs))) - logSum(none)
}

// logSum is log(sum(exp(x))).
func logSum(x []float64) float64 {
	top := slices.Max(x)
	var sum float64
	for _, v := range x {
		sum += math.Exp(v - top)
	}
	return top + math.Log(sum)
}

// mostApart is the observation without which the others agree best: the most
// likely place of an error of any size.
func mostApart(parts []*seen, keys []Key) int {
	best, at := math.Inf(-1), 0
	like := make([]float64, len(parts))
	for i, k := range keys {
		for j, o := range parts {
			e, s := o.apart(i)
			like[j] = o.logLike + e*e/(2*s*s)
		}
		l := logSum(like)
		if k == Height {
			l -= byHeart
		}
		if l > best {
			best, at = l, i
		}
	}
	return at
}

// doubt says what the values that agree expect of one that does not.
func (p *Prior) doubt(in *Measurements, one observation, k Key, rest []observation, keys []Key) *MeasureError {
	mean, sd := p.held.given(rest)
	mu, s := mean[one.at], math.Hypot(sd[one.at], one.err)
	unit := unitOf(k)
	e := &MeasureError{
		Key: k, Got: in.Values[k].Value, Unit: unit, Confirm: true,
		Expected: math.Exp(mu), SD: math.Exp(mu) * s,
		Lo: math.Exp(mu - spanAt*s), Hi: math.Exp(mu + spanAt*s),
	}
	meant := slip(e.Got, [2]float64{math.Exp(mu - nearSlip*s), math.Exp(mu + nearSlip*s)}, unit)
	if len(rest) == 0 {
		e.Reason = fault.Errorf("is outside the support of the survey data; expected %w to %w%w", number(e.Lo, unit), number(e.Hi, unit), meant)
		return e
	}
	e.With = keys[p.partner(one, rest)]
	e.Reason = fault.Errorf("does not go with %s %w; expected %w ± %w%w", e.With,
		number(in.Values[e.With].Value, unitOf(e.With)), number(e.Expected, unit), number((e.Hi-e.Lo)/2, unit), meant)
	return e
}

// partner is the observation most correlated with the one.
func (p *Prior) partner(one observation, rest []observation) int {
	best, at := -1.0, 0
	for j, o := range rest {
		for _, s := range p.held {
			a, b := one.at, o.at
			if r := math.Abs(s.cov.At(a, b)) / math.Sqrt(s.cov.At(a, a)*s.cov.At(b, b)); r > best {
				best, at = r, j
			}
		}
	}
	return at
}
