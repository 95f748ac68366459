package bench

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"fitroom/garment/cloth"
	"fitroom/garment/drape"
	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// A bad start is a garment put where no dresser would leave it. Whatever it is,
// the drape must end at rest without a crossing, or say why it did not.

// BadKinds names the ways to spoil a start, in the order of the table.
func BadKinds() []string {
	return []string{"crushed", "twisted", "into the body", "seams pulled apart", "a fifth too small", "all of these"}
}

// badMesh is the edge length of the garment that is spoilt [m]: 2,500 vertices.
const badMesh = 0.021

// BadStarts is the garment that is spoilt, on a body baked once.
type BadStarts struct {
	base  Scene
	field *drape.Field
}

// NewBadStarts makes the T-shirt of the scenes on a coarse mesh.
func NewBadStarts(ctx context.Context) (*BadStarts, error) {
	s, err := TeeOnBody(ctx, badMesh)
	if err != nil {
		return nil, err
	}
	lo, hi := geometry.Bounds(s.Body.Verts)
	margin := r3.Vec{X: 0.4, Y: 0.4, Z: 0.4}
	field, err := drape.Bake(s.Collider, r3.Sub(lo, margin), r3.Add(hi, margin))
	if err != nil {
		return nil, err
	}
	s.Settings.Coarse = nil // its Start would be used instead
	return &BadStarts{s, field}, nil
}

// Scene spoils the garment by a seed; its kind is seed modulo the kinds.
func (b *BadStarts) Scene(seed int) Scene {
	kind := seed % len(BadKinds())
	rng := rand.New(rand.NewPCG(uint64(seed), 1))
	c := *b.base.Cloth
	c.Start, c.Rest = slices.Clone(c.Start), slices.Clone(c.Rest)
	all := kind == len(BadKinds())-1
	share := 1.0 // of each, where all are done at once
	if all {
		share = 0.5
	}
	if kind == 0 || all {
		crush(c.Start, rng, share)
	}
	if kind == 1 || all {
		twist(c.Start, rng, share)
	}
	if kind == 2 || all {
		shift(c.Start, rng, share)
	}
	if kind == 3 || all {
		pullApart(&c, rng, share)
	}
	if kind == 4 || all {
		shrink(c.Rest, 1-0.2*rng.Float64()*share)
	}
	s := b.base
	s.Name, s.Desc = fmt.Sprintf("bad-start-%d", seed), BadKinds()[kind]
	s.Cloth, s.Collider = &c, b.field
	return s
}

func centre(pts []r3.Vec) (m r3.Vec) {
	for _, p := range pts {
		m = r3.Add(m, r3.Scale(1/float64(len(pts)), p))
	}
	return m
}

// crush squeezes the garment along each axis, to a tenth at worst.
func crush(pts []r3.Vec, rng *rand.Rand, share float64) {
	m := centre(pts)
	f := r3.Vec{X: 1 - 0.9*share*rng.Float64(), Y: 1 - 0.9*share*rng.Float64(), Z: 1 - 0.9*share*rng.Float64()}
	for i, p := range pts {
		d := r3.Sub(p, m)
		pts[i] = r3.Add(m, r3.Vec{X: d.X * f.X, Y: d.Y * f.Y, Z: d.Z * f.Z})
	}
}

// twist turns the hem against the shoulders by up to a whole turn.
func twist(pts []r3.Vec, rng *rand.Rand, share float64) {
	m := centre(pts)
	lo, hi := geometry.Bounds(pts)
	turn := 2 * math.Pi * share * (2*rng.Float64() - 1)
	for i, p := range pts {
		sin, cos := math.Sincos(turn * (p.Y - lo.Y) / (hi.Y - lo.Y))
		x, z := p.X-m.X, p.Z-m.Z
		pts[i].X, pts[i].Z = m.X+cos*x-sin*z, m.Z+sin*x+cos*z
	}
}

// shift moves the garment by up to 10 cm in any direction, into the body.
func shift(pts []r3.Vec, rng *rand.Rand, share float64) {
	const far = 0.1 // [m]
	d := r3.Vec{X: rng.NormFloat64(), Y: rng.NormFloat64(), Z: rng.NormFloat64()}
	d = r3.Scale(far*share*rng.Float64()/math.Sqrt(r3.Norm2(d)), d)
	for i, p := range pts {
		pts[i] = r3.Add(p, d)
	}
}

