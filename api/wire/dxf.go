package wire

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"fitroom/garment/fabric"
	"fitroom/garment/fit"
	"fitroom/garment/pattern"
	"fitroom/garment/pattern/dxf"
	"fitroom/garment/tryon"
	"fitroom/geometry/body"
)

// A pattern of format dxf names its files by size, or "base" or "nest" for a
// file that says itself which sizes it holds.
const dxfFormat = "dxf"

var dxfWhole = []string{"base", "nest"}

// openFile opens a file that a style names beside it.
func openFile(name string, dir fs.FS) (fs.File, error) {
	if dir == nil {
		return nil, Fault("", "names the file %q; a style sent by itself cannot bring files along", clip(name))
	}
	if !fs.ValidPath(name) {
		return nil, Fault("", "%q is not a path inside the style's folder", clip(name))
	}
	return dir.Open(name)
}

// convertDXF builds the patterns of a style that comes as DXF files.
func (s Style) convertDXF(at string, dir fs.FS, out *tryon.Style, faults *Errors) {
	src := s.dxfSource(at, dir, faults)
	if faults.err() != nil {
		return
	}
	if c := s.Pattern.Closures; c != "" && c != "open" && c != "closed" {
		faults.add(at+"/closures", "is %q; it must be open or closed, or absent where the seam list says it", clip(c))
		return
	}
	have := src.Sizes()
	var sizes []string // those of the style that the files give
	for _, size := range s.Sizes {
		if slices.Contains(have, size) {
			sizes = append(sizes, size)
		}
	}
	if len(sizes) == 0 {
		faults.add(at+"/files", "hold the sizes %s; the style has %s", strings.Join(have, ", "), strings.Join(s.Sizes, ", "))
		return
	}
	result, err := dxf.Build(src, dxf.Options{
		Style: s.Style, Line: dxf.Line(s.Pattern.Line), Allowance: s.Pattern.Allowance / 1000, Sizes: sizes,
	})
	if err != nil {
		faults.add(at, "%v", err)
		return
	}
	for _, g := range result.Run.Sizes[0].Pattern.Gauges {
		if _, stated := out.POM[body.Key(g.Name)]; !stated {
			faults.add(at+"/seams", "says where %q is taken, which pom does not state", clip(g.Name))
			return
		}
	}
	out.Notes = append(out.Notes, filesSay(result.Warnings)...)
	for _, size := range result.Run.Sizes {
		if c := s.Pattern.Closures; c != "" {
			size.Pattern = size.Pattern.Fastened(c == "closed")
		}
		out.Patterns[size.Name] = size.Pattern
	}
	out.Notes = append(out.Notes, undraped(result.Run.Sizes[0].Pattern)...)
	s.settleMaterials(at, out, faults)
}

// filesSay passes on what the reader of the files noted.
func filesSay(warnings []error) []fit.Remark {
	out := make([]fit.Remark, len(warnings))
	for i, w := range warnings {
		out[i] = fit.FilesSay(w)
	}
	return out
}

// undraped says what of a seam list is assumed or only carried along, so that
// nobody takes the drape for more than it is.
func undraped(p *pattern.Pattern) (notes []fit.Remark) {
	var elastic int
	for i := range p.Panels {
		panel := &p.Panels[i]
		for e := range panel.Edges {
			if panel.Edges[e].Elastic > 0 && panel.Edges[e].Force == 0 {
				elastic++
			}
		}
		for _, in := range panel.Inner {
			if in.Kind == pattern.Elastic && in.Force == 0 {
				elastic++
			}
		}
	}
	if elastic > 0 {
		notes = append(notes, fit.UsualElastics(elastic))
	}
	return notes
}

