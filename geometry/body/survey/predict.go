package survey

import (
	"math"
	"slices"

	"fitroom/geometry/body"

	"gonum.org/v1/gonum/mat"
)

// Knowledge is a set of measures that a customer may know.
type Knowledge struct {
	Name string
	Keys []body.Key
}

// Known lists the sets by which predictions are judged.
func Known() []Knowledge {
	hw := []body.Key{body.Height, body.Weight}
	girths := append(slices.Clone(hw), body.ChestGirth, body.WaistNavelGirth, body.HipGirth)
	return []Knowledge{
		{"height, weight", hw},
		{"+ chest, waist, hip", girths},
		{"+ inseam, neck", append(slices.Clone(girths), body.Inseam, body.NeckGirth)},
	}
}

// Prediction is how well one measure is foretold from others over people who
// were not learned from.
type Prediction struct {
	Key      body.Key
	People   int
	RMSE     float64 // [m, kg]
	Bias     float64 // mean of predicted less measured [m, kg]
	Limit    float64 // RMSE of the plain linear regression of the learned people [m, kg]; 0 where unknown
	Coverage float64 // share within the stated 90 % interval
}

// Predict holds a prior against people for whom only the keys of one knowledge
// are given. The limit is that of ordinary linear regression on the plain
// values of learn (the conditional Gaussian), by code of its own; nil: none.
func Predict(p *body.Prior, people, learn *People, known []body.Key) []Prediction {
	var out []Prediction
	var at []int // column of each prediction
	for i, k := range people.Keys {
		if !slices.Contains(known, k) {
			out, at = append(out, Prediction{Key: k}), append(at, i)
		}
	}
	var limit func(row []float64) []float64
	if learn != nil {
		limit = plainRegression(learn, known, at)
	}
	const z90 = 1.6448536
	for n, row := range people.Rows {
		in := people.Measurements(n)
		for _, i := range at {
			delete(in.Values, people.Keys[i])
		}
		table, err := p.Predict(in)
		if err != nil {
			continue // outside the limits of the model: no body, no prediction
		}
		var plain []float64
		if limit != nil {
			plain = limit(row)
		}
		for j := range out {
			m := table[slices.IndexFunc(table, func(m body.Measure) bool { return m.Key == out[j].Key })]
			d := m.Asked - row[at[j]]
			out[j].People++
			out[j].RMSE += d * d
			out[j].Bias += d
			if math.Abs(d) <= z90*m.SD {
				out[j].Coverage++
			}
			if plain != nil {
				e := plain[j] - row[at[j]]
				out[j].Limit += e * e
			}
		}
	}
	for j := range out {
		out[j].mean(float64(out[j].People))
	}
	return out
}

func (p *Prediction) mean(n float64) {
	p.RMSE, p.Limit = math.Sqrt(p.RMSE/n), math.Sqrt(p.Limit/n)
	p.Bias, p.Coverage = p.Bias/n, p.Coverage/n
}

// CrossPredict does so for every fifth of the soldiers in turn, each foretold
// by what was learned from the other four, and pools the five.
func (s *Surveys) CrossPredict(who body.Population, known []body.Key) ([]Prediction, error) {
	var pool []Prediction
	for fold := range Folds {
		learn, hold := s.Split(fold)
		priors, err := body.NewPriors(learn.Learn(false))
		if err != nil {
			return nil, err
		}
		part := Predict(priors[who], hold.Soldiers[who], learn.Soldiers[who], known)
		if pool == nil {
			pool = make([]Prediction, len(part))
		}
		for j, p := range part {
			m, o := float64(p.People), &pool[j]
			o.Key, o.People = p.Key, o.People+p.People
			o.RMSE, o.Limit = o.RMSE+m*p.RMSE*p.RMSE, o.Limit+m*p.Limit*p.Limit
			o.Bias, o.Coverage = o.Bias+m*p.Bias, o.Coverage+m*p.Coverage
		}
	}
	for j := range pool {
		pool[j].mean(float64(pool[j].People))
	}
	return pool, nil
}

// plainRegression fits the wanted columns linearly on the known ones.
func plainRegression(learn *People, known []body.Key, want []int) func(row []float64) []float64 {
	var from []int
	for i, k := range learn.Keys {
		if slices.Contains(known, k) {
			from = append(from, i)
		}
	}
	a := mat.NewDense(len(learn.Rows), len(from)+1, nil)
	y := mat.NewDense(len(learn.Rows), len(want), nil)
	for r, row := range learn.Rows {
		a.Set(r, 0, 1)
		for c, i := range from {
			a.Set(r, c+1, row[i])
		}
		for c, i := range want {
			y.Set(r, c, row[i])
		}
	}
	var b mat.Dense
	if err := b.Solve(a, y); err != nil {
		panic("survey: " + err.Error())
	}
	return func(row []float64) []float64 {
		out := make([]float64, len(want))
		for j := range out {
			out[j] = b.At(0, j)
			for c, i := range from {
				out[j] += b.At(c+1, j) * row[i]
			}
		}
		return out
	}
}
