package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fitroom/garment/pattern"
	"fitroom/garment/pattern/dxf"
	"fitroom/garment/pattern/gcjson"
	"fitroom/garment/sew"
	"fitroom/geometry/body"
)

// entry is one open file, or the files that are one style.
type entry struct {
	name, format string
	files        []string // the first is the pattern, then rules, then seams
	refusal      string   // words of the refusal that is wanted; empty if it must import

	run      *pattern.SizeRun
	base     *pattern.Pattern // of the run, the middle size
	took     time.Duration    // of the import
	err      error            // of import or mesh
	cut      sew.Checked
	meshed   time.Duration
	people   body.Population // whose bodies it is tried on
	cloth    string          // fabric of the drape
	draft    func() (*pattern.SizeRun, error)
	outcomes [len(builds)]*outcome // nil where not draped
}

// find lists the open files of the data in a fixed order.
func find(root, only string) ([]*entry, error) {
	var out []*entry
	for _, g := range []struct{ format, glob string }{
		{"GarmentCode", "garmentcode/assets/*_specification.json"}, {"GarmentCode", "garmentcode/gcd/*_specification.json"},
		{"GarmentCode", "garmentcode/gcd-invalid/*_specification.json"}, {"GarmentCode", "garmentcode/sizerun/*_specification.json"},
		{"GarmentCode 2021", "garmentcode/templates2021/*.json"}, {"FreeSewing, sewn", "freesewing/sewn/*_specification.json"},
		{"DXF", "dxf/synth/*.dxf"}, {"DXF", "dxf/valentina/*.dxf"},
	} {
		files, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(g.glob)))
		if err != nil {
			return nil, err
		}
		slices.Sort(files)
		for _, f := range files {
			name, err := filepath.Rel(root, f)
			if err != nil {
				return nil, err
			}
			if e := newEntry(filepath.ToSlash(name), g.format, f); strings.Contains(e.name, only) {
				out = append(out, e)
			}
		}
	}
	if _, err := os.Stat(root); err != nil {
		return nil, fmt.Errorf("no open patterns: %w; -data names the folder of the open data", err)
	}
	out = append(out, templateEntries(only)...)
	if len(out) == 0 {
		return nil, fmt.Errorf("no pattern's name holds %q; -only takes a part of a name", only)
	}
	return out, nil
}

func newEntry(name, format, file string) *entry {
	e := &entry{name: name, format: format, files: []string{file}, people: body.Women, cloth: "poplin"}
	if strings.Contains(name, "cisMale") {
		e.people = body.Men
	}
	for _, knit := range [...]string{"tee", "tshirt", "teagan", "aaron", "hoody", "shirt_mean"} {
		if strings.Contains(name, knit) {
			e.cloth = "jersey"
		}
	}
	switch {
	case strings.Contains(name, "gcd-invalid"):
		e.refusal = "crosses itself"
	case strings.Contains(name, "_flat_"):
		e.refusal = "flat DXF"
	case strings.Contains(name, "synth"):
		style, way, _ := strings.Cut(filepath.Base(file), "_")
		dir := filepath.Dir(file)
		e.format = "DXF nest + seams"
		if way == "base.dxf" {
			e.format = "DXF + RUL + seams"
			e.files = append(e.files, filepath.Join(dir, style+".rul"))
		}
		e.files = append(e.files, filepath.Join(dir, style+"_seams.json"))
	case format == "DXF":
		e.format = "DXF, unsewn"
	}
	return e
}

// read imports the files and times it.
func (e *entry) read() {
	start := time.Now()
	switch {
	case e.draft != nil:
		e.run, e.err = e.draft()
	case strings.HasPrefix(e.format, "DXF"):
		e.run, e.err = e.readDXF()
	default:
		e.run, e.err = e.readJSON()
	}
	e.took = time.Since(start)
	if e.err == nil {
		e.base = e.run.Sizes[len(e.run.Sizes)/2].Pattern
	}
}

func (e *entry) readJSON() (*pattern.SizeRun, error) {
	f, err := os.Open(e.files[0])
	if err != nil {
		return nil, err
	}
	defer f.Close()
	p, err := gcjson.Read(f, filepath.Base(e.files[0]))
	if err != nil {
		return nil, err
	}
	return pattern.NewSizeRun(e.name, pattern.Size{Name: "one", Pattern: p})
}

func (e *entry) readDXF() (*pattern.SizeRun, error) {
	var src dxf.Source
	for _, name := range e.files {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		base := filepath.Base(name)
		switch filepath.Ext(name) {
		case ".dxf":
			var d *dxf.Drawing
			d, err = dxf.Read(f, base, "")
			src.Drawings = append(src.Drawings, d)
		case ".rul":
			src.Rules, err = dxf.ReadRules(f, base, "")
		default:
			src.Seams, err = dxf.ReadSeams(f, base)
		}
		if err := errors.Join(err, f.Close()); err != nil {
			return nil, err
		}
	}
	r, err := dxf.Build(src, dxf.Options{Style: e.name})
	if err != nil {
		return nil, err
	}
	return r.Run, nil
}

// meshEdge is the edge length the table is for [m].
const meshEdge = 0.01

func (e *entry) mesh() {
	if e.err != nil {
		return
	}
	start := time.Now()
	e.cut, e.err = sew.Check(e.base, meshEdge)
	e.meshed = time.Since(start)
}

// holds reports whether import and mesh went as they should.
func (e *entry) holds() bool {
	if e.refusal != "" {
		return e.err != nil && strings.Contains(e.err.Error(), e.refusal)
	}
	return e.err == nil
}

// sizesFor are the patterns that a build tries on: what is drafted for it, or
// all sizes from small to large.
func (e *entry) sizesFor(build int) []pattern.Size {
	if e.draft != nil {
		return e.run.Sizes[build : build+1]
	}
	return e.run.Sizes
}

// sewable: a garment rather than loose pieces.
func (e *entry) sewable() bool { return e.err == nil && len(e.base.Seams) > 0 }
