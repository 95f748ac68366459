package fabric

import (
	"archive/zip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

// Limits of a U3M archive. Textures make up nearly all of one and are never
// unpacked; the description is a few kilobytes.
const (
	maxU3MEntries = 2000
	maxU3MJSON    = 1 << 20 // [byte], unpacked
)

// u3mFile is what of a U3M 1.0 or 1.1 description matters here. The sections
// that makers of software keep for themselves ("custom") are not read.
type u3mFile struct {
	Schema   string `json:"schema"`
	Material *struct {
		Name    string      `json:"name"`
		Physics *u3mPhysics `json:"physics"`
	} `json:"material"`
}

type u3mPhysics struct {
	Thickness    *float64 `json:"thickness"` // [mm]
	Weight       *float64 `json:"weight"`    // [g/m2]
	MaterialType *u3mWord `json:"material_type"`
	Construction *u3mWord `json:"construction"`
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

type u3mWord struct {
	Type string `json:"type"`
}

// ReadU3M reads a Unified 3D Material: an archive (.u3ma) or its description
// (.u3m). Of its physics weight, thickness, construction and fibres are stated
// with units and taken; the load curves of a FAB tester are not, since their
// file does not say in which unit forces are. What the file leaves open comes
// from the preset its construction is nearest to, and the reading says so.
func ReadU3M(r io.ReaderAt, size int64, name string) (Reading, error) {
	var head [2]byte
	if _, err := r.ReadAt(head[:], 0); err != nil {
		return Reading{}, fmt.Errorf("fabric: %s: %w", name, err)
	}
	var description io.Reader = io.NewSectionReader(r, 0, size)
	if head == [2]byte{'P', 'K'} {
		file, err := u3mInside(r, size)
		if err != nil {
			return Reading{}, fmt.Errorf("fabric: %s: %w", name, err)
		}
		defer file.Close()
		description = file
	}
	var f u3mFile
	if err := decodeLimited(description, &f); err != nil {
		return Reading{}, fmt.Errorf("fabric: %s: %w", name, err)
	}
	reading, err := f.fabric()
	if err != nil {
		return Reading{}, fmt.Errorf("fabric: %s: %w", name, err)
	}
	return reading, nil
}

// u3mInside opens the one description within an archive.
func u3mInside(r io.ReaderAt, size int64) (io.ReadCloser, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, err
	}
	if len(z.File) > maxU3MEntries {
		return nil, fmt.Errorf("the archive has %d entries; at most %d are read", len(z.File), maxU3MEntries)
	}
	var found *zip.File
	for _, f := range z.File {
		if !strings.EqualFold(path.Ext(f.Name), ".u3m") {
			continue
		}
		if found != nil {
			return nil, fmt.Errorf("the archive holds two materials, %q and %q; one is wanted", found.Name, f.Name)
		}
		found = f
	}
	if found == nil {
		return nil, errors.New("the archive holds no .u3m description")
	}
	return found.Open()
}

// decodeLimited decodes JSON of at most maxU3MJSON bytes: what a small archive
// claims to unpack to is not believed.
func decodeLimited(r io.Reader, into any) error {
	data, err := io.ReadAll(io.LimitReader(r, maxU3MJSON+1))
	if err != nil {
		return err
	}
	if len(data) > maxU3MJSON {
		return fmt.Errorf("the description is larger than %d bytes unpacked", maxU3MJSON)
	}
	return json.Unmarshal(data, into)
}

func (f *u3mFile) fabric() (Reading, error) {
	if f.Schema != "1.0" && f.Schema != "1.1" {
		return Reading{}, fmt.Errorf("schema is %q; 1.0 and 1.1 are read", f.Schema)
	}
	if f.Material == nil || f.Material.Physics == nil {
		return Reading{}, errors.New("the material has no physics section")
	}
	p := f.Material.Physics
	base := p.preset()
	r := Reading{}
	r.Fabric, _ = Preset(base)
	r.Fabric.Name, r.Fabric.Grade = f.Material.Name, Estimated
	r.Fabric.Source = "U3M " + f.Schema + ", the rest as " + base
	set := func(dst *float64, v *float64, what string) {
		if v != nil {
			*dst = *v / 1e3
			return
		}
		r.Assumed = append(r.Assumed, what+": not stated; that of "+base)
	}
	set(&r.Fabric.Density, p.Weight, "weight")
	set(&r.Fabric.Thickness, p.Thickness, "thickness")
	r.Assumed = append(r.Assumed, "stretch, shear, bending, friction: not stated with units; those of "+base)
	if p.Devices != nil && p.Devices.FAB != "" && p.Devices.FAB != "null" {
		r.Assumed = append(r.Assumed, "the FAB load curves in "+p.Devices.FAB+" are not used: the file does not state the unit of force")
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
func (p *u3mPhysics) preset() string {
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
		name = UnknownKnit
	case name == "":
		name = UnknownWoven
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
func (p *u3mPhysics) share(fibres ...string) (sum float64) {
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
