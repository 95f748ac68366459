package fit

import (
	"errors"
	"math"
	"slices"

	"fitroom/garment/fabric"
	"fitroom/geometry/body"
	"fitroom/geometry/fault"
)

// Style is what a retailer says of a garment apart from its pattern: for whom
// each size was made (Chart) and how large it is (POM).
type Style struct {
	ID         string
	Kind       string // "t-shirt", "skirt", "trousers", ...
	Population body.Population
	Sizes      []string // smallest first
	// Primary dimensions decide the size; empty means the only key of Chart.
	Primary   []body.Key
	Secondary []body.Key
	Chart     map[body.Key]Chart
	POM       map[body.Key]POM
	Fabric    fabric.Fabric // the main one; the zero Fabric is one nothing is known of

	// Compression is the pressure the garment is sold to give: "too tight"
	// starts there [Pa]; 0 means ordinary clothing, 2.0 kPa.
	Compression float64
}

// Chart says for which bodies each size is made, by one measurement.
type Chart struct {
	// Bands holds lower and upper edge per size [m]. A chart of plain values
	// becomes bands of half a step to each side, with Plain set.
	Bands map[string][2]float64
	// Centre is the body each size is drawn for where the chart prints it [m];
	// a size without one is drawn for the middle of its band.
	Centre map[string]float64
	Plain  bool
}

// POM is a point of measure of the finished garment, relaxed and full round.
type POM struct {
	Values    map[string]float64 // full girth or length per size [m]
	Tolerance float64            // of production, on the full measure [m]; 0 means 2 cm for a girth, 1 cm for a length
	Free      bool               // the zone is not fitted: not judged
	// Design is the ease each size was drawn with, where it is declared [m];
	// otherwise it follows from the chart.
	Design map[string]float64
}

// Validate joins every fault that would make an answer from this style wrong:
// each names the field, the value and the limit. A style with neither chart nor
// POM is valid: what it is like is measured on the drape alone.
func (s *Style) Validate() error {
	_, err := s.ladders()
	return err
}

// ladders validates a style and gives the ladder of each measurement of its chart.
func (s *Style) ladders() (map[body.Key]*steps, error) {
	charts := make(map[body.Key]*steps, len(s.Chart))
	var faults []error
	add := func(format string, a ...any) { faults = append(faults, fault.Errorf(format, a...)) }
	if len(s.Sizes) == 0 {
		add("style %s: no sizes", s.ID)
	}
	for i, size := range s.Sizes {
		if size == "" || slices.Contains(s.Sizes[:i], size) {
			add("style %s: size %d is %q; names must be unique and not empty", s.ID, i+1, size)
		}
	}
	switch s.Population {
	case body.Women, body.Men, body.Unspecified, "":
	default:
		add("style %s: population is %q; it must be women, men or unspecified", s.ID, s.Population)
	}
	if s.Compression != 0 && !(s.Compression >= 500 && s.Compression <= 8000) {
		add("style %s: compression is %g Pa; it must be 500 to 8000", s.ID, s.Compression)
	}
	if s.Fabric != (fabric.Fabric{}) {
		faults = append(faults, s.Fabric.Validate())
	}
	faults = append(faults, s.validateKeys())
	for _, k := range sortedKeys(s.Chart) {
		st, err := s.steps(k)
		charts[k], faults = st, append(faults, err)
	}
	for _, k := range sortedKeys(s.POM) {
		faults = append(faults, s.validatePOM(k))
	}
	return charts, errors.Join(faults...)
}

// validateKeys checks that the dimensions that decide the size are charted.
func (s *Style) validateKeys() error {
	if len(s.Chart) == 0 {
		return nil
	}
	if len(s.Primary) == 0 && len(s.Chart) > 1 {
		return fault.Errorf("style %s: primary is empty and the chart has %d measurements; name the one that decides the size", s.ID, len(s.Chart))
	}
	for _, k := range s.Primary {
		if _, ok := s.Chart[k]; !ok {
			return fault.Errorf("style %s: primary %s is not in the chart", s.ID, string(k))
		}
	}
	return nil
}

// primaries are the dimensions that decide the size.
func (s *Style) primaries() []body.Key {
	if len(s.Primary) == 0 && len(s.Chart) == 1 {
		return sortedKeys(s.Chart)
	}
	return s.Primary
}

// sameCut is what two sizes of one cut may differ by in a measure taken on drawn
// panels [m]: far below any thread, above rounding.
const sameCut = 1e-5

// validatePOM refuses garment measures that are more likely a half measure, a
// doubled one or a slip of units than a garment: never corrected in silence.
func (s *Style) validatePOM(k body.Key) error {
	p := s.POM[k]
	z, placed := placeOf(k)
	if !placed {
		return fault.Errorf("style %s: pom %s is not a place fitroom knows", s.ID, string(k))
	}
	if p.Free && len(p.Values) == 0 {
		return nil
	}
	var faults []error
	if !(p.Tolerance >= 0 && p.Tolerance <= 0.1) {
		faults = append(faults, fault.Errorf("style %s: pom %s: tolerance is %.4g cm; it must be 0 to 10", s.ID, string(k), 100*p.Tolerance))
	}
	last, known := math.Inf(-1), 0
	for _, size := range s.Sizes {
		v, ok := p.Values[size]
		if !ok {
			continue
		}
		known++
		lo, hi := z.low, z.high
		if c, ok := s.Chart[k].centre(size); ok && !z.length {
			lo, hi = 0.6*c, 1.8*c
			if !z.torso {
				hi = z.high // sleeves and legs may be as wide as they like
			}
		}
		if !(v >= lo && v <= hi) {
			faults = append(faults, fault.Errorf("style %s: pom %s size %s is %.1f cm; %.1f to %.1f cm is plausible here (half measure, or another unit?)", s.ID, string(k), size, v*100, lo*100, hi*100))
		}
		if v < last-sameCut {
			faults = append(faults, fault.Errorf("style %s: pom %s falls to %.1f cm at size %s; sizes go from small to large", s.ID, string(k), v*100, size))
		}
		last = v
		if e, ok := p.Design[size]; ok && !(e >= -0.6*v && e <= 0.6*v) {
			faults = append(faults, fault.Errorf("style %s: pom %s size %s: design ease is %.1f cm; it must be within 60 %% of the measure", s.ID, string(k), size, e*100))
		}
	}
	if len(p.Values) == known {
		return errors.Join(faults...)
	}
	for _, size := range sortedKeys(p.Values) {
		if !slices.Contains(s.Sizes, size) {
			faults = append(faults, fault.Errorf("style %s: pom %s names size %q, which the style does not have", s.ID, string(k), size))
		}
	}
	return errors.Join(faults...)
}

// centre is the body a size is drawn for.
func (c Chart) centre(size string) (float64, bool) {
	if v, ok := c.Centre[size]; ok {
		return v, true
	}
	b, ok := c.Bands[size]
	return (b[0] + b[1]) / 2, ok
}
