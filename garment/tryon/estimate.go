package tryon

import (
	"context"
	"slices"

	"fitroom/garment/drape"
	"fitroom/garment/fit"

	"gonum.org/v1/gonum/spatial/r3"
)

// Estimate says how every asked size would fit, for the price of one drape and a
// tenth of one for each further size. The smallest that closes is draped from scratch,
// each larger one estimated from the one before (drape.Estimated): a waistband that is
// too wide slides down to where it holds, one that is too tight would not climb up
// again. What cannot be estimated is draped. A size that does not close is told by its
// measures and not hung open. Nothing of an estimate is to be drawn: for pictures a
// size is tried on.
func (r *Room) Estimate(ctx context.Context, q Request) (*Outcome, error) {
	o, on, err := r.begin(ctx, q)
	if err != nil || on == nil {
		return o, err
	}
	last := &Fitting{}
	var sizes []string
	for i := range o.Fittings {
		f := &o.Fittings[i]
		if q.Progress != nil {
			q.Progress(float64(i)/float64(len(o.Fittings)), "size "+f.Size)
		}
		r.estimateOne(ctx, o, on, f, last)
		o.sayMeasured(f)
		if f.known() {
			last = f
		}
		if f.Drape.Status == drape.Estimated {
			sizes = append(sizes, f.Size)
		}
	}
	if len(sizes) > 0 {
		o.Assumptions = append(o.Assumptions, fit.EstimatedSizes(sizes))
	}
	return o, ctx.Err()
}

// estimateOne estimates a size from a smaller one, or drapes it.
func (r *Room) estimateOne(ctx context.Context, o *Outcome, on *stage, f, smaller *Fitting) {
	p := o.Style.Patterns[f.Size]
	if p == nil || ctx.Err() != nil {
		return
	}
	o.byArithmetic(on, p, f, r.settings.Edges)
	if len(f.narrow()) > 0 {
		return
	}
	levels := r.sew(o, on, p, f)
	if f.Failed != nil {
		return
	}
	if start := smaller.state(f); start != nil {
		on.drape(ctx, f, drape.Settings{Warm: start, Estimate: true})
	}
	if f.Failed == nil && !f.known() {
		last := len(levels) - 1
		on.drape(ctx, f, drape.Settings{Coarse: levels[:last], Pull: OverShoulders(f.Cloth, o.Body)})
	}
	o.judge(on, f)
}

// known tells whether a fitting has been draped or estimated.
func (f *Fitting) known() bool {
	return f.Drape.Pos != nil && f.Drape.Status.Known()
}

// state is where a fitting's cloth lies, as a start for that of another size; nil if
// it is not known or the meshes differ.
func (f *Fitting) state(next *Fitting) []r3.Vec {
	if !f.known() || !slices.Equal(f.Cloth.Tris, next.Cloth.Tris) {
		return nil
	}
	return f.Drape.Pos
}
