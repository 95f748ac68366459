package fit

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"fitroom/geometry/body"
)

// advice writes the answer to "which size", and in plain words why.
func (sp *speaker) advice(a *Advice, t *table, reports []SizeReport) {
	parts := sp.adviceParts(a, t, reports)
	a.Text = make(map[string]string, len(sp.langs))
	for i := range sp.langs {
		l := &sp.langs[i]
		sp.adviceValues(l, a, t, reports)
		sp.buf = sp.buf[:0]
		for n, key := range parts {
			if n > 0 {
				sp.buf = append(sp.buf, ' ')
			}
			sp.buf = sp.say(sp.buf, l, key)
		}
		a.Text[l.Code] = string(sp.buf)
	}
}

// adviceValues makes what an advice may say available to its sentences.
func (sp *speaker) adviceValues(l *language, a *Advice, t *table, reports []SizeReport) {
	last := reports[len(reports)-1]
	tight, main := "", ""
	if at, _ := tightest(last.Zones); at >= 0 {
		tight = sp.zoneKey(last.Zones[at].Name)
	}
	if a.about != "" {
		main = sp.dimension(a.about)
	}
	more := "more"
	if a.Preference < 0 {
		more = "less"
	}
	sp.vals = append(sp.vals[:0],
		lit("sizes", l.listed(a.Sizes)), lit("chances", chances(a)), within("main", main), within("tight", tight),
		lit("largest", last.Size), cm("wish", math.Abs(a.Preference)), word("more", more))
	if r := a.Runs; r != nil {
		sp.vals = append(sp.vals, num("steps", math.Abs(r.Steps)), num("pm", 1.96*r.SD), lit("reports", strconv.Itoa(r.Reports)))
	}
	if n := len(a.Sizes); n > 0 {
		first, other := a.Sizes[0], a.Sizes[n-1]
		sp.vals = append(sp.vals, lit("first", first), lit("last", other), lit("size", first), lit("p", l.chance(a.Probability[first])),
			lit("list", sp.notable(l, zonesOf(reports, first))), lit("other", sp.notable(l, zonesOf(reports, other))))
		sp.vals = append(sp.vals, t.deciding(first)...)
	}
	if st := t.charts[a.about]; st != nil && len(a.Sizes) == 0 {
		r, _ := t.wearer.find(a.about)
		sp.vals = append(sp.vals, cm("low", st.lower[0]), cm("high", st.upper[len(st.upper)-1]), cm("body", r.Value))
	}
}

// chance is a probability in words: what rounds to 100 % is not certain.
func (l *language) chance(p float64) string {
	const most = 95
	if n := int(math.Round(p * 100)); n <= most {
		return strconv.Itoa(n) + " %"
	}
	return l.Report["over"] + " " + strconv.Itoa(most) + " %"
}

// adviceParts chooses the sentences of an advice: the answer, what decides it,
// what else to know.
func (sp *speaker) adviceParts(a *Advice, t *table, reports []SizeReport) []string {
	var parts []string
	switch a.Outcome {
	case RefuseOutcome:
		parts = append(parts, "refuse_"+a.Reason)
	case None:
		parts = append(parts, "advice_none")
		if at, _ := tightest(reports[len(reports)-1].Zones); at < 0 {
			parts[0] = "advice_none_at_all"
		}
	case One:
		parts = append(parts, "advice_one")
		switch { // by the measurements alone another size may be closer
		case a.Preference != 0:
			parts[0] = "advice_one_wish"
		case a.Runs != nil:
			parts[0] = "advice_one_runs"
		}
		if len(t.deciding(a.Sizes[0])) > 0 {
			parts = append(parts, "deciding")
		}
		if odd(zonesOf(reports, a.Sizes[0])) {
			parts = append(parts, "notable")
		}
	case BetweenSizes:
		parts = append(parts, "advice_between")
		if a.Reason == ChartGap {
			parts[0] = "advice_gap"
		}
		if first, last := zonesOf(reports, a.Sizes[0]), zonesOf(reports, a.Sizes[len(a.Sizes)-1]); odd(first) || odd(last) {
			parts = append(parts, "trade_off")
		}
	}
	switch said := parts[0] == "advice_one_wish"; {
	case said || len(a.Sizes) == 0:
	case a.Preference > 0:
		parts = append(parts, "wish_more")
	case a.Preference < 0:
		parts = append(parts, "wish_less")
	}
	if a.Conflict {
		parts = append(parts, "conflict")
	}
	if r := a.Runs; r != nil && len(a.Sizes) > 0 {
		if r.Steps >= 0 {
			parts = append(parts, "runs_small")
		} else {
			parts = append(parts, "runs_large")
		}
	}
	return parts
}

// deciding is the first deciding measurement and the band a size has for it;
// empty if the chart has none.
func (t *table) deciding(size string) []value {
	first := t.primaries()
	if len(first) == 0 {
		return nil
	}
	st := t.charts[first[0]]
	r, found := t.wearer.find(first[0])
	k, charted := st.rank[size]
	if !found || !charted {
		return nil
	}
	return []value{cm("low", st.lower[k]), cm("high", st.upper[k]), cm("body", r.Value)}
}

func zonesOf(reports []SizeReport, size string) []Zone {
	for _, r := range reports {
		if r.Size == size {
			return r.Zones
		}
	}
	return nil
}

// odd reports a zone that is not as designed.
func odd(zones []Zone) bool {
	return slices.ContainsFunc(zones, func(z Zone) bool { return z.Verdict != AsDesigned && z.Verdict != CannotJudge })
}

// notable lists the zones of a size that are not as designed: "hip snug, length
// slightly short".
func (sp *speaker) notable(l *language, zones []Zone) string {
	var parts []string
	for i := range zones {
		z := &zones[i]
		name := l.named(sp.zoneKey(z.Name))
		switch {
		case z.Verdict == AsDesigned || z.Verdict == CannotJudge:
		case z.Verdict == Between:
			pair := spoken(z)
			parts = append(parts, name+" "+l.verdicts[pair[0]]+" "+l.Report["or"]+" "+l.verdicts[pair[1]])
		default:
			parts = append(parts, name+" "+l.verdicts[z.Verdict])
		}
	}
	if len(parts) == 0 {
		return l.Report["as_made"]
	}
	return strings.Join(parts, ", ")
}

// chances lists sizes with probabilities: "M 50 %, L 50 %".
func chances(a *Advice) string {
	parts := make([]string, len(a.Sizes))
	for i, s := range a.Sizes {
		parts[i] = s + " " + strconv.Itoa(int(math.Round(a.Probability[s]*100))) + " %"
	}
	return strings.Join(parts, ", ")
}

// dimension is the catalogue's name of a charted measurement.
func (sp *speaker) dimension(k body.Key) string {
	if p, ok := placeOf(k); ok {
		return p.zone // of the body: the waist, though the garment has a waistband
	}
	if k == body.Height {
		return "height"
	}
	return "other"
}
