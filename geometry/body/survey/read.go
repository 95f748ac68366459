package survey

import (
	"encoding/csv"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"fitroom/geometry/body"
)

// People are the subjects of one sex of a survey.
type People struct {
	Who  body.Population
	Keys []body.Key
	Rows [][]float64 // a value per key [m, kg]
}

// Soldiers reads ANSUR II from the folder of the survey files.
func Soldiers(dir string, who body.Population) (*People, error) {
	name := "ANSUR_II_FEMALE_Public.csv"
	if who == body.Men {
		name = "ANSUR_II_MALE_Public.csv"
	}
	return read(filepath.Join(dir, name), who, ansur())
}

// Civilians reads the adults of NHANES from the folder of the survey files.
func Civilians(dir string, who body.Population) (*People, error) {
	name := "nhanes_adult_female_bmx_2020.csv"
	if who == body.Men {
		name = "nhanes_adult_male_bmx_2020.csv"
	}
	return read(filepath.Join(dir, name), who, nhanes())
}

func read(path string, who body.Population, columns []column) (*People, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	at := map[string]int{}
	for i, name := range all[0] {
		at[name] = i
	}
	p := &People{Who: who}
	for _, c := range columns {
		p.Keys = append(p.Keys, c.key)
	}
	for line, rec := range all[1:] {
		row, err := values(columns, at, rec)
		if err != nil {
			return nil, fmt.Errorf("%s: line %d: %w", path, line+2, err)
		}
		p.Rows = append(p.Rows, row)
	}
	return p, nil
}

func values(columns []column, at map[string]int, rec []string) (row []float64, err error) {
	cell := func(name string) float64 {
		i, ok := at[name]
		if !ok {
			err = fmt.Errorf("no column %q", name)
			return 1
		}
		x, bad := strconv.ParseFloat(rec[i], 64)
		if bad != nil || x <= 0 || math.IsInf(x, 0) {
			err = fmt.Errorf("column %q: %q is not a positive number", name, rec[i])
			return 1
		}
		return x
	}
	for _, c := range columns {
		row = append(row, c.of(cell))
	}
	return row, err
}

// SplitSeed names the one drawing of lots by which every figure of this project
// divides learned from held-out people.
const SplitSeed = 20260104

// Folds is into how many equal parts the lots divide the people.
const Folds = 5

// Split holds out one of the five parts; 0 is the one that single figures use.
func (p *People) Split(fold int) (learn, hold *People) {
	order := rand.New(rand.NewPCG(SplitSeed, uint64(len(p.Rows)))).Perm(len(p.Rows))
	lo, hi := fold*len(order)/Folds, (fold+1)*len(order)/Folds
	take := func(of []int) *People {
		of = slices.Clone(of)
		slices.Sort(of)
		q := &People{Who: p.Who, Keys: p.Keys}
		for _, i := range of {
			q.Rows = append(q.Rows, p.Rows[i])
		}
		return q
	}
	return take(slices.Concat(order[:lo], order[hi:])), take(order[lo:hi])
}

// Measurements are what trained hands took of one subject.
func (p *People) Measurements(subject int) body.Measurements {
	m := body.Measurements{Population: p.Who, Values: map[body.Key]body.Measurement{}}
	for i, k := range p.Keys {
		m.Values[k] = body.Measurement{Value: p.Rows[subject][i], Method: body.TapeTrained}
	}
	return m
}

// Together are the measures of one subject that a body can have at once, as
// trained hands took them, confirmed. Two are left out. The waist level hangs on
// the length of the back, which soldiers stood up straighter for than for the
// height: of one in sixteen the tape down the back is shorter than the straight
// line. And the survey's neck base runs over other points of the trapezius than
// its shoulder length ends at: of one in seven the two leave no room for each
// other.
func (p *People) Together(subject int) body.Measurements {
	m := p.Measurements(subject)
	for _, k := range []body.Key{body.WaistHeight, body.NeckBaseGirth} {
		delete(m.Values, k)
	}
	for k, v := range m.Values {
		v.Confirmed = true
		m.Values[k] = v
	}
	return m
}
