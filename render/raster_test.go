package render

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// testNear is a near plane whose keys hold the depths of these tests.
const testNear = 1.0 / 64

// at makes a placed vertex from 1/16 px.
func at(x, y int32, d float32) screenVert { return screenVert{x: x, y: y, d: d} }

// hits counts how often each sample of tile 0 is hit by the triangles, each drawn alone.
func hits(tris [][3]screenVert) []int {
	n := make([]int, tileSize*tileSize*samples)
	buf := new(tileBuf)
	var e edges
	for i := range tris {
		t := &tris[i]
		buf.clear(testNear)
		if setEdges(&e, &t[0], &t[1], &t[2], 0, 0, tileSize-1, tileSize-1) {
			drawSamples(buf, &e, 7, 0, 0)
		}
		for k, seen := range buf.seen {
			if seen != nothing {
				n[k]++
			}
		}
	}
	return n
}

// A small triangle's samples, worked out by hand: per pixel the number of the
// four samples inside.
func TestExactMask(t *testing.T) {
	for _, c := range []struct {
		name string
		tri  [3]screenVert
		want string
	}{
		// Pixel-aligned: every sample of the two by two lower-left half.
		{"right angle, pixel aligned", [3]screenVert{at(0, 0, 1), at(0, 32, 1), at(32, 32, 1)}, "20\n42"},
		// The same, wound the other way, covers the same.
		{"other winding", [3]screenVert{at(0, 0, 1), at(32, 32, 1), at(0, 32, 1)}, "20\n42"},
		// Edges through samples: left and top edges own them, right and bottom do not.
		{"edge on a sample", [3]screenVert{at(6, 2, 1), at(6, 10, 1), at(14, 2, 1)}, "10\n00"},
		{"no area", [3]screenVert{at(0, 0, 1), at(16, 16, 1), at(32, 32, 1)}, "00\n00"},
	} {
		n := hits([][3]screenVert{c.tri})
		var rows []string
		for y := range 2 {
			row := ""
			for x := range 2 {
				sum := 0
				for k := range samples {
					sum += n[(y*tileSize+x)*samples+k]
				}
				row += fmt.Sprint(sum)
			}
			rows = append(rows, row)
		}
		if got := strings.Join(rows, "\n"); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// Triangles that share edges and cover the tile hit every sample exactly once,
// however the inner vertices lie: no cracks, no doubles.
func TestWatertight(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	const n = 7 // vertices each way, from beyond the tile's border
	for round := range 40 {
		var v [n][n]screenVert
		for j := range n {
			for i := range n {
				x, y := int32(i-1)*110, int32(j-1)*110
				if i > 0 && j > 0 && i < n-1 && j < n-1 {
					x, y = x+rng.Int32N(80)-40, y+rng.Int32N(80)-40
				}
				v[j][i] = at(x, y, 1)
			}
		}
		var tris [][3]screenVert
		for j := range n - 1 {
			for i := range n - 1 {
				a, b, c, d := v[j][i], v[j][i+1], v[j+1][i+1], v[j+1][i]
				tris = append(tris, [3]screenVert{a, b, c}, [3]screenVert{a, c, d})
			}
		}
		if !unfolded(tris) {
			continue // a quad turned inside out does overlap its neighbours
		}
		for k, got := range hits(tris) {
			if got != 1 {
				t.Fatalf("round %d: sample %d of pixel %d is hit %d times, want 1", round, k%samples, k/samples, got)
			}
		}
	}
}

func unfolded(tris [][3]screenVert) bool {
	for i := range tris {
		a, b, c := tris[i][0], tris[i][1], tris[i][2]
		if int64(b.x-a.x)*int64(c.y-a.y)-int64(b.y-a.y)*int64(c.x-a.x) <= 0 {
			return false
		}
	}
	return true
}

// Of two crossing triangles each sample shows the nearer; equal depth keeps
// the first, so the order of drawing decides and not the order of workers.
func TestNearestWins(t *testing.T) {
	buf := new(tileBuf)
	buf.clear(testNear)
	var e edges
	// Depth 0 at x = 0, 32 at x = 32 px; and the constant 16.
	slope := [3]screenVert{at(-512, -512, -32), at(1024, -512, 64), at(-512, 1536, -32)}
	flat := [3]screenVert{at(-512, -512, 16), at(1536, -512, 16), at(-512, 1536, 16)}
	for id, tri := range [][3]screenVert{flat, slope, flat} {
		if setEdges(&e, &tri[0], &tri[1], &tri[2], 0, 0, tileSize-1, tileSize-1) {
			drawSamples(buf, &e, int32(id), 0, 0)
		}
	}
	for x := range tileSize {
		want := int32(1)
		if x >= 16 {
			want = 0
		}
		if got := buf.seen[x*samples].id(); got != want {
			t.Errorf("pixel %d shows triangle %d, want %d", x, got, want)
		}
	}
}
