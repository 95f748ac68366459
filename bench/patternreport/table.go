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
	b.WriteString(byKind(entries))
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

// tally counts the outcomes of one kind of files.
type tally struct {
	drapes int
	count  map[verdict]int
}

// fits are the drapes of sizes that could be put on, stay up and end above the floor.
func (t *tally) fits() int {
	return t.drapes - t.count[tooSmall] - t.count[tooLarge] - t.count[tooLong]
}

func (t *tally) add(e *entry) {
	if t.count == nil {
		t.count = map[verdict]int{}
	}
	for _, o := range e.outcomes {
		if o != nil {
			t.drapes++
			t.count[o.Verdict]++
		}
	}
}

// byKind is the table of the drapes by the kind of file, with its rule; empty
// where nothing was draped.
func byKind(entries []*entry) string {
	var kinds []string
	of := map[string]*tally{}
	for _, e := range entries {
		if of[e.format] == nil {
			kinds = append(kinds, e.format)
			of[e.format] = &tally{}
		}
		of[e.format].add(e)
	}
	var b strings.Builder
	for _, kind := range kinds {
		if t := of[kind]; t.drapes > 0 {
			fmt.Fprintf(&b, "| %s | %d | %d | %d | %d | %d | %d | %.0f %% |\n", kind, t.drapes, t.count[tooSmall], t.count[tooLarge], t.count[tooLong], t.count[worn], t.count[failed],
				100*float64(t.count[worn])/float64(max(1, t.fits())))
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return "Worn is what comes to rest with closed seams, without a crossing, outside the body, in place and the right way round. " +
		"Sizes too small by flat arithmetic, skirts and trousers so wide that they slide down, and legs so long by the same arithmetic that they crumple on the floor, are no failures and not counted as successes either.\n\n" +
		"| kind | drapes | too small | too large | too long | worn | failed | worn of what fits |\n|---|---|---|---|---|---|---|---|\n" + b.String() + "\n"
}

func cell(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "|", "/"), "\n", "; ")
}

// summary counts what went as it should.
func summary(entries []*entry) string {
	read := 0
	var t tally
	for _, e := range entries {
		if e.holds() {
			read++
		}
		t.add(e)
	}
	text := fmt.Sprintf("%d of %d patterns import and mesh, or are refused, as they should.", read, len(entries))
	if t.drapes > 0 {
		fits := t.fits()
		text += fmt.Sprintf(" Of %d drapes %d are of a size too small to put on, said before draping, %d of one too large to stay up and %d of one too long for the wearer's legs; of the other %d, %d come to rest, untangled, in place and the right way round (%.1f %%); the others say what is wrong.",
			t.drapes, t.count[tooSmall], t.count[tooLarge], t.count[tooLong], fits, t.count[worn], 100*float64(t.count[worn])/float64(max(1, fits)))
	}
	return text
}
