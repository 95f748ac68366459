package fit

import (
	"math"

	"fitroom/geometry/body"
)

// zones writes the sentences of one size. They are cut from one text per size,
// which is far less to allocate than a text for each.
func (sp *speaker) zones(zones []Zone, size string) {
	sp.buf, sp.ends = sp.buf[:0], sp.ends[:0]
	for i := range zones {
		z := &zones[i]
		sp.zone, sp.size = z, size
		sp.write(sp.zoneParts(z))
		sp.write(notesOf(sp.noted[:0], z))
	}
	sp.zone = nil
	text, from, k := string(sp.buf), 0, 0
	next := func() map[string]string {
		if sp.ends[k+len(sp.langs)-1] == from { // nothing to say
			k += len(sp.langs)
			return nil
		}
		out := make(map[string]string, len(sp.langs))
		for i := range sp.langs {
			out[sp.langs[i].Code] = text[from:sp.ends[k]]
			from, k = sp.ends[k], k+1
		}
		return out
	}
	for i := range zones {
		z := &zones[i]
		z.Text, z.Notes = next(), next()
		z.Note = z.Notes["en"]
	}
}

// zoneFigure is a figure or word of a zone by its placeholder.
type zoneFigure struct {
	name string
	of   func(sp *speaker, z *Zone) figure
}

// zoneFigures is only read.
var zoneFigures = [...]zoneFigure{
	{"zone", func(sp *speaker, z *Zone) figure { return figure{text: sp.zoneKey(z.Name), kind: 'z'} }},
	{"verdict", func(_ *speaker, z *Zone) figure { return figure{text: string(z.Verdict), kind: 'v'} }},
	{"a", func(_ *speaker, z *Zone) figure { return figure{text: string(spoken(z)[0]), kind: 'v'} }},
	{"b", func(_ *speaker, z *Zone) figure { return figure{text: string(spoken(z)[1]), kind: 'v'} }},
	{"size", func(sp *speaker, _ *Zone) figure { return figure{text: sp.size, kind: 't'} }},
	{"given", func(_ *speaker, z *Zone) figure {
		if z.Source == body.Predicted {
			return figure{text: "predicted", kind: 'w'}
		}
		return figure{text: "given", kind: 'w'}
	}},
	{"garment", func(_ *speaker, z *Zone) figure { return centimetres(z.Garment) }},
	{"body", func(_ *speaker, z *Zone) figure { return centimetres(z.Body) }},
	{"low", func(_ *speaker, z *Zone) figure { return centimetres(z.Band[0]) }},
	{"high", func(_ *speaker, z *Zone) figure { return centimetres(z.Band[1]) }},
	{"ease", func(_ *speaker, z *Zone) figure { return centimetres(max(0, z.Ease)) }},
	{"missing", func(_ *speaker, z *Zone) figure { return centimetres(max(0, -z.Ease)) }},
	{"pm", func(_ *speaker, z *Zone) figure { return centimetres(1.96 * z.Sigma) }},
	{"design", func(_ *speaker, z *Zone) figure { return centimetres(math.Abs(z.Design)) }},
	{"delta", func(_ *speaker, z *Zone) figure { return centimetres(math.Abs(z.Delta)) }},
	{"strain", func(_ *speaker, z *Zone) figure { return number(100*max(0, -z.Ease)/z.Garment, 0) }},
	{"usable", func(_ *speaker, z *Zone) figure { return number(100*z.Usable, 0) }},
	{"kpa", func(_ *speaker, z *Zone) figure { return number(z.presses()/1000, 1) }},
	{"rigid", func(_ *speaker, z *Zone) figure { return number(z.PressureMean/1000, 1) }},
	{"flat", func(_ *speaker, z *Zone) figure { return centimetres(z.Flat) }},
	{"relaxed", func(_ *speaker, z *Zone) figure { return centimetres(z.Relaxed) }},
	{"shift", func(_ *speaker, z *Zone) figure { return centimetres(math.Abs(z.Shift)) }},
	{"there", func(_ *speaker, z *Zone) figure { return centimetres(z.Relaxed - z.Room) }},
	{"slid", func(_ *speaker, z *Zone) figure { return centimetres(z.Slid) }},
	{"own", func(_ *speaker, z *Zone) figure { return centimetres(z.Own) }},
	{"off", func(_ *speaker, z *Zone) figure { return centimetres(math.Abs(z.OwnOff)) }},
	{"uneven", func(_ *speaker, z *Zone) figure { return centimetres(z.OwnUneven) }},
	{"bridged", func(_ *speaker, z *Zone) figure { return centimetres(z.Bridged) }},
}

// spoken is the pair of a "between" in the order it is said: what was designed
// comes first.
func spoken(z *Zone) [2]Verdict {
	if z.Pair[1] == AsDesigned {
		return [2]Verdict{z.Pair[1], z.Pair[0]}
	}
	return z.Pair
}

