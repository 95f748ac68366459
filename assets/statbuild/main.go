// Command statbuild makes assets/anthropometry.json: mean and covariance of
// the logarithms of the body measures, per sex, from the public survey files.
//
//	go run ./assets/statbuild -from ../shared/data/anthropometry
//
// Height and weight are those of civilians (NHANES 2017-2020); waist and hip
// follow from height and weight as among civilians, since soldiers carry 31 to
// 58 mm less waist at equal height and weight; everything else follows from
// those four as among the soldiers of ANSUR II (2012). Logarithms, because
// bodies differ by proportion: spreads grow with size, and extrapolation to
// heavy bodies stays positive.
package main

import (
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"

	"fitroom/geometry/body"

	"gonum.org/v1/gonum/mat"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "statbuild:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	fs := flag.NewFlagSet("statbuild", flag.ContinueOnError)
	from := fs.String("from", "../shared/data/anthropometry", "folder of the survey files")
	to := fs.String("to", "assets/"+body.StatsFile, "the file to write")
	if err := fs.Parse(args); err != nil {
		return err
	}
	file := body.StatsTable{
		Source: "NHANES 2017-March 2020 (CDC/NCHS), adults from 18: height, weight, waist and hip given those. " +
			"ANSUR II 2012 (US Army, NATICK/TR-15/007): the other measures given those four. " +
			"Estimated by us, no open survey: underbust, ISO waist against navel waist, knee against lower thigh, " +
			"relaxed against flexed upper arm, across-back width against biacromial breadth.",
		Keys: make([]string, len(columns)),
	}
	for i, c := range columns {
		file.Keys[i] = string(c.key)
	}
	for _, sex := range []struct {
		dst           *body.SexStats
		ansur, nhanes string
		est           estimates
	}{
		{&file.Women, "ANSUR_II_FEMALE_Public.csv", "nhanes_adult_female_bmx_2020.csv", estimatesWomen},
		{&file.Men, "ANSUR_II_MALE_Public.csv", "nhanes_adult_male_bmx_2020.csv", estimatesMen},
	} {
		soldiers, err := readANSUR(filepath.Join(*from, sex.ansur))
		if err != nil {
			return err
		}
		civilians, err := readNHANES(filepath.Join(*from, sex.nhanes))
		if err != nil {
			return err
		}
		*sex.dst = combine(civilians, soldiers)
		sex.est.extend(sex.dst)
		fmt.Fprintf(out, "%s: %d soldiers, %d civilians\n", sex.ansur, len(soldiers), len(civilians))
	}
	text, err := json.MarshalIndent(file, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(*to, append(text, '\n'), 0o644)
}

// subject reads named columns of one row [mm, 0.1 kg].
type subject func(column string) float64

// estimates are the ratios for which no open survey exists.
type estimates struct {
	isoOverNavel, isoOverNavelSD float64 // ISO waist over navel waist, and its spread in logs
	underOverBust, underSD       float64
}

// A woman's ISO waist lies above the navel where she is narrower; a man's is
// nearly his navel waist. Underbust: 77 to 78 cm go with a 92 cm bust
// (EN 13402 B to C cups); men have no fold, the level is a few cm lower.
var (
	estimatesWomen = estimates{isoOverNavel: 0.945, isoOverNavelSD: 0.025, underOverBust: 0.845, underSD: 0.03}
	estimatesMen   = estimates{isoOverNavel: 0.985, isoOverNavelSD: 0.015, underOverBust: 0.945, underSD: 0.02}
)

type column struct {
	key body.Key
	of  func(s subject) float64 // [m], [kg]; nil: estimated from another column
}

func mm(name string, factor float64) func(s subject) float64 {
	return func(s subject) float64 { return s(name) / 1000 * factor }
}

// isoLift is the height of the ISO waist level above the navel.
func isoLift(s subject) float64 {
	return (s("tenthribheight")+s("iliocristaleheight"))/2 - s("waistheightomphalion")
}

// columns: first height, weight, navel waist and hip, which both surveys have;
// the last two are the estimated ones.
var columns = []column{
	{body.Height, mm("stature", 1)},
	{body.Weight, func(s subject) float64 { return s("weightkg") / 10 }},
	{body.WaistNavelGirth, mm("waistcircumference", 1)},
	{body.HipGirth, mm("buttockcircumference", 1)},
	{body.NeckGirth, mm("neckcircumference", 1)},
	{body.ChestGirth, mm("chestcircumference", 1)},
	{body.UpperArmGirth, mm("bicepscircumferenceflexed", 0.93)},
	{body.WristGirth, mm("wristcircumference", 1)},
	{body.ThighGirth, mm("thighcircumference", 1)},
	{body.KneeGirth, mm("lowerthighcircumference", 0.93)},
	{body.CalfGirth, mm("calfcircumference", 1)},
	{body.AnkleGirth, mm("anklecircumference", 1)},
	{body.Inseam, mm("crotchheight", 1)},
	{body.BackWaistLength, func(s subject) float64 { return (s("waistbacklength") - isoLift(s)) / 1000 }},
	{body.ShoulderLength, mm("shoulderlength", 1)},
	{body.AcrossShoulder, mm("biacromialbreadth", 1.08)},
	{body.ArmLength, mm("sleeveoutseam", 1)},
	{body.CrotchLength, func(s subject) float64 { return (s("crotchlengthomphalion") + 2*isoLift(s)) / 1000 }},
	{body.CervicalHeight, mm("cervicaleheight", 1)},
	{body.AcromialHeight, mm("acromialheight", 1)},
	{body.KneeHeight, mm("kneeheightmidpatella", 1)},
	{body.WaistGirth, nil},
	{body.UnderbustGirth, nil},
}

const (
	surveyed = 21 // columns with a survey behind them
	shared   = 4  // of both surveys
)

func readANSUR(path string) ([][]float64, error) {
	return readRows(path, func(s subject) []float64 {
		row := make([]float64, surveyed)
		for i := range row {
			row[i] = math.Log(columns[i].of(s))
		}
		return row
	})
}

func readNHANES(path string) ([][]float64, error) {
	return readRows(path, func(s subject) []float64 {
		return []float64{
			math.Log(s("Height(cm)") / 100), math.Log(s("Weight(kg)")),
			math.Log(s("Waist Circumference(cm)") / 100), math.Log(s("Hip Circumference(cm)") / 100),
		}
	})
}

func readRows(path string, row func(s subject) []float64) ([][]float64, error) {
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
	var out [][]float64
	for line, rec := range all[1:] {
		var bad error
		vals := row(func(name string) float64 {
			i, ok := at[name]
			if !ok {
				bad = fmt.Errorf("no column %q", name)
				return 1
			}
			x, err := strconv.ParseFloat(rec[i], 64)
			if err != nil || x <= 0 {
				bad = fmt.Errorf("line %d, column %q: %q is not a positive number", line+2, name, rec[i])
				return 1
			}
			return x
		})
		if bad != nil {
			return nil, fmt.Errorf("%s: %w", path, bad)
		}
		out = append(out, vals)
	}
	return out, nil
}

// combine multiplies p(h, w, waist, hip) of the civilians, whose waist and hip
// are regressed on height and weight by their own survey, with p(rest | those)
// of the soldiers. Both are Gaussian, so the product is.
func combine(civilians, soldiers [][]float64) body.SexStats {
	muC, covC := moments(civilians)
	muS, covS := moments(soldiers)
	b := regression(covS, shared)
	n := surveyed
	mu := append([]float64(nil), muC...)
	cov := mat.NewSymDense(n, nil)
	for i := range shared {
		for j := i; j < shared; j++ {
			cov.SetSym(i, j, covC.At(i, j))
		}
	}
	for i := shared; i < n; i++ {
		m := muS[i]
		for k := range shared {
			m += b.At(i-shared, k) * (muC[k] - muS[k])
		}
		mu = append(mu, m)
		for j := range shared {
			var c float64
			for k := range shared {
				c += b.At(i-shared, k) * covC.At(k, j)
			}
			cov.SetSym(i, j, c)
		}
	}
	for i := shared; i < n; i++ {
		for j := i; j < n; j++ {
			c := covS.At(i, j) // the soldiers' residual covariance ...
			for k := range shared {
				c -= b.At(i-shared, k) * covS.At(k, j)
				c += b.At(i-shared, k) * cov.At(k, j) // ... on the civilians' explained part
			}
			cov.SetSym(i, j, c)
		}
	}
	return body.SexStats{Mean: mu, Cov: rows(cov)}
}

// regression returns the coefficients of columns from k on, on the first k.
func regression(cov *mat.SymDense, k int) *mat.Dense {
	n := cov.SymmetricDim()
	a := mat.NewSymDense(k, nil)
	for i := range k {
		for j := i; j < k; j++ {
			a.SetSym(i, j, cov.At(i, j))
		}
	}
	var ch mat.Cholesky
	if !ch.Factorize(a) {
		panic("statbuild: the survey's covariance is singular")
	}
	rhs := mat.NewDense(k, n-k, nil)
	for i := range k {
		for j := k; j < n; j++ {
			rhs.Set(i, j-k, cov.At(i, j))
		}
	}
	var x mat.Dense
	if err := ch.SolveTo(&x, rhs); err != nil {
		panic("statbuild: " + err.Error())
	}
	return mat.DenseCopyOf(x.T())
}

func moments(data [][]float64) ([]float64, *mat.SymDense) {
	n := len(data[0])
	mu := make([]float64, n)
	for _, r := range data {
		for i, x := range r {
			mu[i] += x / float64(len(data))
		}
	}
	cov := mat.NewSymDense(n, nil)
	for i := range n {
		for j := i; j < n; j++ {
			var c float64
			for _, r := range data {
				c += (r[i] - mu[i]) * (r[j] - mu[j])
			}
			cov.SetSym(i, j, c/float64(len(data)-1))
		}
	}
	return mu, cov
}

// extend adds the estimated columns: a constant ratio to a surveyed column
// with a spread of its own.
func (e estimates) extend(s *body.SexStats) {
	add := func(parent int, ratio, sd float64) {
		n := len(s.Mean)
		s.Mean = append(s.Mean, s.Mean[parent]+math.Log(ratio))
		row := append([]float64(nil), s.Cov[parent][:n]...)
		row = append(row, s.Cov[parent][parent]+sd*sd)
		for i := range s.Cov {
			s.Cov[i] = append(s.Cov[i], row[i])
		}
		s.Cov = append(s.Cov, row)
	}
	add(2, e.isoOverNavel, e.isoOverNavelSD)
	add(5, e.underOverBust, e.underSD)
	for i := range s.Mean {
		s.Mean[i] = round(s.Mean[i])
		for j := range s.Cov[i] {
			s.Cov[i][j] = round(s.Cov[i][j])
		}
	}
}

// round keeps nine decimals: a millionth of a millimetre is figure enough.
func round(x float64) float64 { return math.Round(x*1e9) / 1e9 }

func rows(m *mat.SymDense) [][]float64 {
	out := make([][]float64, m.SymmetricDim())
	for i := range out {
		for j := range out {
			out[i] = append(out[i], m.At(i, j))
		}
	}
	return out
}
