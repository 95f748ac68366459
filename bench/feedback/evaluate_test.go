package feedback

import (
	"bytes"
	"compress/gzip"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fitroom/geometry/geomtest"
)

// A multinomial logit with smoothed histories, measured beside the data, reaches
// a mean AUC of 0.694 and a log loss of 0.697 on this split.
func TestVotesOfALaterYear(t *testing.T) {
	if testing.Short() {
		t.Skip("short: learns from 120,000 reports")
	}
	f, err := os.Open(filepath.Join(geomtest.Data(t), "fit", "fitdata", "renttherunway.csv.gz"))
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	r, err := Evaluate(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("train %d, test %d (%d on known styles); AUC %.4f (fits %.3f, small %.3f, large %.3f), log loss %.4f, ECE %.4f, accuracy %.4f; shares alone: log loss %.4f, accuracy %.4f",
		r.Train, r.Test, r.KnownStyles, r.MeanAUC(), r.AUC[0], r.AUC[1], r.AUC[2], r.LogLoss, r.ECE, r.Accuracy, r.Floor.LogLoss, r.Floor.Accuracy)
	if r.MeanAUC() < 0.70 || r.LogLoss > 0.695 || r.ECE > 0.03 {
		t.Errorf("AUC %.4f, log loss %.4f, ECE %.4f; limits 0.70, 0.695, 0.03", r.MeanAUC(), r.LogLoss, r.ECE)
	}
}

func TestReadRefuses(t *testing.T) {
	head := strings.Join(columns, ",") + "\n"
	for _, c := range []struct{ text, want string }{
		{"a,b\n", "wrong number of fields"},
		{strings.Replace(head, "user", "who", 1), `column 1 is "who"`},
		{head + "tight,1,1,gown,8,66,,34,b,,30,10,party,2015,3\n", `line 2: vote "tight"`},
		{head + "fit,1,1,gown,8,66,,34,b,,30,10,party,2015,x\n", `month "x"`},
	} {
		var buf bytes.Buffer
		z := gzip.NewWriter(&buf)
		z.Write([]byte(c.text))
		z.Close()
		if _, err := read(&buf); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: error %v, want one with %q", c.text, err, c.want)
		}
	}
	if _, err := read(strings.NewReader("plain")); err == nil {
		t.Error("a file that is not gzip is read")
	}
}

// Ties count half: all odds equal give one half.
func TestAUC(t *testing.T) {
	test := []report{{vote: 0}, {vote: 1}, {vote: 0}, {vote: 1}}
	flat := [][3]float64{{.5, .5}, {.5, .5}, {.5, .5}, {.5, .5}}
	if got := auc(test, flat, 0); got != 0.5 {
		t.Errorf("equal odds give %g, want 0.5", got)
	}
	right := [][3]float64{{.9, .1}, {.1, .9}, {.6, .4}, {.2, .8}}
	if a, b := auc(test, right, 0), auc(test, right, 1); math.Abs(a-1)+math.Abs(b-1) > 0 {
		t.Errorf("right order gives %g and %g, want 1", a, b)
	}
}
