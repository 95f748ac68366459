package wire

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"fitroom/garment/fit"
	"fitroom/garment/pattern"
	"fitroom/garment/pattern/gcjson"
	"fitroom/garment/pattern/spec"
	"fitroom/garment/tryon"
)

// Pattern says where the panels come from.
type Pattern struct {
	Format   string                     `json:"format"`
	Files    map[string]json.RawMessage `json:"files,omitempty"` // per size: a path beside style.json, or the specification itself
	Template string                     `json:"template,omitempty"`
	Options  map[string]string          `json:"options,omitempty"`
	// Of format dxf, files beside style.json and what they leave open.
	Rules     string  `json:"rul,omitempty"`
	Seams     string  `json:"seams,omitempty"`
	Units     string  `json:"units,omitempty"` // mm or in
	Line      string  `json:"line,omitempty"`  // sewn along: sew or cut; absent: sew where drawn
	Allowance float64 `json:"allowance_mm,omitempty"`
	Closures  string  `json:"closures,omitempty"` // worn open or closed; absent: as the seam list has each
}

// templateFormat is the pattern format of garments drafted from their measures.
const templateFormat = "template"

func (s Style) convertPatterns(at string, dir fs.FS, out *tryon.Style, faults *Errors) {
	out.Patterns = map[string]*pattern.Pattern{}
	switch s.Pattern.Format {
	case templateFormat:
		told := map[string]bool{}
		for _, size := range s.Sizes {
			p, err := spec.Draft(s.Pattern.Template, s.drafting(size), s.Pattern.Options)
			if err != nil {
				if said := err.Error(); !told[said] { // every size would say the same
					faults.add(at, "size %s: %v", size, said)
					told[said] = true
				}
				continue
			}
			out.Patterns[size] = p
			s.knownMaterials(at, p, faults)
		}
		if len(out.Patterns) > 0 {
			out.Notes = append(out.Notes, fit.Approximate(s.Pattern.Template))
		}
	case "garmentcode":
		knownSizes(at+"/files", s.Sizes, slices.Collect(maps.Keys(s.Pattern.Files)), faults)
		for _, size := range s.Sizes {
			raw, ok := s.Pattern.Files[size]
			if !ok {
				continue // this size can be advised on but not draped
			}
			p, err := readPattern(raw, dir)
			if err != nil {
				faults.add(at+"/files/"+size, "%v", err)
				continue
			}
			out.Patterns[size] = p
		}
		s.correspond(at+"/files", out, faults)
	case dxfFormat:
		s.convertDXF(at, dir, out, faults)
	default:
		faults.add(at+"/format", "is %q; it must be template, garmentcode or dxf", clip(s.Pattern.Format))
	}
}

// knownMaterials refuses panels of a material for which the style names no fabric.
func (s Style) knownMaterials(at string, p *pattern.Pattern, faults *Errors) {
	for i := range p.Panels {
		m := p.Panels[i].Material
		if _, ok := s.Fabrics[m]; m != "" && !ok {
			faults.add(strings.TrimSuffix(at, "/pattern")+"/fabrics", "panel %q is of the material %q; name its fabric here", p.Panels[i].Name, m)
			return
		}
	}
}

// correspond refuses sizes that are not the same garment: other panels, edges
// or seams under one style are files mixed up.
func (s Style) correspond(at string, out *tryon.Style, faults *Errors) {
	run := pattern.SizeRun{Style: s.Style}
	for _, size := range s.Sizes {
		if p := out.Patterns[size]; p != nil {
			run.Sizes = append(run.Sizes, pattern.Size{Name: size, Pattern: p})
		}
	}
	if len(run.Sizes) < 2 {
		return
	}
	if err := run.Validate(); err != nil {
		faults.add(at, "%v", err)
	}
}

// readPattern reads a GarmentCode specification, written inline as an object
// or named as a file beside the style.
func readPattern(raw json.RawMessage, dir fs.FS) (*pattern.Pattern, error) {
	if bytes.HasPrefix(bytes.TrimSpace(raw), []byte("{")) {
		return gcjson.Parse(raw, "the specification")
	}
	var name string
	if err := json.Unmarshal(raw, &name); err != nil {
		return nil, Fault("", "must be a file name or a specification")
	}
	f, err := openBeside(name, dir)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	p, err := gcjson.Read(f, name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return p, nil
}

// openBeside opens a file in the style's folder.
func openBeside(name string, dir fs.FS) (fs.File, error) {
	if dir == nil {
		return nil, Fault("", "names the file %q; a style sent by itself must hold its patterns inline", clip(name))
	}
	if !fs.ValidPath(name) {
		return nil, Fault("", "%q is not a path inside the style's folder", clip(name))
	}
	return dir.Open(name)
}

// Residuals compares the measures of a style's table with those taken on the
// drafted panels, per size; nil where the pattern is no template's.
func (s Style) Residuals() (map[string][]spec.Residual, error) {
	if s.Pattern == nil || s.Pattern.Format != templateFormat {
		return nil, nil
	}
	out := map[string][]spec.Residual{}
	for _, size := range s.Sizes {
		d, err := spec.Draw(s.Pattern.Template, s.drafting(size), s.Pattern.Options)
		if err != nil {
			return nil, fmt.Errorf("size %s: %w", size, err)
		}
		out[size] = d.Residuals
	}
	return out, nil
}
