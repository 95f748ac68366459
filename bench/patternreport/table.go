package main

import (
	"fmt"
	"math"
	"strings"
)

// line is one file for the terminal.
func (e *entry) line() string {
	if e.err != nil {
		return fmt.Sprintf("%s: %v", e.name, e.err)
	}
	return fmt.Sprintf("%s: %d panels, %d seams, %d triangles", e.name, len(e.base.Panels), len(e.base.Seams), e.cut.Triangles)
}

// table is the report in Markdown.
func table(entries []*entry) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Open patterns\n\n%s\n\n", summary(entries))
	fmt.Fprintf(&b, "Meshes at %g mm; times of one run, on the clock of a machine that may be shared.\n\n", meshEdge*1000)
	b.WriteString("| no | file | format | panels | seams | sizes | triangles | min angle | import ms | mesh ms |")
	for _, w := range builds {
		fmt.Fprintf(&b, " %s |", w)
	}
	b.WriteString("\n|---|---|---|---|---|---|---|---|---|---|" + strings.Repeat("---|", len(builds)) + "\n")
	for i, e := range entries {
		fmt.Fprintf(&b, "| %d | %s | %s |", i+1, e.name, e.format)
		if e.err != nil {
			word := "**fails**"
			if e.holds() {
				word = "refused, as it should be"
			}
			fmt.Fprintf(&b, " %s: %s |%s\n", word, cell(e.err.Error()), strings.Repeat(" |", 6+len(builds)))
			continue
		}
		fmt.Fprintf(&b, " %d | %d | %d | %d | %.0f° | %.1f | %.0f |", len(e.base.Panels), len(e.base.Seams), len(e.run.Sizes), e.cut.Triangles,
			e.cut.MinAngle*180/math.Pi, e.took.Seconds()*1000, e.meshed.Seconds()*1000)
		for _, o := range e.outcomes {
			if o == nil {
				b.WriteString(" |")
				continue
			}
			fmt.Fprintf(&b, " %s: %s |", o.Verdict, cell(o.Text))
		}
		b.WriteString("\n")
	}
	return b.String()
}

func cell(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "|", "/"), "\n", "; ")
}

// summary counts what went as it should.
func summary(entries []*entry) string {
	read, drapes := 0, 0
	count := map[verdict]int{}
	for _, e := range entries {
		if e.holds() {
			read++
		}
		for _, o := range e.outcomes {
			if o != nil {
				drapes++
				count[o.Verdict]++
			}
		}
	}
	text := fmt.Sprintf("%d of %d patterns import and mesh, or are refused, as they should.", read, len(entries))
	if drapes > 0 {
		fits := drapes - count[tooSmall] - count[tooLarge]
		text += fmt.Sprintf(" Of %d drapes %d are of a size too small to put on, said before draping, and %d of one too large to stay up; of the other %d, %d come to rest, untangled, in place and the right way round (%.1f %%); the others say what is wrong.",
			drapes, count[tooSmall], count[tooLarge], fits, count[worn], 100*float64(count[worn])/float64(max(1, fits)))
	}
	return text
}
