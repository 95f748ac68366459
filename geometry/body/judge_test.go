package body_test

import (
	"math"
	"testing"

	"fitroom/geometry/body"
	"fitroom/geometry/tape"
)

// looser are measures that the two define otherwise, with the most they may
// differ [m].
var looser = map[body.Key]float64{
	body.AcrossShoulder: 0.005, // the fit's middle of the back is one vertex for all bodies
}

// Every key of the model has a twin on the public tape, and the two agree
// within a millimetre on bodies of every kind, or as looser says. No tape on
// the skin is shorter than its straight line.
func TestPublicTapeAgrees(t *testing.T) {
	worst, longer := map[body.Key]float64{}, map[body.Key]float64{}
	for i, p := range people {
		b := fitPerson(t, i)
		judged, err := b.Judge()
		if err != nil {
			t.Fatalf("%s: %v", p.name, err)
		}
		for n, m := range b.Measures {
			j := judged[n]
			if j.Key != m.Key {
				t.Fatalf("%s: the tape's %dth is %s, the fit's %s", p.name, n, j.Key, m.Key)
			}
			near := 0.001
			if l, ok := looser[m.Key]; ok {
				near = l
			}
			d := j.Tape - m.Achieved
			if !(math.Abs(d) <= near) {
				t.Errorf("%s: %s is %.4f by the tape, %.4f by the fit: %+.2f mm", p.name, m.Key, j.Tape, m.Achieved, 1000*d)
			}
			if j.Skin < j.Tape-1e-9 {
				t.Errorf("%s: %s is %.4f over the skin, %.4f straight", p.name, m.Key, j.Skin, j.Tape)
			}
			longer[m.Key] = max(longer[m.Key], j.Skin-j.Tape)
			if math.Abs(d) > math.Abs(worst[m.Key]) {
				worst[m.Key] = d
			}
		}
	}
	for _, k := range body.Keys() {
		if d := worst[k]; math.Abs(d) > 1e-4 {
			t.Logf("%s: up to %+.2f mm", k, 1000*d)
		}
		if longer[k] > 1e-4 {
			t.Logf("%s: over the skin up to %.1f mm longer than straight", k, 1000*longer[k])
		}
	}
}

// Measured as a stranger's mesh, its limbs told by landmarks alone, a body
// reads as it does with its parts known.
func TestLimbsToldByLandmarks(t *testing.T) {
	for i, p := range people {
		b := fitPerson(t, i)
		known := b.Tape()
		s, notes, err := tape.Import(b.Mesh, known.Marks, tape.Axes{Unit: 1})
		if err != nil || len(notes) > 0 {
			t.Fatalf("%s: %v, notes %q", p.name, err, notes)
		}
		told := s.Measure()
		for n, want := range known.Measure() {
			got := told[n]
			if got.Err != nil {
				t.Errorf("%s: %v", p.name, got.Err)
				continue
			}
			if d := got.Value - want.Value; math.Abs(d) > 0.001 {
				t.Errorf("%s: %s is %.4f, with parts known %.4f: %+.2f mm", p.name, want.Key, got.Value, want.Value, 1000*d)
			}
		}
	}
}

func BenchmarkPublicTape(b *testing.B) {
	s := fitPerson(b, 0).Tape()
	for b.Loop() {
		s.Measure()
	}
}
