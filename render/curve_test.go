package render

import (
	"math"
	"testing"

	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// Halving the edges of a coarse ball brings it near the true one, tears nothing
// and turns nothing inside out.
func TestCurveRoundsABall(t *testing.T) {
	o := ball(10)
	var l loaded
	s := Scene{Objects: []Object{o}}
	l.load(&s)
	for _, e := range geometry.NewTopology(l.tris).Edges {
		if _, _, _, free := freeEdge(e); free { // the ball's poles are slit
			if y := abs32(l.verts[e.A].pos.y - 0.5); y < 0.47 {
				t.Fatalf("torn at height %.2f m", l.verts[e.A].pos.y)
			}
		}
	}
	if len(l.tris) <= 3*len(o.Tris) {
		t.Errorf("%d triangles of %d: a coarse ball should be cut nearly everywhere", len(l.tris), len(o.Tris))
	}
	mid := vec{0, 0.5, 0}
	least := float32(1)
	for _, tri := range l.tris {
		a, b, c := l.verts[tri[0]].pos, l.verts[tri[1]].pos, l.verts[tri[2]].pos
		m := a.add(b).add(c).mul(1.0 / 3).sub(mid)
		least = min(least, sqrt32(m.dot(m)))
		if m.dot(b.sub(a).cross(c.sub(a))) <= 0 {
			t.Fatal("a piece is turned inside out")
		}
	}
	// Without cutting the middles of the largest triangles lie 8 mm below.
	if sag := 0.5 - least; sag > 0.004 {
		t.Errorf("the surface lies up to %.1f mm below the ball, want at most 4", 1e3*sag)
	}
}

// Flat cloth is left as it is, and a seam over halved edges keeps to them.
func TestCurveLeavesFlatClothAndCarriesLines(t *testing.T) {
	o := sheet(20, 0.5)
	o.Material.Edge = 0
	var l loaded
	l.load(&Scene{Objects: []Object{o}})
	if len(l.tris) != len(o.Tris) {
		t.Errorf("a flat sheet of %d triangles became %d", len(o.Tris), len(l.tris))
	}
	for i, p := range o.Pos { // roll it up
		a := p.X / 0.1
		o.Pos[i] = r3.Vec{X: 0.1 * math.Sin(a), Y: p.Y, Z: 0.1 * math.Cos(a)}
	}
	o.Lines = []Line{{}}
	for v := range int32(21) {
		o.Lines[0].Verts = append(o.Lines[0].Verts, 210+v)
	}
	l.load(&Scene{Objects: []Object{o}})
	if len(l.seams.segs) < 34 {
		t.Fatalf("a seam of 20 edges round a roll has %d pieces, want nearly all halved", len(l.seams.segs))
	}
	for _, g := range l.seams.segs {
		m := g.a.lerp(g.b, 0.5)
		if r := math.Hypot(float64(m.x), float64(m.z)); r < 0.0996 {
			t.Errorf("the seam cuts %.1f mm under the roll", 1e3*(0.1-r))
		}
	}
}

// twoPanels are two strips side by side, sewn along the warp; the right one
// has its own origin in the flat.
func twoPanels(at r2.Vec) Object {
	o := sheet(8, 0.4)
	for i := range o.Tris {
		if i%16 >= 8 {
			for k := range 3 {
				o.UV[i][k] = r2.Add(o.UV[i][k], at)
			}
		}
	}
	return o
}

// Whatever the origins of two panels, the pattern runs on over their seam.
func TestPatternRunsOnOverASeam(t *testing.T) {
	for _, at := range []r2.Vec{{X: 1.013, Y: -0.377}, {X: -0.5, Y: 0.02}, {X: 0.0333, Y: 2}} {
		o := twoPanels(at)
		o.Material.Pattern, o.Material.Repeat = Check, 0.05
		lay := o.Lay()
		places := map[int32][]r2.Vec{}
		for i, tri := range o.Tris {
			for k, v := range tri {
				places[v] = append(places[v], r2.Add(o.UV[i][k], lay[i]))
			}
		}
		for v, all := range places {
			for _, p := range all {
				d := r2.Sub(p, all[0])
				if math.Abs(within(d.X, 0.05)) > 1e-9 || math.Abs(within(d.Y, 0.05)) > 1e-9 {
					t.Fatalf("vertex %d lies %.1f and %.1f mm off between panels", v, 1e3*within(d.X, 0.05), 1e3*within(d.Y, 0.05))
				}
			}
		}
	}
	o := twoPanels(r2.Vec{})
	if o.Lay() != nil {
		t.Error("plain cloth needs no laying")
	}
}

// The largest panel has a stripe on its middle, and no panel is turned.
func TestPatternIsCentredOnThePanel(t *testing.T) {
	o := sheet(8, 0.4)
	for i := range o.UV {
		for k := range 3 {
			o.UV[i][k].X += 0.0171
		}
	}
	o.Material.Pattern, o.Material.Repeat = Stripe, 0.03
	lay := o.Lay()
	middle := 0.0171 + lay[0].X
	if off := within(middle-0.25*0.03, 0.03); math.Abs(off) > 1e-9 {
		t.Errorf("the panel's middle lies %.1f mm off the middle of a stripe", 1e3*off)
	}
}

// Cloth that turns by 50 degrees from vertex to vertex is folded: round there its
// edges stay straight, for another layer may lie a millimetre away. Skin as sharp
// is rounded, and so is cloth that turns by less.
func TestCurveLeavesFoldsOfCloth(t *testing.T) {
	halved := func(degrees float64, cloth bool) int {
		o := sheet(7, 0.175) // edges of 25 mm
		o.Material.Edge = 0
		r := 0.025 / (degrees * math.Pi / 180)
		for i, p := range o.Pos { // rolled up
			o.Pos[i] = r3.Vec{X: r * math.Sin(p.X/r), Y: p.Y, Z: r * math.Cos(p.X/r)}
		}
		if !cloth {
			o.UV, o.Material.Surface = nil, Smooth
		}
		var l loaded
		l.load(&Scene{Objects: []Object{o}})
		return len(l.tris) - len(o.Tris)
	}
	if cloth, skin := halved(50, true), halved(50, false); cloth > skin/8 || skin == 0 {
		t.Errorf("folded by 50 degrees an edge: %d triangles more in cloth, %d in skin", cloth, skin)
	}
	if cloth, skin := halved(30, true), halved(30, false); cloth < skin || skin == 0 {
		t.Errorf("rolled by 30 degrees an edge: %d triangles more in cloth, %d in skin", cloth, skin)
	}
}
