// Package u3m reads the fabric of a Unified 3D Material, the open exchange
// format of material scanners.
package u3m

import (
	"archive/zip"
	"encoding/json"
	"io"
	"path"
	"slices"
	"strings"

	"fitroom/garment/fabric"
	"fitroom/geometry/fault"
)

// Limits of a U3M archive. Textures make up nearly all of one and are never
// unpacked; the description is a few kilobytes.
const (
	maxEntries = 2000
	maxText    = 1 << 20 // [byte], unpacked
)

// file is what of a U3M 1.0 or 1.1 description matters here. The sections
// that makers of software keep for themselves ("custom") are not read.
type file struct {
	Schema   string `json:"schema"`
	Material *struct {
		Name    string   `json:"name"`
		Physics *physics `json:"physics"`
	} `json:"material"`
}

type physics struct {
	Thickness    *float64 `json:"thickness"` // [mm]
	Weight       *float64 `json:"weight"`    // [g/m2]
	MaterialType *word    `json:"material_type"`
	Construction *word    `json:"construction"`
	Composition  *struct {
		Parts []struct {
			Ratio float64 `json:"ratio"`
			Type  string  `json:"type"`
		} `json:"parts"`
	} `json:"composition"`
	Devices *struct {
		FAB string `json:"fab"`
	} `json:"devices"`
}

type word struct {
	Type string `json:"type"`
}

// Read reads a Unified 3D Material: an archive (.u3ma) or its description
// (.u3m). Of its physics weight, thickness, construction and fibres are taken,
// and from the load curves of a FAB tester, which only an archive holds, stretch,
// stiffening and shear. What the file leaves open comes from the preset its
// construction is nearest to, and the reading says so.
func Read(r io.ReaderAt, size int64, name string) (fabric.Reading, error) {
	reading, err := read(r, size)
	if err != nil {
		return fabric.Reading{}, fault.Errorf("u3m: %s: %w", name, err)
	}
	return reading, nil
}

func read(r io.ReaderAt, size int64) (fabric.Reading, error) {
	var head [2]byte
	if _, err := r.ReadAt(head[:], 0); err != nil {
		return fabric.Reading{}, err
	}
	var f file
	if head != [2]byte{'P', 'K'} {
		if err := decodeLimited(io.NewSectionReader(r, 0, size), &f); err != nil {
			return fabric.Reading{}, err
		}
		return f.fabric(nil)
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return fabric.Reading{}, err
	}
	found, err := description(z)
	if err != nil {
		return fabric.Reading{}, err
	}
	text, err := found.Open()
	if err != nil {
		return fabric.Reading{}, err
	}
	defer text.Close()
	if err := decodeLimited(text, &f); err != nil {
		return fabric.Reading{}, err
	}
	curves, err := f.curves(z, path.Dir(found.Name))
	if err != nil {
		return fabric.Reading{}, err
	}
	return f.fabric(curves)
}

// description finds the one description within an archive.
func description(z *zip.Reader) (*zip.File, error) {
	if len(z.File) > maxEntries {
		return nil, fault.Errorf("the archive has %d entries; at most %d are read", len(z.File), maxEntries)
	}
	var found *zip.File
	for _, f := range z.File {
		if !strings.EqualFold(path.Ext(f.Name), ".u3m") {
			continue
		}
		if found != nil {
			return nil, fault.Errorf("the archive holds two materials, %q and %q; one is wanted", found.Name, f.Name)
		}
		found = f
	}
	if found == nil {
		return nil, fault.Errorf("the archive holds no .u3m description")
	}
	return found, nil
}

// curves reads the file of load curves that the description names, relative to
// its own folder; nil if it names none.
func (f *file) curves(z *zip.Reader, dir string) ([]byte, error) {
	name := f.fab()
	if name == "" {
		return nil, nil
	}
	for _, entry := range z.File {
		if entry.Name != name && entry.Name != path.Join(dir, name) {
			continue
		}
		r, err := entry.Open()
		if err != nil {
			return nil, err
		}
		defer r.Close()
		data, err := io.ReadAll(io.LimitReader(r, maxFAB+1))
		if err == nil && len(data) > maxFAB {
			err = fault.Errorf("larger than %d bytes unpacked", maxFAB)
		}
		if err != nil {
			return nil, fault.Errorf("load curves %q: %w", name, err)
		}
		return data, nil
	}
	return nil, fault.Errorf("the load curves %q are not in the archive", name)
}

// fab is the name of the file of load curves; empty if there is none.
func (f *file) fab() string {
	if f.Material == nil || f.Material.Physics == nil || f.Material.Physics.Devices == nil || f.Material.Physics.Devices.FAB == "null" {
		return ""
	}
	return f.Material.Physics.Devices.FAB
}

