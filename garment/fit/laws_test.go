package fit

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"fitroom/garment/fabric"
	"fitroom/geometry/body"
)

// randomStyle draws a style with uneven bands, gaps, overlaps, any fabric, and
// garment measures with ease of either sign.
func randomStyle(rng *rand.Rand) *Style {
	fabrics := fabric.Names()
	f, _ := fabric.Preset(fabrics[rng.IntN(len(fabrics))])
	s := &Style{ID: "random", Population: body.Women, Chart: map[body.Key]Chart{}, POM: map[body.Key]POM{}, Fabric: f}
	n := 2 + rng.IntN(7)
	for i := range n {
		s.Sizes = append(s.Sizes, fmt.Sprint("size ", i))
	}
	for k, z := range []struct {
		key         body.Key
		first, step float64
	}{{body.BustGirth, .76, .04}, {body.WaistGirth, .60, .04}, {body.HipGirth, .84, .04}, {body.ThighGirth, .48, .025}} {
		if k > 0 && rng.IntN(3) == 0 {
			continue
		}
		s.Chart[z.key] = randomChart(rng, s.Sizes, z.first, z.step)
		if rng.IntN(4) == 0 {
			continue
		}
		ease := z.first * (rng.Float64()*.35 - .15)
		grade := rng.Float64() * .02
		values := map[string]float64{}
		for i, size := range s.Sizes {
			c, _ := s.Chart[z.key].centre(size)
			values[size] = c + ease + grade*float64(i)
		}
		s.POM[z.key] = POM{Values: values, Tolerance: rng.Float64() * .02}
	}
	s.Primary = []body.Key{body.BustGirth}
	s.Secondary = []body.Key{body.WaistGirth}
	return s
}

func randomChart(rng *rand.Rand, sizes []string, first, step float64) Chart {
	c := Chart{Bands: map[string][2]float64{}, Centre: map[string]float64{}}
	lo := first
	for _, size := range sizes {
		w := step * (0.8 + rng.Float64())
		c.Bands[size] = [2]float64{lo, lo + w}
		if rng.IntN(2) == 0 {
			c.Centre[size] = lo + w*(0.4+0.2*rng.Float64())
		}
		lo += w
		switch rng.IntN(6) {
		case 0:
			lo += 0.2 * step // a gap
		case 1:
			lo -= 0.2 * step // an overlap
		}
	}
	return c
}

// inside is a body somewhere in the chart.
func inside(rng *rand.Rand, s *Style, sigma float64) Wearer {
	w := Wearer{Population: body.Women}
	for _, k := range sortedKeys(s.Chart) {
		st, _ := s.steps(k)
		lo, hi := st.lower[0], st.upper[len(st.upper)-1]
		w.Readings = append(w.Readings, Reading{Key: k, Value: lo + (hi-lo)*rng.Float64(), Sigma: sigma})
	}
	return w
}

func rungOf(v Verdict) int { return slices.Index(girthRungs(), v) }

// |x| <= 0.5 says exactly "inside the printed band", to the last bit, for every
// size of every chart; x falls with size and rises with the body.
func TestPositionIsExactAtPrintedEdges(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for range 300 {
		s := randomStyle(rng)
		if err := s.Validate(); err != nil {
			t.Fatal(err)
		}
		st, _ := s.steps(body.BustGirth)
		for i, size := range s.Sizes {
			sc, _ := st.scale(size)
			b := s.Chart[body.BustGirth].Bands[size]
			if sc.of(b[0]) != -0.5 || sc.of(b[1]) != 0.5 || sc.of(st.centre[i]) != 0 {
				t.Fatalf("%s: x is %v, %v, %v at lower edge, centre, upper edge", size, sc.of(b[0]), sc.of(st.centre[i]), sc.of(b[1]))
			}
			if sc.of(math.Nextafter(b[1], 9)) <= 0.5 && sc.of(b[1]+1e-12) <= 0.5 {
				t.Fatalf("%s: still inside beyond the upper edge", size)
			}
			if sc.of(b[0]-1e-12) >= -0.5 {
				t.Fatalf("%s: still inside below the lower edge", size)
			}
			for range 20 {
				g := st.lower[0] - .1 + rng.Float64()*(st.upper[len(st.upper)-1]-st.lower[0]+.2)
				if x := sc.of(g); math.Abs(sc.body(x)-g) > 1e-9 {
					t.Fatalf("the scale is not its own inverse at %g: %g", g, sc.body(x))
				}
				if sc.of(g+.01) <= sc.of(g) {
					t.Fatalf("x does not rise with the body at %g", g)
				}
				if i > 0 {
					smaller, _ := st.scale(s.Sizes[i-1])
					if smaller.of(g) < sc.of(g) {
						t.Fatalf("x of the smaller size is below that of the larger at %g", g)
					}
				}
			}
		}
	}
}

