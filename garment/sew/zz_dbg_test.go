package sew

import (
	"strings"
	"testing"
)

func TestDbg(t *testing.T) {
	for _, p := range openPatterns(t) {
		if !strings.Contains(p.Name, "circle_skirt_L") && !strings.Contains(p.Name, "circle_skirt_M") && !strings.Contains(p.Name, "HRA77") {
			continue
		}
		pieces, _ := cutAll(p, 0.02)
		newWeld(p, pieces)
		l := newLayout(p, pieces, newFigure(person()))
		l.placeAll()
		for i := range p.Panels {
			t.Log(p.Panels[i].Name, p.Panels[i].Role, p.Panels[i].Side, l.fam[i], l.charts[i])
		}
	}
}
