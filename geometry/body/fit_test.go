package body_test

import (
	"context"
	"errors"
	"math"
	"strings"
	"sync"
	"testing"

	"fitroom/assets"
	"fitroom/geometry"
	"fitroom/geometry/body"
	"fitroom/geometry/bvh"

	"gonum.org/v1/gonum/spatial/r3"
)

var openOnce = sync.OnceValues(func() (*body.Model, error) { return body.Open(assets.FS) })

func model(t testing.TB) *body.Model {
	t.Helper()
	m, err := openOnce()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

type values map[body.Key]float64

func ask(p body.Population, v values) body.Measurements {
	m := body.Measurements{Population: p, Values: map[body.Key]body.Measurement{}}
	for k, x := range v {
		m.Values[k] = body.Measurement{Value: x}
	}
	return m
}

// fitted remembers the bodies of people, which several tests look at.
var fitted sync.Map

func fitPerson(t testing.TB, i int) *body.Body {
	t.Helper()
	b, ok := fitted.Load(i)
	if !ok {
		b, _ = fitted.LoadOrStore(i, fit(t, people[i].ask))
	}
	return b.(*body.Body)
}

func fit(t testing.TB, m body.Measurements) *body.Body {
	t.Helper()
	b, err := model(t).Fit(context.Background(), m)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// people are the bundled woman and man, and the ends of what customers bring.
var people = []struct {
	name string
	ask  body.Measurements
}{
	{"woman", ask(body.Women, values{"height": 1.68, "weight": 64, "neck_girth": 0.335, "bust_girth": 0.92, "underbust_girth": 0.78, "waist_girth": 0.74, "hip_girth": 0.99, "inside_leg_height": 0.77})},
	{"man", ask(body.Men, values{"height": 1.80, "weight": 80, "neck_girth": 0.39, "chest_girth": 1.01, "waist_girth": 0.87, "hip_girth": 1.01, "inside_leg_height": 0.82})},
	{"thin woman", ask(body.Women, values{"height": 1.70, "weight": 17 * 1.70 * 1.70})},
	{"thin man", ask(body.Men, values{"height": 1.82, "weight": 17 * 1.82 * 1.82})},
	{"heavy woman", ask(body.Women, values{"height": 1.62, "weight": 35 * 1.62 * 1.62, "bust_girth": 1.16, "hip_girth": 1.22})},
	{"heavy man", ask(body.Men, values{"height": 1.75, "weight": 35 * 1.75 * 1.75, "waist_girth": 1.18})},
	{"nobody in particular", ask(body.Unspecified, values{"height": 1.72, "weight": 70})},
	{"no values at all", ask(body.Women, nil)},
}

// Given girths and lengths are met within 3 mm (in fact a tenth of that) by an
// independent measurer on the mesh that is handed out.
func TestGivenMeasuresAreMet(t *testing.T) {
	for i, p := range people {
		b := fitPerson(t, i)
		for _, r := range b.Measures {
			got := r.Achieved
			if l := b.Level(r.Key); l != nil {
				got = bruteGirth(t, b, l)
				near := 1e-6
				if r.Key == body.ChestGirth || r.Key == body.BustGirth {
					near = 1e-3 // on heavy bodies the plane touches the root of the arm
				}
				if math.Abs(got-r.Achieved) > near {
					t.Errorf("%s: %s: brute force %.6f, the table says %.6f", p.name, r.Key, got, r.Achieved)
				}
			}
			if r.Key == body.Weight {
				got = bruteVolume(b.Mesh) * 985
			}
			if r.Source != body.Given {
				continue
			}
			if tol := map[bool]float64{true: 0.5, false: 0.0005}[r.Key == body.Weight]; math.Abs(got-r.Asked) > tol {
				t.Errorf("%s: %s is %.5f, asked %.5f", p.name, r.Key, got, r.Asked)
			}
		}
	}
}

// Heights and lengths in the table follow from mesh and landmarks by their
// definitions.
func TestLengthsFollowFromLandmarks(t *testing.T) {
	for i, p := range people {
		b := fitPerson(t, i)
		l := &b.Landmarks
		dist := func(a, b r3.Vec) float64 { return r3.Norm(r3.Sub(a, b)) }
		arm := dist(l[body.ShoulderPointL], l[body.ElbowPointL])
		fore := dist(l[body.ElbowPointL], l[body.WristBoneL])
		want := map[body.Key]float64{
			body.Height:          l[body.Top].Y,
			body.CervicalHeight:  l[body.BackNeck].Y,
			body.AcromialHeight:  l[body.ShoulderPointL].Y,
			body.FrontNeckHeight: l[body.FrontNeck].Y,
			body.ArmpitHeight:    l[body.UnderarmL].Y,
			body.ChestHeight:     l[body.BustPointL].Y,
			body.WaistHeight:     l[body.WaistBack].Y,
			body.NavelHeight:     l[body.Navel].Y,
			body.HipHeight:       b.Level(body.HipGirth).Origin.Y,
			body.Inseam:          l[body.Crotch].Y,
			body.KneeHeight:      l[body.KneeCapL].Y,
			body.AnkleHeight:     l[body.AnkleBoneL].Y,
			body.ShoulderLength:  dist(l[body.SideNeckL], l[body.ShoulderPointL]),
			body.ShoulderWidth:   dist(l[body.ShoulderPointL], l[body.ShoulderPointR]),
			body.UpperArmLength:  arm,
			body.ArmLength:       arm + fore,
			body.BackNeckToWrist: dist(l[body.BackNeck], l[body.ShoulderPointL]) + arm + fore,
		}
		for _, r := range b.Measures {
			if w, ok := want[r.Key]; ok && math.Abs(r.Achieved-w) > 1e-9 {
				t.Errorf("%s: %s is %.6f, landmarks say %.6f", p.name, r.Key, r.Achieved, w)
			}
		}
	}
}

// Every body is closed, outward, of one topology, standing on the floor and
// its own mirror image.
func TestBodiesAreSound(t *testing.T) {
	var first *body.Body
	for i, p := range people {
		b := fitPerson(t, i)
		if err := b.Mesh.Validate(); err != nil {
			t.Fatalf("%s: %v", p.name, err)
		}
		if first == nil {
			first = b
			if n := len(b.Mesh.Verts); n < 12000 || n > 16000 {
				t.Errorf("%d vertices, want 12000 to 16000", n)
			}
			top := geometry.NewTopology(b.Mesh.Tris)
			if !top.Closed() {
				t.Errorf("not closed: %d boundary, %d non-manifold edges", top.Boundary, top.NonManifold)
			}
			if euler := len(b.Mesh.Verts) - len(top.Edges) + len(b.Mesh.Tris); euler != 2 {
				t.Errorf("Euler number %d, want 2: a body is a ball", euler)
			}
		}
		if len(b.Mesh.Verts) != len(first.Mesh.Verts) || &b.Mesh.Tris[0] != &first.Mesh.Tris[0] {
			t.Errorf("%s: another topology", p.name)
		}
		bvh.Build(b.Mesh).SelfCrossings(func(i, j int32) bool {
			t.Errorf("%s: triangles %d and %d cross", p.name, i, j)
			return false
		})
		if b.Mesh.Volume() <= 0 {
			t.Errorf("%s: turned inside out", p.name)
		}
		if lo, _ := geometry.Bounds(b.Mesh.Verts); lo.Y != 0 {
			t.Errorf("%s: lowest point at %g m", p.name, lo.Y)
		}
		mirrored := map[r3.Vec]bool{}
		for _, v := range b.Mesh.Verts {
			mirrored[v] = true
		}
		for v0, v := range b.Mesh.Verts {
			if v.X = -v.X; !mirrored[v] {
				t.Fatalf("%s: vertex %d has no mirror image", p.name, v0)
			}
		}
	}
}

// Landmarks and levels lie where a tailor expects them.
func TestLandmarksAreInOrder(t *testing.T) {
	for i, p := range people {
		b := fitPerson(t, i)
		l := &b.Landmarks
		descending := []body.Landmark{body.Top, body.BackNeck, body.ShoulderPointL, body.UnderarmL, body.WaistFront, body.Buttock, body.Crotch, body.KneeCapL, body.AnkleBoneL}
		for i := 1; i < len(descending); i++ {
			if l[descending[i]].Y >= l[descending[i-1]].Y {
				t.Errorf("%s: landmark %d is not above landmark %d", p.name, descending[i-1], descending[i])
			}
		}
		if l[body.WaistFront].Z <= l[body.WaistBack].Z || l[body.BustPointL].Z < l[body.BackNeck].Z || l[body.KneeCapL].X <= 0 || l[body.KneeCapR].X >= 0 {
			t.Errorf("%s: front and back or left and right are confused", p.name)
		}
		if len(b.Measures) != len(body.Keys()) {
			t.Errorf("%s: %d measures, want %d", p.name, len(b.Measures), len(body.Keys()))
		}
		for _, v := range b.Levels {
			if math.Abs(r3.Norm(v.Normal)-1) > 1e-9 || len(v.Parts) == 0 {
				t.Errorf("%s: level %s has normal %v, parts %v", p.name, v.Key, v.Normal, v.Parts)
			}
			if g := bruteGirth(t, b, &v); g < 0.1 || g > 2 {
				t.Errorf("%s: level %s has girth %.3f", p.name, v.Key, g)
			}
		}
	}
}

// Equal input gives equal bits, whatever the order of a map.
func TestFitIsDeterministic(t *testing.T) {
	a, b := fit(t, people[0].ask), fit(t, people[0].ask)
	for i := range a.Mesh.Verts {
		if a.Mesh.Verts[i] != b.Mesh.Verts[i] {
			t.Fatalf("vertex %d differs between runs", i)
		}
	}
}

// A larger value of one measure moves that measure and leaves the other given
// ones: breasts grow with the bust and not the back.
func TestBustGrowsForward(t *testing.T) {
	small := fit(t, ask(body.Women, values{"height": 1.68, "weight": 64, "bust_girth": 0.88, "underbust_girth": 0.76, "waist_girth": 0.74, "hip_girth": 0.98}))
	large := fit(t, ask(body.Women, values{"height": 1.68, "weight": 64, "bust_girth": 0.98, "underbust_girth": 0.76, "waist_girth": 0.74, "hip_girth": 0.98}))
	// How far the bust points stand out before the ribs below.
	proud := func(b *body.Body) float64 {
		u := b.Level(body.UnderbustGirth)
		front := math.Inf(-1)
		for _, p := range b.Around(u) {
			front = max(front, p.Z)
		}
		return b.Landmarks[body.BustPointL].Z - front
	}
	if s, l := proud(small), proud(large); l < s+0.015 {
		t.Errorf("bust 88 stands out %.1f mm, bust 98 %.1f mm; want 15 more", 1000*s, 1000*l)
	}
}

// Absurd and contradictory input is refused with the key, the value and what
// was expected; plausible slips of the tape are not.
func TestBadInputIsNamed(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		name string
		in   body.Measurements
		key  body.Key
		says string
	}{
		{"leg in another unit", ask(body.Women, values{"height": 1.80, "inside_leg_height": 0.60}), "inside_leg_height", "does not go with height"},
		{"far too short leg", ask(body.Men, values{"height": 1.80, "inside_leg_height": 0.45}), "inside_leg_height", "outside"},
		{"not a number", ask(body.Women, values{"height": nan}), "height", "finite"},
		{"infinite", ask(body.Women, values{"hip_girth": math.Inf(1)}), "hip_girth", "finite"},
		{"centimetres", ask(body.Women, values{"height": 168}), "height", "height 16800.0 cm is outside 135.0 cm to 215.0 cm, the range of adult bodies this model covers; were the number centimetres, it would be 168.0 cm"},
		{"inches", ask(body.Women, values{"bust_girth": 0.36}), "bust_girth", "were the number inches, it would be 91.4 cm"},
		{"metres", ask(body.Women, values{"height": 0.0168}), "height", "were the number metres, it would be 168.0 cm"},
		{"pounds", ask(body.Men, values{"weight": 300}), "weight", "were the number pounds, it would be 136.1 kg"},
		{"negative", ask(body.Women, values{"weight": -3}), "weight", "outside"},
		{"unknown key", ask(body.Women, values{"antenna_length": 1}), "antenna_length", "no measurement"},
		{"weight of another", ask(body.Men, values{"height": 2.0, "weight": 40}), "weight", "does not go with height"},
		{"waist of another", ask(body.Women, values{"height": 1.68, "weight": 60, "hip_girth": 0.97, "waist_girth": 1.30}), "waist_girth", "does not go with"},
		{"two busts", ask(body.Women, values{"bust_girth": 0.92, "chest_girth": 1.0}), "chest_girth", "differs from bust_girth"},
	} {
		_, err := model(t).Fit(context.Background(), c.in)
		var me *body.MeasureError
		if !errors.As(err, &me) || me.Key != c.key || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v, want %s ... %s", c.name, err, c.key, c.says)
		}
	}
	if _, err := model(t).Fit(context.Background(), body.Measurements{Population: "martians"}); err == nil {
		t.Error("an unknown population was taken")
	}
	stop, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := model(t).Fit(stop, people[0].ask); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled fit returned %v", err)
	}
}