// decodeLimited decodes JSON of at most maxText bytes: what a small archive
// claims to unpack to is not believed.
func decodeLimited(r io.Reader, into any) error {
	data, err := io.ReadAll(io.LimitReader(r, maxText+1))
	if err != nil {
		return err
	}
	if len(data) > maxText {
		return fault.Errorf("the description is larger than %d bytes unpacked", maxText)
	}
	return json.Unmarshal(data, into)
}

// fabric makes a fabric of the description and, if given, the load curves.
func (f *file) fabric(curves []byte) (fabric.Reading, error) {
	if f.Schema != "1.0" && f.Schema != "1.1" {
		return fabric.Reading{}, fault.Errorf("schema is %q; 1.0 and 1.1 are read", f.Schema)
	}
	if f.Material == nil || f.Material.Physics == nil {
		return fabric.Reading{}, fault.Errorf("the material has no physics section")
	}
	p := f.Material.Physics
	base := p.preset()
	r := fabric.Reading{}
	r.Fabric, _ = fabric.Preset(base)
	r.Fabric.Name, r.Fabric.Grade = f.Material.Name, fabric.Estimated
	r.Fabric.Source = "U3M " + f.Schema + ", the rest as " + base
	set := func(dst *float64, v *float64, what string) {
		if v != nil {
			*dst = *v / 1e3
			return
		}
		r.Assumed = append(r.Assumed, fault.Errorf("%s: not stated; that of %s", fault.Word(what), base))
	}
	set(&r.Fabric.Density, p.Weight, "weight")
	set(&r.Fabric.Thickness, p.Thickness, "thickness")
	switch {
	case curves != nil:
		if err := readFAB(curves, &r.Fabric); err != nil {
			return fabric.Reading{}, fault.Errorf("load curves %q: %w", f.fab(), err)
		}
		r.Fabric.Grade = fabric.Measured
		r.Fabric.Source = "U3M " + f.Schema + ", stretch, stiffening and shear from the load curves of a FAB tester, the rest as " + base
		r.Assumed = append(r.Assumed, fault.Errorf("forces of the load curves: taken as grams-force, since the format names no unit"),
			fault.Errorf("bending, friction, Poisson's ratio: not read from the curves; those of %s", base))
	default:
		r.Assumed = append(r.Assumed, fault.Errorf("stretch, shear, bending, friction: not stated with units; those of %s", base))
		if name := f.fab(); name != "" {
			r.Assumed = append(r.Assumed, fault.Errorf("the load curves in %q do not come with the description alone; send the archive (.u3ma)", name))
		}
	}
	return r, r.Fabric.Validate()
}

// constructions maps the format's words to presets; first match.
func constructions() [][2]string {
	return [][2]string{
		{"rib", "rib"}, {"interlock", "interlock"}, {"doubleknit", "interlock"}, {"pique", "interlock"},
		{"fleece", "fleece"}, {"terry", "fleece"}, {"jersey", "jersey"}, {"tricot", "leggings knit"}, {"knit", "jersey"},
		{"poplin", "poplin"}, {"plain", "poplin"}, {"oxford", "poplin"}, {"taffeta", "silk"}, {"satin", "viscose"}, {"ripstop", "poplin"},
		{"canvas", "twill"}, {"twill", "twill"}, {"dobby", "poplin"},
	}
}

// preset is the one nearest to what is said of construction and fibres.
func (p *physics) preset() string {
	elastane := p.share("Elastane", "Lycra", "Spandex")
	name := ""
	if p.Construction != nil {
		word := strings.ToLower(p.Construction.Type)
		for _, c := range constructions() {
			if strings.Contains(word, c[0]) {
				name = c[1]
				break
			}
		}
	}
	switch {
	case name == "" && p.MaterialType != nil && p.MaterialType.Type == "Knit":
		name = fabric.UnknownKnit
	case name == "":
		name = fabric.UnknownWoven
	case name == "jersey" && elastane >= 0.12:
		name = "leggings knit"
	case name == "jersey" && elastane >= 0.02:
		name = "stretch jersey"
	case name == "poplin" && p.share("Linen", "Hemp", "Ramie") > 0.5:
		name = "linen"
	case name == "twill" && p.share("Wool", "Virgin Wool") > 0.5:
		name = "wool suiting"
	}
	return name
}

// share of some fibres [1].
func (p *physics) share(fibres ...string) (sum float64) {
	if p.Composition == nil {
		return 0
	}
	for _, part := range p.Composition.Parts {
		if slices.Contains(fibres, part.Type) {
			sum += part.Ratio
		}
	}
	return sum
}
