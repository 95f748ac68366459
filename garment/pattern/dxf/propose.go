package dxf

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"fitroom/garment/pattern"
	"fitroom/garment/pattern/match"
	"fitroom/geometry/fault"
)

// Proposal is a seam list that nobody has confirmed, and the pattern it was
// guessed from: every piece as often as it is cut, its edges uncut and unsewn.
type Proposal struct {
	Run      *pattern.SizeRun
	Base     int // index of the size whose marks count
	Guesses  []match.Guess
	Warnings []error

	panels []SeamPanel
}

// Propose guesses the seams of a style that comes without a list. What it
// writes is refused by ReadSeams until a person takes out its mark.
func Propose(src Source, opt Options) (*Proposal, error) {
	src.Seams = nil
	b := newBuilder(src, opt)
	r, err := b.build()
	if err != nil {
		return nil, fault.Errorf("dxf: style %q: %w", opt.Style, err)
	}
	p := &Proposal{Run: r.Run, Warnings: r.Warnings, panels: b.plan()}
	p.Base = max(0, slices.IndexFunc(r.Run.Sizes, func(s pattern.Size) bool { return s.Name == b.base }))
	p.Guesses = match.Seams(r.Run, p.Base)
	return p, nil
}

// Pattern is the base size, unsewn.
func (p *Proposal) Pattern() *pattern.Pattern { return p.Run.Sizes[p.Base].Pattern }

type draftSeams struct {
	Proposed bool                  `json:"proposed"`
	Note     string                `json:"note"`
	BaseSize string                `json:"base_size"`
	Pieces   map[string]draftPiece `json:"pieces"`
	Seams    []draftSeam           `json:"seams"`
}

type draftPiece struct {
	Piece      string `json:"piece"`
	Mirror     bool   `json:"mirror,omitempty"`
	TurnPoints int    `json:"turn_points"`
	Role       string `json:"role,omitempty"`
	Side       string `json:"side,omitempty"`
}

type draftSeam struct {
	Name string      `json:"name"`
	Note string      `json:"note"`
	A    []draftSide `json:"a"`
	B    []draftSide `json:"b"`
	Dart bool        `json:"dart,omitempty"`
}

type draftSide struct {
	Piece string `json:"piece"`
	Edge  int    `json:"edge"`
}

const draftNote = "guessed from lengths, notches and names; compare every seam and role with panels.svg, correct what is wrong, add what is missing, then take out the line \"proposed\": true"

// WriteSeams writes the proposal as a seams.json.
func (p *Proposal) WriteSeams(w io.Writer) error {
	base := p.Pattern()
	out := draftSeams{Proposed: true, Note: draftNote, BaseSize: p.Run.Sizes[p.Base].Name, Pieces: map[string]draftPiece{}}
	for i, sp := range p.panels {
		panel := &base.Panels[i]
		d := draftPiece{Piece: sp.Piece, Mirror: sp.Mirrored, TurnPoints: len(panel.Edges)}
		if panel.Role != pattern.OtherRole {
			d.Role = string(panel.Role)
		}
		switch panel.Side {
		case pattern.Left:
			d.Side = "left"
		case pattern.Right:
			d.Side = "right"
		}
		out.Pieces[sp.Name] = d
	}
	side := func(refs []pattern.EdgeRef) (list []draftSide) {
		for _, r := range refs {
			list = append(list, draftSide{p.panels[r.Panel].Name, r.Edge})
		}
		return list
	}
	for k, g := range p.Guesses {
		out.Seams = append(out.Seams, draftSeam{SeamWord(k), g.Why(base, len(p.Run.Sizes)), side(g.A), side(g.B), g.Dart})
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", " ")
	enc.SetEscapeHTML(false)
	return enc.Encode(out)
}

// SeamWord names seam k of a proposal, in the list and in its picture.
func SeamWord(k int) string { return fmt.Sprintf("s%d", k) }
