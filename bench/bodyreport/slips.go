package main

import (
	"fitroom/geometry/body"
	"fitroom/geometry/body/survey"
)

// slips is what validation does with held-out people and their typing errors.
type slips struct {
	Who            body.Population
	Given          string
	People         int
	Asked, Refused int // with nothing wrong
	Kinds          []slipKind
}

type slipKind struct {
	Name   string
	Fields []survey.Slip
	Sum    survey.Slip
}

// alarmShare is how many of the people with nothing wrong may be asked.
const alarmShare = 0.02

// bounds are the most that can be caught of each kind of error, of all surveyed
// measures.
func (s *study) bounds() []survey.SlipBound {
	learn, _ := s.people.Split(0)
	var soldiers []*survey.People
	for _, who := range survey.Sexes() {
		soldiers = append(soldiers, learn.Soldiers[who])
	}
	var out []survey.SlipBound
	for i, kind := range survey.SlipKinds() {
		out = append(out, survey.SlipLimit(soldiers, kind.Factors, alarmShare))
		s.tell("limits of finding errors", i+1, len(survey.SlipKinds()))
	}
	return out
}

// everyday is what a customer of a shop may know: with so little, a tenth
// cannot be told from a person.
func everyday() []body.Key {
	return []body.Key{body.Height, body.Weight, body.ChestGirth, body.WaistNavelGirth, body.HipGirth, body.Inseam, body.NeckGirth}
}

func (s *study) slip() []slips {
	learn, hold := s.people.Split(0)
	priors, err := body.NewPriors(learn.Learn(true))
	if err != nil {
		panic("bodyreport: " + err.Error())
	}
	var out []slips
	steps := 0
	for _, g := range []struct {
		name string
		keys []body.Key
	}{{"all surveyed measures", nil}, {"seven measures of a shop", everyday()}} {
		for _, who := range survey.Sexes() {
			people := hold.Soldiers[who]
			t := slips{Who: who, Given: g.name, People: len(people.Rows)}
			t.Asked, t.Refused = survey.Alarms(priors[who], people, g.keys)
			for _, kind := range survey.SlipKinds() {
				k := slipKind{Name: kind.Name, Fields: survey.Slips(priors[who], people, g.keys, kind.Factors, 1)}
				for _, f := range k.Fields {
					k.Sum.Tried, k.Sum.Caught = k.Sum.Tried+f.Tried, k.Sum.Caught+f.Caught
					k.Sum.Named, k.Sum.Refused = k.Sum.Named+f.Named, k.Sum.Refused+f.Refused
				}
				t.Kinds = append(t.Kinds, k)
				steps++
				s.tell("typing errors", steps, 4*len(survey.SlipKinds()))
			}
			out = append(out, t)
		}
	}
	return out
}
