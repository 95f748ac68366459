package wire

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"slices"

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
					faults.add(at, "size %s: %s", size, said)
					told[said] = true
				}
				continue
			}
			out.Patterns[size] = p
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
	case dxfFormat:
		s.convertDXF(at, dir, out, faults)
	default:
		faults.add(at+"/format", "is %q; it must be template, garmentcode or dxf", clip(s.Pattern.Format))
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
		return nil, fmt.Errorf("must be a file name or a specification")
	}
	if dir == nil {
		return nil, fmt.Errorf("names the file %q; a style sent by itself must hold its patterns inline", clip(name))
	}
	if !fs.ValidPath(name) {
		return nil, fmt.Errorf("%q is not a path inside the style's folder", clip(name))
	}
	f, err := dir.Open(name)
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
