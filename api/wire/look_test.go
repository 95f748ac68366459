package wire

import "testing"

// A look that cannot be drawn is refused with its place; any other is not.
func TestLooks(t *testing.T) {
	for _, c := range []struct {
		look  *Look
		blame string
	}{
		{nil, ""},
		{&Look{}, ""},
		{&Look{Colour: "#7a8A5c", Second: "#ffffff", Weave: "check", RepeatCm: 5}, ""},
		{&Look{Colour: "red"}, "/look/colour"},
		{&Look{Colour: "#12345"}, "/look/colour"},
		{&Look{Colour: "#+12345"}, "/look/colour"},
		{&Look{Second: "#1234567"}, "/look/second"},
		{&Look{Weave: "houndstooth"}, "/look/weave"},
		{&Look{RepeatCm: -1}, "/look/repeat_cm"},
		{&Look{RepeatCm: 1e9}, "/look/repeat_cm"},
	} {
		var faults Errors
		c.look.check("/look", &faults)
		if c.blame == "" && len(faults) > 0 || c.blame != "" && (len(faults) != 1 || faults[0].Pointer != c.blame) {
			t.Errorf("%+v: %v, want the blame on %q", c.look, faults, c.blame)
		}
	}
}
