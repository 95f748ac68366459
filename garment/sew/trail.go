package sew

import "fitroom/geometry/fault"

// Trailing is a hem that a body is too short for: hung from where the garment
// sits it ends below the floor. Such legs stand on the feet in folds, or are
// shortened; what the drape makes of them is no picture of a garment that fits.
type Trailing struct {
	Panel string  // one that ends there
	By    float64 // how far below the floor [m]
}

func (t Trailing) Error() string { return t.Fault().Error() }

// Fault says so for people.
func (t Trailing) Fault() *fault.Fault {
	return fault.Phrase("too long: panel %q would end %.1f cm below the floor", t.Panel, 100*t.By)
}

// leastTrailing is what a hem may be too long before it is told [m]: where a
// waistband comes to sit is not known better.
const leastTrailing = 0.01

// Trailing finds the hem of legs and skirts that ends farthest below the floor,
// by arithmetic on flat panels and undressed body; nil where none does.
func (f *Figure) Trailing(c *Cut) *Trailing {
	l := newLayout(c.Pattern, c.levels[0].pieces, f)
	l.placeAll()
	var worst *Trailing
	for _, g := range l.rings {
		if fam := l.fam[g.tier[0]]; fam != trouser && fam != skirt {
			continue
		}
		if by := f.floor - g.hem; by > leastTrailing && (worst == nil || by > worst.By) {
			worst = &Trailing{l.p.Panels[g.tier[0]].Name, by}
		}
	}
	return worst
}
