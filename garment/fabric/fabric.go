package fabric

// Grade says how far a figure can be trusted.
type Grade string

const (
	Measured  Grade = "measured"  // a test report of this very fabric
	Vendor    Grade = "vendor"    // the seller's data sheet
	Estimated Grade = "estimated" // literature for fabrics of this kind
)

// Fabric is one cloth. Membrane moduli are forces per metre of width at
// engineering strain under uniaxial stress; warp runs along the grain.
type Fabric struct {
	Name       string
	Density    float64 // mass per area [kg/m2]
	Thickness  float64 // [m]
	Warp, Weft float64 // tensile modulus along and across the grain [N/m]
	Shear      float64 // in-plane shear modulus [N/m]
	Poisson    float64 // contraction across when stretched along the warp, for Warp == Weft the usual ratio [1]
	BendWarp   float64 // bending rigidity of a strip cut along the warp [N m]
	BendWeft   float64 // the same along the weft [N m]
	Friction   float64 // Coulomb coefficient against skin or undergarment [1]

	// UsableWarp and UsableWeft are the strains up to which the cloth can be
	// worn: beyond, a seam gives or the wearer cannot move [1].
	UsableWarp, UsableWeft float64

	Grade  Grade
	Source string
}
