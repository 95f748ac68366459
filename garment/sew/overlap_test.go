package sew

import (
	"math"
	"testing"

	"fitroom/garment/fabric"
	"fitroom/garment/pattern"

	"gonum.org/v1/gonum/spatial/r2"
)

// vest has fronts that reach half of the overlap beyond the middle, the left one over
// the right one or the other way round.
func vest(t *testing.T, overlap float64, rightOver bool) *pattern.Pattern {
	t.Helper()
	panel := func(name string, role pattern.Role, side pattern.Side, pts ...r2.Vec) pattern.Panel {
		p := pattern.Panel{Name: name, Role: role, Side: side, Facing: pattern.FacesFront, Verts: pts}
		if role == pattern.BodyBack {
			p.Facing = pattern.FacesBack
		}
		for i := range pts {
			p.Edges = append(p.Edges, pattern.Edge{From: i, To: (i + 1) % len(pts)})
		}
		return p
	}
	v := func(x, y float64) r2.Vec { return r2.Vec{X: x, Y: y} }
	h := overlap / 2
	p := &pattern.Pattern{Name: "vest", Panels: []pattern.Panel{
		panel("front_l", pattern.BodyFront, pattern.Left, v(-h, 0), v(0.26, 0), v(0.26, 0.3), v(0.19, 0.5), v(0.07, 0.54), v(-h, 0.47)),
		panel("front_r", pattern.BodyFront, pattern.Right, v(h, 0), v(h, 0.47), v(-0.07, 0.54), v(-0.19, 0.5), v(-0.26, 0.3), v(-0.26, 0)),
		panel("back", pattern.BodyBack, pattern.Centre, v(-0.26, 0), v(0.26, 0), v(0.26, 0.3), v(0.19, 0.5), v(0.07, 0.54), v(-0.07, 0.54), v(-0.19, 0.5), v(-0.26, 0.3)),
	}}
	ref := func(k, e int) pattern.EdgeRef { return pattern.EdgeRef{Panel: k, Edge: e} }
	u := []pattern.Underlap{{Over: ref(0, 5), Under: ref(1, 0), Width: overlap}}
	if rightOver {
		u[0].Over, u[0].Under = u[0].Under, u[0].Over
	}
	if err := p.CutUnderlaps(u); err != nil {
		t.Fatal(err)
	}
	whole := func(r pattern.EdgeRef) []pattern.Stretch { return []pattern.Stretch{{EdgeRef: r, To: 1}} }
	var joins []pattern.Join
	for _, s := range [][2]pattern.EdgeRef{{ref(0, 1), ref(2, 7)}, {ref(1, 4), ref(2, 1)}, {ref(0, 3), ref(2, 5)}, {ref(1, 2), ref(2, 3)}} {
		joins = append(joins, pattern.Join{A: whole(s[0]), B: whole(s[1])})
	}
	joins = append(joins, pattern.Join{Name: "buttons", A: whole(u[0].Over), B: whole(u[0].Under), Closure: pattern.ClosedClosure, Overlap: &u[0]})
	s, err := p.PlanSewing(joins)
	if err != nil {
		t.Fatal(err)
	}
	p.Sew(s)
	p.Panels[3].Role = pattern.Patch
	if err := p.Validate(); err != nil {
		t.Fatal(err)
	}
	return p
}

// Fronts that overlap meet beside the middle, on the side of the one underneath, by
// half of what they overlap; the strip starts under the other front; and the girth is
// that of the buttoned garment.
func TestOverlappingFronts(t *testing.T) {
	const overlap = 0.04
	f := NewFigure(person())
	cloth := map[string]fabric.Fabric{"": {Name: "cloth", UsableWarp: 0.01, UsableWeft: 0.01}}
	for _, rightOver := range []bool{false, true} {
		p := vest(t, overlap, rightOver)
		cut, err := NewCut(p, []float64{0.02})
		if err != nil {
			t.Fatal(err)
		}
		l := newLayout(cut.Pattern, cut.levels[0].pieces, f)
		l.placeAll()
		want, x, n := -overlap/2, 0.0, 0.0
		if rightOver {
			want = -want
		}
		for _, e := range []pattern.EdgeRef{p.Closures[0].Seam.A, p.Closures[0].Seam.B} {
			for _, v := range l.pieces[e.Panel].edges[e.Edge] {
				x, n = x+l.pos[e.Panel][v].X, n+1
			}
		}
		if math.Abs(x/n-want) > 0.005 {
			t.Errorf("right over left %v: they meet %.1f mm beside the middle, want %.1f", rightOver, 1000*x/n, 1000*want)
		}
		mat, err := materialsOf(p, cloth)
		if err != nil {
			t.Fatal(err)
		}
		if ring := l.ringAt(l.rings[0].tier, mat, l.rows[2].v0+0.1); math.Abs(ring.Cloth-4*0.26) > 1e-3 {
			t.Errorf("right over left %v: %.1f cm all round, want %.1f", rightOver, 100*ring.Cloth, 104.0)
		}
		levels, err := f.Sew(cut, cloth)
		if err != nil {
			t.Fatal(err)
		}
		if len(levels[0].Laid) == 0 {
			t.Fatal("no strip is laid")
		}
		for _, d := range levels[0].Laid {
			if d.Off >= 0 {
				t.Fatalf("the strip lies %.4f m outside of the front above it", d.Off)
			}
		}
	}
}
