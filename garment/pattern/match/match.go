package match

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"fitroom/garment/pattern"
)

// Guess is a seam that may be meant: edges in a row on each side, as
// pattern.Join has them.
type Guess struct {
	A, B []pattern.EdgeRef
	Dart bool
	Gap  float64 // largest difference of the sides' lengths over all sizes, a share
	Cost float64 // 0 is certain; from 1 on there is a doubt
}

// minEdge is the shortest edge worth a guess [m].
const minEdge = 0.008

// guesser works on one style.
type guesser struct {
	run   *pattern.SizeRun
	p     *pattern.Pattern
	edges [][]edge
	used  map[pattern.EdgeRef]bool
	next  map[pattern.EdgeRef]pattern.EdgeRef // of two matched edges, each to the other
	out   []Guess
}

// Seams guesses the seams of a style whose panels are not sewn; base is the
// index of the size whose notches and shapes are looked at. The guesses come
// darts first, then the surest.
func Seams(run *pattern.SizeRun, base int) []Guess {
	g := &guesser{run: run, p: run.Sizes[base].Pattern, edges: edgesOf(run, base), used: map[pattern.EdgeRef]bool{}, next: map[pattern.EdgeRef]pattern.EdgeRef{}}
	g.darts()
	g.pairs()
	g.rows()
	return g.out
}

func (g *guesser) accept(guess Guess) {
	for _, side := range [2][]pattern.EdgeRef{guess.A, guess.B} {
		for _, r := range side {
			g.used[r] = true
		}
	}
	if len(guess.A) == 1 && len(guess.B) == 1 {
		g.next[guess.A[0]], g.next[guess.B[0]] = guess.B[0], guess.A[0]
	}
	g.out = append(g.out, guess)
}

// A dart is a notch in the outline: two edges of one length whose corner
// points into the fabric, sharper than this [rad].
const dartAngle = 55 * math.Pi / 180

func (g *guesser) darts() {
	for i := range g.p.Panels {
		panel := &g.p.Panels[i]
		n := len(panel.Edges)
		for e := range panel.Edges {
			a, b := &g.edges[i][e], &g.edges[i][(e+1)%n]
			if n < 5 || g.used[a.ref] || g.used[b.ref] || gapOf(a.lengths, b.lengths) > 0.02 || a.lengths[0] < 0.02 {
				continue
			}
			if angle := innerAngle(panel, e); angle > 2*math.Pi-dartAngle {
				g.accept(Guess{A: []pattern.EdgeRef{a.ref}, B: []pattern.EdgeRef{b.ref}, Dart: true, Gap: gapOf(a.lengths, b.lengths)})
			}
		}
	}
}

// innerAngle is the angle of fabric at the end of edge e [rad].
func innerAngle(p *pattern.Panel, e int) float64 {
	a, b := p.Curve(e), p.Curve((e+1)%len(p.Edges))
	// Chords to a third: tips of curved darts have no useful tangent.
	from, to := a.At(0.67), b.At(0.33)
	at := a.End()
	in, out := math.Atan2(from.Y-at.Y, from.X-at.X), math.Atan2(to.Y-at.Y, to.X-at.X)
	angle := in - out
	if p.Outward() < 0 {
		angle = -angle
	}
	return math.Mod(angle+4*math.Pi, 2*math.Pi)
}

// pairs matches single edges, the cheapest pair first.
func (g *guesser) pairs() {
	var free []*edge
	for i := range g.edges {
		for e := range g.edges[i] {
			if f := &g.edges[i][e]; !g.used[f.ref] && f.lengths[0] >= minEdge {
				free = append(free, f)
			}
		}
	}
	// By length, so that only edges of like length are compared.
	slices.SortStableFunc(free, func(a, b *edge) int { return cmp.Compare(a.lengths[0], b.lengths[0]) })
	var all []Guess
	for i, a := range free {
		for _, b := range free[i+1:] {
			if b.lengths[0]*(1-mostGap) > a.lengths[0] {
				break
			}
			x, y := a, b
			if compareRefs(x.ref, y.ref) > 0 {
				x, y = y, x
			}
			if cost, ok := g.cost(x, y); ok {
				all = append(all, Guess{A: []pattern.EdgeRef{x.ref}, B: []pattern.EdgeRef{y.ref}, Gap: gapOf(x.lengths, y.lengths), Cost: math.Max(0, cost)})
			}
		}
	}
	g.acceptBest(all)
}

// sortGuesses puts the surest first, in a total order.
func sortGuesses(all []Guess) {
	slices.SortStableFunc(all, func(a, b Guess) int {
		return cmp.Or(cmp.Compare(a.Cost, b.Cost), compareRefs(a.A[0], b.A[0]), compareRefs(a.B[0], b.B[0]))
	})
}

// takeCheapest accepts guesses in the order of their cost, each edge once.
func (g *guesser) takeCheapest(all []Guess) {
	sortGuesses(all)
	for _, guess := range all {
		taken := func(r pattern.EdgeRef) bool { return g.used[r] }
		if !slices.ContainsFunc(guess.A, taken) && !slices.ContainsFunc(guess.B, taken) {
			g.accept(guess)
		}
	}
}

func compareRefs(a, b pattern.EdgeRef) int {
	return cmp.Or(cmp.Compare(a.Panel, b.Panel), cmp.Compare(a.Edge, b.Edge))
}

// Why says in words what speaks for a guess.
func (g Guess) Why(p *pattern.Pattern, sizes int) string {
	if g.Dart {
		return "a dart: two edges of one length round a tip in the fabric"
	}
	sum := func(list []pattern.EdgeRef) float64 {
		l := 0.0
		for _, r := range list {
			l += p.EdgeLength(r)
		}
		return l
	}
	text := fmt.Sprintf("%.1f cm and %.1f cm", 100*sum(g.A), 100*sum(g.B))
	if sizes > 1 {
		text += fmt.Sprintf(", within %.1f %% in all %d sizes", 100*g.Gap, sizes)
	}
	switch {
	case g.Cost < 1:
	case g.Cost < 2:
		text += "; look twice"
	default:
		text += "; doubtful"
	}
	return text
}
