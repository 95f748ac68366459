package fabric

import (
	"errors"
	"math"
	"strings"

	"fitroom/geometry/fault"
)

// Grade says how far a figure can be trusted.
type Grade string

const (
	Measured  Grade = "measured"  // a test report of this very fabric
	Vendor    Grade = "vendor"    // the seller's data sheet
	Estimated Grade = "estimated" // literature for fabrics of this kind
)

// Structure is how the yarns are joined. It decides which rules of wearing
// ease apply: a woven needs room to move in, a knit stretches instead.
type Structure string

const (
	Woven Structure = "woven"
	Knit  Structure = "knit"
)

// Fabric is one cloth. Membrane moduli are forces per metre of width at
// engineering strain under uniaxial stress; warp runs along the grain (the
// wales of a knit).
type Fabric struct {
	Name       string
	Structure  Structure // empty: told by the usable stretch, see IsWoven
	Density    float64   // mass per area [kg/m2]
	Thickness  float64   // [m]
	Warp, Weft float64   // tensile modulus along and across the grain [N/m]
	Shear      float64   // in-plane shear modulus [N/m]
	Poisson    float64   // contraction across when stretched along the warp, for Warp == Weft the usual ratio [1]
	BendWarp   float64   // bending rigidity of a strip cut along the warp [N m]
	BendWeft   float64   // the same along the weft [N m]
	BendBias   float64   // the same at 45 degrees; 0: not known, taken as the mean of both [N m]
	Friction   float64   // Coulomb coefficient against skin or undergarment [1]

	// UsableWarp and UsableWeft are the strains up to which the cloth can be
	// worn: beyond, a seam gives or the wearer cannot move [1].
	UsableWarp, UsableWeft float64

	// StiffenWarp and StiffenWeft say how many times stiffer the cloth is at the
	// usable stretch, as a secant, than when it begins to stretch; Warp and Weft
	// are the secants. 0 means not known; see Tension [1].
	StiffenWarp, StiffenWeft float64

	Grade  Grade
	Source string
}

// rigidStretch is the usable stretch below which cloth counts as rigid [1]:
// design/fit.md sets 10 %, above every plain woven and below every knit.
const rigidStretch = 0.10

// IsWoven reports whether the rules for wovens apply. Cloth of unstated
// structure is woven if it gives less than 10 % in both directions.
func (f Fabric) IsWoven() bool {
	if f.Structure != "" {
		return f.Structure == Woven
	}
	return max(f.UsableWarp, f.UsableWeft) < rigidStretch
}

// limit is the range of one property outside which a figure is a slip of units
// or of a digit rather than cloth: the widest figures of worn textiles (silk
// gauze to saddle felt, spandex net to sailcloth) with a margin of two or more.
type limit struct {
	field  string
	got    float64
	lo, hi float64
	unit   string
}

func (f Fabric) limits() []limit {
	return []limit{
		{"density", f.Density, 0.01, 1.5, "kg/m2"},
		{"thickness", f.Thickness, 5e-5, 0.02, "m"},
		{"warp", f.Warp, 5, 2e5, "N/m"},
		{"weft", f.Weft, 5, 2e5, "N/m"},
		{"shear", f.Shear, 1, 1e5, "N/m"},
		{"poisson", f.Poisson, 0, 0.99, "1"},
		{"bend warp", f.BendWarp, 1e-8, 1e-2, "N m"},
		{"bend weft", f.BendWeft, 1e-8, 1e-2, "N m"},
		{"bend bias", f.BendBias, 0, 1e-2, "N m"},
		{"friction", f.Friction, 0, 2, "1"},
		{"usable stretch warp", f.UsableWarp, 0.001, 3, "1"},
		{"usable stretch weft", f.UsableWeft, 0.001, 3, "1"},
		{"stiffening warp", f.StiffenWarp, 0, 100, "1"},
		{"stiffening weft", f.StiffenWeft, 0, 100, "1"},
	}
}

// Validate reports every figure outside its limits, and a pair of moduli and
// Poisson's ratio no elastic sheet can have.
func (f Fabric) Validate() error {
	var faults []error
	for _, l := range f.limits() {
		if !(l.got >= l.lo && l.got <= l.hi) { // NaN fails too
			faults = append(faults, fault.Errorf("fabric %q: %s is %g%s; it must be %g to %g", f.Name, l.field, l.got, strings.TrimSuffix(" "+l.unit, " 1"), l.lo, l.hi))
		}
	}
	// Strain energy is positive only if nu_warp * nu_weft < 1, and symmetry of
	// the compliance sets nu_weft = nu_warp * Weft / Warp.
	if both := f.Poisson * f.Poisson * f.Weft / f.Warp; both >= 1 && len(faults) == 0 {
		faults = append(faults, fault.Errorf("fabric %q: poisson %g with warp %g and weft %g N/m would give energy for free; poisson must be below %.3g",
			f.Name, f.Poisson, f.Warp, f.Weft, math.Sqrt(f.Warp/f.Weft)))
	}
	switch f.Grade {
	case Measured, Vendor, Estimated:
	default:
		faults = append(faults, fault.Errorf("fabric %q: grade is %q; it must be %s, %s or %s", f.Name, f.Grade, Measured, Vendor, Estimated))
	}
	switch f.Structure {
	case "", Woven, Knit:
	default:
		faults = append(faults, fault.Errorf("fabric %q: structure is %q; it must be %s, %s or empty", f.Name, f.Structure, Woven, Knit))
	}
	return errors.Join(faults...)
}