func TestEaseFallsExactlyWithTheBody(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 1))
	for range 100 {
		s := randomStyle(rng)
		w := inside(rng, s, .01)
		const more = 1.0 / 128 // exact in binary
		larger := w
		larger.Readings = slices.Clone(w.Readings)
		for i := range larger.Readings {
			larger.Readings[i].Value += more
		}
		_, r := mustAdvise(t, w, s, Options{Draws: 16})
		_, q := mustAdvise(t, larger, s, Options{Draws: 16})
		for _, size := range s.Sizes {
			for i, z := range r[size].Zones {
				if d := z.Ease - q[size].Zones[i].Ease; !math.IsNaN(z.Ease) && math.Abs(d-more) > 1e-15 {
					t.Fatalf("%s: ease falls by %.17g for %g of body", z.Name, d, more)
				}
			}
		}
	}
}

// A larger body never gets a looser verdict or a smaller size.
func TestLargerBodyNeverLooserNeverSmaller(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 1))
	for range 150 {
		s := randomStyle(rng)
		w := inside(rng, s, .002+.02*rng.Float64())
		larger := w
		larger.Readings = slices.Clone(w.Readings)
		for i := range larger.Readings {
			if rng.IntN(2) == 0 {
				larger.Readings[i].Value += .03 * rng.Float64()
			}
		}
		o := Options{Draws: 128, Preference: .02 * (rng.Float64() - .5)}
		a, r := mustAdvise(t, w, s, o)
		b, q := mustAdvise(t, larger, s, o)
		for _, size := range s.Sizes {
			for i, z := range r[size].Zones {
				y := q[size].Zones[i]
				if z.Likely != CannotJudge && y.Likely != CannotJudge && rungOf(y.Likely) < rungOf(z.Likely) {
					t.Fatalf("%s %s: %s at %.1f cm, %s at %.1f cm", size, z.Name, z.Likely, z.Body*100, y.Likely, y.Body*100)
				}
				if y.TightRisk < z.TightRisk-1e-12 {
					t.Fatalf("%s %s: the risk of tightness falls from %g to %g", size, z.Name, z.TightRisk, y.TightRisk)
				}
			}
		}
		if meanSize(s, b) < meanSize(s, a)-1e-9 {
			t.Fatalf("advice falls from %v %v to %v %v", a.Sizes, a.Share, b.Sizes, b.Share)
		}
		if a.Outcome == One && b.Outcome == One && slices.Index(s.Sizes, b.Sizes[0]) < slices.Index(s.Sizes, a.Sizes[0]) {
			t.Fatalf("advice falls from %v to %v", a.Sizes, b.Sizes)
		}
	}
}

// meanSize is the expected index of the best size; none counts as one beyond
// the largest, a refusal is not compared.
func meanSize(s *Style, a *Advice) float64 {
	if a.Outcome == RefuseOutcome || a.Outcome == None {
		return math.Inf(1)
	}
	m := 0.0
	for i, size := range s.Sizes {
		m += float64(i) * a.Share[size]
	}
	return m
}

func TestLargerSizeNeverTighter(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 1))
	for range 200 {
		s := randomStyle(rng)
		_, r := mustAdvise(t, inside(rng, s, .01), s, Options{Draws: 16})
		for n := 1; n < len(s.Sizes); n++ {
			for i, z := range r[s.Sizes[n]].Zones {
				y := r[s.Sizes[n-1]].Zones[i]
				if z.Likely != CannotJudge && y.Likely != CannotJudge && rungOf(z.Likely) > rungOf(y.Likely) {
					t.Fatalf("%s: %s is %s, the next size %s is %s", z.Name, s.Sizes[n-1], y.Likely, s.Sizes[n], z.Likely)
				}
			}
		}
	}
}

// Label text never enters: other names, same order, same answer.
func TestRenamingSizesChangesNothing(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 1))
	for range 50 {
		s := randomStyle(rng)
		to := map[string]string{}
		for i, size := range s.Sizes {
			to[size] = fmt.Sprint((i*7)%10, " XS-", 44-2*i)
		}
		w := inside(rng, s, .01)
		a, r := mustAdvise(t, w, s, Options{})
		b, q := mustAdvise(t, w, renamed(s, to), Options{})
		if a.Outcome != b.Outcome || a.Conflict != b.Conflict {
			t.Fatalf("%s %v became %s %v", a.Outcome, a.Sizes, b.Outcome, b.Sizes)
		}
		for _, size := range s.Sizes {
			if a.Share[size] != b.Share[to[size]] {
				t.Fatalf("%s: %g became %g", size, a.Share[size], b.Share[to[size]])
			}
			for i, z := range r[size].Zones {
				if y := q[to[size]].Zones[i]; y.Verdict != z.Verdict || y.Likely != z.Likely || y.Reason != z.Reason {
					t.Fatalf("%s: %s became %s", z.Name, z.Verdict, y.Verdict)
				}
			}
		}
	}
}

