// Package u3m reads the fabric of a Unified 3D Material, the open exchange
// format of material scanners.
package u3m

import (
	"archive/zip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"fitroom/garment/fabric"
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
// (.u3m). Of its physics weight, thickness, construction and fibres are stated
// with units and taken; the load curves of a FAB tester are not, since their
// file does not say in which unit forces are. What the file leaves open comes
// from the preset its construction is nearest to, and the reading says so.
func Read(r io.ReaderAt, size int64, name string) (fabric.Reading, error) {
	var head [2]byte
	if _, err := r.ReadAt(head[:], 0); err != nil {
		return fabric.Reading{}, fmt.Errorf("u3m: %s: %w", name, err)
	}
	var description io.Reader = io.NewSectionReader(r, 0, size)
	if head == [2]byte{'P', 'K'} {
		f, err := inside(r, size)
		if err != nil {
			return fabric.Reading{}, fmt.Errorf("u3m: %s: %w", name, err)
		}
		defer f.Close()
		description = f
	}
	var f file
	if err := decodeLimited(description, &f); err != nil {
		return fabric.Reading{}, fmt.Errorf("u3m: %s: %w", name, err)
	}
	reading, err := f.fabric()
	if err != nil {
		return fabric.Reading{}, fmt.Errorf("u3m: %s: %w", name, err)
	}
	return reading, nil
}

// inside opens the one description within an archive.
func inside(r io.ReaderAt, size int64) (io.ReadCloser, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, err
	}
	if len(z.File) > maxEntries {
		return nil, fmt.Errorf("the archive has %d entries; at most %d are read", len(z.File), maxEntries)
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

// decodeLimited decodes JSON of at most maxText bytes: what a small archive
// claims to unpack to is not believed.
func decodeLimited(r io.Reader, into any) error {
	data, err := io.ReadAll(io.LimitReader(r, maxText+1))
	if err != nil {
		return err
	}
	if len(data) > maxText {
		return fmt.Errorf("the description is larger than %d bytes unpacked", maxText)
	}
	return json.Unmarshal(data, into)
}

func (f *file) fabric() (fabric.Reading, error) {
	if f.Schema != "1.0" && f.Schema != "1.1" {
		return fabric.Reading{}, fmt.Errorf("schema is %q; 1.0 and 1.1 are read", f.Schema)
	}
	if f.Material == nil || f.Material.Physics == nil {
		return fabric.Reading{}, errors.New("the material has no physics section")
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
