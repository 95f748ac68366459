package fabric

// Evidence grades the source of one figure.
type Evidence byte

const (
	ReadPrimary   Evidence = 'A' // read in a primary page or table
	ReadSecondary Evidence = 'B' // read in a text that names its primary source
	Derived       Evidence = 'C' // arithmetic from A and B
	Judged        Evidence = 'D' // engineering estimate within the range that A to C leave open
)

// Grade is the evidence in the words of a fabric's grade: what was read or
// derived is literature on other pieces of such cloth, never a test of this
// one.
func (e Evidence) Grade() string {
	if e == Judged {
		return "estimated"
	}
	return "literature"
}

// Figure is one property of a preset as a range.
type Figure struct {
	Property           string
	Low, Nominal, High float64 // in Unit
	Unit               string
	Evidence           Evidence
	Source             string
}

// Names lists the presets, wovens first, light to heavy within each
// kind, then the two that stand for cloth of which nothing is known.
func Names() []string {
	all := presets()
	all = append(all, unknowns(all)...)
	names := make([]string, len(all))
	for i, p := range all {
		names[i] = p.name
	}
	return names
}

// Preset returns the nominal fabric of a name, in SI units.
func Preset(name string) (Fabric, bool) {
	p, ok := find(name)
	if !ok {
		return Fabric{}, false
	}
	return p.fabric(), true
}

// Figures returns every number of a preset with unit, range, source and
// evidence, in the units of the trade: g/m2, mm, N/m, uN m, %.
func Figures(name string) ([]Figure, bool) {
	p, ok := find(name)
	if !ok {
		return nil, false
	}
	return p.figures(), true
}

func find(name string) (preset, bool) {
	all := presets()
	for _, p := range append(all, unknowns(all)...) {
		if p.name == name {
			return p, true
		}
	}
	return preset{}, false
}

// span is a range in the units of the trade.
type span struct {
	low, nominal, high float64
	evidence           Evidence
	source             string
}

type preset struct {
	name      string
	structure Structure
	density   span // [g/m2]
	thickness span // [mm]
	warp      span // [N/m]
	weft      span // [N/m]
	shear     span // [N/m]
	poisson   span // [1]
	bendWarp  span // [uN m]
	bendWeft  span // [uN m]
	friction  span // [1]
	useWarp   span // [%]
	useWeft   span // [%]
	stiffWarp span // [1]; zero: no data
	stiffWeft span // [1]
}

// fabric converts the nominal values to SI: 1 g/m2 = 1e-3 kg/m2, 1 uN m = 1e-6 N m.
func (p preset) fabric() Fabric {
	return Fabric{
		Name: p.name, Structure: p.structure,
		Density: p.density.nominal / 1e3, Thickness: p.thickness.nominal / 1e3,
		Warp: p.warp.nominal, Weft: p.weft.nominal, Shear: p.shear.nominal, Poisson: p.poisson.nominal,
		BendWarp: p.bendWarp.nominal / 1e6, BendWeft: p.bendWeft.nominal / 1e6,
		Friction:   p.friction.nominal,
		UsableWarp: p.useWarp.nominal / 100, UsableWeft: p.useWeft.nominal / 100,
		StiffenWarp: p.stiffWarp.nominal, StiffenWeft: p.stiffWeft.nominal,
		Grade: Estimated, Source: "preset; sources per figure in fabric.Figures",
	}
}

func (p preset) figures() []Figure {
	row := func(property, unit string, s span) Figure {
		return Figure{property, s.low, s.nominal, s.high, unit, s.evidence, s.source}
	}
	out := []Figure{
		row("density", "g/m2", p.density),
		row("thickness", "mm", p.thickness),
		row("warp", "N/m", p.warp),
		row("weft", "N/m", p.weft),
		row("shear", "N/m", p.shear),
		row("poisson", "1", p.poisson),
		row("bend_warp", "uN m", p.bendWarp),
		row("bend_weft", "uN m", p.bendWeft),
		row("friction", "1", p.friction),
		row("usable_stretch_warp", "%", p.useWarp),
		row("usable_stretch_weft", "%", p.useWeft),
	}
	if p.stiffWarp.nominal > 0 {
		out = append(out, row("stiffening_warp", "1", p.stiffWarp), row("stiffening_weft", "1", p.stiffWeft))
	}
	return out
}
