package wire

import (
	"maps"
	"slices"

	"fitroom/garment/fabric"
	"fitroom/garment/tryon"
)

// Fabric is a preset or a list of figures.
type Fabric struct {
	Preset    string  `json:"preset,omitempty"`
	Density   float64 `json:"density_g_m2,omitempty"`
	Thickness float64 `json:"thickness_mm,omitempty"`
	Warp      float64 `json:"warp_N_m,omitempty"`
	Weft      float64 `json:"weft_N_m,omitempty"`
	Shear     float64 `json:"shear_N_m,omitempty"`
	BendWarp  float64 `json:"bend_warp_uNm,omitempty"`
	BendWeft  float64 `json:"bend_weft_uNm,omitempty"`
	Friction  float64 `json:"friction,omitempty"`
	Usable    *Usable `json:"usable_stretch,omitempty"`
	Grade     string  `json:"grade,omitempty"`
}

// Usable is the strain up to which a fabric can be worn.
type Usable struct {
	Warp float64 `json:"warp"`
	Weft float64 `json:"weft"`
}

// defaultFabric stands in where a style names none; the report says so. A
// plain woven cotton is what patterns without a word on fabric are made for.
const defaultFabric = "poplin"

func (s Style) convertFabrics(at string, out *tryon.Style, faults *Errors) {
	main := Fabric{Preset: defaultFabric}
	if s.Fabric != nil {
		main = *s.Fabric
	}
	out.Fabric = main.convert(at+"/fabric", faults)
	if len(s.Fabrics) > 0 {
		out.Materials = map[string]fabric.Fabric{}
	}
	for _, name := range slices.Sorted(maps.Keys(s.Fabrics)) {
		out.Materials[name] = s.Fabrics[name].convert(at+"/fabrics/"+name, faults)
	}
}

func (f Fabric) convert(at string, faults *Errors) fabric.Fabric {
	if f.Preset != "" {
		if own := f; own != (Fabric{Preset: f.Preset}) {
			faults.add(at, "gives the preset %q and figures of its own; give one or the other", clip(f.Preset))
		}
		p, ok := fabric.Preset(f.Preset)
		if !ok {
			faults.add(at+"/preset", "%q is not a preset%s", clip(f.Preset), suggest(f.Preset, fabric.Names()))
		}
		return p
	}
	out := fabric.Fabric{
		Name: "own", Density: f.Density / 1000, Thickness: f.Thickness / 1000,
		Warp: f.Warp, Weft: f.Weft, Shear: f.Shear, BendWarp: f.BendWarp * 1e-6, BendWeft: f.BendWeft * 1e-6,
		Friction: f.Friction, Grade: fabric.Grade(f.Grade), Source: "the style",
	}
	if f.Usable != nil {
		out.UsableWarp, out.UsableWeft = f.Usable.Warp, f.Usable.Weft
	}
	faults.join(at, out.Validate())
	return out
}
