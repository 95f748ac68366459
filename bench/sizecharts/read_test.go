package sizecharts

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

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
	charts := 0
	for _, table := range tables {
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
