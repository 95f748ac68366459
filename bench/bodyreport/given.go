package main

import (
	"context"
	"errors"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"fitroom/geometry/body"
	"fitroom/geometry/body/survey"
	"fitroom/geometry/bvh"
)

// given is how well the given measures are met on the mesh, by the public
// tape, which shares no code with the fit.
type given struct {
	Who     body.Population
	People  int
	Values  int // given to each
	Fitted  int
	Refused map[body.Key]int // by the measure named
	Reasons []string         // of the first few refusals
	Misses  map[body.Key][]float64
	// Crossing are the people whose skin crosses itself anywhere in the measuring
	// stance, by looking at all pairs of triangles; Unsaid those whose body does not
	// say so.
	Crossing, Unsaid int
	// Changes are those of girths in the poses, PosedCrossing the people who cross
	// themselves in a pose only; Arm is the widest in drape A [degrees].
	Changes       map[body.Key][]float64
	PosedCrossing int
	Arm           float64
}

// outcome is one person fitted.
type outcome struct {
	miss      map[body.Key]float64 // on the mesh less asked [m, kg]
	crossings int                  // pairs of triangles
	said      bool                 // that there are any
	posed     posed
	err       error
}

// give fits everybody with every measure the survey took of them.
func (s *study) give(ctx context.Context) ([]given, error) {
	var out []given
	for _, who := range survey.Sexes() {
		people := s.people.Soldiers[who]
		n := (len(people.Rows) + s.every - 1) / s.every
		results := make([]outcome, n)
		var keys []body.Key
		for _, k := range people.Keys {
			if _, ok := people.Together(0).Values[k]; ok {
				keys = append(keys, k)
			}
		}
		err := s.parallel(ctx, string(who)+" with all measures", n, func(i int) {
			results[i] = s.fitAll(ctx, people.Together(i*s.every))
		})
		if err != nil {
			return nil, err
		}
		out = append(out, tally(who, keys, results))
	}
	return out, nil
}

// fitAll fits one person. Values that cannot be met together are reported on
// the body; they count as refused here, under the one that is missed most.
func (s *study) fitAll(ctx context.Context, in body.Measurements) outcome {
	b, err := s.model.Fit(ctx, in)
	if err != nil {
		return outcome{err: err}
	}
	if len(b.Conflicts) > 0 {
		return outcome{err: b.Conflicts[0].Err()}
	}
	judged, err := b.Judge()
	if err != nil {
		return outcome{err: err}
	}
	o := outcome{miss: map[body.Key]float64{}, said: b.Crossings > 0}
	bvh.Build(b.Mesh).SelfCrossings(func(int32, int32) bool { o.crossings++; return true })
	if o.posed, err = pose(b, judged); err != nil {
		return outcome{err: err}
	}
	for _, j := range judged {
		if v, asked := in.Values[j.Key]; asked {
			o.miss[j.Key] = j.Tape - v.Value
		}
	}
	return o
}

func tally(who body.Population, keys []body.Key, results []outcome) given {
	g := given{Who: who, People: len(results), Values: len(keys), Refused: map[body.Key]int{}, Misses: map[body.Key][]float64{}, Changes: map[body.Key][]float64{}}
	for _, o := range results {
		var named *body.MeasureError
		switch {
		case o.err == nil:
			g.Fitted++
			if o.crossings > 0 {
				g.Crossing++
				if !o.said {
					g.Unsaid++
				}
			} else if o.posed.crossing {
				g.PosedCrossing++
			}
			g.Arm = max(g.Arm, o.posed.arm)
		case errors.As(o.err, &named):
			g.Refused[named.Key]++
			if len(g.Reasons) < 5 {
				g.Reasons = append(g.Reasons, o.err.Error())
			}
		default:
			g.Refused["unknown"]++
		}
		for k, d := range o.posed.change {
			g.Changes[k] = append(g.Changes[k], d)
		}
		for _, k := range keys {
			if d, ok := o.miss[k]; ok {
				g.Misses[k] = append(g.Misses[k], d)
			}
		}
	}
	return g
}

// parallel runs the jobs on all processors; results go by index.
func (s *study) parallel(ctx context.Context, stage string, n int, job func(i int)) error {
	var next, done atomic.Int64
	var wg sync.WaitGroup
	var telling sync.Mutex
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				job(i)
				telling.Lock()
				s.tell(stage, int(done.Add(1)), n)
				telling.Unlock()
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}

// quantile of the absolute values.
func quantile(x []float64, q float64) float64 {
	if len(x) == 0 {
		return math.NaN()
	}
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = math.Abs(v)
	}
	slices.Sort(y)
	return y[int(math.Ceil(q*float64(len(y)-1)))]
}
