package fit

import (
	"math"
	"slices"

	"fitroom/geometry/body"
	"fitroom/geometry/fault"
)

// maxTightRisk is the probability of "too tight" or "will not close" in any
// zone above which a size is not offered (design/fit.md).
const maxTightRisk = 0.2

// Advise compares a wearer with every size of a style by arithmetic alone, no
// mesh: the advice and, per size, the zones. It answers from a chart, from
// garment measures as far as they go, or from both. An error means that the
// style or the wearer's table is not valid; "cannot say" is an Outcome.
func Advise(w Wearer, s *Style, o Options) (*Advice, map[string]SizeReport, error) {
	if err := o.Runs.check(); err != nil {
		return nil, nil, err
	}
	if len(s.Chart) == 0 && len(s.POM) == 0 {
		return nil, nil, fault.Errorf("style %s: neither chart nor pom; advice needs at least one", s.ID)
	}
	t, err := newTable(w, s, o)
	if err != nil {
		return nil, nil, err
	}
	reports := make([]SizeReport, len(s.Sizes))
	for i, size := range s.Sizes {
		reports[i] = t.sizeReport(size)
	}
	a := t.advise(reports)
	say := newSpeaker(s)
	say.advice(a, t, reports)
	out := make(map[string]SizeReport, len(reports))
	for _, r := range reports {
		say.zones(r.Zones, r.Size)
		out[r.Size] = r
	}
	return a, out, nil
}

// maxRuns bounds a shift by reports [sizes]: beyond, the chart is wrong.
const maxRuns = 5

func (r *Runs) check() error {
	if r == nil {
		return nil
	}
	if !(math.Abs(r.Steps) <= maxRuns) || !(r.SD >= 0 && r.SD <= maxRuns) || r.Reports < 1 {
		return fault.Errorf("reports of wearers: runs %g ± %g sizes by %d reports; limits -%d to %d, 0 to %d, at least 1",
			r.Steps, r.SD, r.Reports, maxRuns, maxRuns, maxRuns)
	}
	return nil
}

// advise chooses among the sizes.
func (t *table) advise(reports []SizeReport) *Advice {
	a := &Advice{Probability: map[string]float64{}, Share: map[string]float64{}, Preference: t.opt.Preference, Runs: t.opt.Runs}
	t.state(a)
	dims, about, reason := t.dims()
	a.about = about
	if reason != "" {
		a.Outcome, a.Reason = RefuseOutcome, reason
		if reason == NoChart && t.standing() && !slices.ContainsFunc(t.spots, func(s spot) bool { return s.odd }) && len(t.admissible(reports)) == 0 {
			a.Outcome, a.Reason = None, AllTight
		}
		return a
	}
	sizes := t.admissible(reports)
	sizes = slices.DeleteFunc(sizes, func(i int) bool { return !placed(dims, i) })
	if len(sizes) == 0 {
		a.Outcome, a.Reason = None, AllTight
		return a
	}
	share := bestShare(dims, sizes, t.opt)
	t.settle(a, sizes, share)
	if gap := t.primaryInGap(); gap && a.Outcome == One && len(sizes) > 1 {
		a.Sizes = t.nearest(a.Ranked)
		a.Outcome, a.Reason = BetweenSizes, ChartGap
	}
	a.Conflict = conflict(dims, t.style.Sizes)
	return a
}

// standing reports whether anything may be said of this wearer and style.
func (t *table) standing() bool {
	return !t.wearer.OverClothes && !t.wearer.mismatch(t.style) && (t.wearer.Posture == "" || t.wearer.Posture == "standing")
}

// state writes down what the answer takes for granted.
func (t *table) state(a *Advice) {
	stated := func(p body.Population) bool { return p == body.Women || p == body.Men }
	if !stated(t.wearer.Population) || !stated(t.style.Population) {
		a.Assumptions = append(a.Assumptions, remark("remark_population"))
	}
	unchecked := "remark_not_checked"
	if t.opt.Over {
		unchecked = "remark_not_checked_over"
	}
	a.Assumptions = append(a.Assumptions, remark("remark_errors"), remark(unchecked))
	sp := newSpeaker(t.style)
	for i := range t.spots {
		if s := &t.spots[i]; s.odd {
			a.Warnings = append(a.Warnings, remark("remark_odd", zoneName("main", sp.zoneKey(s.zone))))
		}
		if s := &t.spots[i]; !s.either {
			a.Warnings = append(a.Warnings, sp.perhapsInches(&s.place, s.pom, t.style)...)
		}
	}
	for _, k := range sortedKeys(t.charts) {
		st := t.charts[k]
		if len(st.gaps) > 0 {
			a.Warnings = append(a.Warnings, remark("remark_gap", within("main", sp.dimension(k))))
		}
		if st.overlaps > 0 {
			a.Warnings = append(a.Warnings, remark("remark_overlap", within("main", sp.dimension(k))))
		}
	}
}

