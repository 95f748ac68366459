package survey

import (
	"errors"
	"runtime"
	"sync"

	"fitroom/geometry/body"
)

// Slip counts what becomes of one kind of error in one field.
type Slip struct {
	Key     body.Key
	Factors []float64 // the true value times one of these was given
	Tried   int
	Caught  int // asked about or refused
	Named   int // ... and this very field was named
	Refused int
}

// SlipKinds are the errors that validation is judged by.
func SlipKinds() []struct {
	Name    string
	Factors []float64
} {
	return []struct {
		Name    string
		Factors []float64
	}{
		{"10 %", []float64{0.9, 1.1}},
		{"20 %", []float64{0.8, 1.2}},
		{"cm for inch", []float64{2.54, 1 / 2.54}},
	}
}

// Alarms counts the people who are asked about or refused although nothing is
// wrong. Keys says what is given; nil: all that the survey has.
func Alarms(p *body.Prior, people *People, keys []body.Key) (asked, refused int) {
	for i := range people.Rows {
		doubts, err := p.Check(only(people.Measurements(i), keys))
		if err != nil {
			refused++
		}
		if err != nil || len(doubts) > 0 {
			asked++
		}
	}
	return asked, refused
}

func only(m body.Measurements, keys []body.Key) body.Measurements {
	if keys == nil {
		return m
	}
	v := map[body.Key]body.Measurement{}
	for _, k := range keys {
		v[k] = m.Values[k]
	}
	m.Values = v
	return m
}

// Slips makes every one of the errors in every given field of every step-th
// person, one at a time, and counts per field. Fields are shared out to all
// processors; counts do not depend on how many.
func Slips(p *body.Prior, people *People, keys []body.Key, factors []float64, step int) []Slip {
	if keys == nil {
		keys = people.Keys
	}
	out := make([]Slip, len(keys))
	next := make(chan int)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for f := range next {
				out[f] = slipsOf(p, people, keys, keys[f], factors, step)
			}
		})
	}
	for f := range keys {
		next <- f
	}
	close(next)
	wg.Wait()
	return out
}

func slipsOf(p *body.Prior, people *People, keys []body.Key, k body.Key, factors []float64, step int) Slip {
	s := Slip{Key: k, Factors: factors}
	for i := 0; i < len(people.Rows); i += step {
		in := only(people.Measurements(i), keys)
		was := in.Values[k]
		for _, f := range factors {
			v := was
			v.Value *= f
			in.Values[k] = v
			s.count(p.Check(in))
		}
	}
	return s
}

func (s *Slip) count(doubts []*body.MeasureError, err error) {
	s.Tried++
	var named *body.MeasureError
	if err != nil {
		s.Refused++
		errors.As(err, &named)
	} else if len(doubts) > 0 {
		named = doubts[0]
	}
	if err != nil || named != nil {
		s.Caught++
	}
	if named != nil && named.Key == s.Key {
		s.Named++
	}
}
