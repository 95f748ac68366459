package body

import (
	"math"

	"gonum.org/v1/gonum/spatial/r3"
)

// Flesh is pressed aside, not away: what an arm pushes in at the flank comes out
// in front and behind, what the flank pushes in at the arm comes out round the arm,
// and hips are no wider for standing with the feet together. So a tape reads in a
// pose what it read in the measuring stance.

// firmGirths are those that a turning limb may change and no joint bends under.
func firmGirths() []Key {
	return []Key{ChestGirth, UnderbustGirth, WaistGirth, WaistNavelGirth, HipGirth, ThighGirth, KneeGirth, UpperArmGirth}
}

const (
	// firmRounds of pushing and parting again; each halves what is missing or better.
	firmRounds = 6
	// firmEnough is what a girth may differ by [m].
	firmEnough = 0.0005
	// firmPasses spread a push to a hand's breadth.
	firmPasses = 24
)

// push is a smooth move of the skin near a tape.
type push struct {
	want  float64  // what the tape read before [m]
	move  []r3.Vec // of the rows of the half; nil until the tape reads anything else
	grows float64  // the girth, with one such move [m]
}

// keepGirths moves skin near the tapes of firmGirths until they read in the pose what
// they read before, while arm and flank keep their sides; see parting.apply.
func (o *origin) keepGirths(rows []r3.Vec, room float64) {
	p := probe{ruler: o.who.ruler}
	p.set(o.rows)
	var pushes []push
	for _, k := range firmGirths() {
		was, _ := p.firmGirth(k)
		pushes = append(pushes, push{want: was})
	}
	for range firmRounds {
		kept := true
		for i, k := range firmGirths() {
			p.set(rows)
			is, along := p.firmGirth(k)
			f := &pushes[i]
			lack := f.want - is
			if math.Abs(lack) <= firmEnough {
				continue
			}
			kept = false
			if f.move == nil {
				f.move, f.grows = o.model.spreadPush(along)
			}
			if f.grows > 0 {
				for r, d := range f.move {
					rows[r] = r3.Add(rows[r], r3.Scale(lack/f.grows, d))
				}
			}
		}
		if kept {
			return
		}
		o.model.parting.apply(rows, o.rows, room)
	}
}

// firmGirth is a girth and how it grows with the rows at its tape, the plane at rest.
func (p *probe) firmGirth(k Key) (float64, []pull) {
	p.cut.out = p.cut.out[:0]
	pl := p.level(k)
	rest := plane{o: pl.o, n: pl.n}
	return p.cut.girth(p.x, p.edges[k], pl.o, pl.n, girthOf(k).both, true, &rest), p.cut.out
}

// spreadPush smooths the gradient of a girth over the skin: of all moves that change
// the girth, about the smoothest. It returns how much one such move does.
func (m *Model) spreadPush(along []pull) (move []r3.Vec, grows float64) {
	move = make([]r3.Vec, m.tpl.half())
	next := make([]r3.Vec, len(move))
	for _, g := range along {
		move[g.row] = r3.Add(move[g.row], g.g)
	}
	for range firmPasses {
		for i, list := range m.parting.near {
			sum := move[i]
			for _, j := range list {
				sum = r3.Add(sum, move[j])
			}
			next[i] = r3.Scale(1/float64(1+len(list)), sum)
			if i < m.tpl.Middle {
				next[i].X = 0
			}
		}
		move, next = next, move
	}
	for _, g := range along {
		grows += r3.Dot(g.g, move[g.row])
	}
	return move, grows
}