// perhapsInches flags a measure that would be an ordinary one in inches: it may
// be a crop top or shorts, so it is told, not refused.
func (sp *speaker) perhapsInches(p *place, m POM, style *Style) []Remark {
	key := "remark_inches"
	if p.either {
		key = "remark_either_unit"
	}
	for _, size := range style.Sizes {
		if v, ok := m.Values[size]; ok && v < p.usual && (p.either || v*2.54 >= p.usual) {
			return []Remark{remark(key, zoneName("main", sp.zoneKey(p.zone)), cm("garment", v), lit("size", size)).because(fault.Errorf("pom %s", string(p.key)))}
		}
	}
	return nil
}

// EitherUnit remarks on measures that are as ordinary in centimetres as in
// inches, such as a sleeve of 16: only who made the table can tell, so only they
// are asked.
func (s *Style) EitherUnit() (all []Remark) {
	sp := newSpeaker(s)
	for _, p := range places() {
		if m, ok := s.POM[p.key]; ok && p.either {
			for _, r := range sp.perhapsInches(&p, m, s) {
				all = append(all, r.forMakers())
			}
		}
	}
	return all
}

// dims returns the dimensions of the choice and the first deciding one; or why
// there can be none, a deciding one missing, estimated, outside the chart, and
// which.
func (t *table) dims() (all []dim, about body.Key, reason string) {
	switch {
	case t.wearer.Posture != "" && t.wearer.Posture != "standing":
		return nil, "", NotStanding
	case t.wearer.mismatch(t.style):
		return nil, "", WrongPeople
	case t.wearer.OverClothes:
		return nil, "", Clothed
	}
	first := t.primaries()
	if len(first) == 0 {
		return nil, "", NoChart
	}
	for _, k := range first {
		r, ok := t.wearer.find(k)
		switch {
		case !ok:
			return nil, k, PrimaryMissing
		case r.estimated:
			return nil, k, PrimaryEstimated
		case t.oddly(k):
			return nil, k, Implausible
		case !t.charts[k].covers(r.Value):
			return nil, k, OutsideChart
		}
	}
	for _, k := range t.dimOrder(first) {
		if d, ok := t.dim(k, slices.Contains(first, k)); ok {
			all = append(all, d)
		}
	}
	return all, first[0], ""
}

// oddly reports a zone of the style that is out of all proportion to the body.
func (t *table) oddly(k body.Key) bool {
	return slices.ContainsFunc(t.spots, func(s spot) bool { return s.odd && (s.key == k || s.key == twin(k)) })
}

// primaries are the style's, as far as they are charted or derived.
func (t *table) primaries() []body.Key {
	first := t.style.primaries()
	if len(first) == 0 && len(t.charts) == 1 {
		return sortedKeys(t.charts)
	}
	return slices.DeleteFunc(slices.Clone(first), func(k body.Key) bool { return t.charts[k] == nil })
}

// dimOrder lists the charted dimensions, deciding ones first, in a fixed order.
func (t *table) dimOrder(first []body.Key) []body.Key {
	order := slices.Clone(first)
	for _, k := range sortedKeys(t.charts) {
		if !slices.Contains(order, k) {
			order = append(order, k)
		}
	}
	return order
}