// pullApart moves the panels away from each other so that edges at the seams
// are up to five times as long as they should be.
func pullApart(c *cloth.Cloth, rng *rand.Rand, share float64) {
	const far = 0.12 // [m]: coarse edges at the seams are five times as long then
	move := make([]r3.Vec, len(c.Panels))
	for i := range move {
		d := r3.Vec{X: rng.NormFloat64(), Y: rng.NormFloat64(), Z: rng.NormFloat64()}
		move[i] = r3.Scale(far*share*rng.Float64()/math.Sqrt(r3.Norm2(d)), d)
	}
	sum, n := make([]r3.Vec, len(c.Start)), make([]float64, len(c.Start))
	for t, tri := range c.Tris {
		for _, v := range tri {
			sum[v] = r3.Add(sum[v], move[c.Panel[t]])
			n[v]++
		}
	}
	for i := range c.Start {
		if n[i] > 0 {
			c.Start[i] = r3.Add(c.Start[i], r3.Scale(1/n[i], sum[i]))
		}
	}
}

// shrink makes the cloth smaller, ease and all.
func shrink(rest [][3]r2.Vec, by float64) {
	for t := range rest {
		for k := range rest[t] {
			rest[t][k] = r2.Scale(by, rest[t][k])
		}
	}
}

// BadRun is how one bad start ended.
type BadRun struct {
	Seed   int
	Status string
	Reason string
	Faults int     // what pierces or cuts, or is no number
	CPU    float64 // [s]
}

// Run drapes the bad start of a seed on one processor.
func (b *BadStarts) Run(ctx context.Context, seed int) (BadRun, error) {
	s := b.Scene(seed)
	r, err := s.Run(ctx, 1)
	if err != nil {
		return BadRun{}, fmt.Errorf("bad start %d (%s): %w", seed, s.Desc, err)
	}
	out := BadRun{Seed: seed, Status: r.Status.String(), Reason: said(r.Reason), Faults: r.Penetrating + r.Crossings, CPU: r.CPU.Seconds()}
	for _, p := range r.Pos {
		if s := p.X + p.Y + p.Z; math.IsNaN(s) || math.IsInf(s, 0) {
			out.Faults++
		}
	}
	return out, nil
}

// BadCount is how the bad starts of one kind ended.
type BadCount struct {
	Kind                            string
	Runs, Rest, StepLimit, Diverged int
	Broken                          int      // at rest with a fault, or without a reason otherwise
	CPU, CPU95                      float64  // median and 95th percentile [s]
	Reasons                         []string // some of each kind that did not come to rest, all of the broken
}

// CountBad counts runs by kind; the last row is all of them.
func CountBad(runs []BadRun) []BadCount {
	kinds := BadKinds()
	out := make([]BadCount, len(kinds)+1)
	cpu := make([][]float64, len(out))
	for k := range out {
		out[k].Kind = "all"
		if k < len(kinds) {
			out[k].Kind = kinds[k]
		}
	}
	for i := range runs {
		for _, k := range [2]int{runs[i].Seed % len(kinds), len(kinds)} {
			out[k].count(&runs[i], k < len(kinds))
			cpu[k] = append(cpu[k], runs[i].CPU)
		}
	}
	for k := range out {
		out[k].CPU, out[k].CPU95 = quantile(cpu[k], 0.5), quantile(cpu[k], 0.95)
	}
	return out
}

func (c *BadCount) count(r *BadRun, tell bool) {
	const mostReasons = 3
	c.Runs++
	rest := r.Status == drape.AtRest.String()
	broken := rest && r.Faults > 0 || !rest && r.Reason == ""
	switch {
	case broken:
		c.Broken++
	case rest:
		c.Rest++
	case r.Status == drape.StepLimit.String():
		c.StepLimit++
	default:
		c.Diverged++
	}
	if tell && (broken || !rest && len(c.Reasons) < mostReasons) {
		c.Reasons = append(c.Reasons, fmt.Sprintf("seed %d: %s, %d faults: %s", r.Seed, r.Status, r.Faults, r.Reason))
	}
}
