package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"strings"

	"fitroom/garment/fit"
	"fitroom/garment/tryon"
)

// sameMeasure is how far flat and draped measure may differ [m].
const sameMeasure = 0.005

// ways counts the measures taken two ways: on the flat panels and, in rest
// lengths, on the worn garment along the same line. Slack ones carry no more
// than what hangs from them and have room all round (fit.Zone.Slack).
type ways struct {
	slack, slackAgree, pulled, pulledAgree int
	bridged                                int      // their line runs over an opening
	beside                                 []string // where the body is measured elsewhere than the table
	unsaid                                 int      // of those, without a reason
	broken                                 []string // along the same line and yet different
}

func (w *ways) add(more ways) {
	w.slack, w.slackAgree, w.bridged, w.unsaid = w.slack+more.slack, w.slackAgree+more.slackAgree, w.bridged+more.bridged, w.unsaid+more.unsaid
	w.pulled, w.pulledAgree = w.pulled+more.pulled, w.pulledAgree+more.pulledAgree
	w.beside, w.broken = append(w.beside, more.beside...), append(w.broken, more.broken...)
}

// compareWays compares the zones that are measured both ways.
func compareWays(zones []fit.Zone) ways {
	var w ways
	for i := range zones {
		z := &zones[i]
		if math.IsNaN(z.Flat) || math.IsNaN(z.Relaxed) {
			continue
		}
		like := z.Relaxed
		if !math.IsNaN(z.Own) {
			like = z.Own
		}
		off, same := z.Relaxed-z.Flat, math.Abs(like-z.Flat) <= sameMeasure
		switch {
		case z.Bridged > 0:
			w.bridged++
		case z.Slack:
			w.slack++
			w.slackAgree += one(same)
		default:
			w.pulled++
			w.pulledAgree += one(same)
		}
		if !same && z.Bridged == 0 {
			w.broken = append(w.broken, fmt.Sprintf("%s %+.1f cm", z.Name, 100*(like-z.Flat)))
		}
		if math.Abs(off) > sameMeasure {
			w.beside = append(w.beside, fmt.Sprintf("%s %+.1f cm: %s", z.Name, 100*off, whyBeside(z)))
			w.unsaid += one(z.Notes["de"] == "" || z.Notes["en"] == "")
		}
	}
	return w
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// whyBeside is the measured reason why the body's tape and the table's line
// differ.
func whyBeside(z *fit.Zone) string {
	why := "tape and table take other lines"
	switch {
	case z.Bridged > 0:
		why = fmt.Sprintf("its line runs over %.1f cm of an opening", 100*z.Bridged)
	case !math.IsNaN(z.OwnOff):
		why = fmt.Sprintf("its line lies %+.1f ± %.1f cm from the tape, %+.1f cm along it", 100*z.OwnOff, 100*z.OwnUneven, 100*(z.Own-z.Flat))
	}
	if z.Tension >= 5 {
		why += fmt.Sprintf(", pulled with %.0f N/m", z.Tension)
	}
	return why
}

// twoWays drapes the wardrobe and compares what the flat panels measure with
// what the draped garment does, relaxed, along the same lines.
func twoWays(ctx context.Context, w io.Writer, all []hanger) error {
	fmt.Fprint(w, "\n## Two ways to one truth: ten garments, three sizes, each on the body it is made for\n\n"+
		"Flat: taken on the panels. Draped: in rest lengths along the same line on the worn garment. Slack: tension below 5 N/m and 5 mm or more of girth beyond a tight tape in the same plane; of lengths the tension alone. Last: what a tape at the body's own level finds otherwise by more than 5 mm, and the measured reason.\n\n"+
		"| garment | size | drape | slack | within 5 mm | pulled | within 5 mm | over an opening | at the body's level |\n|---|---|---|---|---|---|---|---|---|\n")
	var sum ways
	for i := range all {
		fits, err := all[i].try(ctx, nil, true, sizes())
		if err != nil {
			return err
		}
		for _, t := range fits {
			m := compareWays(t.fit.Zones)
			sum.add(m)
			fmt.Fprintf(w, "| %s | %s | %s | %d | %d | %d | %d | %d | %s |\n", all[i].name, t.size, statusOf(&t.fit), m.slack, m.slackAgree, m.pulled, m.pulledAgree, m.bridged, strings.Join(m.beside, "; "))
		}
	}
	fmt.Fprintf(w, "\n%d of %d slack measures and %d of %d pulled ones agree within 5 mm; %d lines run over an opening. At the body's level %d measures differ; %d of them say why.\n",
		sum.slackAgree, sum.slack, sum.pulledAgree, sum.pulled, sum.bridged, len(sum.beside), len(sum.beside)-sum.unsaid)
	if len(sum.broken) > 0 {
		fmt.Fprintf(w, "\nNot the same along the same line: %s.\n", strings.Join(sum.broken, "; "))
	}
	return nil
}

func statusOf(f *tryon.Fitting) string {
	if f.Failed != nil {
		return f.Failed.Error()
	}
	return f.Drape.Status.String()
}
