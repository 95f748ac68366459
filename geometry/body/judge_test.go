package body_test

import (
	"math"
	"testing"

	"fitroom/geometry/body"
	"fitroom/geometry/tape"
)

// pulledStraight lists lengths that the fit takes from landmark to landmark
// through the air or the flesh; the tape, which lies on the skin, says for
// comparison what that would be.
var pulledStraight = map[body.Key]bool{
	body.ShoulderLength: true, body.AcrossShoulder: true, body.ArmLength: true,
	body.UpperArmLength: true, body.BackNeckToWrist: true,
}

// looser are measures that the two define otherwise, with the most they may
// differ [m].
var looser = map[body.Key]float64{
	body.HipGirth:       0.002, // the fit blends vertices into a soft level, the tape takes the middle of what stands out most
	body.HipHeight:      0.005, // likewise
	body.AcrossShoulder: 0.005, // the fit's middle of the back is one vertex for all bodies
}

// Every key of the model has a twin on the public tape, and the two agree
// within a millimetre on bodies of every kind, or as looser says. No tape on
// the skin is shorter than its straight line.
func TestPublicTapeAgrees(t *testing.T) {
	worst, longer := map[body.Key]float64{}, map[body.Key]float64{}
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
			v, near := r.Value, 0.001
			if pulledStraight[m.Key] {
				v = r.Straight
				longer[m.Key] = max(longer[m.Key], r.Value-r.Straight)
			}
			if l, ok := looser[m.Key]; ok {
				near = l
			}
			d := v - m.Achieved
			if !(math.Abs(d) <= near) {
				t.Errorf("%s: %s is %.4f by the tape, %.4f by the fit: %+.2f mm", p.name, m.Key, v, m.Achieved, 1000*d)
			}
			if r.Kind == tape.Along && r.Value < r.Straight-1e-9 && m.Key != body.CrotchLength {
				t.Errorf("%s: %s is %.4f over the skin, %.4f straight", p.name, m.Key, r.Value, r.Straight)
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
		if pulledStraight[k] {
			t.Logf("%s: over the skin up to %.1f mm longer than straight", k, 1000*longer[k])
		}
	}
}
