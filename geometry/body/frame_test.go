package body

import (
	"context"
	"testing"
)

// A trunk is broader than deep, as people's are, however many tapes pin it: by
// the survey a hip is 1.5 times, a navel waist 1.4 times as broad as deep.
func TestTrunksAreNoBarrels(t *testing.T) {
	m := openModel(t)
	for _, c := range []struct {
		who    Population
		values map[Key]float64
	}{
		// Two people of ANSUR II whom tapes alone turned into barrels.
		{Women, map[Key]float64{Height: 1.60, Weight: 64.7, NeckGirth: 0.341, ChestGirth: 0.913, WaistNavelGirth: 0.837, HipGirth: 1.035, ThighGirth: 0.619, Inseam: 0.785, AcromialHeight: 1.311, KneeHeight: 0.447}},
		{Men, map[Key]float64{Height: 1.765, Weight: 79.6, NeckGirth: 0.401, ChestGirth: 1.038, WaistNavelGirth: 0.879, HipGirth: 0.996, ThighGirth: 0.595, Inseam: 0.851, AcromialHeight: 1.462, KneeHeight: 0.506}},
	} {
		in := Measurements{Population: c.who, Values: map[Key]Measurement{}}
		for k, v := range c.values {
			in.Values[k] = Measurement{Value: v, Method: TapeTrained}
		}
		b, err := m.Fit(context.Background(), in)
		if err != nil {
			t.Fatal(err)
		}
		for k, least := range map[Key]float64{HipGirth: 1.15, WaistNavelGirth: 1.1} {
			var out, front, back float64
			for _, p := range b.Around(b.Level(k)) {
				out, front, back = max(out, p.X), max(front, p.Z), min(back, p.Z)
			}
			if ratio := 2 * out / (front - back); ratio < least || ratio > 1.9 {
				t.Errorf("%s: at the %s %.0f mm broad and %.0f mm deep", c.who, k, 2000*out, 1000*(front-back))
			}
		}
	}
}
