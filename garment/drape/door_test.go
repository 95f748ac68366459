package drape

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"fitroom/garment/cloth"
	"fitroom/garment/fabric"
	"fitroom/geometry"
	"fitroom/geometry/bvh"
	"fitroom/geometry/geomtest"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// Every fault that can come through the door is refused, and the error says
// what, where and what would do.
func TestNewRefusesBadInput(t *testing.T) {
	band := func(b cloth.Band) func(*cloth.Cloth, *Settings) {
		return func(c *cloth.Cloth, _ *Settings) { c.Bands = []cloth.Band{b} }
	}
	made := func(set func(f *fabric.Fabric)) func(*cloth.Cloth, *Settings) {
		return func(c *cloth.Cloth, _ *Settings) { set(&c.Fabrics[0]) }
	}
	scaled := func(by float64) func(*cloth.Cloth, *Settings) {
		return func(c *cloth.Cloth, _ *Settings) {
			for i, p := range c.Start {
				c.Start[i] = r3.Scale(by, p)
			}
		}
	}
	for _, tc := range []struct {
		name  string
		spoil func(*cloth.Cloth, *Settings)
		want  string // parts of the error, apart by |
	}{
		{"no triangles", func(c *cloth.Cloth, _ *Settings) { c.Tris, c.Rest, c.Panel = nil, nil, nil }, "0 triangles|at least one"},
		{"slices of different lengths", func(c *cloth.Cloth, _ *Settings) { c.Rest = c.Rest[1:] }, "rest shapes"},
		{"NaN start", func(c *cloth.Cloth, _ *Settings) { c.Start[3].Y = math.NaN() }, "vertex 3|NaN|finite"},
		{"infinite start", func(c *cloth.Cloth, _ *Settings) { c.Start[3].Y = math.Inf(-1) }, "vertex 3|-Inf|finite"},
		{"start on the moon", func(c *cloth.Cloth, _ *Settings) { c.Start[3].Y = 3.8e8 }, "vertex 3 starts at|within 20 m"},
		{"start in centimetres", scaled(70), "70 times as long|both in metres"},
		{"all in one point", scaled(0), "0 times as long|(median)"},
		{"vertex of no triangle", func(c *cloth.Cloth, _ *Settings) { c.Start = append(c.Start, r3.Vec{}) }, "vertex 225 belongs to no triangle"},
		{"vertex out of range", func(c *cloth.Cloth, _ *Settings) { c.Tris[0][1] = 9999 }, "triangle 0 names vertex 9999"},
		{"triangle of two vertices", func(c *cloth.Cloth, _ *Settings) { c.Tris[4][1] = c.Tris[4][0] }, "triangle 4 uses a vertex twice"},
		{"three triangles at an edge", func(c *cloth.Cloth, _ *Settings) {
			c.Start = append(c.Start, r3.Vec{X: 0.01, Y: 0.15, Z: 0.01})
			c.Tris = append(c.Tris, geometry.Tri{c.Tris[0][0], c.Tris[0][1], int32(len(c.Start) - 1)})
			c.Rest, c.Panel = append(c.Rest, c.Rest[0]), append(c.Panel, 0)
		}, "from vertex 0 to 1|at most two triangles"},
		{"one triangle the other side out", func(c *cloth.Cloth, _ *Settings) { c.Tris[5][0], c.Tris[5][1] = c.Tris[5][1], c.Tris[5][0] }, "from vertex|same side out"},
		{"zero area in the flat", func(c *cloth.Cloth, _ *Settings) { c.Rest[5][1] = c.Rest[5][0] }, "triangle 5 of panel sheet|area of 0 m2"},
		{"turned over in the flat", func(c *cloth.Cloth, _ *Settings) { c.Rest[5][1], c.Rest[5][0] = c.Rest[5][0], c.Rest[5][1] }, "triangle 5 of panel sheet|turned over"},
		{"NaN in the flat", func(c *cloth.Cloth, _ *Settings) { c.Rest[5][1].X = math.NaN() }, "triangle 5 of panel sheet|NaN m2"},
		{"a needle in the flat", func(c *cloth.Cloth, _ *Settings) { c.Rest[5] = [3]r2.Vec{{}, {X: 1}, {X: 0.5, Y: 1e-6}} }, "triangle 5 of panel sheet|times as high as long"},
		{"panel out of range", func(c *cloth.Cloth, _ *Settings) { c.Panel[0] = 7 }, "triangle 0 is of panel 7|there are 1"},
		{"fabric out of range", func(c *cloth.Cloth, _ *Settings) { c.Panels[0].Fabric = -1 }, "panel 0 (sheet) is of fabric -1"},
		{"no stiffness", made(func(f *fabric.Fabric) { f.Warp = 0 }), "fabric 0 (linen): warp modulus is 0 N/m; it must be 1 to"},
		{"absurd stiffness", made(func(f *fabric.Fabric) { f.Weft = 1e12 }), "weft modulus is 1e+12 N/m|1 to 1e+06"},
		{"no shear stiffness", made(func(f *fabric.Fabric) { f.Shear = 0 }), "shear modulus is 0 N/m"},
		{"bends like a beam", made(func(f *fabric.Fabric) { f.BendBias = 1e12 }), "bending rigidity on the bias is 1e+12 N m"},
		{"bends by itself", made(func(f *fabric.Fabric) { f.BendWarp = -1e-5 }), "bending rigidity along the warp is -1e-05 N m"},
		{"weighs nothing", made(func(f *fabric.Fabric) { f.Density = 0 }), "density is 0 kg/m2"},
		{"density no number", made(func(f *fabric.Fabric) { f.Density = math.NaN() }), "density is NaN kg/m2"},
		{"thick as a mattress", made(func(f *fabric.Fabric) { f.Thickness = 0.2 }), "thickness is 0.2 m"},
		{"friction that pushes", made(func(f *fabric.Fabric) { f.Friction = -0.1 }), "friction is -0.1;"},
		{"curve no number", made(func(f *fabric.Fabric) { f.UsableWarp = math.NaN() }), "usable stretch along the warp is NaN"},
		{"stiffens without end", made(func(f *fabric.Fabric) { f.StiffenWeft = math.Inf(1) }), "stiffening along the weft is +Inf"},
		{"elastic off the edges", band(cloth.Band{Line: cloth.Line{Name: "waist", Verts: []int32{0, 7}}, Length: 0.5}), "elastic 0 (waist)|0 to 7|no edge"},
		{"elastic that pushes", band(cloth.Band{Line: cloth.Line{Verts: []int32{0, 1}}, Length: 1.5}), "1.5 of its length"},
		{"elastic no number", band(cloth.Band{Line: cloth.Line{Verts: []int32{0, 1}}, Length: 1, Stiffness: math.NaN()}), "NaN N"},
		{"fold at no angle", func(c *cloth.Cloth, _ *Settings) {
			c.Folds = []cloth.Fold{{Line: cloth.Line{Verts: []int32{15, 16}}, Angle: math.NaN()}}
		}, "rests at NaN rad"},
		{"fold of a vertex that is not there", func(c *cloth.Cloth, _ *Settings) {
			c.Folds = []cloth.Fold{{Line: cloth.Line{Verts: []int32{15, 9999}}}}
		}, "fold 0|vertex 9999"},
		{"warm start of another garment", func(_ *cloth.Cloth, s *Settings) { s.Warm = make([]r3.Vec, 3) }, "Warm has 3 positions; the cloth has 225"},
		{"estimate from nothing", func(_ *cloth.Cloth, s *Settings) { s.Estimate = true }, "Estimate needs the state it starts from, Warm"},
		{"warm start on the moon", func(c *cloth.Cloth, s *Settings) {
			s.Warm = append(s.Warm, c.Start...)
			s.Warm[9].X = 1e200
		}, "Warm position 9|within 20 m"},
		{"pin out of range", func(_ *cloth.Cloth, s *Settings) { s.Pins = []int32{-1} }, "pin -1"},
		{"negative workers", func(_ *cloth.Cloth, s *Settings) { s.Workers = -2 }, "Workers is -2"},
		{"NaN gravity", func(_ *cloth.Cloth, s *Settings) { s.Gravity.X = math.NaN() }, "Gravity is NaN m/s2"},
		{"tissue like water", func(_ *cloth.Cloth, s *Settings) { s.Compliance = []float64{1} }, "Compliance 0 is 1 m/Pa"},
	} {
		c, set := smallDrape(), Settings{}
		tc.spoil(c, &set)
		_, err := New(c, Sphere{Radius: 0.1}, set)
		says(t, tc.name, err, tc.want)
	}
}

