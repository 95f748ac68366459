package drape

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"
)

// rolled is a sheet rolled up twice round, layers 3 mm apart, a little rough.
func rolled(n int) *layers {
	rng := rand.New(rand.NewPCG(11, 12))
	c := sheet(linen(), 3*n, n, 0.3, 0.1, false, func(u, v float64) r3.Vec {
		r := 0.02 + 0.003*u/0.12
		a := u / 0.022
		rough := 0.0003 * rng.Float64()
		return r3.Vec{X: (r + rough) * math.Cos(a), Y: v, Z: (r + rough) * math.Sin(a)}
	})
	p, err := newPlan(c, nil)
	if err != nil {
		panic(err)
	}
	return newLayers(p, c, 0.003, &crew{})
}

// The brute-force twin: every vertex against every triangle, every edge
// against every other.
func TestPatchesMissNoPair(t *testing.T) {
	l := rolled(14)
	p := l.p
	x := make([]float64, 3*p.nv)
	rng := rand.New(rand.NewPCG(13, 14))
	for i := range p.nv {
		a := float64(i%42) / 41 * 0.3
		r := 0.02 + 0.003*a/0.12 + 0.0003*rng.Float64()
		x[3*i], x[3*i+1], x[3*i+2] = r*math.Cos(a/0.022), float64(i/42)/13*0.1, r*math.Sin(a/0.022)
	}
	l.update(x)
	keys := func(list []pair) (k []uint64) {
		for _, pr := range list {
			k = append(k, pr.key)
		}
		return k
	}
	vt, ee := keys(l.vt), keys(l.ee)
	l.vt, l.ee = nil, nil
	brute := func(key uint64, v [4]int32, by kind, list *[]pair) {
		var q closeness
		by.gauge(&q, x, &v)
		pr := pair{key: key, v: v}
		if q.far2 <= (l.gap+l.margin)*(l.gap+l.margin) && l.watch(&pr, &q, by.first) {
			*list = append(*list, pr)
		}
	}
	for v := range int32(p.nv) {
		for k, tri := range p.tris {
			if !meets(v, tri) {
				brute(uint64(v)<<32|uint64(k), [4]int32{v, tri[0], tri[1], tri[2]}, trianglePairs(), &l.vt)
			}
		}
	}
	for e := range int32(p.ne) {
		for f := e + 1; f < int32(p.ne); f++ {
			if a, b := p.edges[e], p.edges[f]; a.A != b.A && a.A != b.B && a.B != b.A && a.B != b.B {
				brute(uint64(e)<<32|uint64(f), [4]int32{a.A, a.B, b.A, b.B}, edgePairs(), &l.ee)
			}
		}
	}
	if len(vt) < 100 || len(ee) < 100 {
		t.Fatalf("%d and %d pairs: the roll does not touch itself", len(vt), len(ee))
	}
	if want := keys(l.vt); !slices.Equal(vt, want) {
		t.Errorf("%d pairs of vertex and triangle; brute force finds %d", len(vt), len(want))
	}
	if want := keys(l.ee); !slices.Equal(ee, want) {
		t.Errorf("%d pairs of edges; brute force finds %d", len(ee), len(want))
	}
}

// Cloth in one layer has nothing to compare, however bent.
func TestPatchesOfOneLayerMeetNobody(t *testing.T) {
	c := sheet(linen(), 40, 40, 0.4, 0.4, false, func(u, v float64) r3.Vec {
		return r3.Vec{X: u, Y: 0.03 * math.Sin(20*u) * math.Cos(15*v), Z: v}
	})
	p, err := newPlan(c, nil)
	if err != nil {
		t.Fatal(err)
	}
	x := make([]float64, 0, 3*p.nv)
	for _, v := range c.Start {
		x = append(x, v.X, v.Y, v.Z)
	}
	l := newLayers(p, c, 0.003, &crew{})
	l.update(x)
	if len(l.vt)+len(l.ee) > 0 {
		t.Errorf("%d and %d pairs", len(l.vt), len(l.ee))
	}
}

// A flat ring that goes round more than once and through itself: its normals
// are all nearly the same, only its outline tells.
func TestPatchesSeeCrossingThatNormalsHide(t *testing.T) {
	const turn = 7.2 // [rad]
	c := sheet(linen(), 11, 3, 0.3, 0.06, false, func(u, v float64) r3.Vec {
		r, a, y := 0.02+v/2, turn*u/0.3, 0.0
		if a > 6 {
			y = 0.1 * (r - 0.033)
		}
		return r3.Vec{X: r * math.Cos(a), Y: y, Z: r * math.Sin(a)}
	})
	p, err := newPlan(c, nil)
	if err != nil {
		t.Fatal(err)
	}
	x := make([]float64, 0, 3*p.nv)
	for _, v := range c.Start {
		x = append(x, v.X, v.Y, v.Z)
	}
	l := newLayers(p, c, 0.003, &crew{})
	l.untangle(x)
	cut := make(map[[2]int32]bool)
	for _, k := range l.tangle.list {
		cut[[2]int32{k.edge, k.tri}] = true
	}
	n := 0
	for e, ed := range p.edges {
		for u, tri := range p.tris {
			k := knot{edge: int32(e), tri: int32(u), v: [5]int32{ed.A, ed.B, tri[0], tri[1], tri[2]}}
			if meets(ed.A, tri) || meets(ed.B, tri) || !l.tangle.cut(x, &k) {
				continue
			}
			if n++; !cut[[2]int32{int32(e), int32(u)}] {
				t.Errorf("edge %d through triangle %d is missed", e, u)
			}
		}
	}
	if n == 0 || n != len(cut) {
		t.Errorf("%d crossings found of %d", len(cut), n)
	}
	if l.patches.update(x, 0); !slices.Contains(l.patches.pairs, 0<<32|1) {
		t.Error("normals are believed again though the cloth cuts itself")
	}
}
