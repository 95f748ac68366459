package spec

import (
	"errors"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"fitroom/geometry/fault"
)

// table reads a POM table for one template: every measure asked for by key,
// with limits; what is left over at the end is an error. Faults are collected,
// so that a caller hears of all of them at once.
type table struct {
	template string
	pom      map[string]float64 // [m]
	options  map[string]string
	known    []string // keys asked for, in order
	offered  []string // options asked for, in order
	taken    map[string]bool
	// canonical is, per key of the table, the key under which Measure reports it.
	canonical map[string]string
	faults    []error
}

func newTable(template string, pom map[string]float64, options map[string]string) *table {
	return &table{template: template, pom: pom, options: options, taken: map[string]bool{}, canonical: map[string]string{}}
}

func (t *table) fault(format string, args ...any) {
	t.faults = append(t.faults, fault.Errorf("spec: %s: %w", t.template, fault.Errorf(format, args...)))
}

// measure reads a measure under any of its names; 0 means that it is not
// given. Limits are of garments for adults [m].
func (t *table) measure(low, high float64, names ...string) float64 {
	t.known = append(t.known, names...)
	value, from := 0.0, ""
	for _, name := range names {
		v, given := t.pom[name]
		if !given {
			continue
		}
		t.taken[name] = true
		t.canonical[name] = names[0]
		if !(v >= low && v <= high) {
			t.fault("%s is %s; want %s to %s", name, cm(v), cm(low), cm(high))
			continue
		}
		if from != "" && math.Abs(v-value) > 0.0005 {
			t.fault("%s is %s but %s is %s; they are one measure here", from, cm(value), name, cm(v))
			continue
		}
		value, from = v, name
	}
	return value
}

// choice reads an option that is one of a few words; the first is the default.
func (t *table) choice(name string, words ...string) string {
	v, given := t.options[name]
	t.offered = append(t.offered, name)
	t.taken["option "+name] = true
	if !given || v == "" {
		return words[0]
	}
	if !slices.Contains(words, v) {
		t.fault("option %s is %q; want %s", name, v, strings.Join(words, ", "))
		return words[0]
	}
	return v
}

// number reads an option that is a number.
func (t *table) number(name string, standard, low, high float64) float64 {
	v, given := t.options[name]
	t.offered = append(t.offered, name)
	t.taken["option "+name] = true
	if !given || v == "" {
		return standard
	}
	x, err := strconv.ParseFloat(v, 64)
	if err != nil || !(x >= low && x <= high) {
		t.fault("option %s is %q; want a number from %g to %g", name, v, low, high)
		return standard
	}
	return x
}

// length reads the option length, which says how long a garment is where the
// table does not: the words' figures, the standard one first.
func (t *table) length(given float64, measure string, regular, short, long float64) float64 {
	word := t.choice("length", "regular", "short", "long")
	switch {
	case word == "regular":
		return regular
	case given != 0:
		t.fault("option length is %s but %s is given; one of them says how long it is", word, measure)
		return regular
	case word == "short":
		return short
	}
	return long
}

// rest reports keys that no one asked for, and returns all faults.
func (t *table) rest() error {
	for _, name := range slices.Sorted(maps.Keys(t.pom)) {
		if !t.taken[name] {
			t.fault("has no measure %q; it takes %s", name, strings.Join(t.known, ", "))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(t.options)) {
		if !t.taken["option "+name] {
			t.fault("has no option %q; it takes %s", name, strings.Join(t.offered, ", "))
		}
	}
	return errors.Join(t.faults...)
}

// or returns the given measure, or the standard where none was given.
func or(given, standard float64) float64 {
	if given != 0 {
		return given
	}
	return standard
}

// cm is a length in a message.
func cm(m float64) error { return fault.Errorf("%.1f cm", m*100) }