// says checks that an error holds all the parts of want, which | separates.
func says(t *testing.T, name string, err error, want string) {
	t.Helper()
	if err == nil {
		t.Errorf("%s: accepted", name)
		return
	}
	for part := range strings.SplitSeq(want, "|") {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%s: got %q; %q is not in it", name, err, part)
		}
	}
}

// A body of which nobody can tell inside from outside is refused.
func TestNewRefusesBadBodies(t *testing.T) {
	for _, tc := range []struct {
		name, want string
		spoil      func(m *geometry.Mesh)
	}{
		{"no triangles", "no triangles", func(m *geometry.Mesh) { m.Tris = nil }},
		{"open", "open along 3 edges|first at vertex 0 at (0.000, -0.100|must be closed", func(m *geometry.Mesh) { m.Tris = m.Tris[1:] }},
		{"inside out", "encloses -0.|inside out", func(m *geometry.Mesh) { turnOver(m.Tris) }},
		{"one part inside out", "part with vertex|encloses -0.|inside out", func(m *geometry.Mesh) {
			turnOver(second(m, r3.Vec{X: 1}))
		}},
		{"one triangle turned over", "same direction|vertex", func(m *geometry.Mesh) { turnOver(m.Tris[7:8]) }},
		{"flat", "encloses 0 m3", func(m *geometry.Mesh) {
			for i := range m.Verts {
				m.Verts[i].Z = 0
			}
		}},
		{"in millimetres", "it reaches from (-100,|within 20 m", func(m *geometry.Mesh) {
			for i := range m.Verts {
				m.Verts[i] = r3.Scale(1000, m.Verts[i])
			}
		}},
		{"NaN", "vertex 4|NaN|finite", func(m *geometry.Mesh) { m.Verts[4].X = math.NaN() }},
	} {
		m := geomtest.Sphere(0.1, 2)
		tc.spoil(m)
		_, err := New(smallDrape(), bvh.Build(m), Settings{})
		says(t, tc.name, err, tc.want)
		_, err = New(smallDrape(), Standing{Body: bvh.Build(m), Floor: -1}, Settings{})
		says(t, tc.name+", standing", err, tc.want)
	}
}

