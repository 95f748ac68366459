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

// Real people are believed; errors in one field are noticed, nearly as many as
// can be, and the field is named.
func TestSlipsAreCaughtAndNamed(t *testing.T) {
	learn, hold := open(t).Split(0)
	priors, err := body.NewPriors(learn.Learn(true))
	if err != nil {
		t.Fatal(err)
	}
	for name, people := range map[string]map[body.Population]*People{"soldiers": hold.Soldiers, "civilians": hold.Civilians} {
		var n, asked, refused int
		for _, who := range Sexes() {
			a, r := Alarms(priors[who], people[who], nil)
			n, asked, refused = n+len(people[who].Rows), asked+a, refused+r
		}
		t.Logf("of %d %s %d are asked, %d refused", n, name, asked, refused)
		if float64(asked) > 0.02*float64(n) || float64(refused) > 0.002*float64(n) {
			t.Errorf("of %d %s %d are asked, %d refused, though nothing is wrong", n, name, asked, refused)
		}
	}
	soldiers := []*People{learn.Soldiers[body.Women], learn.Soldiers[body.Men]}
	// Behind the limit: it is made for one size of error, and its people are Gaussian.
	for i, want := range []struct{ behind, named float64 }{{0.06, 0.97}, {0.015, 0.98}, {0, 0.98}} {
		kind := SlipKinds()[i]
		var sum Slip
		for _, who := range Sexes() {
			for _, f := range Slips(priors[who], hold.Soldiers[who], nil, kind.Factors, 20) {
				sum.Tried += f.Tried
				sum.Caught += f.Caught
				sum.Named += f.Named
			}
		}
		caught, named := float64(sum.Caught)/float64(sum.Tried), float64(sum.Named)/float64(sum.Caught)
		limit := SlipLimit(soldiers, kind.Factors, 0.02).Caught
		t.Logf("of errors %s %.1f %% are caught (limit %.1f), the right field is named in %.1f %% of these", kind.Name, 100*caught, 100*limit, 100*named)
		if caught < limit-want.behind || named < want.named {
			t.Errorf("of errors %s only %.1f %% are caught (limit %.1f), the right field is named in %.1f %% of these", kind.Name, 100*caught, 100*limit, 100*named)
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
