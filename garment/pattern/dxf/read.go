package dxf

import (
	"io"
	"slices"
	"strings"

	"fitroom/geometry/fault"

	"gonum.org/v1/gonum/spatial/r2"
)

// More limits on one file.
const (
	maxEntityTags = 100_000
	maxPoints     = 1_500_000 // of all lines, arcs drawn as points
	maxWarnings   = 40
)

// file is a DXF as it was written: its blocks and what stands outside them.
type file struct {
	blocks   []block
	entities block
	skipped  []string // kinds of entity that are not read, each once
}

// reader walks through the sections of one file.
type reader struct {
	s        *scanner
	file     file
	section  string
	current  *block  // the block being filled, nil outside
	poly     *entity // an open POLYLINE
	vertices []r2.Vec
	bulges   []float64
	entities int
	points   int
}

func readFile(r io.Reader) (*file, error) {
	rd := &reader{s: newScanner(r)}
	if err := rd.s.checkKind(); err != nil {
		return nil, err
	}
	pending, err := rd.s.next()
	for err == nil {
		if pending.code != 0 {
			if pending.code == 999 { // a comment may come first
				pending, err = rd.s.next()
				continue
			}
			return nil, fault.Errorf("line %d: group %d stands outside any entity; this is not a readable ASCII DXF", rd.s.line, pending.code)
		}
		e := entity{kind: strings.ToUpper(strings.TrimSpace(pending.value)), line: rd.s.line}
		if e.kind == "EOF" {
			return &rd.file, rd.finish()
		}
		if pending, err = rd.collect(&e); err == nil {
			err = rd.take(&e)
		}
	}
	return nil, err
}

// collect reads the groups of an entity and returns the tag that ends it.
func (rd *reader) collect(e *entity) (tag, error) {
	for {
		t, err := rd.s.next()
		if err != nil || t.code == 0 {
			return t, err
		}
		// HEADER is one long run of variables; nothing of it is used.
		if e.kind == "SECTION" && len(e.tags) > 0 {
			continue
		}
		if len(e.tags) == maxEntityTags {
			return t, fault.Errorf("line %d: %s has more than %d groups", rd.s.line, e.kind, maxEntityTags)
		}
		e.tags = append(e.tags, t)
	}
}

// take gives a complete entity its place.
func (rd *reader) take(e *entity) error {
	if rd.entities++; rd.entities > MaxEntities {
		return fault.Errorf("line %d: more than %d entities; a pattern has far fewer, export the pieces of one style alone", e.line, MaxEntities)
	}
	switch e.kind {
	case "SECTION":
		rd.section = strings.ToUpper(strings.TrimSpace(e.str(2)))
		return nil
	case "ENDSEC":
		rd.section = ""
		return rd.finish()
	}
	switch rd.section {
	case "BLOCKS":
		return rd.takeBlock(e)
	case "ENTITIES":
		rd.current = &rd.file.entities
		return rd.takeDrawn(e)
	}
	return nil // tables, classes, objects
}

func (rd *reader) takeBlock(e *entity) error {
	switch e.kind {
	case "BLOCK":
		if rd.current != nil {
			return fault.Errorf("line %d: BLOCK inside block %.60q", e.line, rd.current.name)
		}
		b := block{name: strings.TrimSpace(decode(e.str(2))), line: e.line}
		var err error
		if b.base, err = e.point(10); err != nil {
			return err
		}
		rd.file.blocks = append(rd.file.blocks, b)
		rd.current = &rd.file.blocks[len(rd.file.blocks)-1]
		return nil
	case "ENDBLK":
		err := rd.finish()
		rd.current = nil
		return err
	}
	if rd.current == nil {
		return fault.Errorf("line %d: %s stands outside any block of section BLOCKS", e.line, e.kind)
	}
	return rd.takeDrawn(e)
}

// takeDrawn enters a drawn entity into the current block; POLYLINE spreads
// over several.
func (rd *reader) takeDrawn(e *entity) error {
	switch e.kind {
	case "POLYLINE":
		if err := rd.finish(); err != nil {
			return err
		}
		rd.poly = e
		return nil
	case "VERTEX":
		return rd.takeVertex(e)
	case "SEQEND":
		return rd.endPolyline()
	}
	before := len(rd.current.paths)
	known, err := rd.current.add(e)
	if err != nil {
		return err
	}
	if kind := e.kind[:min(len(e.kind), 40)]; !known && len(rd.file.skipped) < maxWarnings && !slices.Contains(rd.file.skipped, kind) {
		rd.file.skipped = append(rd.file.skipped, kind)
	}
	return rd.countPoints(before, e.line)
}

func (rd *reader) takeVertex(e *entity) error {
	if rd.poly == nil {
		return fault.Errorf("line %d: VERTEX outside a POLYLINE", e.line)
	}
	at, err := e.point(10)
	if err != nil {
		return err
	}
	k, err := e.num(42, 0)
	// Flag 16 marks the frame of a spline-fit polyline, which is not drawn.
	if e.flags()&16 == 0 {
		rd.vertices, rd.bulges = append(rd.vertices, at), append(rd.bulges, k)
	}
	return err
}

func (rd *reader) endPolyline() error {
	if rd.poly == nil {
		return nil // SEQEND also ends the attributes of an INSERT
	}
	e := rd.poly
	before := len(rd.current.paths)
	rd.current.addPath(e, rd.vertices, rd.bulges)
	rd.poly, rd.vertices, rd.bulges = nil, nil, nil
	return rd.countPoints(before, e.line)
}

// finish refuses a POLYLINE that never ended.
func (rd *reader) finish() error {
	if rd.poly != nil {
		return fault.Errorf("line %d: POLYLINE without SEQEND", rd.poly.line)
	}
	if rd.section == "" {
		rd.current = nil
	}
	return nil
}

// countPoints bounds the memory that lines take once arcs are drawn as points;
// before is how many lines the block had.
func (rd *reader) countPoints(before, line int) error {
	if n := len(rd.current.paths); n > before {
		rd.points += len(rd.current.paths[n-1].pts)
	}
	if rd.points > maxPoints {
		return fault.Errorf("line %d: more than %d points in lines; a pattern has far fewer", line, maxPoints)
	}
	return nil
}
