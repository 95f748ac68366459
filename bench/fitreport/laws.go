package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"fitroom/bench/sizecharts"
	"fitroom/garment/fit"
	"fitroom/geometry/body"
)

// law counts how often a law was asked and how often it did not hold.
type law struct {
	name          string
	asked, broken int
}

// tightness orders the verdicts on a girth.
func tightness(v fit.Verdict) int {
	return slices.Index([]fit.Verdict{fit.TooLoose, fit.Looser, fit.AsDesigned, fit.Snug, fit.TooTight, fit.WillNotClose}, v)
}

// checkLaws asks the laws of random bodies on every chart.
func checkLaws(styles []*fit.Style, bodies int) ([]law, error) {
	larger := law{name: "a larger body never gets a looser verdict"}
	sizes := law{name: "a larger size never gets a tighter verdict"}
	seed := law{name: "another seed changes no verdict and no share by more than 3 %"}
	names := law{name: "sizes by other names change nothing"}
	rng := rand.New(rand.NewPCG(41, 1))
	for _, s := range styles {
		for range bodies {
			w := sizecharts.Person(s, s.Sizes[rng.IntN(len(s.Sizes))], 0.01)
			if len(w.Readings) == 0 {
				continue
			}
			grown := w
			grown.Readings = slices.Clone(w.Readings)
			for i := range w.Readings {
				w.Readings[i].Value *= 0.98 + 0.04*rng.Float64()
				grown.Readings[i].Value = w.Readings[i].Value * (1 + 0.03*rng.Float64())
			}
			one, zones, err := fit.Advise(w, s, fit.Options{})
			if err != nil {
				return nil, err
			}
			_, more, err := fit.Advise(grown, s, fit.Options{Draws: 64})
			if err != nil {
				return nil, err
			}
			two, again, err := fit.Advise(w, s, fit.Options{Seed: 7})
			if err != nil {
				return nil, err
			}
			other := renamed(s)
			three, _, err := fit.Advise(w, other, fit.Options{})
			if err != nil {
				return nil, err
			}
			for i, size := range s.Sizes {
				compare(&larger, zones[size], more[size])
				if i > 0 {
					compare(&sizes, zones[size], zones[s.Sizes[i-1]])
				}
				seed.asked++
				names.asked++
				if math.Abs(one.Share[size]-two.Share[size]) > 0.03 || !sameVerdicts(zones[size], again[size]) {
					seed.broken++
				}
				if one.Share[size] != three.Share[other.Sizes[i]] {
					names.broken++
				}
			}
		}
	}
	return []law{larger, sizes, seed, names}, nil
}

// compare counts zones of tight that are looser than those of loose.
func compare(l *law, loose, tight fit.SizeReport) {
	for i, z := range loose.Zones {
		if a, b := tightness(z.Likely), tightness(tight.Zones[i].Likely); a >= 0 && b >= 0 {
			l.asked++
			if b < a {
				l.broken++
			}
		}
	}
}

func sameVerdicts(a, b fit.SizeReport) bool {
	for i := range a.Zones {
		if a.Zones[i].Verdict != b.Zones[i].Verdict {
			return false
		}
	}
	return true
}

// renamed is the style with other names for its sizes.
func renamed(s *fit.Style) *fit.Style {
	out := *s
	out.Sizes, out.Chart = nil, map[body.Key]fit.Chart{}
	to := map[string]string{}
	for i, size := range s.Sizes {
		to[size] = fmt.Sprint("size of another name ", len(s.Sizes)-i)
		out.Sizes = append(out.Sizes, to[size])
	}
	for k, c := range s.Chart {
		d := fit.Chart{Bands: map[string][2]float64{}, Centre: map[string]float64{}, Plain: c.Plain}
		for size, b := range c.Bands {
			d.Bands[to[size]] = b
		}
		for size, v := range c.Centre {
			d.Centre[to[size]] = v
		}
		out.Chart[k] = d
	}
	out.POM = map[body.Key]fit.POM{}
	for k, p := range s.POM {
		values := map[string]float64{}
		for size, v := range p.Values {
			values[to[size]] = v
		}
		p.Values = values
		out.POM[k] = p
	}
	return &out
}
