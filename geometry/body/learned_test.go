package body

import (
	"bytes"
	"math"
	"os"
	"testing"
)

// The prior survives writing and reading; nonsense and a prior for other axes
// are refused.
func TestLearnedPriorRoundTrip(t *testing.T) {
	raw, err := os.ReadFile("../../assets/" + LearnedFile)
	if err != nil {
		t.Fatal(err)
	}
	l, err := DecodeLearned(reader(raw))
	if err != nil {
		t.Fatal(err)
	}
	var again bytes.Buffer
	if err := l.Encode(&again); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(again.Bytes(), raw) {
		t.Error("writing what was read gives other bytes")
	}
	for _, bad := range [][]byte{nil, raw[:50], raw[:len(raw)/2], []byte("a text that is no prior")} {
		if _, err := DecodeLearned(reader(bad)); err == nil {
			t.Errorf("%d bytes of nonsense were taken", len(bad))
		}
	}
	sp := &space{axes: len(l.Men.Mean) + 1}
	if sp.learn(l.Men) == nil {
		t.Error("a prior for another number of axes was taken")
	}
}

// The precision of the space is the inverse of the learned covariance, and a
// body of the mean coefficients costs nothing.
func TestLearnedPriorIsUsed(t *testing.T) {
	m := openModel(t)
	for _, who := range []Population{Women, Men} {
		p, _ := m.population(who)
		sp := p.space
		cov, ok := inverse(sp.prior, sp.axes)
		if !ok {
			t.Fatal("not positive definite")
		}
		var worst float64
		for i := range sp.axes {
			var s float64
			for j := range sp.axes {
				s += sp.prior[i*sp.axes+j] * cov[j*sp.axes+i]
			}
			worst = max(worst, math.Abs(s-1))
		}
		if worst > 1e-6 {
			t.Errorf("%s: prior times covariance is off one by %g", who, worst)
		}
		f := newFitter(sp, p.ruler, nil)
		if c := f.priorCost(sp.centre, f.rhs); c != 0 {
			t.Errorf("%s: the mean costs %g", who, c)
		}
		var far float64
		for _, c := range sp.centre {
			far = max(far, math.Abs(c))
		}
		if far == 0 || far > 3 {
			t.Errorf("%s: the mean is %g standard deviations off the hand-set one", who, far)
		}
	}
}
