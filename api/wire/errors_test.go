package wire

import (
	"testing"

	"fitroom/geometry/fault"
)

// A fault within another's sentence, a suggestion and a kind of value are told in
// German too.
func TestGermanWithin(t *testing.T) {
	var faults Errors
	_, inside := CheckGTIN("12345678")
	faults.add("/gtin", "%v", inside)
	faults.add("/x", "%q is not a preset%s", "jersei", suggest("jersei", []string{"jersey"}))
	faults.add("/y", "is %s; it must be %s", fault.Word("a list"), fault.Word("a number"))
	want := []string{`"12345678" hat die Prüfziffer 8; richtig wäre 0`, `"jersei" ist keine Voreinstellung; meinten Sie jersey?`, "ist eine Liste; es muss eine Zahl sein"}
	for i, f := range faults {
		if f.In("de") != want[i] || f.In("en") == want[i] || f.In("fr") != f.In("en") {
			t.Errorf("%q, %q; want %q", f.In("en"), f.In("de"), want[i])
		}
	}
}
