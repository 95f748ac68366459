package body

import (
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"
)

func openModel(t testing.TB) *Model {
	t.Helper()
	m, err := Open(os.DirFS("../../assets"))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Every measure's gradient in the coefficients agrees with central
// differences, moving planes included.
func TestGradientsAgreeWithDifferences(t *testing.T) {
	m := openModel(t)
	rng := rand.New(rand.NewPCG(3, 4))
	for _, who := range []Population{Women, Men} {
		p, _ := m.population(who)
		sp, pr := p.space, probe{ruler: p.ruler}
		c, x := make([]float64, sp.axes), make([]r3.Vec, len(sp.mean))
		for i := range c {
			c[i] = 0.3 * rng.NormFloat64()
		}
		at := func() { sp.shape(x, c); pr.set(x) }
		hints := []Key{hipBreadth, navelBreadth, thighBreadth, lowerThighBreadth, upperThighGirth, middleThighGirth, seatSwell}
		if who == Women {
			hints = append(hints, breastSwell, breastFall)
		}
		for _, k := range append(Keys(), hints...) {
			at()
			_, pulls := pr.measure(k, true)
			grad := make([]float64, sp.axes)
			for _, g := range pulls {
				sp.pull(grad, g.row, g.g)
			}
			var scale float64
			for _, g := range grad {
				scale = max(scale, math.Abs(g))
			}
			for range 5 {
				a := rng.IntN(sp.axes)
				const h = 1e-4
				c[a] += h
				at()
				hi, _ := pr.measure(k, false)
				c[a] -= 2 * h
				at()
				lo, _ := pr.measure(k, false)
				c[a] += h
				// The hull's corners change with the shape, hence a tolerance
				// of a few percent.
				if d := (hi - lo) / (2 * h); math.Abs(d-grad[a]) > 0.03*scale {
					t.Errorf("%s: d %s / d axis %d is %.6f, differences say %.6f (largest %.4f)", who, k, a, grad[a], d, scale)
				}
			}
		}
	}
}

// The template survives writing and reading; a damaged file is refused.
func TestTemplateRoundTrip(t *testing.T) {
	raw, err := os.ReadFile("../../assets/" + TemplateFile)
	if err != nil {
		t.Fatal(err)
	}
	if len(raw) > 2<<20 {
		t.Errorf("the template takes %d bytes, more than 2 MB", len(raw))
	}
	tpl := decode(t, raw)
	again := decode(t, encode(t, tpl))
	for i, p := range tpl.Women.Mean {
		if r3.Norm(r3.Sub(p, again.Women.Mean[i])) > 1e-12 {
			t.Fatalf("vertex %d moved by writing and reading", i)
		}
	}
	if string(encode(t, tpl)) != string(raw) {
		t.Error("writing what was read gives other bytes")
	}
	for _, bad := range [][]byte{nil, raw[:100], raw[:len(raw)/2], []byte("a text that is no template")} {
		if _, err := DecodeTemplate(reader(bad)); err == nil {
			t.Errorf("%d bytes of nonsense were taken", len(bad))
		}
	}
}

// Parts, weights and marks of the template make sense together.
func TestTemplateIsWhole(t *testing.T) {
	m := openModel(t)
	tpl := m.tpl
	for i := range tpl.half() {
		for r := range tpl.Weights {
			if w := tpl.Weights[r][i]; w < 0 || w > 1 {
				t.Fatalf("vertex %d has weight %g in region %d", i, w, r)
			}
		}
		if i < tpl.Middle && tpl.Women.Mean[i].X != 0 {
			t.Errorf("middle vertex %d stands %g m off the symmetry plane", i, tpl.Women.Mean[i].X)
		}
	}
	count := map[Part]int{}
	for _, p := range m.part {
		count[p]++
	}
	for p := Part(0); p < NumParts; p++ {
		if count[p] < 50 {
			t.Errorf("part %d has %d vertices", p, count[p])
		}
		if count[p] != count[otherSide(p)] && p > Head {
			// Vertices in the symmetry plane count as left.
			if d := count[p] - count[otherSide(p)]; d > tpl.Middle || d < -tpl.Middle {
				t.Errorf("part %d has %d vertices, its mirror image %d", p, count[p], count[otherSide(p)])
			}
		}
	}
}

func BenchmarkMeasureAll(b *testing.B) {
	m := openModel(b)
	p, _ := m.population(Women)
	pr := probe{ruler: p.ruler}
	pr.set(p.space.mean)
	b.ReportAllocs()
	for b.Loop() {
		for _, k := range Keys() {
			pr.measure(k, false)
		}
	}
}
