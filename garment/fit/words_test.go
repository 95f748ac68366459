package fit

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"fitroom/garment/drape"
	"fitroom/geometry/body"
)

// corpus is every sentence of many random reports, and of all refusals.
func corpus(t *testing.T) []map[string]string {
	t.Helper()
	var all []map[string]string
	take := func(w Wearer, s *Style, o Options) {
		a, reports := mustAdvise(t, w, s, o)
		all = append(all, a.Text)
		for _, r := range slices.Concat(a.Assumptions, a.Warnings) {
			all = append(all, r.Text)
		}
		for _, size := range s.Sizes {
			for _, z := range reports[size].Zones {
				all = append(all, z.Text)
				if z.Notes != nil {
					all = append(all, z.Notes)
				}
			}
		}
	}
	rng := rand.New(rand.NewPCG(21, 1))
	for range 150 {
		s := randomStyle(rng)
		w := inside(rng, s, .03*rng.Float64())
		take(w, s, Options{Draws: 32, Preference: 0.1*rng.Float64() - 0.05})
		for i := range w.Readings {
			w.Readings[i].Value *= 0.8 + 0.5*rng.Float64()
		}
		switch rng.IntN(6) {
		case 0:
			w.Readings = w.Readings[1:]
		case 1:
			w.OverClothes = true
		case 2:
			w.Posture = "seated"
		case 3:
			w.Population = body.Men
		case 4:
			w.Readings[0].Source = body.Predicted
		}
		take(w, s, Options{Draws: 32})
	}
	for _, status := range []drape.Status{drape.AtRest, drape.StepLimit} {
		for _, strain := range []float64{-.1, .03, .2, .9} {
			for _, stated := range []float64{.60, .71, .80} {
				c, r := stretched(strain, 0, swatch(), tube{0, .12, .12, .80, 1.37, 60, 30, false})
				r.Status = status
				s := bandStyle()
				s.Fabric = swatch()
				s.POM[body.WaistGirth] = POM{Values: map[string]float64{"M": stated}}
				s.POM[body.HipGirth] = POM{Values: map[string]float64{"M": stated}}
				rep, err := Judge(cylinderBody(.12, .12), c, r, s, "M", Options{Wish: map[string]float64{"body_length": .6}})
				if err != nil {
					t.Fatal(err)
				}
				for _, z := range rep.Zones {
					all = append(all, z.Text)
					if z.Notes != nil {
						all = append(all, z.Notes)
					}
				}
			}
		}
	}
	for _, opens := range []bool{false, true} {
		q := TooSmall{Zone: "hip", Garment: .861, Body: 1.012, Usable: .04, Lacks: .086, Opens: opens}
		q.Say(bandStyle(), "M")
		all = append(all, q.Text)
	}
	for _, r := range remarks() {
		all = append(all, r.Text)
	}
	s, w := large()
	take(w, s, Options{})
	s.Chart, s.Primary, s.Secondary = nil, nil, nil
	take(w, s, Options{})
	return all
}

// noFigure is how a number that is none is printed.
var noFigure = regexp.MustCompile(`(^|[^a-z])(nan|[+-]?inf)([^a-z]|$)`)

func TestSentencesHoldNoForbiddenWord(t *testing.T) {
	n := 0
	for _, text := range corpus(t) {
		for _, l := range languages() {
			n++
			got := " " + strings.ToLower(text[l.Code]) + " "
			for _, word := range slices.Concat(l.Forbidden, l.ForbiddenOfBodies) {
				// A word of the list must start a word; "fat" is not in "sulfate".
				if i := strings.Index(got, word); i > 0 && !unicode.IsLetter(rune(got[i-1])) {
					t.Errorf("%s: %q in %q", l.Code, word, text[l.Code])
				}
			}
			if noFigure.MatchString(got) || strings.Contains(got, "{") || strings.Contains(got, "  a") {
				t.Errorf("%s: a figure is missing in %q", l.Code, text[l.Code])
			}
		}
	}
	t.Logf("%d sentences", n)
}

var figures = regexp.MustCompile(`[0-9]+([.,][0-9]+)?`)

func TestNumbersAreTheSameInEveryLanguage(t *testing.T) {
	for _, text := range corpus(t) {
		want := figures.FindAllString(text["en"], -1)
		for _, l := range languages() {
			got := figures.FindAllString(text[l.Code], -1)
			for i := range got {
				got[i] = strings.Replace(got[i], string(l.decimal), ".", 1)
			}
			if !slices.Equal(got, want) {
				t.Fatalf("%s: %q\nen: %q", l.Code, text[l.Code], text["en"])
			}
		}
	}
}

