package tryon

import (
	"fmt"
	"slices"

	"fitroom/garment/fit"
	"fitroom/garment/pattern"
)

// A garment that does not close on a body is hung with its fastenings open: a
// picture of it closed would show cloth stretched beyond what it can give.

// closes reports whether no zone says that the garment cannot be closed.
func closes(zones []fit.Zone) bool {
	return !slices.ContainsFunc(zones, func(z fit.Zone) bool { return z.Likely == fit.WillNotClose })
}

// fastened reports a pattern with a closed fastening.
func fastened(p *pattern.Pattern) bool {
	return slices.ContainsFunc(p.Closures, func(c pattern.Closure) bool { return !c.Open })
}

// sayOpen warns of every size that does not close, and how it is drawn.
func (o *Outcome) sayOpen() {
	for i := range o.Fittings {
		f := &o.Fittings[i]
		switch {
		case f.Cloth == nil || f.Failed != "":
		case f.Opened: // whatever the zones of the open garment say
			o.Warnings = append(o.Warnings, fmt.Sprintf("size %s does not close: it is drawn with its fastenings open", f.Size))
		case closes(f.Zones):
		default:
			o.Warnings = append(o.Warnings, fmt.Sprintf("size %s does not close and is drawn closed all the same, since its pattern names no fastening: the picture is not how it can be worn", f.Size))
		}
	}
}