func FuzzFit(f *testing.F) {
	f.Add(uint8(0), 1.68, 64.0, 0.92, 0.74, 0.99, 0.77)
	f.Add(uint8(1), 1.80, 80.0, 1.01, 0.87, 1.01, 0.82)
	f.Add(uint8(2), 1.50, 120.0, 1.30, 1.30, 1.40, 0.65)
	f.Add(uint8(0), math.NaN(), -1.0, 0.0, 1e300, 0.5, 0.9)
	f.Fuzz(func(t *testing.T, who uint8, height, weight, chest, waist, hip, leg float64) {
		p := []body.Population{body.Women, body.Men, body.Unspecified}[who%3]
		in := ask(p, values{"height": height, "weight": weight, "chest_girth": chest, "waist_girth": waist, "hip_girth": hip, "inside_leg_height": leg})
		b, err := model(t).Fit(context.Background(), in)
		if err != nil {
			return
		}
		if err := b.Mesh.Validate(); err != nil {
			t.Fatal(err)
		}
		for _, r := range b.Measures {
			tol := 0.010
			if r.Key == body.Weight {
				tol = 3
			}
			if r.Source == body.Given && !(math.Abs(r.Achieved-r.Asked) <= tol) {
				t.Errorf("%s asked %g, achieved %g, no error", r.Key, r.Asked, r.Achieved)
			}
		}
	})
}

