package main

import (
	"fmt"
	"math"
	"path/filepath"
	"strings"

	"fitroom/geometry/body"
	"fitroom/geometry/bvh"
)

// mayChange is what a girth may change between poses where no joint bends under the
// tape [m].
const mayChange = 0.003

// posed is what becomes of one body in drape A and relaxed, against the measuring
// stance.
type posed struct {
	change   map[body.Key]float64 // of girths, the largest of both poses, by the public tape [m]
	crossing bool                 // skin crosses skin in one of them
	arm      float64              // off the vertical in drape A [degrees]
}

// pose looks at a body in both poses; was is what the tape says of it as it is.
func pose(b *body.Body, was []body.Judged) (posed, error) {
	out := posed{change: map[body.Key]float64{}}
	for _, p := range []body.Pose{body.DrapeA, body.Relaxed} {
		q := b.Posed(p)
		is, err := q.Judge()
		if err != nil {
			return out, err
		}
		for i, w := range was {
			if strings.HasSuffix(string(w.Key), "girth") && w.Key != body.ElbowGirth && w.Key != body.TrunkGirth {
				out.change[w.Key] = max(out.change[w.Key], math.Abs(is[i].Tape-w.Tape))
			}
		}
		bvh.Build(q.Mesh).SelfCrossings(func(int32, int32) bool { out.crossing = true; return false })
		if p == body.DrapeA {
			s, e := q.Joints[body.ShoulderL], q.Joints[body.ElbowL]
			out.arm = math.Atan2(e.X-s.X, s.Y-e.Y) * 180 / math.Pi
		}
	}
	return out, nil
}

func (r *report) writePosed(dir string) error {
	r.say("\n## 6. Poses\n\nThe same bodies in drape A and relaxed against the measuring stance, girths by the public tape [mm], the larger change of both poses. Wanted: at most 3 where no joint bends under the tape, arms at 20 to 30 degrees in drape A, nobody who crosses.\n")
	rows := [][]string{{"population", "girth", "bodies", "median", "p99", "max", "over 3 mm"}}
	for _, g := range r.given {
		r.say("\n**%s**: %d bodies; %d whose skin crosses itself in a pose and not in the measuring stance; arms in drape A at %.1f degrees at most.\n\n| girth | median | p99 | max | over 3 mm |\n|---|---|---|---|---|\n", g.Who, g.Fitted, g.PosedCrossing, g.Arm)
		for _, k := range body.Keys() {
			x := g.Changes[k]
			if len(x) == 0 {
				continue
			}
			over := 0
			for _, v := range x {
				if !(v <= mayChange) {
					over++
				}
			}
			cells := []string{figure(k, quantile(x, 0.5)), figure(k, quantile(x, 0.99)), figure(k, quantile(x, 1)), fmt.Sprint(over)}
			r.say("| %s | %s |\n", k, strings.Join(cells, " | "))
			rows = append(rows, append([]string{string(g.Who), string(k), fmt.Sprint(len(x))}, cells...))
		}
	}
	return writeCSV(filepath.Join(dir, "posed.csv"), rows)
}
