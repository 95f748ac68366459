package dxf

import (
	"errors"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/spatial/r2"
)

const ruleHead = "UNITS: METRIC\nNUMBER OF SIZES: 3\nSIZE LIST: S M L\nSAMPLE SIZE: M\n"

// gradedBox is a box with rules at its lower corners only, and a grade
// reference line.
func gradedBox(ref func(*draft)) string {
	return sheet(func(d *draft) {
		d.put(0, "BLOCK", 2, "P")
		box100(d)
		d.text(1, 0, 0, "# 1").text(1, 100, 0, "# 2")
		ref(d)
		d.put(0, "ENDBLK")
	}, func(d *draft) { d.text(1, 0, 0, "Sample Size: M") })
}

// The rules stretch the lower side; the points without rules follow by the
// same turn and stretch, so that the box becomes a larger box.
func TestUnruledPointsFollow(t *testing.T) {
	rules := "RULE: DELTA 1\n 0,0 0,0 0,0\nRULE: DELTA 2\n -10,0\n 0,0 10,0\nEND\n"
	for name, tc := range map[string]struct {
		ref  func(*draft)
		want r2.Vec // the second corner of size L
	}{
		"along x":        {func(*draft) {}, r2.Vec{X: 0.11}},
		"along the line": {func(d *draft) { d.line(5, 0, 0, 0, 50) }, r2.Vec{X: 0.1, Y: 0.01}},
	} {
		t.Run(name, func(t *testing.T) {
			table, err := ReadRules(strings.NewReader(ruleHead+rules), "t.rul", "")
			if err != nil {
				t.Fatal(err)
			}
			r := mustBuild(t, Source{Drawings: []*Drawing{mustRead(t, gradedBox(tc.ref))}, Rules: table}, Options{Style: "s"})
			p := &r.Run.Size("L").Panels[0]
			if d := r2.Norm(r2.Sub(p.Verts[1], tc.want)); d > 1e-12 {
				t.Errorf("second corner at %v; want %v", p.Verts[1], tc.want)
			}
			long, wide := p.Length(1), p.Length(0)
			if math.Abs(long-2*wide) > 1e-12 || math.Abs(p.SignedArea()-2*wide*wide) > 1e-12 {
				t.Errorf("a box of %.4f x %.4f m and %.5f m2 is not similar to 0.1 x 0.2", wide, long, p.SignedArea())
			}
		})
	}
}

func TestBadRules(t *testing.T) {
	for name, text := range map[string]string{
		"not a grade rule table": "hello\n",
		"has 5 numbers":          ruleHead + "RULE: DELTA 1\n 0,0 0,0 1\n",
		"more than 6":            ruleHead + "RULE: DELTA 1\n 0,0 0,0 1,1 1\n",
		"sample size M itself":   ruleHead + "RULE: DELTA 1\n 0,0 3,0 1,1\n",
		"given twice":            ruleHead + "RULE: DELTA 1\n 0,0 0,0 1,1\nRULE: DELTA 1\n",
		"finite":                 ruleHead + "RULE: DELTA 1\n 0,0 0,0 1,1e999\n",
		"is believed":            ruleHead + "RULE: DELTA 1\n 0,0 0,0 1,99999\n",
		"not in its size list":   strings.Replace(ruleHead, "SIZE: M", "SIZE: Q", 1) + "RULE: DELTA 1\n 0,0 0,0 1,1\n",
		"announces":              strings.Replace(ruleHead, "SIZES: 3", "SIZES: 4", 1) + "RULE: DELTA 1\n 0,0 0,0 1,1\n",
		"only \"DELTA n\"":       ruleHead + "RULE: SPECIAL 1\n",
		"before SIZE LIST":       "RULE: DELTA 1\n 0,0\n",
		"units are":              "UNITS: ELLS\n" + strings.Replace(ruleHead, "UNITS: METRIC\n", "", 1) + "RULE: DELTA 1\n 0,0 0,0 1,1\n",
	} {
		if _, err := ReadRules(strings.NewReader(text), "t.rul", ""); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	missing := ruleHead + "RULE: DELTA 1\n 0,0 0,0 1,1\n"
	table, err := ReadRules(strings.NewReader(missing), "t.rul", "")
	if err != nil {
		t.Fatal(err)
	}
	d := mustRead(t, gradedBox(func(*draft) {}))
	if _, err := Build(Source{Drawings: []*Drawing{d}, Rules: table}, Options{}); err == nil || !strings.Contains(err.Error(), "rule 2") {
		t.Errorf("a point whose rule is missing: got %v", err)
	}
}

// A nest that contradicts the rules is used, with a word on how much.
func TestContradictingNest(t *testing.T) {
	table, err := ReadRules(strings.NewReader(ruleHead+"RULE: DELTA 1\n 0,0 0,0 0,0\nRULE: DELTA 2\n 0,0 0,0 10,0\n"), "t.rul", "")
	if err != nil {
		t.Fatal(err)
	}
	nest := sheet(func(d *draft) {
		d.put(0, "BLOCK", 2, "P_L")
		d.poly(1, 1, 0, 0, 113, 0, 110, 220, 0, 220)
		d.text(1, 0, 0, "Piece Name: P").text(1, 0, 0, "Size: L")
		d.put(0, "ENDBLK")
	}, nil)
	r := mustBuild(t, Source{Drawings: []*Drawing{mustRead(t, gradedBox(func(*draft) {})), mustRead(t, nest)}, Rules: table}, Options{})
	if r.Compared != 1 || math.Abs(r.Difference-0.003) > 1e-9 || !strings.Contains(errors.Join(r.Warnings...).Error(), "3.00 mm apart") {
		t.Errorf("%d compared, %.2f mm, %q", r.Compared, r.Difference*1000, r.Warnings)
	}
	if w := r.Run.Size("L").Panels[0].Length(0); math.Abs(w-0.113) > 1e-12 {
		t.Errorf("the lower side is %.4f m; the nest has 0.113", w)
	}
}