// What is judged has a name in the catalogue. That every language has the same
// entries is words' own test.
func TestEveryZoneAndVerdictHasWords(t *testing.T) {
	for _, l := range languages() {
		for _, p := range places() {
			if l.Zones[p.zone] == "" {
				t.Errorf("%s: zone %s has no name", l.Code, p.zone)
			}
		}
		for _, v := range append(girthRungs(), append(lengthRungs(), CannotJudge)...) {
			if l.verdicts[v] == "" {
				t.Errorf("%s: verdict %s has no words", l.Code, v)
			}
		}
	}
}

// The example of design/fit.md, with our order of words.
func TestSentenceOfATightWaistband(t *testing.T) {
	s := trousers()
	_, r := mustAdvise(t, woman(.70, .96, .0075), s, Options{})
	z := zoneOf(t, r["34"], "waist")
	for _, part := range []string{"Das Kleidungsstück misst hier 66,6 cm, das angegebene Körpermaß ist 70,0 cm.", "Es fehlen 3,4 cm", "vorgesehen sind 2,6 cm Zugabe"} {
		if !strings.Contains(z.Text["de"], part) {
			t.Errorf("%q lacks %q", z.Text["de"], part)
		}
	}
	if !strings.HasPrefix(z.Text["de"], "Bund: ") {
		t.Errorf("%q does not begin with the part of the garment", z.Text["de"])
	}
}

// The answer names what decides it, in words a customer can check.
func TestAdviceSaysWhy(t *testing.T) {
	gap := tee()
	gap.Chart[body.ChestGirth].Bands["L"] = [2]float64{1.03, 1.10}
	for name, c := range map[string]struct {
		w      Wearer
		s      *Style
		o      Options
		de, en string
	}{
		"one size": {
			man(.98, .01), tee(), Options{},
			"Größe M liegt diesen Maßen am nächsten (Wahrscheinlichkeit über 95 %). Maßgeblich: Brust 98,0 cm; Größe M ist für 94,0 bis 102,0 cm gemacht.",
			"Size M is closest to these measurements (probability over 95 %). What decides: chest 98.0 cm; size M is made for 94.0 to 102.0 cm.",
		},
		"a wish": {
			man(.98, .01), tee(), Options{Preference: .08},
			"Größe L liegt dem Wunsch nach 8,0 cm mehr Weite am nächsten", "Size L is closest to the wish for 8.0 cm more room",
		},
		"a gap of the chart": {
			man(1.025, .001), gap, Options{},
			"Größe M oder L: Das Maß liegt zwischen zwei Größen; für 102,5 cm nennt die Größentabelle keine (Brust). Bei M: Brust wie entworfen oder knapp. Bei L:", "for 102.5 cm (chest). In M: chest as designed or snug. In L:",
		},
		"outside the chart": {
			man(.80, .01), tee(), Options{},
			"Keine Empfehlung: Die Größentabelle reicht von 86,0 bis 118,0 cm, angegeben sind 80,0 cm (Brust).",
			"No advice: the size chart goes from 86.0 to 118.0 cm, 80.0 cm is stated (chest).",
		},
		"a zone to note": {
			woman(.72, .973, .0005), trousers(), Options{},
			"Zu beachten: Bund wie entworfen oder knapp, Hüfte wie entworfen oder weiter", "To note: waistband as designed or snug, hip as designed or looser",
		},
	} {
		a, _ := mustAdvise(t, c.w, c.s, c.o)
		if !strings.Contains(a.Text["de"], c.de) || !strings.Contains(a.Text["en"], c.en) {
			t.Errorf("%s:\n%s\n%s", name, a.Text["de"], a.Text["en"])
		}
	}
}

// Of several deciding dimensions the one at fault is named.
func TestTheDimensionAtFaultIsNamed(t *testing.T) {
	s := trousers()
	s.Primary, s.Secondary = []body.Key{body.WaistGirth, body.HipGirth}, nil
	w := woman(.72, 1, .005)
	w.Readings = w.Readings[:1]
	a, _ := mustAdvise(t, w, s, Options{})
	if a.Reason != PrimaryMissing || !strings.Contains(a.Text["en"], "(hip)") || !strings.Contains(a.Text["de"], "(Hüfte)") {
		t.Errorf("%s: %q", a.Reason, a.Text)
	}
	a, _ = mustAdvise(t, woman(.72, 1.4, .005), s, Options{})
	if a.Reason != OutsideChart || !strings.Contains(a.Text["en"], "140.0 cm is stated (hip)") {
		t.Errorf("%s: %q", a.Reason, a.Text)
	}
}