func renamed(s *Style, to map[string]string) *Style {
	out := *s
	out.Sizes, out.Chart, out.POM = nil, map[body.Key]Chart{}, map[body.Key]POM{}
	for _, size := range s.Sizes {
		out.Sizes = append(out.Sizes, to[size])
	}
	for k, c := range s.Chart {
		d := Chart{Bands: map[string][2]float64{}, Centre: map[string]float64{}}
		for size, b := range c.Bands {
			d.Bands[to[size]] = b
		}
		for size, v := range c.Centre {
			d.Centre[to[size]] = v
		}
		out.Chart[k] = d
	}
	for k, p := range s.POM {
		d := p
		d.Values = map[string]float64{}
		for size, v := range p.Values {
			d.Values[to[size]] = v
		}
		out.POM[k] = d
	}
	return &out
}

// The seed of the noise draws changes no probability by more than the rounding
// hides, and the same seed gives the same bits.
func TestSeedOnlyMovesTheLastDigits(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 1))
	for range 40 {
		s := randomStyle(rng)
		w := inside(rng, s, .015)
		a, _ := mustAdvise(t, w, s, Options{Seed: 1})
		b, _ := mustAdvise(t, w, s, Options{Seed: 1})
		c, _ := mustAdvise(t, w, s, Options{Seed: 99})
		for _, size := range s.Sizes {
			if a.Share[size] != b.Share[size] {
				t.Fatal("the same seed gave another share")
			}
			if math.Abs(a.Share[size]-c.Share[size]) > .03 {
				t.Errorf("share of %s moves from %.3f to %.3f with the seed", size, a.Share[size], c.Share[size])
			}
		}
	}
}

// The pruned search over a Latin hypercube finds what brute force over many
// independent draws finds.
func TestBestShareMatchesBruteForce(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 1))
	worst := 0.0
	for range 25 {
		s := randomStyle(rng)
		tb, err := newTable(inside(rng, s, .015), s, Options{})
		if err != nil {
			t.Fatal(err)
		}
		dims, _, reason := tb.dims()
		if reason != "" {
			t.Fatal(reason)
		}
		var sizes []int
		for i := range s.Sizes {
			sizes = append(sizes, i)
		}
		got, want := bestShare(dims, sizes, Options{}), make([]float64, len(sizes))
		const n = 20000
		for range n {
			at, least := 0, math.Inf(1)
			z := make([]float64, len(dims))
			for k := range z {
				z[k] = rng.NormFloat64()
			}
			for j, i := range sizes {
				c := 0.0
				for k, d := range dims {
					c += d.weight * cost(d.scales[i].of(d.mean+z[k]*d.sigma), d.tight)
				}
				if c < least {
					at, least = j, c
				}
			}
			want[at] += 1.0 / n
		}
		for j := range got {
			worst = max(worst, math.Abs(got[j]-want[j]))
		}
	}
	if worst > .02 {
		t.Errorf("largest difference %.4f, want at most 0.02", worst)
	}
	t.Logf("largest difference from 20,000 independent draws: %.4f", worst)
}

// The same place in its size says the same, small or large: same verdict, and
// probabilities within two percentage points, where neither stretch nor pressure
// speaks, which go by shares of the girth.
func TestTheSamePlaceSaysTheSameInEverySize(t *testing.T) {
	s := tee()
	s.Sizes, s.POM = nil, map[body.Key]POM{}
	values, made := map[string]float64{}, map[string]float64{}
	for i := range 14 {
		size := fmt.Sprint("size ", i)
		s.Sizes = append(s.Sizes, size)
		values[size] = .80 + .04*float64(i)
		made[size] = values[size] + .12
	}
	s.Chart[body.ChestGirth], _ = PlainChart(s.Sizes, values)
	s.POM[body.ChestGirth] = POM{Values: made}
	const smallest, largest = "size 2", "size 11"
	for x := -2.4; x <= 2.4; x += .05 {
		var z [2]Zone
		var p [2][6]float64
		for k, size := range [2]string{smallest, largest} {
			tb, err := newTable(man(values[size]+.04*x, .009), s, Options{})
			if err != nil {
				t.Fatal(err)
			}
			sp := &tb.spots[0]
			sc, _ := sp.chart.scale(size)
			tb.zone(&z[k], sp, size, nil)
			g := tb.girthOf(&z[k], sp, &sc, nil)
			l := g.ladder(1)
			l.add(&p[k], 1, z[k].Body, z[k].Sigma, nil)
		}
		if z[0].Likely != z[1].Likely {
			t.Errorf("x = %.2f: %s in the small size, %s in the large one", x, z[0].Likely, z[1].Likely)
		}
		for r := range p[0] {
			if math.Abs(p[0][r]-p[1][r]) > .02 {
				t.Errorf("x = %.2f, %s: probability %.3f in the small size, %.3f in the large one", x, girthRungs()[r], p[0][r], p[1][r])
			}
		}
	}
}

