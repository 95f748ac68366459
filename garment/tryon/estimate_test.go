package tryon_test

import (
	"flag"
	"fmt"
	"strings"
	"testing"
	"time"

	"fitroom/assets"
	"fitroom/garment/drape"
	"fitroom/garment/fit"
	"fitroom/garment/tryon"
	"fitroom/geometry/body"
)

var fine = flag.Bool("fine", false, "estimate on the meshes of a fitting, for five women and five men (four minutes)")

// An estimate gives each size the verdicts of its own drape in a few Newton steps, and
// analyses nothing.
func TestAnEstimateGivesTheVerdictsOfADrape(t *testing.T) {
	settings, wider := tryon.Settings{Edges: []float64{0.03}}, []float64{0}
	if *fine {
		settings, wider = tryon.Settings{}, []float64{-0.08, -0.04, 0, 0.04, 0.08}
	}
	room, err := tryon.Open(assets.FS, settings)
	if err != nil {
		t.Fatal(err)
	}
	var all agreement
	for _, d := range demos {
		for _, by := range wider {
			q := demo(t, d)
			widen(q.Body, by)
			a := compare(t, room, q)
			t.Logf("%s, %+.0f cm: %v", d[1], 100*by, a)
			all.add(a)
		}
	}
	t.Logf("all: %v", all)
	if all.judged < 40*len(wider) || all.estimated < 9*len(wider) {
		t.Error("too little was judged or estimated")
	}
}

// agreement of estimates with drapes.
type agreement struct {
	judged, unlike            int           // zones
	estimated, draped         int           // sizes
	estimates, drapes, beside time.Duration // CPU of the sizes estimated, of the same draped, and of those draped in both
}

func (a agreement) String() string {
	return fmt.Sprintf("%d zones judged, %d unlike; %d sizes estimated in %.2f CPU s, draped in %.2f; %d draped in both, in %.2f",
		a.judged, a.unlike, a.estimated, a.estimates.Seconds(), a.drapes.Seconds(), a.draped, a.beside.Seconds())
}

func (a *agreement) add(b agreement) {
	a.judged, a.unlike, a.estimated, a.draped = a.judged+b.judged, a.unlike+b.unlike, a.estimated+b.estimated, a.draped+b.draped
	a.estimates, a.drapes, a.beside = a.estimates+b.estimates, a.drapes+b.drapes, a.beside+b.beside
}

// widen makes a person wider by so much round chest, waist and hips [m].
func widen(m body.Measurements, by float64) {
	const perMetre = 150 // [kg/m]
	for _, k := range []body.Key{body.BustGirth, body.ChestGirth, body.UnderbustGirth, body.WaistGirth, body.HipGirth, body.Weight} {
		if v, given := m.Values[k]; given {
			v.Value += by
			if k == body.Weight {
				v.Value += by*perMetre - by
			}
			m.Values[k] = v
		}
	}
}

// compare tries all sizes and estimates them.
func compare(t *testing.T, room *tryon.Room, q tryon.Request) (a agreement) {
	t.Helper()
	tried, err := room.Try(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	o, err := room.Estimate(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range o.Fittings {
		if f.Failed != nil {
			t.Errorf("%s %s: %v", q.Style.ID, f.Size, f.Failed)
		}
		switch {
		case f.Drape.Status == drape.Estimated:
			a.estimated++
			a.estimates, a.drapes = a.estimates+f.Drape.CPU, a.drapes+tried.Fittings[i].Drape.CPU
			if f.Drape.Newton > 8 || f.Analyses != nil {
				t.Errorf("%s %s took %d Newton steps, analyses %v", q.Style.ID, f.Size, f.Drape.Newton, f.Analyses)
			}
		case f.Cloth != nil:
			a.draped++
			a.beside += f.Drape.CPU
		}
		own := map[string]fit.Verdict{}
		for _, z := range f.Zones {
			own[z.Name] = z.Verdict
		}
		for _, z := range tried.Fittings[i].Zones {
			if z.Verdict == fit.CannotJudge {
				continue
			}
			a.judged++
			if own[z.Name] != z.Verdict {
				a.unlike++
				t.Errorf("%s %s, %s: %s by estimate, %s draped", q.Style.ID, f.Size, z.Name, own[z.Name], z.Verdict)
			}
		}
	}
	return a
}

// What is too small to be closed is not estimated, but it is warned of.
func TestAnEstimateWarnsOfWhatDoesNotClose(t *testing.T) {
	room, err := tryon.Open(assets.FS, tryon.Settings{Edges: []float64{0.03}})
	if err != nil {
		t.Fatal(err)
	}
	q := demo(t, demos[3])
	widen(q.Body, 0.08)
	q.Sizes = q.Style.Sizes[:1]
	heard := 0
	q.Progress = func(float64, string) { heard++ }
	o, err := room.Estimate(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	said := strings.Join(fit.In("en", o.Warnings), "; ")
	if f := o.Fittings[0]; f.Cloth != nil || len(f.TooSmall) == 0 || !strings.Contains(said, "cannot be closed") || heard == 0 {
		t.Errorf("sewn %t, too small at %d places, heard %d times, said %q", f.Cloth != nil, len(f.TooSmall), heard, said)
	}
}
