package wire

import (
	"regexp"
	"slices"
	"strings"
)

// Look is how the fabric is drawn; it never enters a verdict.
type Look struct {
	Colour   string  `json:"colour,omitempty"` // #rrggbb
	Second   string  `json:"second,omitempty"` // of a check, stripe or print
	Weave    string  `json:"weave,omitempty"`  // plain, check, stripe, print
	RepeatCm float64 `json:"repeat_cm,omitempty"`
}

// Limits of a repeat [cm]: finer than a thread, longer than any garment.
const (
	minRepeat = 0.05
	maxRepeat = 200
)

// check holds a look to what can be drawn, before the work of a fitting is
// done; a style without one is drawn in a quiet colour.
func (l *Look) check(at string, faults *Errors) {
	if l == nil {
		return
	}
	rgb := regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)
	for _, c := range []struct{ name, value string }{{"colour", l.Colour}, {"second", l.Second}} {
		if c.value != "" && !rgb.MatchString(c.value) {
			faults.add(at+"/"+c.name, "is %q; it must be a colour written #rrggbb", clip(c.value))
		}
	}
	if weaves := []string{"plain", "check", "stripe", "print"}; l.Weave != "" && !slices.Contains(weaves, l.Weave) {
		faults.add(at+"/weave", "is %q; it must be one of %s", clip(l.Weave), strings.Join(weaves, ", "))
	}
	if l.RepeatCm != 0 && !(l.RepeatCm >= minRepeat && l.RepeatCm <= maxRepeat) {
		faults.add(at+"/repeat_cm", "is %g; it must lie between %g and %d cm", l.RepeatCm, minRepeat, maxRepeat)
	}
}
