package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"

	"fitroom/api/wire"
	"fitroom/garment/pattern/dxf"
	"fitroom/garment/pattern/sheet"
)

// convertDXF reads drawings, rules and seam list. Without a seam list it
// writes a proposal and refuses to make a style.
func (c *converting) convertDXF(kinds map[string][]string, style *wire.Style, contents map[string][]byte) error {
	for ext, files := range kinds {
		if ext != ".dxf" && ext != ".rul" && ext != ".json" {
			return fmt.Errorf("%s: beside DXF files only grade rules (.rul) and a seam list (.json) are read", files[0])
		}
	}
	if len(kinds[".rul"]) > 1 || len(kinds[".json"]) > 1 {
		return fmt.Errorf("%d rule tables and %d seam lists; at most one of each", len(kinds[".rul"]), len(kinds[".json"]))
	}
	p := &wire.Pattern{Format: "dxf", Files: map[string]json.RawMessage{}, Units: c.units, Line: c.line, Allowance: c.allowance}
	style.Pattern = p
	src, err := c.readDXF(kinds, p, contents)
	if err != nil {
		return err
	}
	style.Sizes = src.Sizes()
	opt := dxf.Options{Style: style.Style, Line: dxf.Line(c.line), Allowance: c.allowance / 1000}
	if src.Seams == nil {
		return c.propose(src, opt)
	}
	r, err := dxf.Build(src, opt)
	if err == nil && src.Rules == nil { // rules say which size comes first
		style.Sizes = bySize(r.Run.Sizes)
	}
	return err
}

func (c *converting) readDXF(kinds map[string][]string, p *wire.Pattern, contents map[string][]byte) (src dxf.Source, err error) {
	units := dxf.Unit(c.units)
	keys := c.keysOf(kinds)
	for i, name := range kinds[".dxf"] {
		var d *dxf.Drawing
		err := keep(name, contents, func(r io.Reader) (err error) {
			d, err = dxf.Read(r, filepath.Base(name), units)
			return err
		})
		if err == nil && keys[i] != "nest" && keys[i] != "base" {
			err = d.OfSize(keys[i])
		}
		if err != nil {
			return src, err
		}
		src.Drawings = append(src.Drawings, d)
		p.Files[keys[i]], _ = json.Marshal(filepath.Base(name)) // a string always has a JSON form
	}
	for _, name := range kinds[".rul"] {
		p.Rules = filepath.Base(name)
		if err := keep(name, contents, func(r io.Reader) (err error) { src.Rules, err = dxf.ReadRules(r, p.Rules, units); return err }); err != nil {
			return src, err
		}
	}
	for _, name := range kinds[".json"] {
		p.Seams = "seams.json"
		kept := map[string][]byte{}
		if err := keep(name, kept, func(r io.Reader) (err error) { src.Seams, err = dxf.ReadSeams(r, filepath.Base(name)); return err }); err != nil {
			return src, err
		}
		contents[p.Seams] = kept[filepath.Base(name)]
	}
	return src, nil
}

// keysOf says which sizes each drawing is for: one is a nest, or the base of
// grade rules; two with rules are base and nest; else one file per size.
func (c *converting) keysOf(kinds map[string][]string) []string {
	files, rules := kinds[".dxf"], len(kinds[".rul"]) > 0
	switch {
	case len(files) == 1 && rules:
		return []string{"base"}
	case len(files) == 1:
		return []string{"nest"}
	case len(files) == 2 && rules:
		return []string{"base", "nest"}
	}
	return sizesOf(files)
}

// keep reads a file and keeps its bytes for the style folder.
func keep(name string, contents map[string][]byte, read func(io.Reader) error) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	var data bytes.Buffer
	if err := read(io.TeeReader(f, &data)); err != nil {
		return err
	}
	// What follows the end of the drawing is kept too, within its limit.
	if _, err := io.Copy(&data, io.LimitReader(f, dxf.MaxFileSize)); err != nil {
		return err
	}
	base := filepath.Base(name)
	if contents[base] != nil {
		return fmt.Errorf("%s: two files are called %s", name, base)
	}
	contents[base] = data.Bytes()
	return nil
}

// errProposed is the refusal that comes with a proposal.
var errProposed = errors.New("there is no seam list, so that no style was made")

// propose writes the proposal and the picture of the panels, and refuses.
func (c *converting) propose(src dxf.Source, opt dxf.Options) error {
	p, err := dxf.Propose(src, opt)
	if err != nil {
		return err
	}
	base := p.Pattern()
	o := sheet.Options{Title: fmt.Sprintf("%s, size %s: proposed seams", opt.Style, p.Run.Sizes[p.Base].Name), Seams: []sheet.Mark{}}
	for k, g := range p.Guesses {
		o.Seams = append(o.Seams, sheet.Mark{Word: dxf.SeamWord(k), A: g.A, B: g.B})
	}
	var list, vector, picture bytes.Buffer
	if err := p.WriteSeams(&list); err != nil {
		return err
	}
	if err := sheet.SVG(&vector, base, o); err != nil {
		return err
	}
	img, err := sheet.Image(base, o)
	if err == nil {
		err = png.Encode(&picture, img)
	}
	if err != nil {
		return err
	}
	contents := map[string][]byte{"seams.proposed.json": list.Bytes(), "panels.svg": vector.Bytes(), "panels.png": picture.Bytes()}
	if err := writeFolder(c.out, contents, func(string) error { return nil }); err != nil {
		return err
	}
	notes := ""
	if len(p.Warnings) > 0 {
		notes = " Note: " + strings.Join(inWords(p.Warnings), "; ") + "."
	}
	return fmt.Errorf("%w: %d seams between %d panels are proposed in %s; compare them with %s, correct them, take out the line \"proposed\": true, save as seams.json and name it with the other files.%s",
		errProposed, len(p.Guesses), len(base.Panels), filepath.Join(c.out, "seams.proposed.json"), filepath.Join(c.out, "panels.svg"), notes)
}
