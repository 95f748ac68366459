package survey

import (
	"context"
	"math"
	"os"
	"testing"

	"fitroom/geometry/body"
)

// among is which subjects the test takes: about sixty of both sexes together.
const among = 101

// At least thirty measures of one subject, given at once, are met on the mesh
// by the public tape, or the body says which of them cannot be. make
// body-report does the same with everybody.
func TestMeasuresOfOneSubjectAreMetTogether(t *testing.T) {
	m, err := body.Open(os.DirFS("../../../assets"))
	if err != nil {
		t.Fatal(err)
	}
	var people, conflicts int
	for _, who := range Sexes() {
		p, err := Soldiers(data(t), who)
		if err != nil {
			t.Skip(err)
		}
		for i := 7; i < len(p.Rows); i += among {
			in := p.Together(i)
			if len(in.Values) < 30 {
				t.Fatalf("%d measures, want 30", len(in.Values))
			}
			people++
			b, err := m.Fit(context.Background(), in)
			if err != nil || len(b.Conflicts) > 0 {
				conflicts++
				t.Logf("%s %d: %v %v", who, i, err, b.Conflicts)
				continue
			}
			judged, err := b.Judge()
			if err != nil {
				t.Fatal(err)
			}
			for _, j := range judged {
				v, asked := in.Values[j.Key]
				limit := 0.002
				if j.Key == body.Weight {
					limit = 1
				}
				if d := math.Abs(j.Tape - v.Value); asked && d > limit {
					t.Errorf("%s %d: %s is %.4f, asked %.4f", who, i, j.Key, j.Tape, v.Value)
				}
			}
		}
	}
	if share := float64(conflicts) / float64(people); share > 0.1 {
		t.Errorf("%d of %d have measures that cannot be met together", conflicts, people)
	}
}
