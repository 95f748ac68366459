package survey

import "fitroom/geometry/body"

// Surveys are both surveys, by sex.
type Surveys struct {
	Soldiers, Civilians map[body.Population]*People
}

// Sexes are the populations that were surveyed.
func Sexes() []body.Population { return []body.Population{body.Women, body.Men} }

// Open reads both surveys from their folder.
func Open(dir string) (*Surveys, error) {
	s := newSurveys()
	for _, who := range Sexes() {
		var err error
		if s.Soldiers[who], err = Soldiers(dir, who); err != nil {
			return nil, err
		}
		if s.Civilians[who], err = Civilians(dir, who); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func newSurveys() *Surveys {
	return &Surveys{map[body.Population]*People{}, map[body.Population]*People{}}
}

// Split holds out one fifth of each.
func (s *Surveys) Split(fold int) (learn, hold *Surveys) {
	learn, hold = newSurveys(), newSurveys()
	for _, who := range Sexes() {
		learn.Soldiers[who], hold.Soldiers[who] = s.Soldiers[who].Split(fold)
		learn.Civilians[who], hold.Civilians[who] = s.Civilians[who].Split(fold)
	}
	return learn, hold
}

// Learn makes the table of both sexes. Without civilians it is that of the
// soldiers alone.
func (s *Surveys) Learn(civilians bool) *body.StatsTable {
	t := &body.StatsTable{}
	for _, k := range Keys() {
		t.Keys = append(t.Keys, string(k))
	}
	soldiers := body.SoldierStats{Women: Learn(s.Soldiers[body.Women], nil), Men: Learn(s.Soldiers[body.Men], nil)}
	if !civilians {
		t.Women, t.Men = soldiers.Women, soldiers.Men
		return t
	}
	t.Women = Learn(s.Soldiers[body.Women], s.Civilians[body.Women])
	t.Men = Learn(s.Soldiers[body.Men], s.Civilians[body.Men])
	t.Soldiers = &soldiers
	return t
}
