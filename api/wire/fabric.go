package wire

import (
	"io/fs"
	"maps"
	"slices"
	"strings"

	"fitroom/garment/fabric"
	"fitroom/garment/fit"
	"fitroom/garment/tryon"
	"fitroom/geometry/fault"
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
	BendBias  float64 `json:"bend_bias_uNm,omitempty"`
	Friction  float64 `json:"friction,omitempty"`
	// Stiffen says how many times stiffer the cloth is at its usable stretch, as a
	// secant, than when it begins to stretch.
	Stiffen   *Usable `json:"stiffening,omitempty"`
	Usable    *Usable `json:"usable_stretch,omitempty"`
	Structure string  `json:"structure,omitempty"` // woven or knit; absent: told by the stretch
	KES       *KES    `json:"kes,omitempty"`       // instead of the figures above
	FAST      *FAST   `json:"fast,omitempty"`
	U3M       string  `json:"u3m,omitempty"` // a .u3m or .u3ma beside style.json
	Grade     string  `json:"grade,omitempty"`
}

// Usable is the strain up to which a fabric can be worn.
type Usable struct {
	Warp float64 `json:"warp"`
	Weft float64 `json:"weft"`
}

// defaultFabric stands in where a style names none; the report says so, and
// between which figures the true ones may lie.
const defaultFabric = fabric.UnknownWoven

// unknownNote states the range of a fabric of which nothing is known.
func unknownNote(name string) fit.Remark {
	figures, _ := fabric.Figures(name)
	var parts []error
	for _, f := range figures {
		switch f.Property {
		case "density", "warp", "weft", "bend_warp":
			parts = append(parts, fault.Errorf("%s %g to %g %s", fault.Word(strings.ReplaceAll(f.Property, "_", " ")), f.Low, f.High, f.Unit))
		}
	}
	return fit.NoFabric(name, fault.Join(", ", parts...))
}

func (s Style) convertFabrics(at string, dir fs.FS, out *tryon.Style, faults *Errors) {
	main := Fabric{Preset: defaultFabric}
	if s.Fabric != nil {
		main = *s.Fabric
	}
	if main.Preset == fabric.UnknownWoven || main.Preset == fabric.UnknownKnit {
		out.Notes = append(out.Notes, unknownNote(main.Preset))
	}
	out.Fabric = main.convert(at+"/fabric", dir, &out.Notes, faults)
	if len(s.Fabrics) > 0 {
		out.Materials = map[string]fabric.Fabric{}
	}
	for _, name := range slices.Sorted(maps.Keys(s.Fabrics)) {
		out.Materials[name] = s.Fabrics[name].convert(at+"/fabrics/"+name, dir, &out.Notes, faults)
	}
}

func (f Fabric) convert(at string, dir fs.FS, notes *[]fit.Remark, faults *Errors) fabric.Fabric {
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
	if out, found := f.report(at, dir, notes, faults); found {
		return out
	}
	out := fabric.Fabric{
		Name: "own", Structure: fabric.Structure(f.Structure), Density: f.Density / 1000, Thickness: f.Thickness / 1000,
		Warp: f.Warp, Weft: f.Weft, Shear: f.Shear, BendWarp: f.BendWarp * 1e-6, BendWeft: f.BendWeft * 1e-6, BendBias: f.BendBias * 1e-6,
		Friction: f.Friction, Grade: fabric.Grade(f.Grade), Source: "the style",
	}
	if f.Usable != nil {
		out.UsableWarp, out.UsableWeft = f.Usable.Warp, f.Usable.Weft
	}
	if f.Stiffen != nil {
		out.StiffenWarp, out.StiffenWeft = f.Stiffen.Warp, f.Stiffen.Weft
	}
	faults.join(at, out.Validate())
	return out
}
