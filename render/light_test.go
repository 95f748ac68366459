package render

import (
	"image"
	"math"
	"testing"

	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r3"
)

// plate is a level square of n x n quads at height y.
func plate(name string, n int, side, y float64) Object {
	o := sheet(n, side)
	o.Name, o.Material = name, Material{}
	for i, p := range o.Pos {
		o.Pos[i] = r3.Vec{X: p.X, Y: y, Z: side/2 - p.Y}
	}
	return o
}

func baked(t *testing.T, s Scene) *Renderer {
	t.Helper()
	r := &Renderer{Workers: 2}
	if err := r.Draw(image.NewNRGBA(image.Rect(0, 0, 32, 32)), s, Camera{Eye: r3.Vec{Y: 2, Z: 4}}); err != nil {
		t.Fatal(err)
	}
	return r
}

// The outer side of a convex body sees the whole sky.
func TestConvexBodyIsOpen(t *testing.T) {
	r := baked(t, Scene{Objects: []Object{ball(24)}})
	for i, v := range r.scene.verts {
		if v.open[0] < 0.97 {
			t.Fatalf("vertex %d at %v sees %.2f of the sky, want all of it", i, v.pos, v.open[0])
		}
	}
}

// The inner side of a closed body sees none, and a plate under a lid less than
// one beside it.
func TestClosedBodyIsDarkInside(t *testing.T) {
	r := baked(t, Scene{Objects: []Object{ball(24)}})
	for i, v := range r.scene.verts {
		if v.open[1] > 0.03 {
			t.Fatalf("vertex %d at %v sees %.2f of the sky from inside, want none", i, v.pos, v.open[1])
		}
	}
	lid := plate("lid", 10, 0.6, 1.1)
	r = baked(t, Scene{Objects: []Object{plate("plate", 20, 2, 1), lid}})
	at := func(x float32) float32 {
		for _, v := range r.scene.verts {
			if v.pos.y == 1 && abs32(v.pos.x-x) < 0.01 && abs32(v.pos.z) < 0.01 {
				return v.open[0]
			}
		}
		t.Fatalf("no vertex at x = %g", x)
		return 0
	}
	if under, edge, beside := at(0), at(0.3), at(0.9); !(under < 0.35 && under < edge && edge < beside && beside > 0.8) {
		t.Errorf("open sky under the lid %.2f, at its edge %.2f, beside it %.2f; want rising from below 0.35 to above 0.8", under, edge, beside)
	}
}

// The key light's shadow: full light on every lit point of a convex body (no
// acne), none deep behind it, none through the joints of a closed box (no leak).
func TestShadowLaws(t *testing.T) {
	floor := plate("floor", 20, 4, 0)
	r := baked(t, Scene{Objects: []Object{ball(48), floor}})
	key := r.studio.toKey
	r.drawShadowMap(1024)
	for i, v := range r.scene.verts[:49*96] {
		lit := r.depth.shadowAt(v.pos, v.nrm)
		if nl := v.nrm.dot(key); nl > 0.25 && lit < 0.99 && v.pos.y > 0.05 {
			t.Fatalf("vertex %d faces the key light (%.2f) and gets %.2f of it: acne", i, nl, lit)
		}
	}
	// On the floor along the light's track through the ball's middle.
	for _, c := range []struct{ across, want float32 }{{0, 0}, {0.3, 0}, {0.40, 0}, {0.60, 1}, {0.8, 1}} {
		track := vec{0, 0.5, 0}.addMul(key, -0.5/key.y)
		side := key.cross(vec{0, 1, 0}).unit()
		p := track.addMul(side, c.across)
		if got := r.depth.shadowAt(p, vec{0, 1, 0}); abs32(got-c.want) > 0.01 {
			t.Errorf("floor %.2f m beside the shadow's middle gets %.2f of the light, want %g", c.across, got, c.want)
		}
	}
}

