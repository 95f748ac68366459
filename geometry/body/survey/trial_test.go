package survey

import (
	"testing"

	"fitroom/geometry/body"
)

func open(t *testing.T) *Surveys {
	t.Helper()
	s, err := Open(data(t))
	if err != nil {
		t.Skip(err)
	}
	return s
}

// What is not given is foretold within 5 % of the error of plain regression,
// and nine in ten lie in the stated interval.
func TestPredictionsReachTheLimit(t *testing.T) {
	s := open(t)
	for _, who := range Sexes() {
		for _, k := range Known() {
			table, err := s.CrossPredict(who, k.Keys)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range table {
				if p.RMSE > 1.05*p.Limit {
					t.Errorf("%s from %s: %s: %.1f mm rms, the limit is %.1f", who, k.Name, p.Key, 1000*p.RMSE, 1000*p.Limit)
				}
				if p.Coverage < 0.88 || p.Coverage > 0.92 {
					t.Errorf("%s from %s: %s: %.1f %% lie in the stated 90 %% interval", who, k.Name, p.Key, 100*p.Coverage)
				}
			}
		}
	}
}

// Waist and hip of civilians follow from their height and weight as well as
// they can.
func TestCiviliansArePredictedAsCivilians(t *testing.T) {
	learn, hold := open(t).Split(0)
	priors, err := body.NewPriors(learn.Learn(true))
	if err != nil {
		t.Fatal(err)
	}
	for _, who := range Sexes() {
		for _, p := range Predict(priors[who], hold.Civilians[who], learn.Civilians[who], Known()[0].Keys) {
			if p.RMSE > 1.05*p.Limit {
				t.Errorf("%s: %s: %.1f mm rms, the limit is %.1f", who, p.Key, 1000*p.RMSE, 1000*p.Limit)
			}
			if p.Coverage < 0.88 || p.Coverage > 0.92 {
				t.Errorf("%s: %s: %.1f %% lie in the stated 90 %% interval", who, p.Key, 100*p.Coverage)
			}
		}
	}
}

// Real people are believed; errors in one field are noticed and the field is
// named.
func TestSlipsAreCaughtAndNamed(t *testing.T) {
	learn, hold := open(t).Split(0)
	priors, err := body.NewPriors(learn.Learn(true))
	if err != nil {
		t.Fatal(err)
	}
	for _, who := range Sexes() {
		for name, people := range map[string]*People{"soldiers": hold.Soldiers[who], "civilians": hold.Civilians[who]} {
			asked, refused := Alarms(priors[who], people, nil)
			t.Logf("%s: of %d %s %d are asked, %d refused", who, len(people.Rows), name, asked, refused)
			if n := float64(len(people.Rows)); float64(asked) > 0.02*n || float64(refused) > 0.002*n {
				t.Errorf("%s: of %d %s %d are asked, %d refused, though nothing is wrong", who, len(people.Rows), name, asked, refused)
			}
		}
		for i, want := range []struct{ caught, named float64 }{{0.65, 0.9}, {0.95, 0.92}, {1, 0.98}} {
			kind := SlipKinds()[i]
			var sum Slip
			for _, f := range Slips(priors[who], hold.Soldiers[who], nil, kind.Factors, 20) {
				sum.Tried += f.Tried
				sum.Caught += f.Caught
				sum.Named += f.Named
			}
			caught, named := float64(sum.Caught)/float64(sum.Tried), float64(sum.Named)/float64(sum.Caught)
			t.Logf("%s: of errors %s %.1f %% are caught, the right field is named in %.1f %% of these", who, kind.Name, 100*caught, 100*named)
			if caught < want.caught || named < want.named {
				t.Errorf("%s: of errors %s only %.1f %% are caught, the right field is named in %.1f %% of these", who, kind.Name, 100*caught, 100*named)
			}
		}
	}
}

// Nobody violates what is called impossible.
func TestNoRealBodyIsImpossible(t *testing.T) {
	s := open(t)
	priors, err := body.NewPriors(s.Learn(true))
	if err != nil {
		t.Fatal(err)
	}
	for _, who := range Sexes() {
		var out int
		for _, people := range []*People{s.Soldiers[who], s.Civilians[who]} {
			for i := range people.Rows {
				if _, err := priors[who].Predict(people.Measurements(i)); err != nil {
					out++
					t.Logf("%s %d: %v", who, i, err)
				}
			}
		}
		if out > 20 {
			t.Errorf("%s: %d of the surveyed are refused by fixed limits", who, out)
		}
	}
}
