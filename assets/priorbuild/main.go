// Command priorbuild makes assets/prior.bin.zst: mean and covariance of the
// coefficients of shape, per sex, from fits of all subjects of ANSUR II with
// every measure that can be given at once.
//
//	go run ./assets/priorbuild -from ../shared/data/anthropometry
//
// It is one step of expectation maximisation (Dempster, Laird and Rubin 1977)
// from the hand-set prior: the mean of the fitted coefficients, and their
// covariance plus the mean of what each fit leaves open. Without the second
// term all that tapes do not see would be held to be the same for everybody.
// A share of the hand-set prior stays, because soldiers are neither thin nor
// heavy: it keeps bodies far outside of the sample within reach and smooth.
package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"fitroom/geometry/body"
	"fitroom/geometry/body/survey"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "priorbuild:", err)
		os.Exit(1)
	}
}

// keptShare of the hand-set prior stays in mean and covariance.
const keptShare = 0.35

func run(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("priorbuild", flag.ContinueOnError)
	from := flags.String("from", "../shared/data/anthropometry", "folder of the survey files")
	to := flags.String("to", "assets/"+body.LearnedFile, "the file to write")
	every := flags.Int("every", 1, "take every nth subject only")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *every < 1 {
		return fmt.Errorf("-every %d is less than 1", *every)
	}
	model, err := body.OpenHandSet(os.DirFS(filepath.Dir(*to)))
	if err != nil {
		return err
	}
	var learned body.Learned
	for _, who := range survey.Sexes() {
		people, err := survey.Soldiers(*from, who)
		if err != nil {
			return err
		}
		s, n, err := learn(model, people, *every)
		if err != nil {
			return err
		}
		if who == body.Women {
			learned.Women = s
		} else {
			learned.Men = s
		}
		fmt.Fprintf(out, "%s: %d subjects, %d axes\n", who, n, len(s.Mean))
	}
	var b bytes.Buffer
	if err := learned.Encode(&b); err != nil {
		return err
	}
	return os.WriteFile(*to, b.Bytes(), 0o644)
}

// fitted is one subject's shape.
type fitted struct {
	c, spread []float64
	err       error
}

// batch bounds how many spreads are in memory at once.
const batch = 64

// learn fits the subjects on all processors and sums in their order, so that
// the figures do not depend on the number of processors.
func learn(model *body.Model, people *survey.People, every int) (body.Shapes, int, error) {
	hand, err := model.HandSet(people.Who)
	if err != nil {
		return body.Shapes{}, 0, err
	}
	n := len(hand.Mean)
	m := moments{mean: make([]float64, n), square: make([]float64, n*n), open: make([]float64, n*n)}
	var chosen []int
	for i := 0; i < len(people.Rows); i += every {
		chosen = append(chosen, i)
	}
	for some := range slices.Chunk(chosen, batch) {
		for _, f := range fitAll(model, people, some) {
			if f.err != nil {
				return body.Shapes{}, 0, f.err
			}
			m.add(f)
		}
	}
	return m.shapes(hand), m.count, nil
}

func fitAll(model *body.Model, people *survey.People, subjects []int) []fitted {
	out := make([]fitted, len(subjects))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(subjects); i = int(next.Add(1)) - 1 {
				o := &out[i]
				o.c, o.spread, o.err = model.Shape(context.Background(), people.Together(subjects[i]))
			}
		})
	}
	wg.Wait()
	return out
}

// moments are sums over subjects.
type moments struct {
	count        int
	mean         []float64
	square, open []float64 // of products of coefficients, and of spreads
}

func (m *moments) add(f fitted) {
	n := len(m.mean)
	m.count++
	for i, x := range f.c {
		m.mean[i] += x
		for j, y := range f.c {
			m.square[i*n+j] += float64(x * y)
			m.open[i*n+j] += f.spread[i*n+j]
		}
	}
}

// shapes mixes the moments with the hand-set prior.
func (m *moments) shapes(hand body.Shapes) body.Shapes {
	n, k := len(m.mean), float64(m.count)
	s := body.Shapes{Mean: make([]float64, n), Cov: make([]float64, n*n)}
	for i := range n {
		s.Mean[i] = (1-keptShare)*m.mean[i]/k + keptShare*hand.Mean[i]
	}
	for i := range n {
		for j := range n {
			seen := m.square[i*n+j]/k - m.mean[i]/k*m.mean[j]/k + m.open[i*n+j]/k
			s.Cov[i*n+j] = (1-keptShare)*seen + keptShare*hand.Cov[i*n+j]
		}
	}
	return s
}
