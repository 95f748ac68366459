package sew

import (
	"math"

	"fitroom/garment/pattern"
	"fitroom/geometry/fault"
)

// outerSides returns, per panel, whether the cloth shows the side the loop's
// normal names. Two panels joined end to start show the same side; a Reversed
// seam joins right side on wrong side, so one of the two is turned for the
// sewn surface to have one outer side throughout. Which of them: the smaller
// part by area, as a collar against a bodice.
func outerSides(p *pattern.Pattern) ([]bool, error) {
	next := make([][]int, len(p.Panels)) // seams at each panel
	for s, seam := range p.Seams {
		next[seam.A.Panel] = append(next[seam.A.Panel], s)
		next[seam.B.Panel] = append(next[seam.B.Panel], s)
	}
	const unseen, kept, turned = 0, 1, 2
	state := make([]int, len(p.Panels))
	for root := range p.Panels {
		if state[root] != unseen {
			continue
		}
		state[root] = kept
		group := []int{root}
		var area [3]float64
		for k := 0; k < len(group); k++ {
			i := group[k]
			area[state[i]] += math.Abs(p.Panels[i].SignedArea())
			for _, s := range next[i] {
				seam := p.Seams[s]
				j, want := seam.A.Panel+seam.B.Panel-i, state[i]
				if seam.Reversed {
					want = kept + turned - want
				}
				if state[j] == unseen {
					state[j] = want
					group = append(group, j)
				} else if state[j] != want {
					return nil, fault.Errorf("sew: %w cannot be sewn: outer and inner side of the fabric would meet; turn one seam of this ring of panels round", seamName(p, s))
				}
			}
		}
		if area[turned] > area[kept] {
			for _, i := range group {
				state[i] = kept + turned - state[i]
			}
		}
	}
	out := make([]bool, len(state))
	for i, s := range state {
		out[i] = s == kept
	}
	return out, nil
}

// seamName says which seam, for people.
func seamName(p *pattern.Pattern, s int) error {
	a, b := p.Seams[s].A, p.Seams[s].B
	return fault.Errorf("the seam of panel %q edge %d with panel %q edge %d", p.Panels[a.Panel].Name, a.Edge, p.Panels[b.Panel].Name, b.Edge)
}
