package spec

import (
	"maps"
	"slices"
	"strings"

	"fitroom/garment/pattern"
	"fitroom/geometry/fault"
)

// template is one garment that can be drafted.
type template struct {
	name string
	// draft reads the table and draws; measure takes the measures of what was
	// drawn, under the keys of the table.
	draft   func(t *table) (*pattern.Pattern, error)
	measure func(t *taker) map[string]float64
}

// templates is a function so that no caller can change what another reads.
func templates() []template {
	return []template{
		{"tee", topTemplate(teeTop), (*taker).top},
		{"tank", topTemplate(tankTop), (*taker).top},
		{"polo", topTemplate(poloTop), (*taker).top},
		{"shirt", topTemplate(shirtTop), (*taker).top},
		{"hoody", topTemplate(hoodyTop), (*taker).top},
		{"dress", draftDress, (*taker).dress},
		{"skirt", draftSkirt, (*taker).skirt},
		{"trousers", legTemplate(trouserLegs), (*taker).trousers},
		{"shorts", legTemplate(shortLegs), (*taker).trousers},
		{"leggings", legTemplate(leggingLegs), (*taker).trousers},
	}
}

// Templates names the templates that Draft knows.
func Templates() []string {
	var names []string
	for _, t := range templates() {
		names = append(names, t.name)
	}
	return names
}

func find(name string) (template, error) {
	for _, t := range templates() {
		if t.name == name {
			return t, nil
		}
	}
	return template{}, fault.Errorf("spec: there is no template %q; there are %s", name, strings.Join(Templates(), ", "))
}

// Draft draws a template from a table of finished measures [m, full round]
// under the keys of the command-line contract, and from options. It refuses
// measures and options the template has no use for, and tables that contradict
// themselves. Where a table says more than a garment has freedom for, what
// follows from the rest is left over: Residuals says by how much. The result
// is validated.
func Draft(name string, pom map[string]float64, options map[string]string) (*pattern.Pattern, error) {
	d, err := Draw(name, pom, options)
	if err != nil {
		return nil, err
	}
	return d.Pattern, nil
}

// Drawing is a drafted pattern and how well it meets its table. It is an
// approximation of the garment whose table it is: measures that the table does
// not give follow the template's rules, not the maker's.
type Drawing struct {
	Pattern   *pattern.Pattern
	Residuals []Residual // one per measure of the table, by key
}

// Residual compares a measure of the table with the same measure taken on the
// flat panels [m].
type Residual struct {
	Key        string
	Asked, Got float64
}

// Draw drafts like Draft and measures what it drew.
func Draw(name string, pom map[string]float64, options map[string]string) (*Drawing, error) {
	k, err := find(name)
	if err != nil {
		return nil, err
	}
	t := newTable(name, pom, options)
	p, err := k.draft(t)
	if err != nil {
		return nil, err
	}
	got, gauges, err := k.taken(p)
	if err != nil {
		return nil, err
	}
	p.Gauges = gauges
	d := &Drawing{Pattern: p}
	for _, key := range slices.Sorted(maps.Keys(pom)) {
		d.Residuals = append(d.Residuals, Residual{key, pom[key], got[t.canonical[key]]})
	}
	return d, nil
}
