package tryon

import (
	"fmt"
	"slices"
	"strings"

	"fitroom/garment/fit"
	"fitroom/garment/pattern"
	"fitroom/garment/words"
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

// narrow lists the zones at which a size does not close, by the judged zones or
// by its flat panels, each once.
func (f *Fitting) narrow() []string {
	out := unclosed(f.Zones)
	for i := range f.TooSmall {
		if z := f.TooSmall[i].Zone; !slices.Contains(out, z) {
			out = append(out, z)
		}
	}
	return out
}

// stage is what is being done, with what is known of the size already.
func (f *Fitting) stage() string {
	if len(f.TooSmall) > 0 {
		return fmt.Sprintf("size %s, too small at the %s by %.1f cm", f.Size, strings.ToLower(words.In("en").Zones[f.TooSmall[0].Zone]), 100*f.TooSmall[0].Lacks)
	}
	return "size " + f.Size
}

// byArithmetic notes where a size can be put round the body in no way, and by how much
// it ends below the floor. What keeps a size from being sewn is said when it is sewn.
func (o *Outcome) byArithmetic(on *stage, p *pattern.Pattern, f *Fitting, edges []float64) {
	cut, err := on.cuts.of(p, edges)
	if err != nil {
		return
	}
	if t := on.figure.Trailing(cut); t != nil {
		f.Trailing = t.By
	}
	tight, err := on.figure.Tight(cut, o.Style.Cloths())
	if err != nil {
		return
	}
	for _, t := range tight {
		q := fit.TooSmall{Zone: t.Zone, Garment: t.Cloth, Body: t.Body, Usable: t.Usable, Lacks: t.Lacks()}
		q.Opens = slices.ContainsFunc(p.Closures, func(c pattern.Closure) bool { return lets(p, c, t.Zone) })
		q.Say(&o.Style.Style, f.Size)
		f.TooSmall = append(f.TooSmall, q)
	}
}

// lets reports a fastening that lets out one of the zones. One that does not say
// what it frees lets out all but sleeves, unless it is on one: an open front leaves
// them as they are.
func lets(p *pattern.Pattern, c pattern.Closure, zones ...string) bool {
	return slices.ContainsFunc(zones, func(z string) bool {
		if len(c.Frees) > 0 {
			return slices.Contains(c.Frees, z)
		}
		return !slices.Contains(ofArms[:], z) || onSleeve(p, c.Seam)
	})
}

// ofArms are the zones of sleeves.
var ofArms = [...]string{"armhole", "upper_arm", "elbow", "wrist"}

func onSleeve(p *pattern.Pattern, s pattern.Seam) bool {
	for _, e := range [2]pattern.EdgeRef{s.A, s.B} {
		switch p.Panels[e.Panel].Role {
		case pattern.Sleeve, pattern.SleeveFr, pattern.SleeveBk, pattern.Cuff:
			return true
		}
	}
	return false
}

// beyond are those of the zones that none of the open fastenings lets out.
func beyond(p *pattern.Pattern, zones []string) []string {
	return slices.DeleteFunc(zones, func(z string) bool {
		return slices.ContainsFunc(p.Closures, func(c pattern.Closure) bool { return c.Open && lets(p, c, z) })
	})
}

// letOut is the pattern with the fastenings open that let out the zones; nil if
// none of those that are closed does.
func letOut(p *pattern.Pattern, zones []string) *pattern.Pattern {
	if len(zones) == 0 || !slices.ContainsFunc(p.Closures, func(c pattern.Closure) bool { return !c.Open && lets(p, c, zones...) }) {
		return nil
	}
	return p.Unfastened(func(c pattern.Closure) bool { return c.Open || lets(p, c, zones...) })
}

// sayMeasured warns of what the flat panels of a size tell before any drape.
func (o *Outcome) sayMeasured(f *Fitting) {
	for k := range f.TooSmall {
		o.Warnings = append(o.Warnings, fit.Remark{Text: f.TooSmall[k].Text})
	}
	if f.Trailing > 0 {
		o.Warnings = append(o.Warnings, fit.TrailsOnFloor(f.Size, f.Trailing))
	}
}

// sayOpen warns of every size that does not close, where it lacks how much, and
// how it is drawn.
func (o *Outcome) sayOpen() {
	for i := range o.Fittings {
		f := &o.Fittings[i]
		o.sayMeasured(f)
		tight := f.narrow()
		switch {
		case f.Cloth == nil || f.Failed != nil || len(tight) == 0:
		case f.Opened:
			f.Drawn = fit.DrawnOpen(&o.Style.Style, f.Size, f.Beyond)
		default:
			f.Drawn = fit.DrawnClosed(&o.Style.Style, f.Size, tight)
		}
		if f.Drawn.Text != nil {
			o.Warnings = append(o.Warnings, f.Drawn)
		}
	}
}
