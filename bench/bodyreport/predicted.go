package main

import (
	"context"
	"math"

	"fitroom/geometry/body"
	"fitroom/geometry/body/survey"
)

// predicted is one table of predictions.
type predicted struct {
	Who   body.Population
	Known string
	Rows  []survey.Prediction
}

// predict foretells the soldiers by the soldiers, cross-validated in five
// parts; civilians' waist and hip by civilians; and the held-out soldiers by
// the shipped mixture of both, which is biased for them on purpose.
func (s *study) predict() (soldiers, civilians, mixed []predicted) {
	learn, hold := s.people.Split(0)
	priors, err := body.NewPriors(learn.Learn(true))
	if err != nil {
		panic("bodyreport: " + err.Error())
	}
	stages := len(survey.Known()) * len(survey.Sexes())
	for _, who := range survey.Sexes() {
		for _, k := range survey.Known() {
			rows, err := s.people.CrossPredict(who, k.Keys)
			if err != nil {
				panic("bodyreport: " + err.Error())
			}
			soldiers = append(soldiers, predicted{who, k.Name, rows})
			s.tell("predictions", len(soldiers), stages)
		}
		hw := survey.Known()[0]
		civilians = append(civilians, predicted{who, hw.Name, survey.Predict(priors[who], hold.Civilians[who], learn.Civilians[who], hw.Keys)})
		mixed = append(mixed, predicted{who, hw.Name, survey.Predict(priors[who], hold.Soldiers[who], learn.Soldiers[who], hw.Keys)})
	}
	return soldiers, civilians, mixed
}

// delivered compares what the fit aims at with what its mesh has, for bodies
// made of few values.
type delivered struct {
	Who    body.Population
	Known  string
	Bodies int
	Rows   []deliveredRow
}

type deliveredRow struct {
	Key body.Key
	// RMS of the predicted value, and of the mesh, against the person; and of
	// the mesh against the prediction [m, kg].
	Asked, Mesh, Apart float64
	n                  int
}

// deliver fits a hundred of each sex, or a share of them, with few values.
func (s *study) deliver(ctx context.Context) ([]delivered, error) {
	const full, least = 100, 20
	var out []delivered
	for _, who := range survey.Sexes() {
		people := s.people.Soldiers[who]
		for _, k := range survey.Known() {
			n := max(least, full/s.every)
			step := len(people.Rows) / n
			tables := make([][]body.Measure, n)
			err := s.parallel(ctx, string(who)+" by "+k.Name, n, func(i int) {
				in := people.Measurements(i * step)
				for _, key := range people.Keys {
					v := in.Values[key]
					if v.Confirmed = true; !contains(k.Keys, key) {
						delete(in.Values, key)
					} else {
						in.Values[key] = v
					}
				}
				if b, err := s.model.Fit(ctx, in); err == nil {
					tables[i] = b.Measures
				}
			})
			if err != nil {
				return nil, err
			}
			out = append(out, s.compare(people, k, tables, step))
		}
	}
	return out, nil
}

func (s *study) compare(people *survey.People, k survey.Knowledge, tables [][]body.Measure, step int) delivered {
	d := delivered{Who: people.Who, Known: k.Name}
	for c, key := range people.Keys {
		row := deliveredRow{Key: key}
		for i, table := range tables {
			for _, m := range table {
				if m.Key != key || m.Source != body.Predicted {
					continue
				}
				truth := people.Rows[i*step][c]
				row.n++
				row.Asked += (m.Asked - truth) * (m.Asked - truth)
				row.Mesh += (m.Achieved - truth) * (m.Achieved - truth)
				row.Apart += (m.Achieved - m.Asked) * (m.Achieved - m.Asked)
			}
		}
		if n := float64(row.n); row.n > 0 {
			row.Asked, row.Mesh, row.Apart = math.Sqrt(row.Asked/n), math.Sqrt(row.Mesh/n), math.Sqrt(row.Apart/n)
			d.Rows = append(d.Rows, row)
			d.Bodies = row.n
		}
	}
	return d
}

func contains(list []body.Key, k body.Key) bool {
	for _, x := range list {
		if x == k {
			return true
		}
	}
	return false
}
