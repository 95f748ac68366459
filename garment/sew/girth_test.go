package sew

import (
	"math"
	"slices"
	"strings"
	"testing"

	"fitroom/garment/fabric"
	"fitroom/garment/pattern"
)

// What is too small is so by arithmetic: the cloth stretched as far as it goes is
// less than the body as far as it yields, and the zone is named.
func TestTightWhereClothEnds(t *testing.T) {
	f := NewFigure(person())
	hip := 0.0
	for s := f.crotch; s < f.waist; s += tubeStep {
		hip = max(hip, f.trunk.bareGirth(s))
	}
	cloth := map[string]fabric.Fabric{"": {Name: "cloth", UsableWarp: 0.02, UsableWeft: 0.05}}
	for _, c := range []struct {
		hip  float64
		want bool
	}{{hip - 0.15, true}, {hip - 0.10, true}, {hip + 0.10, false}, {hip + 0.2, false}} {
		p := draft(t, "skirt", map[string]float64{"waist_girth": c.hip - 0.12, "hip_girth": c.hip, "hem": c.hip + 0.1, "skirt_length": 0.5}, nil)
		cut, err := NewCut(p, []float64{0.02})
		if err != nil {
			t.Fatal(err)
		}
		tight, err := f.Tight(cut, cloth)
		if err != nil {
			t.Fatal(err)
		}
		atHip := false
		for _, q := range tight {
			if q.Zone == "hip" {
				atHip = true
				if q.Cloth > c.hip+0.001 || q.Body > hip+0.001 || math.Abs(q.Usable-0.05) > 0.01 || q.Cloth*(1+q.Usable) > tissueYields*q.Body || !strings.Contains(q.Error(), `at the hip (panel "`) {
					t.Errorf("hip of %.3f m: %v", c.hip, q)
				}
			}
		}
		if atHip != c.want {
			t.Errorf("a skirt of %.3f m on hips of %.3f m: tight %v, want %v", c.hip, hip, tight, c.want)
		}
	}
}

// A front that is open goes round nothing, however narrow it is.
func TestWhatIsOpenIsNotTight(t *testing.T) {
	f := NewFigure(person())
	cloth := map[string]fabric.Fabric{"": {Name: "cloth", UsableWarp: 0.02, UsableWeft: 0.02}}
	p := draft(t, "shirt", map[string]float64{"chest_girth": 0.74}, map[string]string{"sleeve": "short"})
	for _, closed := range []bool{true, false} {
		cut, err := NewCut(p.Fastened(closed), []float64{0.02})
		if err != nil {
			t.Fatal(err)
		}
		tight, err := f.Tight(cut, cloth)
		if err != nil {
			t.Fatal(err)
		}
		trunk := false
		for _, q := range tight {
			trunk = trunk || q.Zone == "bust" || q.Zone == "waist" || q.Zone == "hip"
		}
		if trunk != closed {
			t.Errorf("closed %v: %v", closed, tight)
		}
	}
}

// A flared cuff is narrowest at the seam it hangs by, whose length counts.
func TestTightAtTheSeamOfAFlaredCuff(t *testing.T) {
	f := NewFigure(person())
	cloth := map[string]fabric.Fabric{"": {Name: "cloth", UsableWarp: 0.02, UsableWeft: 0.04}}
	all := openPatterns(t)
	k := slices.IndexFunc(all, func(p *pattern.Pattern) bool { return strings.Contains(p.Name, "Y7DZE6A4IU") })
	if k < 0 {
		t.Fatal("the design with puffed sleeves is gone")
	}
	cut, err := NewCut(all[k], []float64{0.02})
	if err != nil {
		t.Fatal(err)
	}
	l := newLayout(cut.Pattern, cut.levels[0].pieces, f)
	l.placeAll()
	mat, err := materialsOf(cut.Pattern, cloth)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, g := range l.rings {
		if l.fam[g.tier[0]] != cuff {
			continue
		}
		n++
		seam := l.seamAt(g, mat)
		if seam == nil || math.Abs(seam.Cloth-0.177) > 0.002 {
			t.Errorf("cuff of %q: %+v, want a seam of 17.7 cm", l.p.Panels[g.tier[0]].Name, seam)
		}
	}
	if n != 2 {
		t.Errorf("%d cuffs, want 2", n)
	}
}
