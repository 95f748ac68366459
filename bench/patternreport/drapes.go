package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"fitroom/assets"
	"fitroom/garment/drape"
	"fitroom/garment/fabric"
	"fitroom/garment/fit"
	"fitroom/garment/pattern"
	"fitroom/garment/tryon"
	"fitroom/geometry/body"

	"gonum.org/v1/gonum/spatial/r3"
)

// wearer is one of the three bodies; figures in metres and kilograms, about
// the 5th, 50th and 95th percentile of women.
type wearer struct {
	name   string
	values map[body.Key]float64
}

var wearers = [...]wearer{
	{"small", map[body.Key]float64{body.Height: 1.56, body.Weight: 50, body.BustGirth: 0.82, body.WaistGirth: 0.67, body.HipGirth: 0.89}},
	{"median", map[body.Key]float64{body.Height: 1.66, body.Weight: 68, body.BustGirth: 0.96, body.WaistGirth: 0.82, body.HipGirth: 1.02}},
	{"large", map[body.Key]float64{body.Height: 1.74, body.Weight: 95, body.BustGirth: 1.16, body.WaistGirth: 1.04, body.HipGirth: 1.20}},
}

// drapeAll tries the sewn garments on all wearers.
func drapeAll(ctx context.Context, which string, entries []*entry, out io.Writer) error {
	room, err := tryon.Open(assets.FS, tryon.Settings{})
	if err != nil {
		return err
	}
	cloth, _ := fabric.Preset("poplin")
	n := 0
	for _, e := range entries {
		if !e.sewable() {
			continue
		}
		if n++; which == "sample" && n%sampleEvery != 1 {
			continue
		}
		style := &tryon.Style{
			Style:    fit.Style{ID: e.name, Kind: "garment", Population: body.Women, Sizes: []string{tryon.OneSize}, Fabric: cloth},
			Patterns: map[string]*pattern.Pattern{tryon.OneSize: plainMaterials(e.base)},
		}
		for k, w := range wearers {
			m := body.Measurements{Population: body.Women, Values: map[body.Key]body.Measurement{}}
			for key, v := range w.values {
				m.Values[key] = body.Measurement{Value: v, Method: body.TapeTrained}
			}
			o, err := room.Try(ctx, tryon.Request{Body: m, Style: style})
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err != nil {
				e.outcomes[k] = err.Error()
			} else {
				e.outcomes[k], e.good[k] = outcome(&o.Fittings[0])
			}
			fmt.Fprintf(out, "%s on %s: %s\n", e.name, w.name, e.outcomes[k])
		}
	}
	return nil
}

// plainMaterials makes all panels of the one fabric there is.
func plainMaterials(p *pattern.Pattern) *pattern.Pattern {
	out := *p
	out.Panels = slices.Clone(p.Panels)
	for i := range out.Panels {
		out.Panels[i].Material = ""
	}
	return &out
}

// mostDrop is how far a garment may sink from where it was put before it
// counts as slid down [m].
const mostDrop = 0.25

// outcome says how a drape ended, and whether it is a garment that is worn.
func outcome(f *tryon.Fitting) (string, bool) {
	d := &f.Drape
	var faults []string
	if f.Failed != "" {
		return f.Failed, false
	}
	if d.Status != drape.AtRest {
		faults = append(faults, fmt.Sprintf("%v: %s", d.Status, d.Reason))
	}
	if d.Penetrating > 0 {
		faults = append(faults, fmt.Sprintf("%d vertices inside the body", d.Penetrating))
	}
	if d.Crossings > 0 {
		faults = append(faults, fmt.Sprintf("%d crossings of cloth", d.Crossings))
	}
	if drop := meanHeight(f.Cloth.Start) - meanHeight(d.Pos); drop > mostDrop {
		faults = append(faults, fmt.Sprintf("slid down by %.0f cm", drop*100))
	}
	stretch := stretched(d)
	if len(faults) > 0 {
		if stretch > 0.25 {
			faults = append(faults, fmt.Sprintf("stretched by %.0f %%: too small to put on", 100*stretch))
		}
		return strings.Join(faults, "; "), false
	}
	text := fmt.Sprintf("at rest, %.1f CPU s", d.CPU.Seconds())
	if stretch > 0.1 {
		text += fmt.Sprintf(", stretched %.0f %%", 100*stretch)
	}
	return text, true
}

func meanHeight(pos []r3.Vec) float64 {
	sum := 0.0
	for _, p := range pos {
		sum += p.Y
	}
	return sum / float64(max(1, len(pos)))
}

// stretched is the 99th percentile of the larger direct strain, as engineering
// strain.
func stretched(d *drape.Result) float64 {
	list := make([]float64, 0, len(d.Strain))
	for _, s := range d.Strain {
		list = append(list, math.Sqrt(math.Max(0, 1+2*math.Max(s[0], s[1])))-1)
	}
	if len(list) == 0 {
		return 0
	}
	slices.Sort(list)
	return list[len(list)*99/100]
}
