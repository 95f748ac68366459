package sew

import (
	"math"
	"slices"
	"strings"
	"testing"

	"fitroom/garment/fabric"
	"fitroom/garment/pattern"
	"fitroom/geometry/body"
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

// tightAt is the zone of a list, nil where it is not named.
func tightAt(list []Tight, zone string) *Tight {
	for i := range list {
		if list[i].Zone == zone {
			return &list[i]
		}
	}
	return nil
}

func (f *Figure) mustTight(t *testing.T, p *pattern.Pattern, c fabric.Fabric) []Tight {
	t.Helper()
	cut, err := NewCut(p, []float64{0.02})
	if err != nil {
		t.Fatal(err)
	}
	tight, err := f.Tight(cut, map[string]fabric.Fabric{"": c})
	if err != nil {
		t.Fatal(err)
	}
	return tight
}

// A sleeve goes round the arm whether the front is open or closed; the wider it is,
// the less it lacks, until it lacks nothing.
func TestTightSleeves(t *testing.T) {
	f := NewFigure(person())
	cloth := fabric.Fabric{Name: "cloth", UsableWarp: 0.02, UsableWeft: 0.04}
	for _, open := range []bool{false, true} {
		last, named := math.Inf(1), 0
		for k := range 8 {
			p := draft(t, "shirt", map[string]float64{"chest_girth": 1.05, "upper_arm_girth": 0.24 + 0.02*float64(k)}, map[string]string{"sleeve": "short"})
			lacks := 0.0
			for _, q := range f.mustTight(t, p.Fastened(!open), cloth) {
				if q.Zone == "upper_arm" || q.Zone == "armhole" {
					lacks = max(lacks, q.Lacks())
				}
			}
			if lacks > last+1e-3 {
				t.Errorf("open %v: a sleeve wider by 2 cm lacks %.4f m, the narrower one %.4f", open, lacks, last)
			}
			if lacks > 0 {
				named++
			}
			last = lacks
		}
		if named == 0 || last > 0 {
			t.Errorf("open %v: %d of the sleeves are too tight, the widest lacks %.3f m; want some and none", open, named, last)
		}
	}
}

// An armhole without cloth for the shoulder is named, and the less cloth it has the
// more it lacks; in a cloth that gives enough it is worn.
func TestTightArmhole(t *testing.T) {
	f := NewFigure(person())
	scye := f.armscye(0, armholeSlips)
	for _, use := range []float64{0.01, 0.5} {
		last, named := math.Inf(1), 0
		for k := range 6 {
			p := draft(t, "tee", map[string]float64{"chest_girth": 1.05, "armscye_depth": 0.15 + 0.02*float64(k)}, nil)
			tight := tightAt(f.mustTight(t, p, fabric.Fabric{Name: "cloth", UsableWarp: use, UsableWeft: use}), "armhole")
			if tight == nil {
				last = 0
				continue
			}
			named++
			if tight.Lacks() > last || math.Abs(tight.Usable-use) > 1e-9 || tight.Body > scye+1e-9 || tight.Cloth*(1+use) > tissueYields*scye {
				t.Errorf("cloth that gives %.0f %%, armhole %d: %v after %.3f m", 100*use, k, tight, last)
			}
			last = tight.Lacks()
		}
		if (named > 0) != (use < 0.1) || last > 0 {
			t.Errorf("cloth that gives %.0f %%: %d armholes are too tight, the last lacks %.3f m", 100*use, named, last)
		}
	}
}

// The tape through the armpit is the same on both sides, and no longer for one that
// may slip down.
func TestArmscye(t *testing.T) {
	f := NewFigure(person())
	last := math.Inf(1)
	for _, slip := range []float64{0, 0.01, 0.02, 0.05} {
		l, r := f.armscye(0, slip), f.armscye(1, slip)
		if math.Abs(l-r) > 0.005 || l > last || l < f.arm[0].leastGirth(f.arm[0].held-0.1, f.arm[0].held) {
			t.Errorf("slipping by %.2f m: %.4f m left, %.4f right; before %.4f", slip, l, r, last)
		}
		last = l
	}
}

// What is drafted with ordinary ease for a body goes round its arms, in a cloth that
// gives nothing.
func TestFittingSleevesAreNotTight(t *testing.T) {
	f := NewFigure(person())
	bust := f.trunk.bareGirth(f.body.Landmarks[body.BustPointL].Y)
	for _, c := range []struct {
		template string
		options  map[string]string
	}{
		{"tee", nil}, {"tee", map[string]string{"sleeve": "long"}}, {"tee", map[string]string{"sleeve": "three_quarter", "fit": "slim"}}, {"tee", map[string]string{"fit": "loose"}},
		{"polo", nil}, {"shirt", nil}, {"shirt", map[string]string{"sleeve": "short"}}, {"hoody", nil},
	} {
		p := draft(t, c.template, map[string]float64{"chest_girth": bust + 0.10, "hem": bust + 0.15}, c.options)
		tight := f.mustTight(t, p, fabric.Fabric{Name: "cloth", UsableWarp: 0.01, UsableWeft: 0.01})
		for _, zone := range []string{"armhole", "upper_arm", "elbow", "wrist"} {
			if q := tightAt(tight, zone); q != nil {
				t.Errorf("%s %v: %v", c.template, c.options, q)
			}
		}
	}
}
