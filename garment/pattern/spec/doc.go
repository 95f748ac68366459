// Package spec drafts garment patterns from the measures of the finished
// garment (points of measure, POM), for shops that have a size chart but no
// pattern files, and for garments that need no outside data.
//
// A draft is a drawing rule: each template states the rules it follows where
// it follows them. They are the common ground of flat pattern cutting as
// taught in Aldrich, "Metric Pattern Cutting", and Müller & Sohn,
// "Schnittkonstruktion", put in our own words and constants: widths come from
// girths over four, seams that meet have equal lengths and meet at right
// angles to the edge they end on, a sleeve cap is as long as its armscye plus
// ease, hips turn into waist by side shaping and darts.
//
// Measures are metres, full round, of the relaxed garment. Those not given
// are derived from those given by the rule beside each field. Measures taken
// on the drafted panels meet the given ones within 0.5 mm; Measure takes them.
// Every size of a template has the same panels, edges and seams.
package spec
