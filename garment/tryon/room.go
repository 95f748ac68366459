package tryon

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"strings"

	"fitroom/garment/fabric"
	"fitroom/garment/fit"
	"fitroom/geometry/body"
	"fitroom/geometry/fault"
)

// Settings of a Room; the zero value is the documented default.
type Settings struct {
	// Edges are the mesh sizes of the garment from the coarsest level of
	// dressing to the one that is judged [m]; nil means 28 and 14 mm.
	Edges []float64
	// Workers is the number of sizes fitted side by side; 0 means one per
	// processor, at most 4, since each takes its own memory. One drape runs on
	// one processor: for several sizes that is the best use of a machine, and
	// the result does not depend on it.
	Workers int
}

const mostWorkers = 4

func (s Settings) withDefaults() Settings {
	if s.Edges == nil {
		s.Edges = []float64{0.028, 0.014}
	}
	if s.Workers <= 0 {
		s.Workers = min(runtime.GOMAXPROCS(0), mostWorkers)
	}
	return s
}

// Room is where garments are tried on. It is immutable and may serve many
// fittings at once.
type Room struct {
	model    *body.Model
	settings Settings
}

// Open reads the body model from the embedded files and makes a Room.
func Open(files fs.FS, s Settings) (*Room, error) {
	m, err := body.Open(files)
	if err != nil {
		return nil, fmt.Errorf("tryon: the body model cannot be read: %w", err)
	}
	return &Room{model: m, settings: s.withDefaults()}, nil
}

// Body builds the body of a person.
func (r *Room) Body(ctx context.Context, m body.Measurements) (*body.Body, error) {
	return r.model.Fit(ctx, m)
}

// Check looks at measurements before any body is built of them: err joins what
// is refused, doubts are values to ask the customer about.
func (r *Room) Check(m body.Measurements) (doubts []*body.MeasureError, err error) {
	return r.model.Check(m)
}

// Advise says which size fits by chart and garment measures alone.
func (r *Room) Advise(ctx context.Context, q Request) (*Outcome, error) {
	q.Under = nil // is draped or not considered at all
	return r.measure(ctx, q)
}

// Try builds the body, sews and drapes every asked size on it and judges each.
// A size that cannot be sewn or draped is reported as failed; an error means
// that nothing could be tried.
func (r *Room) Try(ctx context.Context, q Request) (*Outcome, error) {
	if q.Progress == nil {
		q.Progress = func(float64, string) {}
	}
	q.Progress(0, "building the body")
	o, on, err := r.begin(ctx, q)
	if err != nil {
		return nil, err
	}
	if on != nil {
		r.dress(ctx, o, on, q.Progress)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	q.Progress(1, "done")
	return o, nil
}

// begin does the arithmetic and prepares the drapes; the stage is nil where there
// is nothing to sew.
func (r *Room) begin(ctx context.Context, q Request) (*Outcome, *stage, error) {
	o, err := r.measure(ctx, q)
	if err != nil {
		return nil, nil, err
	}
	// Arms lower than in drape A would press sleeve and side into each other in
	// the armpit.
	o.Body = o.Body.Posed(body.DrapeA)
	on, err := r.prepare(q, o)
	return o, on, err
}

// measure builds the body and does the arithmetic of every asked size.
func (r *Room) measure(ctx context.Context, q Request) (*Outcome, error) {
	if q.Style == nil {
		return nil, errors.New("tryon: the request names no style")
	}
	for _, size := range q.Sizes {
		if !slices.Contains(q.Style.Sizes, size) {
			return nil, fault.Errorf("size %q does not exist in style %s; it comes in %s", size, q.Style.ID, strings.Join(q.Style.Sizes, ", "))
		}
	}
	b, err := r.model.Fit(ctx, q.Body)
	if err != nil {
		return nil, err
	}
	o := &Outcome{Style: q.Style, Body: b, Wearer: fit.FromBody(b, q.Body), Options: fit.Options{Preference: q.Ease, Asked: q.Body, Runs: q.Runs, Over: q.Under != nil}}
	return o, o.advise(q)
}

// advise fills in the advice and the flat zones of every asked size.
func (o *Outcome) advise(q Request) error {
	o.Warnings = fit.OnBody(o.Body, q.Body)
	if f := o.Style.Fabric; f.Grade == fabric.Estimated && f.Name != fabric.UnknownWoven && f.Name != fabric.UnknownKnit {
		o.Assumptions = append(o.Assumptions, fit.EstimatedFabric(f.Name))
	}
	o.Assumptions = append(o.Assumptions, o.Style.Notes...)
	flat := map[string]fit.SizeReport{}
	if len(o.Style.Chart)+len(o.Style.POM) > 0 {
		var err error
		if o.Advice, flat, err = fit.Advise(o.Wearer, &o.Style.Style, o.Options); err != nil {
			return err
		}
		o.Assumptions = append(o.Assumptions, o.Advice.Assumptions...)
		o.Warnings = append(o.Warnings, o.Advice.Warnings...)
	}
	for _, size := range o.Style.Sizes {
		if len(q.Sizes) == 0 || slices.Contains(q.Sizes, size) {
			o.Fittings = append(o.Fittings, Fitting{Size: size, Zones: flat[size].Zones})
		}
	}
	return nil
}
