package body

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"fitroom/geometry/geomtest"
)

// surveyColumns are measures that ANSUR II takes as we do [mm].
var surveyColumns = map[Key]string{
	Height: "stature", NeckGirth: "neckcircumference", ChestGirth: "chestcircumference",
	WaistNavelGirth: "waistcircumference", HipGirth: "buttockcircumference", ThighGirth: "thighcircumference",
	CalfGirth: "calfcircumference", Inseam: "crotchheight", ArmLength: "sleeveoutseam", KneeHeight: "kneeheightmidpatella",
}

// everyNth subject of the survey, so that the test stays short.
const everyNth = 12

func subjects(t *testing.T, file string) []Measurements {
	t.Helper()
	f, err := os.Open(filepath.Join(geomtest.Data(t), "anthropometry", file))
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	num := func(r []string, name string) float64 {
		x, err := strconv.ParseFloat(r[at[name]], 64)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	var out []Measurements
	for i := 1; i < len(rows); i += everyNth {
		m := Measurements{Values: map[Key]Measurement{Weight: {Value: num(rows[i], "weightkg") / 10, Method: TapeTrained}}}
		for k, col := range surveyColumns {
			m.Values[k] = Measurement{Value: num(rows[i], col) / 1000, Method: TapeTrained}
		}
		out = append(out, m)
	}
	return out
}

// Real people are believed; a single value off by a fifth, or in inches for
// centimetres, is caught.
func TestContradictionsAmongRealSubjects(t *testing.T) {
	m := openModel(t)
	for _, sex := range []struct {
		who  Population
		file string
	}{{Women, "ANSUR_II_FEMALE_Public.csv"}, {Men, "ANSUR_II_MALE_Public.csv"}} {
		var real, alarms int
		caught, tried := map[float64]int{}, map[float64]int{}
		for n, in := range subjects(t, sex.file) {
			stats := m.who[sex.who].stats
			real++
			if in.contradiction(stats) != nil {
				alarms++
				continue
			}
			keys := sortedKeys(in.Values)
			k := keys[n%len(keys)]
			if k == Weight {
				continue
			}
			was := in.Values[k]
			for _, factor := range []float64{0.8, 0.9, 1.1, 1.2, 1 / 2.54, 2.54} {
				in.Values[k] = Measurement{Value: was.Value * factor, Method: TapeTrained}
				size := math.Abs(math.Round(100*(factor-1))) / 100
				tried[size]++
				if in.check() != nil || in.contradiction(stats) != nil {
					caught[size]++
				}
			}
		}
		rate := func(size float64) float64 { return float64(caught[size]) / float64(tried[size]) }
		t.Logf("%s: %d of %d real subjects doubted; caught of 10 %% errors %.0f %%, of 20 %% errors %.0f %%, of inches %.0f %% and %.0f %%",
			sex.who, alarms, real, 100*rate(0.1), 100*rate(0.2), 100*rate(0.61), 100*rate(1.54))
		if float64(alarms) > 0.02*float64(real) {
			t.Errorf("%s: %d of %d real subjects are doubted, more than 2 %%", sex.who, alarms, real)
		}
		if rate(0.2) < 0.85 || rate(0.61) < 1 || rate(1.54) < 1 {
			t.Errorf("%s: too few gross errors are caught", sex.who)
		}
	}
}