// dxfSource reads the files a style names.
func (s Style) dxfSource(at string, dir fs.FS, faults *Errors) dxf.Source {
	var src dxf.Source
	units := dxf.Unit(s.Pattern.Units)
	if units != "" && units != dxf.Millimetre && units != dxf.Inch {
		faults.add(at+"/units", "is %q; it must be mm or in, or absent where the file says it", clip(s.Pattern.Units))
		return src
	}
	if len(s.Pattern.Files) == 0 {
		faults.add(at+"/files", `is empty; it names a DXF file per size, or one file under "base" or "nest"`)
	}
	for _, key := range slices.Sorted(maps.Keys(s.Pattern.Files)) {
		d, err := s.openDrawing(key, units, dir)
		if err != nil {
			faults.add(at+"/files/"+key, "%v", err)
			continue
		}
		src.Drawings = append(src.Drawings, d)
	}
	if name := s.Pattern.Rules; name != "" {
		f, err := openFile(name, dir)
		if err == nil {
			defer f.Close()
			src.Rules, err = dxf.ReadRules(f, name, units)
		}
		if err != nil {
			faults.add(at+"/rul", "%v", err)
		}
	}
	if name := s.Pattern.Seams; name != "" {
		f, err := openFile(name, dir)
		if err == nil {
			defer f.Close()
			src.Seams, err = dxf.ReadSeams(f, name)
		}
		if err != nil {
			faults.add(at+"/seams", "%v", err)
		}
	}
	return src
}

func (s Style) openDrawing(key string, units dxf.Unit, dir fs.FS) (*dxf.Drawing, error) {
	var name string
	if err := json.Unmarshal(s.Pattern.Files[key], &name); err != nil {
		return nil, Fault("", "must be the name of a DXF file")
	}
	whole := slices.Contains(dxfWhole, key) && !slices.Contains(s.Sizes, key)
	if !whole && !slices.Contains(s.Sizes, key) {
		return nil, Fault("", "is neither a size of the style (%s) nor base or nest", strings.Join(s.Sizes, ", "))
	}
	f, err := openFile(name, dir)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	d, err := dxf.Read(f, name, units)
	if err == nil && !whole {
		err = d.OfSize(key)
	}
	return d, err
}

// settleMaterials decides which fabric a material of the pieces means: an
// entry of fabrics by that name, or the main fabric for the one that has none.
func (s Style) settleMaterials(at string, out *tryon.Style, faults *Errors) {
	var unnamed []string
	for _, size := range s.Sizes {
		p := out.Patterns[size]
		if p == nil {
			continue
		}
		for i := range p.Panels {
			m := p.Panels[i].Material
			if _, ok := s.Fabrics[m]; m == "" || ok {
				continue
			}
			if !slices.Contains(unnamed, m) {
				unnamed = append(unnamed, m)
			}
			p.Panels[i].Material = ""
		}
	}
	if len(unnamed) > 1 {
		faults.add(strings.TrimSuffix(at, "/pattern")+"/fabrics", "the pieces are of the materials %s; at most one of them can be the main fabric, name the others here", strings.Join(unnamed, ", "))
	}
}

// bareDXF makes a style of a DXF file that comes without style.json. It has
// no seams and can be checked, not draped.
func bareDXF(files fs.FS, name string) (*tryon.Style, Style, error) {
	f, err := files.Open(name)
	if err != nil {
		return nil, Style{}, fmt.Errorf("style: %w", err)
	}
	defer f.Close()
	d, err := dxf.Read(f, path.Base(name), "")
	if err != nil {
		return nil, Style{}, err
	}
	id := strings.TrimSuffix(path.Base(name), path.Ext(name))
	result, err := dxf.Build(dxf.Source{Drawings: []*dxf.Drawing{d}}, dxf.Options{Style: id})
	if err != nil {
		return nil, Style{}, err
	}
	cloth, _ := fabric.Preset(defaultFabric)
	s := &tryon.Style{
		Style:    fit.Style{ID: id, Kind: "garment", Population: body.Unspecified, Fabric: cloth},
		Patterns: map[string]*pattern.Pattern{}, Notes: append(filesSay(result.Warnings), unknownNote(defaultFabric)),
	}
	for _, size := range result.Run.Sizes {
		s.Sizes = append(s.Sizes, size.Name)
		s.Patterns[size.Name] = size.Pattern
		for i := range size.Pattern.Panels {
			size.Pattern.Panels[i].Material = "" // all of the one fabric there is
		}
	}
	return s, Style{Style: id, Kind: "garment", Population: string(body.Unspecified), Sizes: s.Sizes}, nil
}
