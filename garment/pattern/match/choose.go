package match

import (
	"fitroom/garment/pattern"
)

// cornerDoubt is what two pairs of edges cost that follow one another on both
// panels: sewn so, the panels would be closed round a corner like a pillow
// case. The two long sides of a sleeve are sewn; the hem between them is not.
const cornerDoubt = 2.2

// choice is a set of pairs in which no edge is used twice.
type choice struct {
	g      *guesser
	all    []Guess
	taken  []bool
	by     map[pattern.EdgeRef]int // the taken pair that uses an edge
	ranked []int
}

// acceptBest chooses among pairs: the cheapest first, then exchanges of one
// pair for others as long as the sum of what speaks for them grows.
func (g *guesser) acceptBest(all []Guess) {
	sortGuesses(all)
	c := &choice{g: g, all: all, taken: make([]bool, len(all)), by: map[pattern.EdgeRef]int{}}
	for i := range all {
		c.ranked = append(c.ranked, i)
	}
	c.fill()
	for round := 0; round < 6 && c.improve(); round++ {
	}
	for i := range all {
		if c.taken[i] {
			g.accept(all[i])
		}
	}
}

// gain is what taking pair i adds: its worth less the corners it would close.
func (c *choice) gain(i int) float64 {
	a, b := c.all[i].A[0], c.all[i].B[0]
	gain := mostCost + 0.1 - c.all[i].Cost
	if a.Panel == b.Panel {
		return gain
	}
	for _, step := range [2]int{1, -1} {
		x, y := c.g.beside(a, step), c.g.beside(b, -step)
		if k, ok := c.by[x]; ok && (c.all[k].A[0] == x && c.all[k].B[0] == y || c.all[k].A[0] == y && c.all[k].B[0] == x) {
			gain -= cornerDoubt
		}
	}
	return gain
}

func (g *guesser) beside(r pattern.EdgeRef, step int) pattern.EdgeRef {
	n := len(g.edges[r.Panel])
	r.Edge = (r.Edge + step + n) % n
	return r
}

func (c *choice) free(i int) bool {
	_, a := c.by[c.all[i].A[0]]
	_, b := c.by[c.all[i].B[0]]
	return !a && !b
}

func (c *choice) take(i int) {
	c.taken[i] = true
	c.by[c.all[i].A[0]], c.by[c.all[i].B[0]] = i, i
}

func (c *choice) drop(i int) {
	c.taken[i] = false
	delete(c.by, c.all[i].A[0])
	delete(c.by, c.all[i].B[0])
}

// fill takes what can still be taken with gain, and returns it.
func (c *choice) fill() (added []int, gain float64) {
	for _, i := range c.ranked {
		if c.taken[i] || !c.free(i) {
			continue
		}
		if w := c.gain(i); w > 0 {
			c.take(i)
			added, gain = append(added, i), gain+w
		}
	}
	return added, gain
}

// improve tries to do without each pair in turn, or with one that is left out
// in place of those in its way.
func (c *choice) improve() bool {
	better := false
	for i := range c.all {
		var out []int
		loss := 0.0
		forced := !c.taken[i]
		for _, r := range [2]pattern.EdgeRef{c.all[i].A[0], c.all[i].B[0]} {
			if k, ok := c.by[r]; ok && c.taken[k] {
				c.drop(k)
				out, loss = append(out, k), loss+c.gain(k)
			}
		}
		gain := 0.0
		var added []int
		if forced {
			gain = c.gain(i)
			c.take(i)
			added = append(added, i)
		} else {
			c.by[c.all[i].A[0]] = i // barred while the rest is filled
		}
		more, w := c.fill()
		added, gain = append(added, more...), gain+w
		if !forced {
			delete(c.by, c.all[i].A[0])
		}
		if gain > loss+1e-9 {
			better = true
			continue
		}
		for k := len(added) - 1; k >= 0; k-- {
			c.drop(added[k])
		}
		for k := len(out) - 1; k >= 0; k-- {
			c.take(out[k])
		}
	}
	return better
}
