package tryon

import (
	"fitroom/garment/pattern"
	"fitroom/garment/sew"
)

// cuts holds the sizes of a style cut into triangles.
type cuts map[*pattern.Pattern]*sew.Cut

// cutAll cuts all sizes of a style with one triangulation, the asked ones and
// the others, so that a size has the same mesh whatever it is tried on with,
// and what was found on one can start another (sew.CutRun). It costs a tenth of
// a second and is not worth keeping. Where sizes are too unlike for that, alone
// names the panel, and every size is cut by itself.
func (s *Style) cutAll(edges []float64) (all cuts, alone error) {
	run := pattern.SizeRun{Style: s.ID}
	for _, size := range s.Sizes {
		if p := s.Patterns[size]; p != nil {
			run.Sizes = append(run.Sizes, pattern.Size{Name: size, Pattern: p})
		}
	}
	if len(run.Sizes) < 2 {
		return nil, nil
	}
	err := run.Validate()
	if err == nil {
		var list []*sew.Cut
		if list, err = sew.CutRun(&run, edges); err == nil {
			all = cuts{}
			for i, c := range list {
				all[run.Sizes[i].Pattern] = c
			}
			return all, nil
		}
	}
	return nil, err
}

// of is the cut of a pattern: that of the run, or its own where it is worn open
// or stands alone.
func (c cuts) of(p *pattern.Pattern, edges []float64) (*sew.Cut, error) {
	if own := c[p]; own != nil {
		return own, nil
	}
	return sew.NewCut(p, edges)
}
