package wire

import (
	"fmt"
	"image"
	"io/fs"
	"math"
	"regexp"
	"slices"
	"strings"

	"fitroom/garment/pattern"
)

// Look is how the fabric is drawn; it never enters a verdict.
type Look struct {
	Colour   string  `json:"colour,omitempty"` // #rrggbb
	Second   string  `json:"second,omitempty"` // of a check, stripe or print
	Weave    string  `json:"weave,omitempty"`  // plain, check, stripe, print, lace
	RepeatCm float64 `json:"repeat_cm,omitempty"`
	Sheer    float64 `json:"sheer,omitempty"` // share of light that passes between the threads
	// Swatch is a picture of the fabric, one repeat of it, RepeatCm wide; it
	// takes the place of colours and weave. What is transparent in it shows the
	// colour, of lace the body.
	Swatch *Picture `json:"swatch,omitempty"`
	Prints []Print  `json:"prints,omitempty"`
}

// Picture is a PNG or JPEG in the style's folder.
type Picture struct {
	File string `json:"file"`
	// Image is the picture once the style is read.
	Image *image.NRGBA `json:"-"`
}

// Print is a picture at one place of a panel, such as a logo on the chest.
type Print struct {
	File    string  `json:"file"`
	Panel   string  `json:"panel"`
	XCm     float64 `json:"x_cm"` // centre, in the panel's own coordinates
	YCm     float64 `json:"y_cm"`
	WidthCm float64 `json:"width_cm"`
	TurnDeg float64 `json:"turn_deg,omitempty"`
	// Image is the picture once the style is read.
	Image *image.NRGBA `json:"-"`
}

// Limits of a repeat [cm]: finer than a thread, longer than any garment.
const (
	minRepeat = 0.05
	maxRepeat = 200

	maxSheer     = 0.95
	maxPrints    = 16
	minPrint     = 0.5 // width of a print [cm]
	maxPrint     = 200
	maxPrintFrom = 1000 // of a print from the panel's origin [cm]
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
	if weaves := []string{"plain", "check", "stripe", "print", "lace"}; l.Weave != "" && !slices.Contains(weaves, l.Weave) {
		faults.add(at+"/weave", "is %q; it must be one of %s", clip(l.Weave), strings.Join(weaves, ", "))
	}
	if l.RepeatCm != 0 && !(l.RepeatCm >= minRepeat && l.RepeatCm <= maxRepeat) {
		faults.add(at+"/repeat_cm", "is %g; it must lie between %g and %d cm", l.RepeatCm, minRepeat, maxRepeat)
	}
	if !(l.Sheer >= 0 && l.Sheer <= maxSheer) {
		faults.add(at+"/sheer", "is %g; it must lie between 0 and %g", l.Sheer, maxSheer)
	}
	if l.Swatch != nil && l.RepeatCm == 0 {
		faults.add(at+"/repeat_cm", "is missing; a swatch needs the width of one repeat, %g to %d cm", minRepeat, maxRepeat)
	}
	if len(l.Prints) > maxPrints {
		faults.add(at+"/prints", "holds %d prints; at most %d", len(l.Prints), maxPrints)
	}
	for i := range l.Prints {
		l.Prints[i].check(fmt.Sprintf("%s/prints/%d", at, i), faults)
	}
}

// Check holds a look by itself to what can be drawn.
func (l *Look) Check(at string) error {
	var faults Errors
	l.check(at, &faults)
	return faults.err()
}

// Check holds a print by itself to what can be drawn.
func (p *Print) Check(at string) error {
	var faults Errors
	p.check(at, &faults)
	return faults.err()
}

func (p *Print) check(at string, faults *Errors) {
	if p.Panel == "" {
		faults.add(at+"/panel", "is missing; a print lies on a panel")
	}
	if !(p.WidthCm >= minPrint && p.WidthCm <= maxPrint) {
		faults.add(at+"/width_cm", "is %g; it must lie between %g and %d cm", p.WidthCm, minPrint, maxPrint)
	}
	if !(max(math.Abs(p.XCm), math.Abs(p.YCm)) <= maxPrintFrom) {
		faults.add(at, "lies at (%g, %g) cm; at most %d cm from the panel's origin", p.XCm, p.YCm, maxPrintFrom)
	}
	if !(math.Abs(p.TurnDeg) <= 360) {
		faults.add(at+"/turn_deg", "is %g; limits -360 to 360", p.TurnDeg)
	}
}

// open reads the pictures from the style's folder.
func (l *Look) open(at string, dir fs.FS, faults *Errors) {
	if l == nil {
		return
	}
	if l.Swatch != nil {
		l.Swatch.Image = openPicture(l.Swatch.File, at+"/swatch/file", dir, faults)
	}
	for i := range l.Prints {
		l.Prints[i].Image = openPicture(l.Prints[i].File, fmt.Sprintf("%s/prints/%d/file", at, i), dir, faults)
	}
}

func openPicture(name, at string, dir fs.FS, faults *Errors) *image.NRGBA {
	if dir == nil || !fs.ValidPath(name) {
		faults.add(at, "is %q; it must be a file within the style's folder", clip(name))
		return nil
	}
	f, err := dir.Open(name)
	if err != nil {
		faults.add(at, "%q cannot be opened in the style's folder", clip(name))
		return nil
	}
	defer f.Close()
	img, err := ReadPicture(f)
	if err != nil {
		faults.add(at, "%q %v", clip(name), err)
	}
	return img
}

// onPanels holds the prints to the panels every size of the style has.
func (l *Look) onPanels(at string, sizes []string, patterns map[string]*pattern.Pattern, faults *Errors) {
	if l == nil {
		return
	}
	for i := range l.Prints {
		for _, size := range sizes {
			if p := patterns[size]; p != nil && !l.Prints[i].onPanel(fmt.Sprintf("%s/prints/%d", at, i), size, p, faults) {
				break // the other sizes would say the same
			}
		}
	}
}

// onPanel tells whether a print's centre lies on its panel.
func (p *Print) onPanel(at, size string, of *pattern.Pattern, faults *Errors) bool {
	var names []string
	for i := range of.Panels {
		panel := &of.Panels[i]
		if panel.Name != p.Panel {
			names = append(names, panel.Name)
			continue
		}
		lo, hi := panel.Bounds()
		x, y := p.XCm/100, p.YCm/100
		if x >= lo.X && x <= hi.X && y >= lo.Y && y <= hi.Y {
			return true
		}
		faults.add(at, "lies at (%g, %g) cm, beside panel %q of size %s, which reaches from (%.1f, %.1f) to (%.1f, %.1f) cm",
			p.XCm, p.YCm, clip(p.Panel), size, 100*lo.X, 100*lo.Y, 100*hi.X, 100*hi.Y)
		return false
	}
	faults.add(at+"/panel", "is %q; size %s has the panels %s", clip(p.Panel), size, strings.Join(names, ", "))
	return false
}
