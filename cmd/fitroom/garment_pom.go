package main

import (
	"fmt"
	"io"
	"math"
	"text/tabwriter"

	"fitroom/api/wire"
	"fitroom/garment/pattern"
	"fitroom/garment/sew"
	"fitroom/garment/tryon"
)

// checkedMeasure compares a measure of the style's table with the same measure
// taken on the drafted panels, flat.
type checkedMeasure struct {
	Key        string  `json:"key"`
	AskedCm    float64 `json:"asked_cm"`
	GotCm      float64 `json:"got_cm"`
	ResidualMm float64 `json:"residual_mm"`
}

// addMeasures gives every size the residuals of its template.
func addMeasures(found []checkedSize, doc wire.Style) error {
	all, err := doc.Residuals()
	if err != nil {
		return err
	}
	for i := range found {
		c := &found[i]
		c.Approximate = all != nil
		for _, r := range all[c.Size] {
			c.Measures = append(c.Measures, checkedMeasure{
				r.Key, math.Round(1e4*r.Asked) / 100, math.Round(1e4*r.Got) / 100, math.Round(1e5*(r.Got-r.Asked)) / 100,
			})
		}
	}
	return nil
}

// corresponds says why the sizes of a style cannot share one mesh; empty when
// they can, so that results carry over between them.
func corresponds(s *tryon.Style, edge float64) string {
	run := pattern.SizeRun{Style: s.ID}
	for _, size := range s.Sizes {
		if p := s.Patterns[size]; p != nil {
			run.Sizes = append(run.Sizes, pattern.Size{Name: size, Pattern: p})
		}
	}
	err := run.Validate()
	if err == nil {
		_, err = sew.CutRun(&run, []float64{edge})
	}
	if err != nil {
		return fmt.Sprintf("each size is tried by itself, nothing carries over: %v", err)
	}
	return ""
}

// printMeasures lists what the drafted panels measure.
func printMeasures(w io.Writer, sizes []checkedSize) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	head := false
	for _, c := range sizes {
		for _, m := range c.Measures {
			if !head {
				fmt.Fprintln(t, "\nstyle\tsize\tmeasure\tasked\ton the panels\tresidual")
				head = true
			}
			fmt.Fprintf(t, "%s\t%s\t%s\t%.1f cm\t%.1f cm\t%+.2f mm\n", c.Style, c.Size, m.Key, m.AskedCm, m.GotCm, m.ResidualMm)
		}
	}
	t.Flush()
}
