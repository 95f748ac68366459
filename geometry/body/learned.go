package body

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/klauspost/compress/zstd"
)

// LearnedFile is the name of the learned prior in the assets.
const LearnedFile = "prior.bin.zst"

// Shapes are mean and covariance of the coefficients of shape of one sex.
type Shapes struct {
	Mean []float64
	Cov  []float64 // axes x axes
}

// Learned is what fits of surveyed people taught about shapes.
type Learned struct{ Women, Men Shapes }

const learnedMagic = "fitroom prior 1\x00"

// Encode writes means and lower triangles as 32-bit floats, as zstd.
func (l *Learned) Encode(w io.Writer) error {
	var b bytes.Buffer
	put := func(v any) { _ = binary.Write(&b, binary.LittleEndian, v) } // a Buffer takes all
	put([]byte(learnedMagic))
	for _, s := range []Shapes{l.Women, l.Men} {
		n := len(s.Mean)
		put(uint32(n))
		for i := range n {
			put(float32(s.Mean[i]))
		}
		for i := range n {
			for j := range i + 1 {
				put(float32(s.Cov[i*n+j]))
			}
		}
	}
	zw, err := zstd.NewWriter(w, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	if _, err := zw.Write(b.Bytes()); err != nil {
		return err
	}
	return zw.Close()
}

// maxLearned bounds what a file may unpack to.
const maxLearned = 4 << 20

// DecodeLearned reads what Encode wrote.
func DecodeLearned(r io.Reader) (*Learned, error) {
	d, err := unpack(r, maxLearned)
	if err != nil {
		return nil, fmt.Errorf("learned prior: %w", err)
	}
	if string(d.bytes(len(learnedMagic))) != learnedMagic {
		return nil, errors.New("learned prior: not a fitroom prior file of version 1")
	}
	l := &Learned{}
	for _, s := range []*Shapes{&l.Women, &l.Men} {
		n := d.count()
		if n*n > maxLearned {
			return nil, fmt.Errorf("learned prior: %d axes are too many", n)
		}
		s.Mean, s.Cov = make([]float64, n), make([]float64, n*n)
		for i := range n {
			s.Mean[i] = d.float32()
		}
		for i := range n {
			for j := range i + 1 {
				v := d.float32()
				s.Cov[i*n+j], s.Cov[j*n+i] = v, v
			}
		}
	}
	if d.short || len(d.b) != 0 {
		return nil, errors.New("learned prior: the file is cut short or too long")
	}
	return l, nil
}

func (d *decoder) float32() float64 {
	return float64(math.Float32frombits(binary.LittleEndian.Uint32(d.bytes(4))))
}

// learn replaces the hand-set prior of a space by a learned one.
func (s *space) learn(of Shapes) error {
	n := s.axes
	if len(of.Mean) != n {
		return fmt.Errorf("learned prior: made for %d axes of shape, the model has %d; run go run ./assets/priorbuild", len(of.Mean), n)
	}
	p, ok := inverse(of.Cov, n)
	if !ok {
		return errors.New("learned prior: the covariance is not positive definite")
	}
	s.centre, s.prior = of.Mean, p
	return nil
}

// inverse of a symmetric positive definite matrix.
func inverse(a []float64, n int) ([]float64, bool) {
	l := append([]float64(nil), a...)
	if !cholesky(l, n) {
		return nil, false
	}
	out, col := make([]float64, n*n), make([]float64, n)
	for j := range n {
		clear(col)
		col[j] = 1
		solveCholesky(l, col, n)
		for i := range n {
			out[i*n+j] = col[i]
		}
	}
	for i := range n { // the same bits on both sides of the diagonal
		for j := range i {
			out[j*n+i] = out[i*n+j]
		}
	}
	return out, true
}

// learnShare widens the measuring error of a survey's tape to what also lies
// between its definition of a measure and ours.
const learnShare = 1.5

// throughCrotch is that of the tapes between the legs, which pull into the
// flesh by centimetres; taken at their word they make hips deep and narrow,
// which ANSUR II's hip breadths contradict [m].
const throughCrotch = 0.04

// Shape fits a body no closer than people can be measured, and returns its coefficients of shape and their spread: the
// inverse of the curvature of the cost, axes x axes, which says how far the
// measures leave them open. It is what a prior is learned from: what a close fit
// does to meet a tape that slipped must not become what people look like.
func (m *Model) Shape(ctx context.Context, in Measurements) (c, spread []float64, err error) {
	p, ok := m.population(in.Population)
	if !ok {
		return nil, nil, fmt.Errorf("body: population %q has no shapes", in.Population)
	}
	f := p.fitter(in.Population, p.prior.table(&in))
	for i := range f.targets {
		t := &f.targets[i]
		if !t.given {
			continue
		}
		t.sigma, t.given = learnShare*sigmaOf(t.key, in.Values[t.key]), false
		if t.key == CrotchLength || t.key == TrunkGirth {
			t.sigma = throughCrotch
		}
	}
	if err := f.run(ctx, 0); err != nil {
		return nil, nil, err
	}
	f.normal(1)
	n := p.space.axes
	for i := range n {
		for j := range i {
			f.hess[j*n+i] = f.hess[i*n+j]
		}
	}
	spread, ok = inverse(f.hess, n)
	if !ok {
		return nil, nil, errors.New("body: the fit rests in a place that is no minimum")
	}
	return f.c, spread, nil
}

// HandSet is the prior of a population that is used before one is learned.
func (m *Model) HandSet(who Population) (Shapes, error) {
	p, ok := m.population(who)
	if !ok {
		return Shapes{}, fmt.Errorf("body: population %q has no shapes", who)
	}
	n := p.space.axes
	cov, ok := inverse(p.space.prior, n)
	if !ok {
		return Shapes{}, errors.New("body: the prior is not positive definite")
	}
	return Shapes{Mean: append([]float64(nil), p.space.centre...), Cov: cov}, nil
}