// zoneParts chooses the sentences of a zone: verdict, figures, consequence.
func (sp *speaker) zoneParts(z *Zone) []string {
	parts := append(sp.parts[:0], "head")
	defer func() { sp.parts = parts }() // its room serves the next zone
	switch {
	case z.Verdict == CannotJudge && z.Reason == FreeZone:
		parts[0] = "head_free"
	case z.Verdict == CannotJudge && z.Reason == NoDesign:
		parts[0] = "head_design"
	case z.Verdict == CannotJudge:
		parts = append(parts, z.Reason)
	case z.Verdict == Between:
		parts[0] = "head_between"
	}
	if z.Length {
		return sp.lengthParts(parts, z)
	}
	hasG, hasB := !math.IsNaN(z.Garment), !math.IsNaN(z.Body)
	switch {
	case hasG && z.Reason == FreeZone:
		parts = append(parts, "garment_only")
	case z.Reason == FreeZone: // the verdict has said it
	case z.Reason == Clothed: // an ease from such a measure would be a guess
		if hasG {
			parts = append(parts, "garment_only")
		}
	case hasG && hasB:
		parts = append(parts, "measures")
		parts = append(parts, sp.easePart(z))
	case hasG:
		parts = append(parts, "garment_only")
	case hasB && !math.IsNaN(z.Band[0]):
		parts = append(parts, "band")
	}
	if z.Reason == HighPress && !math.IsNaN(z.PressureMean) {
		if z.Draped {
			parts = append(parts, "pressure_draped")
		} else {
			parts = append(parts, "pressure_flat")
		}
	}
	return parts
}

// easePart names ease against design ease; a stretched fabric is told apart
// from one that lacks width.
func (sp *speaker) easePart(z *Zone) string {
	part := [3]string{"ease", "ease_negative", "ease_designed"}
	if z.Ease < 0 {
		part = [3]string{"lack", "lack_negative", "lack_designed"}
		if !sp.stiff && z.Usable > 0 && z.Verdict != WillNotClose {
			part = [3]string{"stretch", "stretch_negative", "stretch_designed"}
		}
	}
	switch {
	case math.IsNaN(z.Design):
		return part[0]
	case z.Design < 0:
		return part[1]
	}
	return part[2]
}

func (sp *speaker) lengthParts(parts []string, z *Zone) []string {
	switch {
	case math.IsNaN(z.Delta):
		if !math.IsNaN(z.Garment) {
			parts = append(parts, "garment_only")
		}
	case math.Abs(z.Delta) < 0.0005:
		parts = append(parts, "length_same")
	case z.Delta < 0:
		parts = append(parts, "length_short")
	default:
		parts = append(parts, "length_long")
	}
	return parts
}

const (
	agreement = 0.005 // of flat and draped measure; beyond, both are named [m] (design/fit.md)
	shiftSeen = 0.004 // a tape moved less than one step lies where it should [m]
	slidFar   = 0.02  // an edge this far down has slid [m]
)

// whyDiffers says why the draped garment measures otherwise than the table: the
// tape lies elsewhere, or the table measures along a line of its own; how far
// off that lies is said where the pattern tells where it runs.
func whyDiffers(z *Zone) string {
	switch {
	case z.Bridged > 0:
		return "note_bridged"
	case z.OwnOff > shiftSeen:
		return "note_own_higher"
	case z.OwnOff < -shiftSeen:
		return "note_own_lower"
	case !math.IsNaN(z.OwnUneven):
		return "note_own_uneven"
	case z.Shift > shiftSeen:
		return "note_higher"
	case z.Shift < -shiftSeen:
		return "note_lower"
	case z.Length:
		return "note_own_line_length"
	}
	return "note_own_line"
}

// notesOf appends what limits the figures of a zone.
func notesOf(notes []string, z *Zone) []string {
	if math.Abs(z.Flat-z.Relaxed) > agreement {
		notes = append(notes, "note_differs", whyDiffers(z))
	}
	switch {
	case !(z.Slid > slidFar):
	case math.IsNaN(z.Room):
		notes = append(notes, "note_slid")
	default:
		notes = append(notes, "note_slid_to")
	}
	switch {
	case !(z.PressureMean >= negligible):
	case z.Draped && !math.IsNaN(z.PressureTissue):
		notes = append(notes, "note_tissue_draped")
	case !math.IsNaN(z.PressureTissue):
		notes = append(notes, "note_tissue")
	case z.Draped:
		notes = append(notes, "note_rigid_body")
	}
	switch {
	case z.Length:
	case z.unsettled:
		notes = append(notes, "note_not_at_rest")
	case z.unfound:
		notes = append(notes, "note_not_found")
	case !z.Draped && z.PressureMean > 0:
		notes = append(notes, "note_flat_pressure")
	}
	return notes
}