// A pair names what is likely, not what stands next in the list: rigid cloth
// with little ease goes from as designed straight to too tight.
func TestBetweenNamesTheTwoMostProbable(t *testing.T) {
	g := girth{garment: .83, fabric: true, woven: true, pull: fabric.Curve{Slope: 9500}, usable: .05, positive: true, tooMuch: critical,
		scale: &scale{st: &steps{lower: []float64{.78}, centre: []float64{.81}, upper: []float64{.84}}}}
	var z Zone
	g.judge(&z, .82, .016, .05)
	if z.Verdict != Between || z.Pair != [2]Verdict{AsDesigned, TooTight} {
		t.Errorf("%s %v, want between as designed and too tight", z.Verdict, z.Pair)
	}
	rng := rand.New(rand.NewPCG(17, 1))
	for range 2000 {
		var p [6]float64
		left := 1.0
		for k := range p[:5] {
			p[k] = left * rng.Float64() * rng.Float64()
			left -= p[k]
		}
		p[5] = left
		rng.Shuffle(6, func(i, j int) { p[i], p[j] = p[j], p[i] })
		var z Zone
		nominal := rng.IntN(6)
		z.settleVerdict(girthRungs(), nominal, &p)
		if z.Verdict != Between {
			continue
		}
		lo, hi := rungOf(z.Pair[0]), rungOf(z.Pair[1])
		for k := range p {
			if lo >= hi || lo != nominal && hi != nominal || k != lo && k != hi && p[k] > p[lo+hi-nominal] {
				t.Fatalf("%v, nominal %d: between %v", p, nominal, z.Pair)
			}
		}
	}
}

// The closed-form probability of each rung is what replaying the rules on
// noisy bodies counts.
func TestRungProbabilityMatchesReplayedRules(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 1))
	worst := 0.0
	for range 30 {
		s := randomStyle(rng)
		tb, err := newTable(inside(rng, s, .015), s, Options{})
		if err != nil {
			t.Fatal(err)
		}
		size := s.Sizes[rng.IntN(len(s.Sizes))]
		for i := range tb.spots {
			var z Zone
			tb.zone(&z, &tb.spots[i], size, nil)
			if math.IsNaN(z.Sigma) {
				continue
			}
			sc, _ := tb.spots[i].chart.scale(size)
			g := tb.girthOf(&z, &tb.spots[i], &sc, nil)
			l := g.ladder(1)
			var p, count [6]float64
			l.add(&p, 1, z.Body, z.Sigma, nil)
			const n = 10000
			for range n {
				count[rulesByHand(&g, z.Body+rng.NormFloat64()*z.Sigma)] += 1.0 / n
			}
			for k := range p {
				worst = max(worst, math.Abs(p[k]-count[k]))
			}
		}
	}
	if worst > .02 {
		t.Errorf("largest difference %.4f, want at most 0.02", worst)
	}
	t.Logf("largest difference from replayed rules: %.4f", worst)
}

// rulesByHand is the table of design/fit.md read literally, the twin of ladder.
func rulesByHand(g *girth, b float64) int {
	x := g.scale.of(b)
	eps, f, p, e := 0.0, 0.0, 0.0, math.NaN()
	known := g.fabric && !math.IsNaN(g.garment)
	if known {
		eps = max(0, b/g.garment-1)
		f = eps / g.usable
		p = g.pull.Force(eps) * 2 * math.Pi / b
		e = g.garment - b
	}
	stiff := known && g.usable < rigid
	switch {
	case f > 1, stiff && g.collar && e <= 0:
		return willNotClose
	case p >= g.tooMuch, f > nearStretch, stiff && eps > 0, x > 1.5 && g.positive:
		return tooTight
	case x > 0.5, p >= comfortable, known && g.woven && g.reaches && e < g.minEase, stiff && g.collar && e < .01:
		return snug
	case x >= -0.5:
		return asDesigned
	case x >= -1.5:
		return looser
	}
	return tooLoose
}