// A shadow's border rises steadily from dark to light.
func TestShadowBorderIsSoft(t *testing.T) {
	r := baked(t, Scene{Objects: []Object{ball(48), plate("floor", 20, 4, 0)}})
	r.drawShadowMap(1024)
	key := r.studio.toKey
	side := key.cross(vec{0, 1, 0}).unit()
	track := vec{0, 0.5, 0}.addMul(key, -0.5/key.y)
	last, steps := float32(0), 0
	for x := float32(0.40); x < 0.62; x += 0.001 {
		lit := r.depth.shadowAt(track.addMul(side, x), vec{0, 1, 0})
		if lit < last-0.02 {
			t.Fatalf("light falls from %.2f to %.2f going out of the shadow", last, lit)
		}
		if lit > 0.01 && lit < 0.99 {
			steps++
		}
		last = lit
	}
	if steps < 5 || steps > 130 {
		t.Errorf("the border is %d mm wide, want 5 to 130", steps)
	}
}

// Edges of cloth get a closed border: after it the only free edges left lie on
// the cloth itself, and its inner side a thickness below.
func TestRimThickness(t *testing.T) {
	s := sheet(4, 0.4)
	s.Material.Edge = 0.003
	r := baked(t, Scene{Objects: []Object{s}})
	l := &r.scene
	if want := 2*16 + 6*16; len(l.tris) != want {
		t.Fatalf("%d triangles, want 32 of the sheet and 6 for each of its 16 free edges", len(l.tris))
	}
	for _, e := range geometry.NewTopology(l.tris).Edges {
		if _, _, _, free := freeEdge(e); free {
			if z := l.verts[e.A].pos.z; math.Abs(float64(z)) > 1e-6 {
				t.Errorf("free edge at depth %g m, want 0", z)
			}
		}
	}
	least := float32(0)
	for _, v := range l.verts {
		least = min(least, v.pos.z)
	}
	if math.Abs(float64(least)+0.003) > 1e-6 {
		t.Errorf("the border is %g m thick, want 0.003", -least)
	}
	// The border's outer sides face away from the cloth.
	for i := 32; i < len(l.tris); i++ {
		a, b, c := l.verts[l.tris[i][0]], l.verts[l.tris[i][1]], l.verts[l.tris[i][2]]
		n := b.pos.sub(a.pos).cross(c.pos.sub(a.pos))
		if n.dot(a.nrm.add(b.nrm).add(c.nrm)) <= 0 {
			t.Errorf("rim triangle %d is turned inside out", i)
		}
	}
}

// A seam's mark depends on the true distance, not on how the cloth is cut into
// triangles, and reaches no further than stated.
func TestSeamDistance(t *testing.T) {
	for _, n := range []int{8, 32} {
		s := sheet(n, 0.8)
		s.Material.Edge = 0
		var verts []int32
		for j := 0; j <= n; j++ { // the upright middle line
			verts = append(verts, int32(j*(n+1)+n/2))
		}
		s.Lines = []Line{{Verts: verts, Stitch: 0.006}}
		r := baked(t, Scene{Objects: []Object{s}})
		l := &r.scene
		toneAt := func(x float32) float32 {
			p := vec{x, 0.31, 0}
			for i, tri := range l.tris {
				a, b, c := l.verts[tri[0]].pos, l.verts[tri[1]].pos, l.verts[tri[2]].pos
				if inside(p, a, b, c) {
					m := l.seams.mark(l.seams.list[l.seams.start[i]:l.seams.start[i+1]], p, 1e-4)
					return 1 - m.dark
				}
			}
			t.Fatalf("no triangle at x = %g", x)
			return 0
		}
		if on, beside := toneAt(0), toneAt(0.003); on > 0.6 || beside < 0.99 {
			t.Errorf("%d quads: tone %.2f on the seam and %.2f 3 mm beside it, want below 0.6 and 1", n, on, beside)
		}
		if far := toneAt(0.02); far != 1 {
			t.Errorf("%d quads: tone %.2f 20 mm beside the seam, want 1", n, far)
		}
	}
}

func inside(p, a, b, c vec) bool {
	s := func(a, b vec) float32 { return (b.x-a.x)*(p.y-a.y) - (b.y-a.y)*(p.x-a.x) }
	return s(a, b) >= 0 && s(b, c) >= 0 && s(c, a) >= 0
}
