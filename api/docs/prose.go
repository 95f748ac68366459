package docs

import "strings"

// Prose is what a description says, by paragraphs.
type Prose []Paragraph

// Paragraph is a run of words; lines of the source are only how it was typed.
type Paragraph []Run

// Run is a stretch of words, or of code, which the contract puts in backticks.
type Run struct {
	Text string
	Code bool
}

func prose(text string) (all Prose) {
	for part := range strings.SplitSeq(strings.TrimSpace(text), "\n\n") {
		var p Paragraph
		for k, stretch := range strings.Split(strings.Join(strings.Fields(part), " "), "`") {
			if stretch != "" {
				p = append(p, Run{stretch, k%2 == 1})
			}
		}
		if p != nil {
			all = append(all, p)
		}
	}
	return all
}
