package sew

import (
	"slices"
	"testing"

	"fitroom/garment/pattern"
	"fitroom/geometry"
	"fitroom/geometry/bvh"
)

// over is one pattern worn over another.
func over(tb testing.TB, inner, outer *pattern.Pattern) *pattern.Pattern {
	tb.Helper()
	p, err := pattern.WornOver(inner, outer)
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

// Which panels go round the body by themselves, and which belong to others whatever
// their layer.
func TestShells(t *testing.T) {
	tee := draft(t, "tee", map[string]float64{"chest_girth": 1.04}, map[string]string{"neck_rib": "yes"})
	tank := draft(t, "tank", map[string]float64{"chest_girth": 1.20}, nil)
	skirt := draft(t, "skirt", map[string]float64{"waist_girth": 0.8}, nil)
	rib := *tee
	rib.Panels = slices.Clone(tee.Panels)
	for i := range rib.Panels {
		if rib.Panels[i].Role == pattern.Collar {
			rib.Panels[i].Layer = 3
		}
	}
	for name, c := range map[string]struct {
		p    *pattern.Pattern
		want []int
	}{
		"one garment":              {tee, make([]int, len(tee.Panels))},
		"a rib on its own layer":   {&rib, make([]int, len(tee.Panels))},
		"a vest over it":           {over(t, &rib, tank), append(make([]int, len(tee.Panels)), 1, 1)},
		"a skirt over it, tucked":  {over(t, tee, skirt), append(make([]int, len(tee.Panels)), 1, 1, 1, 1)},
		"two on one, three in all": {over(t, over(t, tank, tee), tank), append(append(make([]int, 2), slices.Repeat([]int{1}, len(tee.Panels))...), 2, 2)},
	} {
		if got := shells(c.p); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v; want %v", name, got, c.want)
		}
	}
}

// A vest over a T-shirt starts outside of it: hardly anything crosses, and each is
// as far from its flat shape as it is alone.
func TestShellsStartOverEachOther(t *testing.T) {
	tee := draft(t, "tee", map[string]float64{"chest_girth": 1.04}, nil)
	tank := draft(t, "tank", map[string]float64{"chest_girth": 1.20}, nil)
	f := NewFigure(person())
	c, err := f.Levels(over(t, tee, tank), jersey(t), []float64{0.03})
	if err != nil {
		t.Fatal(err)
	}
	crossing := 0
	bvh.Build(&geometry.Mesh{Verts: c[0].Start, Tris: c[0].Tris}).SelfCrossings(func(a, b int32) bool {
		crossing++
		return true
	})
	if crossing > len(c[0].Tris)/100 {
		t.Errorf("%d of %d triangles start through each other", crossing, len(c[0].Tris))
	}
	t.Logf("%d crossings of %d triangles", crossing, len(c[0].Tris))
}
