package spec

import (
	"math"
	"testing"

	"fitroom/garment/pattern"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// placed stands a point of a panel at its hinted place; templates turn panels
// about Y only.
func placed(p *pattern.Panel, v r2.Vec) r3.Vec {
	sin, cos := math.Sincos(p.Rotation[1])
	return r3.Vec{X: v.X*cos + p.Translation[0], Y: v.Y + p.Translation[1], Z: -v.X*sin + p.Translation[2]}
}

// With the panels hung as hinted, the ends that a seam joins are nearer to
// each other than the ends it does not: no seam is twisted, none joins left to
// right. The inner fabric sides face each other: nothing is inside out.
func TestSeamsJoinTheEndsThatFaceEachOther(t *testing.T) {
	for i, r := range runs {
		sizes := sizesOf(t, i)
		p := sizes[0].Pattern
		for s, seam := range p.Seams {
			if p.IsDart(s) {
				continue
			}
			a, b := &p.Panels[seam.A.Panel], &p.Panels[seam.B.Panel]
			ea, eb := a.Edges[seam.A.Edge], b.Edges[seam.B.Edge]
			if a.Edges[seam.A.Edge].Label == "armscye" || a.Edges[seam.A.Edge].Label == "cap" {
				continue // a sleeve is wrapped before it is sewn; see below
			}
			if r := b.Role; (a.Role == pattern.Collar || a.Role == pattern.Hood) && a.Side != pattern.Centre && r != a.Role {
				continue // half a stand or hood goes round the neck
			}
			a0, a1 := placed(a, a.Verts[ea.From]), placed(a, a.Verts[ea.To])
			b0, b1 := placed(b, b.Verts[eb.From]), placed(b, b.Verts[eb.To])
			right := r3.Norm(r3.Sub(a1, b0)) + r3.Norm(r3.Sub(a0, b1))
			wrong := r3.Norm(r3.Sub(a0, b0)) + r3.Norm(r3.Sub(a1, b1))
			if right >= wrong {
				t.Errorf("%s: seam %d twists %q edge %d to %q edge %d", r.name, s, a.Name, seam.A.Edge, b.Name, seam.B.Edge)
			}
		}
		for k := range p.Panels {
			q := &p.Panels[k]
			n := r3.Vec{X: math.Sin(q.Rotation[1]) * q.Outward(), Z: math.Cos(q.Rotation[1]) * q.Outward()}
			if away := (r3.Vec{X: q.Translation[0], Z: q.Translation[2]}); q.Role != pattern.LegFront && q.Role != pattern.LegBack && r3.Dot(n, away) <= 0 {
				t.Errorf("%s: panel %q shows its inner side", r.name, q.Name)
			}
		}
	}
}

// The front of each sleeve's cap is sewn to the front armscye of its own side.
func TestSleevesAreSetIntoTheirArmscyes(t *testing.T) {
	p, err := Draft("tee", map[string]float64{"chest_girth": 1.0}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for s, seam := range p.Seams {
		sleeve, body := seam.A, seam.B
		if p.Panels[sleeve.Panel].Edges[sleeve.Edge].Label != "cap" {
			continue
		}
		a, b := &p.Panels[sleeve.Panel], &p.Panels[body.Panel]
		ca, cb := a.Curve(sleeve.Edge), b.Curve(body.Edge)
		onSleeve, onBody := placed(a, ca.At(0.5)), placed(b, cb.At(0.5))
		if onSleeve.X*onBody.X <= 0 || onSleeve.Z*onBody.Z <= 0 {
			t.Errorf("seam %d joins the cap at %v to the armscye at %v", s, onSleeve, onBody)
		}
		// Upper ends meet upper ends.
		ea, eb := ca.End().Y-ca.Start().Y, cb.End().Y-cb.Start().Y
		if ea*eb >= 0 {
			t.Errorf("seam %d is upside down", s)
		}
	}
}
