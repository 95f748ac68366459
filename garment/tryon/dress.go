package tryon

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"fitroom/garment/cloth"
	"fitroom/garment/drape"
	"fitroom/garment/fit"
	"fitroom/garment/pattern"
	"fitroom/garment/sew"
	"fitroom/geometry"
	"fitroom/geometry/body"
	"fitroom/geometry/bvh"
	"fitroom/geometry/fault"

	"gonum.org/v1/gonum/spatial/r3"
)

// fieldMargin is the room round the body in which the solver knows the way out
// of it [m]: more than any garment stands off at the start.
const fieldMargin = 0.4

// dress sews, drapes and judges every size, several side by side. Each size is
// computed by one goroutine into its own slot, so the outcome does not depend
// on how many there are.
func (r *Room) dress(ctx context.Context, o *Outcome, on *stage, hear func(float64, string)) {
	p := newTally(len(o.Fittings), hear)
	slots := make(chan struct{}, r.settings.Workers)
	broken := make([]any, len(o.Fittings))
	var wg sync.WaitGroup
	for i := range o.Fittings {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { broken[i] = recover(); <-slots }()
			f := &o.Fittings[i]
			r.fitOne(ctx, o, on, f, func(done float64) { p.tell(i, done, f.stage()) })
		})
	}
	wg.Wait()
	for _, bug := range broken {
		if bug != nil {
			panic(bug) // a programmer's error surfaces where the caller can see it
		}
	}
	o.sayOpen()
}

// prepare makes what all sizes are tried on; nil where there is nothing to sew.
func (r *Room) prepare(q Request, o *Outcome) (*stage, error) {
	if !slices.ContainsFunc(o.Fittings, func(f Fitting) bool { return o.Style.Patterns[f.Size] != nil }) {
		return nil, nil // the field round the body, a second's work, is not needed
	}
	lo, hi := geometry.Bounds(o.Body.Mesh.Verts)
	margin := r3.Vec{X: fieldMargin, Y: fieldMargin, Z: fieldMargin}
	skin := bvh.Build(o.Body.Mesh)
	standing, err := Stand(o.Body)
	if err != nil {
		return nil, fmt.Errorf("tryon: the body cannot be stood up: %w", err)
	}
	field, err := drape.Bake(standing, r3.Sub(lo, margin), r3.Add(hi, margin))
	if err != nil {
		return nil, fmt.Errorf("tryon: the body cannot be draped on: %w", err)
	}
	on := &stage{figure: sew.NewFigure(o.Body), skin: skin, field: field, tissue: Tissue(o.Body), show: q.Preview}
	if q.Under != nil {
		if on.under, err = q.Under.pattern(); err != nil {
			return nil, err
		}
		o.Assumptions = append(o.Assumptions, q.Under.over())
	}
	on.worn = q.Under
	if on.cuts, err = o.Style.cutAll(r.settings.Edges); err != nil {
		o.Assumptions = append(o.Assumptions, fit.CutOneByOne(err))
	}
	return on, nil
}

// Stand is the body as the solid that a fitting drapes on: on its floor, hands
// and feet in mitts.
func Stand(b *body.Body) (drape.Standing, error) {
	lo, _ := geometry.Bounds(b.Mesh.Verts)
	return drape.Stand(b.Mesh, lo.Y, fingers(b, lo.Y)...)
}

// Tissue is the compliance of the skin under each triangle of a body [m/Pa], nil
// for one that has none.
func Tissue(b *body.Body) []float64 {
	if len(b.Compliance) != len(b.Mesh.Verts) {
		return nil
	}
	out := make([]float64, len(b.Mesh.Tris))
	for t, v := range b.Mesh.Tris {
		out[t] = (b.Compliance[v[0]] + b.Compliance[v[1]] + b.Compliance[v[2]]) / 3
	}
	return out
}

// toesBelow is the height of the toes and the back of the foot behind them
// over the floor [m]: their hull leaves the instep's hollow open.
const toesBelow = 0.045

// fingers lists the vertices of each hand and of the low part of each foot.
func fingers(b *body.Body, floor float64) [][]int32 {
	lists := make([][]int32, 4)
	for v, part := range b.Part {
		low := b.Mesh.Verts[v].Y < floor+toesBelow
		switch {
		case part == body.HandL:
			lists[0] = append(lists[0], int32(v))
		case part == body.HandR:
			lists[1] = append(lists[1], int32(v))
		case part == body.FootL && low:
			lists[2] = append(lists[2], int32(v))
		case part == body.FootR && low:
			lists[3] = append(lists[3], int32(v))
		}
	}
	return lists
}