// dim prepares one dimension of the choice; false if it cannot take part: free,
// not measured, or not charted for all sizes.
func (t *table) dim(k body.Key, primary bool) (dim, bool) {
	st := t.charts[k]
	r, ok := t.wearer.find(k)
	if !ok || t.style.POM[k].Free && !primary || t.oddly(k) {
		return dim{}, false
	}
	p, isZone := placeOf(k)
	girth := isZone && !p.length
	d := dim{key: k, mean: r.Value, sigma: r.Sigma, weight: 0.25, tight: 1, steps: st, primary: primary}
	switch {
	case primary:
		d.weight = 1
	case slices.Contains(t.style.Secondary, k):
		d.weight = 0.5
	}
	if girth {
		d.mean += t.opt.Preference
		if r := t.opt.Runs; r != nil { // a garment that runs small meets a body as much larger
			width := st.width()
			d.mean += r.Steps * width
			d.sigma = math.Hypot(d.sigma, r.SD*width)
		}
		d.tight = 1.5
		if f := t.style.Fabric; f.Weft > 0 && f.IsWoven() && f.UsableWeft < rigid {
			d.tight = 3
		}
	}
	d.scales = make([]scale, len(t.style.Sizes))
	for i, size := range t.style.Sizes {
		sc, ok := st.scale(size)
		if !ok && !primary {
			return dim{}, false
		}
		if ok {
			d.scales[i] = sc
		}
	}
	return d, true
}

// placed reports whether every deciding dimension charts size i.
func placed(dims []dim, i int) bool {
	for _, d := range dims {
		if d.scales[i].st == nil {
			return false
		}
	}
	return true
}

// admissible are the sizes that are not likely too tight anywhere, by index.
func (t *table) admissible(reports []SizeReport) []int {
	var in []int
	for i, r := range reports {
		if _, risk := tightest(r.Zones); !(risk > maxTightRisk) {
			in = append(in, i)
		}
	}
	return in
}

// tightest is the zone most likely too tight.
func tightest(zones []Zone) (at int, risk float64) {
	at = -1
	for i, z := range zones {
		if z.TightRisk > risk {
			at, risk = i, z.TightRisk
		}
	}
	return at, risk
}

// settle turns shares into probabilities, a ranking and an outcome.
func (t *table) settle(a *Advice, sizes []int, share []float64) {
	rounded := roundShares(share)
	for _, s := range t.style.Sizes {
		a.Share[s], a.Probability[s] = 0, 0
	}
	order := make([]int, len(sizes))
	for j := range order {
		order[j] = j
	}
	slices.SortStableFunc(order, func(p, q int) int {
		switch {
		case share[p] > share[q]:
			return -1
		case share[p] < share[q]:
			return 1
		}
		return 0
	})
	sum := 0.0
	for _, j := range order {
		s := t.style.Sizes[sizes[j]]
		a.Share[s], a.Probability[s] = share[j], rounded[j]
		a.Ranked = append(a.Ranked, s)
		if sum < sure-1e-9 {
			a.Sizes = append(a.Sizes, s)
			sum += share[j]
		}
	}
	a.Outcome, a.Reason = One, ClearBest
	if len(a.Sizes) > 1 {
		a.Outcome, a.Reason = BetweenSizes, TooClose
	}
	t.inOrder(a.Sizes)
}

// inOrder sorts size names as the style lists them.
func (t *table) inOrder(names []string) {
	slices.SortFunc(names, func(p, q string) int {
		return slices.Index(t.style.Sizes, p) - slices.Index(t.style.Sizes, q)
	})
}

// nearest are the two best sizes.
func (t *table) nearest(ranked []string) []string {
	two := slices.Clone(ranked[:min(2, len(ranked))])
	t.inOrder(two)
	return two
}

func (t *table) primaryInGap() bool {
	for _, k := range t.primaries() {
		if r, ok := t.wearer.find(k); ok && t.charts[k].inGap(r.Value) {
			return true
		}
	}
	return false
}

// roundShares rounds probabilities to 5 % so that they still sum to one: the
// largest remainders get what is left.
func roundShares(share []float64) []float64 {
	out := make([]float64, len(share))
	left := 20
	order := make([]int, len(share))
	for i, p := range share {
		n := math.Floor(p*20 + 1e-9)
		out[i], order[i] = n, i
		left -= int(n)
	}
	slices.SortStableFunc(order, func(p, q int) int {
		a, b := share[p]*20-out[p], share[q]*20-out[q]
		switch {
		case a > b:
			return -1
		case a < b:
			return 1
		}
		return 0
	})
	for i := 0; i < left && i < len(order); i++ {
		out[order[i]]++
	}
	for i := range out {
		out[i] /= 20
	}
	return out
}
