package survey

import (
	"path/filepath"
	"slices"
	"testing"

	"fitroom/geometry/body"
	"fitroom/geometry/geomtest"
)

func data(t *testing.T) string { return filepath.Join(geomtest.Data(t), "anthropometry") }

// The split is the same for every run, a fifth is held out, nobody is on both
// sides.
func TestSplitIsSeededAndDisjoint(t *testing.T) {
	p := &People{Who: body.Women, Keys: []body.Key{body.Height}}
	for i := range 1003 {
		p.Rows = append(p.Rows, []float64{float64(i)})
	}
	learn, hold := p.Split(0)
	again, _ := p.Split(0)
	if len(hold.Rows) != 200 || len(learn.Rows) != 803 {
		t.Fatalf("%d and %d of 1003", len(learn.Rows), len(hold.Rows))
	}
	seen := map[float64]bool{}
	for i, r := range learn.Rows {
		if r[0] != again.Rows[i][0] {
			t.Fatal("another split")
		}
		seen[r[0]] = true
	}
	for _, r := range hold.Rows {
		if seen[r[0]] {
			t.Fatalf("subject %g is learned and held out", r[0])
		}
	}
}

// Every subject has every surveyed key, and the learned table every key of
// the model.
func TestSurveysCoverTheModel(t *testing.T) {
	for who, n := range map[body.Population][2]int{body.Women: {1986, 4221}, body.Men: {4082, 4081}} {
		s, err := Soldiers(data(t), who)
		if err != nil {
			t.Skip(err)
		}
		c, err := Civilians(data(t), who)
		if err != nil {
			t.Fatal(err)
		}
		if len(s.Rows) != n[0] || len(c.Rows) != n[1] {
			t.Errorf("%s: %d soldiers, %d civilians", who, len(s.Rows), len(c.Rows))
		}
		if table := Learn(s, c); len(table.Mean) != len(Keys()) {
			t.Errorf("%s: %d means for %d keys", who, len(table.Mean), len(Keys()))
		}
	}
	for _, k := range body.Keys() {
		if k != body.BustGirth && !slices.Contains(Keys(), k) {
			t.Errorf("no survey column for %s", k)
		}
	}
}