// stage is what all sizes are tried on.
type stage struct {
	figure *sew.Figure
	skin   *bvh.Tree
	field  *drape.Field
	tissue []float64
	cuts   cuts
	worn   *Under                                          // nil where nothing is worn beneath
	under  *pattern.Pattern                                // of that
	show   func(size string, c *cloth.Cloth, pos []r3.Vec) // nil where nobody looks
}

// preview is what a drape of one fitting tells of its coarser levels.
func (s *stage) preview(f *Fitting) func(drape.Preview) {
	if s.show == nil {
		return nil
	}
	return func(p drape.Preview) { s.show(f.Size, f.Cloth, p.Pos) }
}

// fitOne tries one size. What goes wrong with one is written into its slot and
// does not keep the others from being tried. A size that does not close is hung
// open: at once where the measures say so, else after the drape has.
func (r *Room) fitOne(ctx context.Context, o *Outcome, on *stage, f *Fitting, tell func(float64)) {
	defer tell(1)
	p := o.Style.Patterns[f.Size]
	if p == nil || ctx.Err() != nil {
		return
	}
	o.byArithmetic(on, p, f, r.settings.Edges)
	if open := letOut(p, f.narrow()); open != nil {
		r.hangOpen(ctx, o, on, open, f, tell)
		return
	}
	r.hang(ctx, o, on, p, f, tell)
	if open := letOut(p, f.narrow()); open != nil && f.Failed == nil {
		r.hangOpen(ctx, o, on, open, f, tell)
	}
}

// hangOpen hangs a size that does not close. What it lacks is said of the closed
// garment; of the open one counts only where it is too small even so.
func (r *Room) hangOpen(ctx context.Context, o *Outcome, on *stage, p *pattern.Pattern, f *Fitting, tell func(float64)) {
	closed := f.Zones
	f.Opened = true
	r.hang(ctx, o, on, p, f, tell)
	f.Zones = closed
	f.Beyond = beyond(p, f.narrow())
}

// hang sews, drapes and judges one pattern.
func (r *Room) hang(ctx context.Context, o *Outcome, on *stage, p *pattern.Pattern, f *Fitting, tell func(float64)) {
	levels := r.sew(o, on, p, f)
	if f.Failed != nil {
		return
	}
	last := len(levels) - 1
	on.drape(ctx, f, drape.Settings{
		Coarse: levels[:last], Pull: OverShoulders(f.Cloth, o.Body),
		Progress: func(p drape.Progress) { tell(drapeDone(p)) },
		Preview:  on.preview(f),
	})
	o.judge(on, f)
}

// sew makes the cloths of a fitting, the coarsest first; the last is its own.
func (r *Room) sew(o *Outcome, on *stage, p *pattern.Pattern, f *Fitting) []*cloth.Cloth {
	cloths := o.Style.Cloths()
	var err error
	if on.worn != nil {
		cloths = on.worn.cloths(cloths)
		p, err = pattern.WornOver(on.under, p)
	}
	var cut *sew.Cut
	if err == nil {
		cut, err = on.cuts.of(p, r.settings.Edges)
	}
	var levels []*cloth.Cloth
	if err == nil {
		levels, err = on.figure.Sew(cut, cloths)
	}
	if err != nil {
		f.Failed = fault.Errorf("size %s cannot be sewn: %w", f.Size, err)
		return nil
	}
	f.Cloth = levels[len(levels)-1]
	return levels
}

// drape drapes a fitting's cloth.
func (s *stage) drape(ctx context.Context, f *Fitting, set drape.Settings) {
	set.Compliance = s.tissue
	solver, err := drape.New(f.Cloth, s.field, set)
	if err == nil {
		f.Drape, err = solver.Run(ctx)
	}
	if err != nil {
		f.Failed = fault.Errorf("size %s cannot be draped: %w", f.Size, err)
	}
}

// judge reads a draped fitting.
func (o *Outcome) judge(on *stage, f *Fitting) {
	if f.Failed != nil {
		return
	}
	if on.worn != nil {
		f.part(int32(len(on.under.Panels)))
	}
	report, err := fit.Judge(o.Body, f.Cloth, f.Drape, &o.Style.Style, f.Size, o.Options)
	if err != nil {
		f.Failed = fault.Errorf("size %s cannot be judged: %w", f.Size, err)
		return
	}
	f.Zones = report.Zones
	f.Analyses = fit.Analyse(o.Body, on.skin, f.Cloth, f.Drape)
}