func turnOver(tris []geometry.Tri) {
	for i, t := range tris {
		tris[i] = geometry.Tri{t[1], t[0], t[2]}
	}
}

// second adds a copy of all there is at another place and returns its triangles.
func second(m *geometry.Mesh, at r3.Vec) []geometry.Tri {
	nv, nt := int32(len(m.Verts)), len(m.Tris)
	for _, v := range m.Verts {
		m.Verts = append(m.Verts, r3.Add(v, at))
	}
	for _, t := range m.Tris[:nt] {
		m.Tris = append(m.Tris, geometry.Tri{t[0] + nv, t[1] + nv, t[2] + nv})
	}
	return m.Tris[nt:]
}

// What nothing holds falls off, and the result says so instead of resting.
func TestFallingClothIsDiverged(t *testing.T) {
	s, err := New(smallDrape(), Nothing{}, Settings{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if r.Status != Diverged || r.Reason == nil {
		t.Errorf("status %v, reason %v", r.Status, r.Reason)
	}
}

// What is let in and cannot come to rest ends in bounded time with a Status
// that says what and where, and with it no forces to believe.
func TestBadStatesAreSaid(t *testing.T) {
	ball := Sphere{Radius: 0.15}
	ring := func(rest, start float64) *cloth.Cloth {
		return sheet(linen(), 25, 6, 2*math.Pi*rest, 0.15, true, func(u, v float64) r3.Vec {
			sin, cos := math.Sincos(u / rest)
			return r3.Vec{X: start * cos, Y: v, Z: -start * sin}
		})
	}
	for _, tc := range []struct {
		name  string
		cloth func() *cloth.Cloth
		body  Collider
		set   Settings
		want  string // parts of status and reason, apart by |
	}{
		{"a loose piece", func() *cloth.Cloth {
			c, loose := smallDrape(), sheet(linen(), 3, 3, 0.1, 0.1, false, func(u, v float64) r3.Vec { return r3.Vec{X: 0.4 + u, Y: 0.3, Z: v} })
			for _, tri := range loose.Tris {
				for k := range tri {
					tri[k] += int32(len(c.Start))
				}
				c.Tris, c.Panel = append(c.Tris, tri), append(c.Panel, 1)
			}
			c.Start, c.Rest = append(c.Start, loose.Start...), append(c.Rest, loose.Rest...)
			c.Panels = append(c.Panels, cloth.Panel{Name: "pocket"})
			return c
		}, ball, Settings{}, `diverged|panel "pocket"|fallen off`},
		{"nothing beneath", smallDrape, Nothing{}, Settings{}, "diverged|fallen off"},
		{"a ring that does not close", func() *cloth.Cloth { return ring(0.03, 0.105) }, Cylinder{Axis: r3.Vec{Y: 1}, Radius: 0.1}, Settings{Weightless: true},
			`diverged|panel "sheet" at (|stretched by 2|does not close`},
		{"lead on rubber", func() *cloth.Cloth {
			c := sheet(linen(), 5, 21, 0.1, 0.5, false, func(u, v float64) r3.Vec { return r3.Vec{X: u, Y: -v} })
			f := &c.Fabrics[0]
			f.Density, f.Warp, f.Weft, f.Shear = 5, 1, 1, 0.5
			return c
		}, Nothing{}, Settings{Pins: row(5, 0)}, "diverged|fallen off"},
		{"wholly inside the body", func() *cloth.Cloth {
			return sheet(linen(), 9, 9, 0.1, 0.1, false, func(u, v float64) r3.Vec { return r3.Vec{X: u - 0.05, Z: 0.05 - v} })
		}, Sphere{Radius: 0.4}, Settings{}, `diverged|panel "sheet"`},
		{"crumpled into a fist", func() *cloth.Cloth {
			c := sheet(linen(), 9, 9, 0.5, 0.5, false, flat)
			rng := rand.New(rand.NewPCG(7, 7))
			for i := range c.Start {
				c.Start[i] = r3.Vec{X: 0.1 * rng.Float64(), Y: 0.2 + 0.1*rng.Float64(), Z: 0.1 * rng.Float64()}
			}
			return c
		}, ball, Settings{}, "diverged|fallen off"},
		{"flattened to nothing", func() *cloth.Cloth {
			c := ring(0.1, 0.1)
			for i := range c.Start {
				c.Start[i].Z = 0
			}
			return c
		}, ball, Settings{}, "diverged|fallen off"}, // with 400 Newton steps it still hung on the ball
		{"hard as steel", func() *cloth.Cloth {
			c := smallDrape()
			f := &c.Fabrics[0]
			f.Warp, f.Weft, f.Shear, f.BendWarp, f.BendWeft = 1e6, 1e6, 1e6, 0.1, 0.1
			return c
		}, ball, Settings{}, "at_rest"},
	} {
		c := tc.cloth()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		s, err := New(c, tc.body, tc.set)
		if err != nil {
			t.Errorf("%s: %v", tc.name, err)
			continue
		}
		r, err := s.Run(t.Context())
		if err != nil {
			t.Errorf("%s: %v", tc.name, err)
			continue
		}
		runtime.ReadMemStats(&after)
		said := fmt.Sprint(r.Status, " ", r.Reason)
		t.Logf("%s: %.2f CPU s, %d MB, %d+%d faults, %s", tc.name, r.CPU.Seconds(), (after.TotalAlloc-before.TotalAlloc)>>20, r.Penetrating, r.Crossings, said)
		for part := range strings.SplitSeq(tc.want, "|") {
			if !strings.Contains(said, part) {
				t.Errorf("%s: got %q; %q is not in it", tc.name, said, part)
			}
		}
		for i, p := range r.Pos {
			hit := []bvh.Hit{{}}
			if tc.body.Nearest(hit, []r3.Vec{p}, 1); r.Status == AtRest && hit[0].Dist < 0 {
				t.Errorf("%s: at rest with vertex %d %g m deep in the body", tc.name, i, -hit[0].Dist)
			}
		}
		if r.CPU > 20*time.Second {
			t.Errorf("%s: %.0f CPU s", tc.name, r.CPU.Seconds())
		}
		if r.Status == Diverged && (r.Tension[0] != [2]float64{} || r.Pressure != nil) {
			t.Errorf("%s: diverged, but with forces", tc.name)
		}
	}
}
