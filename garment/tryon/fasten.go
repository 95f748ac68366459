package tryon

import (
	"fmt"
	"slices"
	"strings"

	"fitroom/garment/fit"
	"fitroom/garment/pattern"
)

// A garment that does not close on a body is hung with its fastenings open: a
// picture of it closed would show cloth stretched beyond what it can give.

// unclosed lists the zones at which a garment cannot be closed.
func unclosed(zones []fit.Zone) []string {
	var out []string
	for i := range zones {
		if zones[i].Likely == fit.WillNotClose {
			out = append(out, zones[i].Name)
		}
	}
	return out
}

// lets reports a fastening that lets out one of the zones.
func lets(c pattern.Closure, zones ...string) bool {
	return len(c.Frees) == 0 || slices.ContainsFunc(zones, func(z string) bool { return slices.Contains(c.Frees, z) })
}

// beyond are those of the zones that none of the open fastenings lets out.
func beyond(p *pattern.Pattern, zones []string) []string {
	return slices.DeleteFunc(zones, func(z string) bool {
		return slices.ContainsFunc(p.Closures, func(c pattern.Closure) bool { return c.Open && lets(c, z) })
	})
}

// letOut is the pattern with the fastenings open that let out the zones; nil if
// none of those that are closed does.
func letOut(p *pattern.Pattern, zones []string) *pattern.Pattern {
	if len(zones) == 0 || !slices.ContainsFunc(p.Closures, func(c pattern.Closure) bool { return !c.Open && lets(c, zones...) }) {
		return nil
	}
	return p.Unfastened(func(c pattern.Closure) bool { return c.Open || lets(c, zones...) })
}

// sayOpen warns of every size that does not close, and how it is drawn.
func (o *Outcome) sayOpen() {
	for i := range o.Fittings {
		f := &o.Fittings[i]
		tight := unclosed(f.Zones)
		switch {
		case f.Cloth == nil || f.Failed != "" || len(tight) == 0:
		case f.Opened && len(f.Beyond) == 0:
			o.Warnings = append(o.Warnings, fmt.Sprintf("size %s does not close: it is drawn with its fastenings open", f.Size))
		case f.Opened:
			o.Warnings = append(o.Warnings, fmt.Sprintf("size %s does not close, and even with its fastenings open, as it is drawn, it is too small to be put on (%s)", f.Size, strings.Join(f.Beyond, ", ")))
		default:
			o.Warnings = append(o.Warnings, fmt.Sprintf("size %s is too small to be put on and is drawn closed all the same, since its pattern names no fastening there (%s): the picture is not how it can be worn", f.Size, strings.Join(tight, ", ")))
		}
	}
}
