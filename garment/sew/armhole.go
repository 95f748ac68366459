package sew

import (
	"math"
	"slices"

	"fitroom/garment/pattern"
	"fitroom/geometry/body"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// armholeAt is the ring of an armhole with a sleeve in it, and the least girth of
// the body that it has to go round: an open front lets out neither. Nil where the
// seams of sleeve and body make no ring, as those of a raglan do not.
func (l *layout) armholeAt(g *ring, mat *materials) *Tight {
	if l.fam[g.tier[0]] != sleeve {
		return nil
	}
	seams := l.armhole(g.tier)
	if !l.isRing(seams) {
		return nil
	}
	t := Tight{Zone: "armhole"}
	var length, give [2]float64 // of the body's side and of the sleeve's
	widest := 0.0
	for _, e := range seams {
		for k, ref := range e {
			n, u := l.giveAlong(ref, mat)
			length[k], give[k] = length[k]+n, give[k]+u
			if k == 0 && n > widest {
				widest, t.Panel = n, l.p.Panels[ref.Panel].Name
			}
		}
	}
	// Sewn to each other both sides are as long as the shorter one, and give as much as
	// the one that gives less.
	t.Cloth = min(length[0], length[1])
	t.Usable = min(give[0]/length[0], give[1]/length[1])
	t.Body = l.fig.armscye(l.limb(g.tier[0]), max(0, math.Abs(l.shoulderEnd(seams).X)-l.fig.tip)+armholeSlips)
	return &t
}

// armholeSlips is how far an armhole slips down the arm from where its shoulder
// ends [m], as those of a garment that is too narrow do.
const armholeSlips = 0.005

// armhole lists the seams between the body of a garment and a sleeve, the body's
// side first.
func (l *layout) armhole(tier []int) (seams [][2]pattern.EdgeRef) {
	for _, s := range l.p.Seams {
		for _, e := range s.Ways() {
			if l.fam[e[0].Panel] == torso && slices.Contains(tier, e[1].Panel) {
				seams = append(seams, e)
			}
		}
	}
	return seams
}

// isRing reports whether seams go round without an end.
func (l *layout) isRing(seams [][2]pattern.EdgeRef) bool {
	w := weld{p: l.p, pieces: l.pieces}
	w.number()
	var ends []int32
	for _, e := range seams {
		pts := l.pieces[e[0].Panel].edges[e[0].Edge]
		for _, v := range [2]int32{pts[0], pts[len(pts)-1]} {
			at := w.vert[e[0].Panel][v]
			if k := slices.Index(ends, at); k >= 0 {
				ends = slices.Delete(ends, k, k+1)
			} else {
				ends = append(ends, at)
			}
		}
	}
	return len(seams) > 0 && len(ends) == 0
}

// giveAlong is the length of an edge [m], and that times the strain up to which the
// cloth can be worn in its direction. The pieces lie with the grain along y.
func (l *layout) giveAlong(e pattern.EdgeRef, mat *materials) (length, give float64) {
	f := &mat.fabrics[mat.panel[e.Panel]]
	pts := l.pointsOf(e.Panel, e.Edge)
	for k := 1; k < len(pts); k++ {
		d := r2.Sub(pts[k], pts[k-1])
		n := r2.Norm(d)
		if n == 0 {
			continue
		}
		weft := d.X * d.X / (n * n)
		length += n
		give += n * (weft*f.UsableWeft + (1-weft)*f.UsableWarp)
	}
	return length, give
}

// shoulderEnd is the highest point of an armhole, as the body of the garment lies.
func (l *layout) shoulderEnd(seams [][2]pattern.EdgeRef) r3.Vec {
	top := r3.Vec{Y: math.Inf(-1)}
	for _, e := range seams {
		for _, v := range l.pieces[e[0].Panel].edges[e[0].Edge] {
			if p := l.pos[e[0].Panel][v]; p.Y > top.Y {
				top = p
			}
		}
	}
	return top
}

// sleeveEases is how much farther down the arm a sleeve may sit than its cloth
// reaches, laid straight from the end of the shoulder [m].
const sleeveEases = 0.02

// reaches is what is added to a row of a sleeve, or of a cuff that hangs from it, to
// give the lowest place of the arm it can come down to: the cap hangs from the
// shoulder, and the tier is laid out from the lower end of its armhole, which is
// drawn out at the start. Minus infinity for what no shoulder holds.
func (l *layout) reaches(g *ring) float64 {
	tier, drop := g.tier, 0.0
	if l.fam[tier[0]] == cuff {
		above := l.above(g)
		if above == nil {
			return math.Inf(-1)
		}
		drop = l.hemRow(above, g)
		tier = above.tier
	} else if l.fam[tier[0]] != sleeve {
		return math.Inf(-1)
	}
	seams := l.armhole(tier)
	if len(seams) == 0 {
		return math.Inf(-1)
	}
	top := math.Inf(-1)
	for _, i := range tier {
		top = max(top, l.rows[i].top())
	}
	s, _, _ := l.fig.arm[l.limb(tier[0])].local(l.shoulderEnd(seams))
	return s - top - drop - sleeveEases
}

// above is the ring of the sleeve from which a cuff hangs.
func (l *layout) above(g *ring) *ring {
	for _, s := range l.p.Seams {
		for _, e := range s.Ways() {
			if !slices.Contains(g.tier, e[0].Panel) || l.fam[e[1].Panel] != sleeve {
				continue
			}
			for _, r := range l.rings {
				if slices.Contains(r.tier, e[1].Panel) {
					return r
				}
			}
		}
	}
	return nil
}

// hemRow is how many rows the seam between a sleeve and its cuff lies higher on the
// cuff's side than on the sleeve's [m].
func (l *layout) hemRow(above, g *ring) float64 {
	var sum, n float64
	for _, s := range l.p.Seams {
		for _, e := range s.Ways() {
			if !slices.Contains(g.tier, e[0].Panel) || !slices.Contains(above.tier, e[1].Panel) {
				continue
			}
			own, other := l.pointsOf(e[0].Panel, e[0].Edge), l.pointsOf(e[1].Panel, e[1].Edge)
			for k := range own {
				_, a := l.charts[e[0].Panel].at(own[k])
				_, b := l.charts[e[1].Panel].at(other[k])
				sum, n = sum+a-b, n+1
			}
		}
	}
	return sum / max(n, 1)
}

// armscye is the least girth of the arm at the shoulder, taken as a tape does through
// armpit and shoulder point (ISO 8559-1), or up to slip farther down the arm [m]. It
// is the length of the convex outline of the plane section, by Cauchy as in bareGirth.
func (f *Figure) armscye(limb int, slip float64) float64 {
	b, side := f.body, 1-2*float64(limb)
	tip, pit := b.Landmarks[body.ShoulderPointL+body.Landmark(limb)], b.Landmarks[body.UnderarmL+body.Landmark(limb)]
	along := r3.Unit(r3.Vec{X: pit.X - tip.X, Y: pit.Y - tip.Y})
	down := r3.Scale(-1, f.arm[limb].up)
	least := math.Inf(1)
	for d := 0.0; ; d += armscyeStep {
		d = min(d, slip)
		cut := armscyeCut{at: r3.Add(tip, r3.Scale(d, down)), along: along, side: side, pit: pit.Y}
		least = min(least, f.armscyeGirth(&cut))
		if d >= slip {
			return least
		}
	}
}

// armscyeStep is the distance of the planes that are compared [m].
const armscyeStep = 0.005

// armscyeCut is a plane square to the front of the body.
type armscyeCut struct {
	at, along r3.Vec  // a point of it, and the direction from shoulder to armpit
	side, pit float64 // sign of x there; height of the armpit, below which it cuts no trunk [m]
}

func (f *Figure) armscyeGirth(c *armscyeCut) float64 {
	var reach [rays]float64
	for k := range reach {
		reach[k] = math.Inf(-1)
	}
	normal := r3.Cross(c.along, axisZ)
	keep := f.parts(body.Torso, body.UpperArmL, body.UpperArmR)
	for i, t := range f.body.Mesh.Tris {
		if !keep(i) {
			continue
		}
		for k := range 3 {
			p, q := f.body.Mesh.Verts[t[k]], f.body.Mesh.Verts[t[(k+1)%3]]
			hp, hq := r3.Dot(r3.Sub(p, c.at), normal), r3.Dot(r3.Sub(q, c.at), normal)
			if (hp > 0) == (hq > 0) {
				continue
			}
			x := r3.Add(p, r3.Scale(hp/(hp-hq), r3.Sub(q, p)))
			if x.X*c.side < 0 || f.body.Part[t[0]] == body.Torso && x.Y < c.pit {
				continue
			}
			u := r3.Dot(r3.Sub(x, c.at), c.along)
			for m, d := range f.dirs {
				reach[m] = max(reach[m], u*d[0]+x.Z*d[1])
			}
		}
	}
	sum := 0.0
	for _, r := range reach {
		sum += r
	}
	return sum * 2 * math.Pi / rays
}