func BenchmarkFit(b *testing.B) {
	for _, p := range people[:2] {
		b.Run(p.name, func(b *testing.B) {
			m := model(b)
			for b.Loop() {
				if _, err := m.Fit(context.Background(), p.ask); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		if _, err := body.Open(assets.FS); err != nil {
			b.Fatal(err)
		}
	}
}

// From the mean to a very heavy body the way is long; a fit that strides it in
// one leap ends in a fold with predicted measures far off.
func TestVeryHeavyBodiesDoNotFold(t *testing.T) {
	for _, who := range []body.Population{body.Women, body.Men} {
		b := fit(t, ask(who, values{"height": 1.60, "weight": 45 * 1.60 * 1.60}))
		for _, r := range b.Measures {
			if d := math.Abs(r.Achieved - r.Asked); r.Source == body.Predicted && d > max(1.2*r.SD, 0.012) {
				t.Errorf("%s: %s is %.3f, predicted %.3f +- %.3f", who, r.Key, r.Achieved, r.Asked, r.SD)
			}
		}
	}
}

// The fullest part of the seat does not lie below the crotch: two heights that say so
// meet half way and both are reported; far apart there is no body.
func TestSeatBelowTheCrotchIsReported(t *testing.T) {
	man := values{"height": 1.78, "weight": 80, "inside_leg_height": 0.88, "hip_height": 0.873}
	b := fit(t, ask(body.Men, man))
	if len(b.Conflicts) != 2 {
		t.Fatalf("conflicts: %v", b.Conflicts)
	}
	for i, c := range b.Conflicts {
		other := b.Conflicts[1-i].Key
		if c.Key != body.HipHeight && c.Key != body.Inseam || len(c.With) == 0 || c.With[0] != other {
			t.Errorf("conflict %v", c)
		}
		if c.Achieved < 0.8725 || c.Achieved > 0.8805 {
			t.Errorf("%s is %.4f in the nearest body, not between the two values", c.Key, c.Achieved)
		}
	}
	man["hip_height"] = 0.85
	_, err := model(t).Fit(t.Context(), ask(body.Men, man))
	var named *body.MeasureError
	if !errors.As(err, &named) || named.Key != body.HipHeight && named.Key != body.Inseam {
		t.Errorf("a seat 3 cm below the crotch: %v", err)
	}
}
