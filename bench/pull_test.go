package bench

import (
	"context"
	"testing"

	"fitroom/garment/drape"
)

// A T-shirt pulled down while it is put on rests lower and with fewer wrinkles
// than one that stays where it caught on the hips; both are in balance.
func TestPulledGarmentLiesLowerAndSmoother(t *testing.T) {
	s, err := TeeOnBody(context.Background(), 0.02)
	if err != nil {
		t.Fatal(err)
	}
	var rest [2]drape.Result
	for k, pull := range []bool{false, true} {
		s.Settings.Pull = pull
		if rest[k], err = s.Run(context.Background(), 2); err != nil {
			t.Fatal(err)
		}
		if rest[k].Status != drape.AtRest {
			t.Fatalf("pull %v: %v, %s", pull, rest[k].Status, rest[k].Reason)
		}
	}
	left, pulled := rest[0].Energy, rest[1].Energy
	t.Logf("height %.4f and %.4f J, bending %.3f and %.3f mJ", left.Gravity, pulled.Gravity, 1e3*left.Bending, 1e3*pulled.Bending)
	if pulled.Gravity >= left.Gravity || pulled.Bending >= left.Bending {
		t.Errorf("pulled down: %.4f J of height, %.3g J of bending; left alone %.4f and %.3g", pulled.Gravity, pulled.Bending, left.Gravity, left.Bending)
	}
}
