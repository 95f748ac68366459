package sizecharts

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fitroom/geometry/body"
	"fitroom/geometry/geomtest"
)

// The body of each row of each published table gets its own size back, every
// zone as designed; in the next row's size it is one step off.
func TestEveryRowOfEveryTableGetsItsOwnSize(t *testing.T) {
	f, err := os.Open(filepath.Join(geomtest.Data(t), "fit", "sizecharts.json"))
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	tables, err := Read(f)
	if err != nil {
		t.Fatal(err)
	}
	if len(tables) != 20 {
		t.Errorf("%d tables, want 20", len(tables))
	}
	var all RoundTrip
	charts, garments := 0, 0
	for _, table := range tables {
		if g := table.Garment; g != nil {
			garments++
			chest, neck := g.POM[body.ChestGirth].Values["row 01"], g.POM[body.NeckGirth].Values["row 01"]
			if len(g.POM) < 4 || chest < 0.9 || chest > 1.05 || neck != 0 && neck != 0.38 {
				t.Errorf("%s: %d measures, chest %g m", table.Name, len(g.POM), chest)
			}
		}
		if len(table.Source) == 0 && table.Why == "" {
			t.Errorf("%s has no source", table.Name)
		}
		if table.Why != "" {
			t.Logf("%s: %s", table.Name, table.Why)
		}
		for _, s := range table.Styles {
			r, err := Try(s)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%s: %+v", s.ID, r)
			if r.Own != r.Rows || r.Neighbours != r.Pairs {
				t.Errorf("%s: %d of %d rows get their own size, %d of %d neighbours one step", s.ID, r.Own, r.Rows, r.Neighbours, r.Pairs)
			}
			charts++
			all.Rows, all.Pairs = all.Rows+r.Rows, all.Pairs+r.Pairs
		}
	}
	if garments != 2 {
		t.Errorf("%d tables of garments, want 2", garments)
	}
	t.Logf("%d charts, %d rows, %d pairs", charts, all.Rows, all.Pairs)
}

func TestReadRefusesWhatIsNoTable(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"[", "size tables"},
		{`{"charts": {"a": {"kind": "body", "population": "women", "unit": "cm", "rows": {"bust": [90, 80]}}}}`, "must ascend"},
	} {
		if _, err := Read(strings.NewReader(c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.text, err)
		}
	}
}
