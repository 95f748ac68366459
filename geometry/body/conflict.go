package body

import (
	"cmp"
	"math"
	"slices"

	"fitroom/geometry/fault"
)

const (
	// A given value counts as met within these; missed by more it is reported
	// as a conflict, never moved in silence. No tape shall find one off by more than
	// 2 mm that is not reported: half a millimetre is left for where the public
	// tape differs from the fit's.
	metLength = 0.0015 // [m]
	metWeight = 1.0    // [kg]
	// refusal is by how many times more a value may be missed before there is
	// no body at all: then the values are not those of one person.
	refusal = 6
	// displaced is from which share of that on a value counts as a party to a
	// conflict. In least squares all parties are displaced, each a little.
	displaced  = 0.33
	maxParties = 3
)

// seatOverCrotch is how far the fullest part of the seat lies over the crotch at
// least [m]. Of one surveyed man in fifty it was found lower than the crotch, by up to 3 cm: the two
// heights are taken from the floor at different moments, each to about a centimetre.
// A body bent to both hangs a skirt of skin over its thighs.
const seatOverCrotch = 0.005

// reconcile lets the heights of seat and crotch meet half way where they contradict
// each other; verify reports both, if that misses them by more than it should.
func reconcile(targets []target) {
	at := func(k Key) *target {
		i := slices.IndexFunc(targets, func(t target) bool { return t.key == k })
		return &targets[i]
	}
	seat, crotch := at(HipHeight), at(Inseam)
	if lack := crotch.value + seatOverCrotch - seat.value; seat.given && crotch.given && lack > 0 {
		seat.value, crotch.value = seat.value+lack/2, crotch.value-lack/2
	}
}

// Conflict is a given value that cannot be met together with others.
type Conflict struct {
	Key             Key
	Asked, Achieved float64 // [m, kg]
	With            []Key   // the given values it conflicts with, the most displaced first
}

func (c Conflict) String() string { return c.Err().Error() }

// Err is the conflict as an error.
func (c Conflict) Err() *MeasureError {
	with := fault.Errorf("the other values")
	if len(c.With) > 0 {
		names := make([]error, len(c.With))
		for i, k := range c.With {
			names[i] = fault.Errorf("%s", k)
		}
		with = fault.Join(", ", names...)
	}
	unit := unitOf(c.Key)
	tol := refusal * metLength
	if c.Key == Weight {
		tol = refusal * metWeight
	}
	return &MeasureError{Key: c.Key, Got: c.Asked, Lo: c.Achieved - tol, Hi: c.Achieved + tol, Unit: unit,
		Reason: fault.Errorf("cannot be met together with %w; the nearest body has %w", with, number(c.Achieved, unit))}
}

// missed is how far a measure is from the given value, in units of what counts
// as met.
func (r *Measure) missed() float64 {
	if r.Source != Given {
		return 0
	}
	if r.Key == Weight {
		return math.Abs(r.Achieved-r.Asked) / metWeight
	}
	return math.Abs(r.Achieved-r.Asked) / metLength
}

// verify lists the given values that the mesh misses and who they conflict
// with. A value far beyond reach is an error.
func (b *Body) verify() error {
	var parties []*Measure
	for i := range b.Measures {
		if r := &b.Measures[i]; r.missed() > displaced {
			parties = append(parties, r)
		}
	}
	slices.SortStableFunc(parties, func(p, q *Measure) int { return cmp.Compare(q.missed(), p.missed()) })
	for i, r := range parties {
		if r.missed() <= 1 {
			break
		}
		c := Conflict{Key: r.Key, Asked: r.Asked, Achieved: r.Achieved}
		for _, q := range slices.Concat(parties[:i], parties[i+1:]) {
			if len(c.With) < maxParties && statKey(q.Key) != statKey(r.Key) {
				c.With = append(c.With, q.Key)
			}
		}
		b.Conflicts = append(b.Conflicts, c)
		b.Warnings = append(b.Warnings, c.String())
	}
	if len(b.Conflicts) == 0 || parties[0].missed() <= refusal {
		return nil
	}
	return b.Conflicts[0].Err()
}
