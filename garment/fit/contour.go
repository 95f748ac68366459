package fit

import (
	"cmp"
	"math"
	"slices"

	"fitroom/garment/drape"
	"fitroom/geometry/body"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// Sectors of a cross-section: eight of 45 degrees, the first in the middle of
// the front, going round by the body's left.
const Sectors = 8

// Section is one cross-section of body and garment where a tape lies. Points
// are in the plane of the tape [m]: X to the body's left, Y to its front, from
// the middle of the body's section.
type Section struct {
	Zone    string
	Skin    []r2.Vec // closed
	Garment []r2.Vec // closed
	// Ease is what the worn garment is longer than a tight tape in each sector
	// [m]; together they are the ease of the worn girth.
	Ease     [Sectors]float64
	Gap      [Sectors]float64 // mean distance from the tape, seen from the middle [m]
	Pressure [Sectors]float64 // mean [Pa]
}

// sections cuts body and garment at every level the garment goes round.
func sections(b *body.Body, g *garmentMesh, r *drape.Result) []Section {
	var out []Section
	for _, p := range places() {
		if p.key == otherName(b.Population) || p.length || slices.ContainsFunc(out, func(s Section) bool { return s.Zone == p.zone }) {
			continue
		}
		for _, l := range b.Levels {
			if l.Key != p.key {
				continue
			}
			if gd, ok := around(b, l, r.Pos, g, p); ok {
				if s, ok := section(b, l, gd, g, r); ok {
					s.Zone = p.zone
					out = append(out, s)
				}
			}
		}
	}
	return out
}

// otherName is the name of the tape over the bust that a population does not use.
func otherName(p body.Population) body.Key {
	if p == body.Women {
		return body.ChestGirth
	}
	return body.BustGirth
}

// section is the cut of body and garment in the plane of a girdle.
func section(b *body.Body, l body.Level, gd girdle, g *garmentMesh, r *drape.Result) (Section, bool) {
	skin := skinLoop(b, l.Parts, gd.plane)
	if skin == nil {
		return Section{}, false
	}
	u, w := facing(gd.plane.normal)
	middle := centroid(skin)
	flat := func(v r3.Vec) r2.Vec { d := r3.Sub(v, middle); return r2.Vec{X: r3.Dot(d, u), Y: r3.Dot(d, w)} }
	s := Section{Skin: outline(skin, flat), Garment: outline(gd.loop, flat)}
	tape := hull(s.Skin)
	var skinLen, garLen, skinArea, garArea [Sectors]float64
	bySector(&skinLen, &skinArea, tape)
	bySector(&garLen, &garArea, s.Garment)
	for k := range Sectors {
		s.Ease[k] = garLen[k] - skinLen[k]
		// Of two sectors of 45 degrees the mean radii differ as the roots of their areas.
		s.Gap[k] = (math.Sqrt(max(0, garArea[k])) - math.Sqrt(max(0, skinArea[k]))) * math.Sqrt(2/(2*math.Pi/Sectors))
	}
	pressureBySector(&s, gd, g, r, flat)
	return s, true
}

// Tape is the length of a tight tape round the body in this plane [m].
func (s *Section) Tape() float64 { return perimeter(hull(s.Skin)) }

// Worn is the length of the garment in this plane as it is worn [m].
func (s *Section) Worn() float64 { return perimeter(s.Garment) }

func perimeter(pts []r2.Vec) float64 {
	sum := 0.0
	for i, p := range pts {
		sum += r2.Norm(r2.Sub(pts[(i+1)%len(pts)], p))
	}
	return sum
}

// Clearance is the distance of a point from the line of the skin [m].
func (s *Section) Clearance(p r2.Vec) float64 {
	least := math.Inf(1)
	for i, a := range s.Skin {
		ab := r2.Sub(s.Skin[(i+1)%len(s.Skin)], a)
		t := 0.0
		if l := r2.Norm2(ab); l > 0 {
			t = min(1, max(0, r2.Dot(r2.Sub(p, a), ab)/l))
		}
		least = min(least, r2.Norm(r2.Sub(p, r2.Add(a, r2.Scale(t, ab)))))
	}
	return least
}

// skinLoop is the longest closed cut of the body that runs on the parts.
func skinLoop(b *body.Body, parts []body.Part, pl plane) []crossing {
	var best []crossing
	longest := 0.0
	for _, c := range chains(cross(nil, pl, b.Mesh.Verts, b.Mesh.Tris, nil)) {
		on, total := 0.0, 0.0
		for _, s := range c.cuts {
			d := r3.Norm(r3.Sub(s.p[1], s.p[0]))
			total += d
			if onParts(b, parts, b.Mesh.Tris[s.tri]) {
				on += d
			}
		}
		if c.closed && on > ownShare*total && total > longest {
			longest, best = total, c.cuts
		}
	}
	return best
}

// facing spans a tape's plane with the body's left and its front; where the
// tape stands upright along the front, with up instead.
func facing(n r3.Vec) (left, front r3.Vec) {
	project := func(v r3.Vec) r3.Vec { return r3.Sub(v, r3.Scale(r3.Dot(v, n), n)) }
	f := project(r3.Vec{Z: 1})
	if r3.Norm(f) < 0.3 {
		f = project(r3.Vec{Y: 1})
	}
	f = r3.Unit(f)
	l := r3.Cross(n, f)
	if l.X < 0 {
		l = r3.Scale(-1, l)
	}
	return l, f
}

func outline(cuts []crossing, flat func(r3.Vec) r2.Vec) []r2.Vec {
	pts := make([]r2.Vec, len(cuts))
	for i := range cuts {
		pts[i] = flat(cuts[i].p[0])
	}
	return pts
}

// hull is the tight tape round points, counter-clockwise (Andrew 1979).
func hull(pts []r2.Vec) []r2.Vec {
	p := slices.Clone(pts)
	slices.SortFunc(p, func(a, b r2.Vec) int { return cmp.Or(cmp.Compare(a.X, b.X), cmp.Compare(a.Y, b.Y)) })
	var h []r2.Vec
	for range 2 {
		floor := len(h)
		for _, q := range p {
			for len(h) >= floor+2 && r2.Cross(r2.Sub(h[len(h)-1], h[len(h)-2]), r2.Sub(q, h[len(h)-2])) <= 0 {
				h = h[:len(h)-1]
			}
			h = append(h, q)
		}
		h = h[:len(h)-1]
		slices.Reverse(p)
	}
	return h
}

// sectorOf a point by its angle from the front, by the left.
func sectorOf(p r2.Vec) int {
	const wide = 2 * math.Pi / Sectors
	a := math.Atan2(p.X, p.Y) + wide/2
	return int(math.Floor(a/wide)+2*Sectors) % Sectors
}

// bySector adds length and swept area of a closed outline to the sectors, each
// piece of a step finer than the sectors going where its middle lies.
func bySector(length, area *[Sectors]float64, pts []r2.Vec) {
	turn := 0.0
	for i, p := range pts {
		turn += r2.Cross(p, pts[(i+1)%len(pts)])
	}
	sign := math.Copysign(1, turn)
	const step = 0.002 // [m]
	for i, p := range pts {
		q := pts[(i+1)%len(pts)]
		d := r2.Sub(q, p)
		n := max(1, int(math.Ceil(r2.Norm(d)/step)))
		for k := range n {
			a := r2.Add(p, r2.Scale(float64(k)/float64(n), d))
			b := r2.Add(p, r2.Scale(float64(k+1)/float64(n), d))
			at := sectorOf(r2.Scale(0.5, r2.Add(a, b)))
			length[at] += r2.Norm(r2.Sub(b, a))
			area[at] += sign * r2.Cross(a, b) / 2
		}
	}
}

// pressureBySector averages the contact pressure of the band of cloth round
// the girdle.
func pressureBySector(s *Section, gd girdle, g *garmentMesh, r *drape.Result, flat func(r3.Vec) r2.Vec) {
	verts, area := band(gd, g, r.Pos)
	var total [Sectors]float64
	for i, v := range verts {
		k := sectorOf(flat(r.Pos[v]))
		s.Pressure[k] += r.Pressure[v] * area[i]
		total[k] += area[i]
	}
	for k, a := range total {
		if a > 0 {
			s.Pressure[k] /= a
		} else {
			s.Pressure[k] = math.NaN()
		}
	}
}
