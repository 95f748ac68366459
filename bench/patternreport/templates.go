package main

import (
	"maps"
	"slices"
	"strings"

	"fitroom/garment/pattern"
	"fitroom/garment/pattern/spec"
	"fitroom/geometry/body"
)

// A template has no size of its own: it is drafted for each of the three
// bodies, with the ease that such a garment has.
type draft struct {
	template string
	people   body.Population
	options  string // name=value, ...
	fabric   string
	ease     func(v values) map[string]float64 // finished measures [m] for a body
}

func drafts() []draft {
	top := func(chest float64) func(v values) map[string]float64 {
		return func(v values) map[string]float64 {
			return map[string]float64{"chest_girth": v[body.BustGirth] + v[body.ChestGirth] + chest}
		}
	}
	hung := func(chest, hip float64) func(v values) map[string]float64 {
		return func(v values) map[string]float64 {
			m := top(chest)(v)
			m["hem"] = max(m["chest_girth"], v[body.HipGirth]+hip)
			return m
		}
	}
	sleeved := func(of func(v values) map[string]float64) func(v values) map[string]float64 {
		return func(v values) map[string]float64 { // to the wrist of an arm of average length
			m := of(v)
			m["sleeve_length"] = 0.325 * v[body.Height]
			return m
		}
	}
	sheath := func(v values) map[string]float64 {
		return map[string]float64{"bust_girth": v[body.BustGirth] + 0.06, "waist_girth": v[body.WaistGirth] + 0.05, "hip_girth": v[body.HipGirth] + 0.07}
	}
	below := func(waist, hip float64) func(v values) map[string]float64 {
		return func(v values) map[string]float64 {
			m := map[string]float64{"waist_girth": v[body.WaistGirth] + waist}
			if hip != 0 {
				m["hip_girth"] = v[body.HipGirth] + hip
			}
			return m
		}
	}
	legged := func(of func(v values) map[string]float64) func(v values) map[string]float64 {
		return func(v values) map[string]float64 { // to the ankle of a leg of average length
			m := of(v)
			m["inseam"] = 0.44 * v[body.Height]
			return m
		}
	}
	tights := func(v values) map[string]float64 { // a knit that is smaller than the body
		return map[string]float64{"waist_girth": 0.83 * v[body.WaistGirth], "hip_girth": 0.86 * v[body.HipGirth], "inseam": 0.41 * v[body.Height]}
	}
	return []draft{
		{"tee", body.Men, "", "jersey", hung(0.08, 0.05)},
		{"tee", body.Women, "neck=v,sleeve=long", "jersey", sleeved(hung(0.06, 0.05))},
		{"tee", body.Women, "neck=boat,sleeve=three_quarter", "interlock", hung(0.06, 0.06)},
		{"tee", body.Women, "neck=scoop,sleeve=cap,fit=slim", "jersey", hung(0.04, 0.04)},
		{"tee", body.Men, "fit=loose,neck_rib=yes", "jersey", hung(0.16, 0.10)},
		{"tank", body.Women, "", "jersey", hung(0.03, 0.05)},
		{"polo", body.Men, "", "interlock", hung(0.10, 0.06)},
		{"shirt", body.Men, "", "poplin", sleeved(hung(0.12, 0.10))},
		{"shirt", body.Women, "sleeve=short,bust_dart_cm=2.5", "poplin", hung(0.10, 0.10)},
		{"hoody", body.Men, "", "fleece", sleeved(top(0.16))},
		{"dress", body.Women, "neck=boat", "wool suiting", sheath},
		{"dress", body.Women, "shape=a_line", "viscose", top(0.08)},
		{"skirt", body.Women, "", "twill", below(0.01, 0.06)},
		{"skirt", body.Women, "shape=pencil", "wool suiting", below(0.015, 0.05)},
		{"skirt", body.Women, "shape=circle", "viscose", below(0.01, 0)},
		{"trousers", body.Men, "", "twill", legged(below(0.01, 0.07))},
		{"trousers", body.Women, "", "wool suiting", legged(below(0.01, 0.06))},
		{"shorts", body.Men, "", "twill", below(0.01, 0.08)},
		{"leggings", body.Women, "", "leggings knit", tights},
	}
}

// templateEntries drafts all templates for all builds.
func templateEntries(only string) []*entry {
	var out []*entry
	for _, d := range drafts() {
		name := "template/" + d.template
		if d.options != "" {
			name += "," + d.options
		}
		if !strings.Contains(name, only) {
			continue
		}
		e := &entry{name: name, format: "template", people: d.people, cloth: d.fabric}
		options := map[string]string{}
		for pair := range strings.SplitSeq(d.options, ",") {
			if key, value, given := strings.Cut(pair, "="); given {
				options[key] = value
			}
		}
		e.draft = func() (*pattern.SizeRun, error) {
			run := &pattern.SizeRun{Style: name}
			for k, build := range builds {
				p, err := spec.Draft(d.template, d.ease(valuesOf(d.people, k)), maps.Clone(options))
				if err != nil {
					return nil, err
				}
				run.Sizes = append(run.Sizes, pattern.Size{Name: build, Pattern: p})
			}
			return run, run.Validate()
		}
		out = append(out, e)
	}
	return slices.Clip(out)
}
