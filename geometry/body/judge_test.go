package body_test

import (
	"math"
	"testing"

	"fitroom/geometry/body"
	"fitroom/geometry/tape"
)

// takenOtherwise lists measures that the fit defines otherwise than the public
// tape, with the most that the tape may differ [m] and why.
var takenOtherwise = map[body.Key]struct {
	less, more float64
	why        string
}{
	body.HipGirth:       {0.002, 0.002, "the fit blends vertices into a soft level, the tape looks for the middle of what stands out most"},
	body.ShoulderLength: {1e-6, 0.003, "the fit takes the chord, the tape lies over the shoulder's bulge"},
	body.AcrossShoulder: {1e-6, 0.016, "the fit takes two chords to the spine, the tape lies over the back of the shoulders"},
}

// Every key of the model has a twin on the public tape, and the two agree
// within a millimetre on bodies of every kind, or as takenOtherwise says.
func TestPublicTapeAgrees(t *testing.T) {
	worst := map[body.Key]float64{}
	for i, p := range people {
		b := fitPerson(t, i)
		twin := map[string]tape.Reading{}
		for _, r := range b.Tape().Measure() {
			twin[r.Key] = r
		}
		for _, m := range b.Measures {
			r, ok := twin[string(m.Key)]
			if !ok || r.Err != nil {
				t.Fatalf("%s: %s has no twin: %v", p.name, m.Key, r.Err)
			}
			less, more := 0.001, 0.001
			if o, ok := takenOtherwise[m.Key]; ok {
				less, more = o.less, o.more
			}
			d := r.Value - m.Achieved
			if d < -less || d > more || math.IsNaN(d) {
				t.Errorf("%s: %s is %.4f by the tape, %.4f by the fit: %+.2f mm", p.name, m.Key, r.Value, m.Achieved, 1000*d)
			}
			if math.Abs(d) > math.Abs(worst[m.Key]) {
				worst[m.Key] = d
			}
		}
	}
	for _, k := range body.Keys() {
		if d := worst[k]; math.Abs(d) > 1e-4 {
			t.Logf("%s: up to %+.2f mm", k, 1000*d)
		}
	}
}
