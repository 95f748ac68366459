package fit

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"fitroom/garment/cloth"
	"fitroom/garment/drape"
	"fitroom/geometry/body"

	"gonum.org/v1/gonum/spatial/r3"
)

// Judge compares one draped size with the body it hangs on. To the flat
// arithmetic it adds what only the drape knows: which zones the garment covers,
// its girths relaxed and worn, strain, tension and pressure. A drape that is
// neither at rest nor an estimate keeps the ease and gives none of the forces.
func Judge(b *body.Body, c *cloth.Cloth, r drape.Result, s *Style, size string, o Options) (*SizeReport, error) {
	if err := drapedAsCloth(c, &r); err != nil {
		return nil, err
	}
	if !slices.Contains(s.Sizes, size) {
		return nil, fmt.Errorf("size %q is not one of style %s: %s", size, s.ID, strings.Join(s.Sizes, ", "))
	}
	t, err := newTable(FromBody(b, o.Asked), s, o)
	if err != nil {
		return nil, err
	}
	found := map[string]*measured{}
	settled := r.Status.Known()
	if settled { // otherwise even where the cloth lies means nothing
		g := newGarmentMesh(c)
		t.measureGirths(found, b, c, g, &r)
		t.measureLengths(found, b, c, g, &r)
		e := newEdges(c, &r)
		t.measureEdges(found, b, e)
		t.measureOwn(found, ownLines(c, e, g, &r, found["chest"] == nil && found["bust"] == nil))
	}
	for _, m := range found {
		m.pulledIn = len(c.Bands) > 0
	}
	report := &SizeReport{Size: size}
	for i := range t.spots {
		sp := &t.spots[i]
		d := found[sp.zone]
		if !settled {
			d = unknown()
		} else if d == nil && !sp.has {
			continue // charted, but the garment does not reach there
		}
		var z Zone
		t.zone(&z, sp, size, d)
		z.unsettled, z.unfound = !settled, d == nil
		report.Zones = append(report.Zones, z)
	}
	newSpeaker(s).zones(report.Zones, size)
	return report, nil
}

// drapedAsCloth refuses a result of another cloth: a programmer's slip that
// would otherwise be measured as a garment.
func drapedAsCloth(c *cloth.Cloth, r *drape.Result) error {
	var faults []error
	check := func(name string, got, want int) {
		if got != want {
			faults = append(faults, fmt.Errorf("drape result: %s has %d entries, the cloth has %d", name, got, want))
		}
	}
	check("positions", len(r.Pos), len(c.Start))
	check("rest", len(c.Rest), len(c.Tris))
	check("panels of triangles", len(c.Panel), len(c.Tris))
	if r.Status.Known() {
		check("tension", len(r.Tension), len(c.Tris))
		check("stress", len(r.Stress), len(c.Tris))
		check("pressure", len(r.Pressure), len(c.Start))
	}
	for i, v := range r.Pos {
		if s := v.X + v.Y + v.Z; math.IsNaN(s) || math.IsInf(s, 0) {
			faults = append(faults, fmt.Errorf("drape result: vertex %d is at (%g, %g, %g); positions must be finite", i, v.X, v.Y, v.Z))
			break
		}
	}
	return errors.Join(faults...)
}

// measureGirths finds the cloth at every level of the body, adds zones the
// style says nothing of, and measures them.
func (t *table) measureGirths(found map[string]*measured, b *body.Body, c *cloth.Cloth, g *garmentMesh, r *drape.Result) {
	for _, l := range b.Levels {
		key := t.nameOf(l.Key)
		p, ok := placeOf(key)
		if !ok || p.length || found[p.zone] != nil || t.namedOtherwise(p.zone, key) {
			continue
		}
		if key == body.UnderbustGirth && b.Population == body.Men && !t.hasZone(p.zone) {
			continue // no place of men's clothes
		}
		gd, ok := around(b, l, r.Pos, g, p)
		if own, has := sleeveLine(b, l, c, r.Pos); has && t.measures(key) {
			if at, found := around(b, own, r.Pos, g, p); found {
				at.shift += r3.Dot(r3.Sub(own.Origin, l.Origin), l.Normal)
				gd, ok = at, true
			}
		}
		if !ok {
			continue
		}
		m := measureHoop(gd, g, r)
		m.at, m.shift = achieved(b, l.Key), math.Copysign(1, l.Normal.Y)*gd.shift
		m.pressure, m.pres95 = bandPressure(gd, g, r.Pos, r.Pressure)
		m.plane = gd.plane
		m.room, m.leastGap = clearances(b, l.Parts, gd, m.relaxed)
		found[p.zone] = &m
		t.cover(p, false)
	}
}

// measureOwn adds the pattern's own lines to the zones whose measure they are.
func (t *table) measureOwn(found map[string]*measured, own map[body.Key]ownLine) {
	for i := range t.spots {
		s := &t.spots[i]
		o, ok := own[s.key]
		if !ok {
			o, ok = own[twin(s.key)]
		}
		m := found[s.zone]
		if !ok || m == nil {
			continue
		}
		m.own = o
		if s.length && o.bridged == 0 {
			m.relaxed, m.worn, m.pull = o.relaxed, o.worn, o.pull // a length is taken along the cloth, not at a level
		}
	}
}

// measures reports a garment measure the style states.
func (t *table) measures(k body.Key) bool {
	return slices.ContainsFunc(t.spots, func(s spot) bool { return s.key == k && s.has })
}

// underSleeve is how far below the armhole a sleeve is measured [m]: nearer, its
// seam cuts into the loop.
const underSleeve = 0.010

// sleeveLine is the level at which a sleeve's own measure lies: below the lowest
// point of its armhole, wherever on the arm that is; false for other zones and
// sleeves without an armhole.
func sleeveLine(b *body.Body, l body.Level, c *cloth.Cloth, pos []r3.Vec) (body.Level, bool) {
	if l.Key != body.UpperArmGirth {
		return l, false
	}
	down := r3.Sub(b.Joints[body.WristL], b.Joints[body.ShoulderL])
	along := l.Normal
	if r3.Dot(along, down) < 0 {
		along = r3.Scale(-1, along)
	}
	low, ok := math.Inf(-1), false
	for _, v := range seamVerts(c, "armhole_left") {
		low, ok = max(low, r3.Dot(r3.Sub(pos[v], l.Origin), along)), true
	}
	l.Origin = r3.Add(l.Origin, r3.Scale(low+underSleeve, along))
	return l, ok
}

// nameOf is the key under which the style, or else its population, knows a
// level: bust and chest are one level of the body.
func (t *table) nameOf(k body.Key) body.Key {
	for _, s := range t.spots {
		if s.key == k || s.key == twin(k) {
			return s.key
		}
	}
	if k == body.ChestGirth && t.wearer.Population == body.Women {
		return body.BustGirth
	}
	if k == body.BustGirth && t.wearer.Population == body.Men {
		return body.ChestGirth
	}
	return k
}

// namedOtherwise reports a zone the style knows under another key: the level of
// the navel does not stand for that of the waist.
func (t *table) namedOtherwise(zone string, k body.Key) bool {
	return slices.ContainsFunc(t.spots, func(s spot) bool { return s.zone == zone && s.key != k })
}

// cover adds a zone the style says nothing of, in the order of the contract.
// free says that the garment is not fitted there.
func (t *table) cover(p place, free bool) {
	if t.hasZone(p.zone) {
		return
	}
	added := spot{place: p, positive: true, free: free}
	t.read(&added)
	t.spots = append(t.spots, added)
	order := func(s spot) int {
		for i, p := range places() {
			if p.zone == s.zone {
				return i
			}
		}
		return -1
	}
	slices.SortStableFunc(t.spots, func(a, b spot) int { return order(a) - order(b) })
}

// achieved is the girth measured on the body that was draped.
func achieved(b *body.Body, k body.Key) float64 {
	for _, m := range b.Measures {
		if m.Key == k || m.Key == twin(k) {
			return m.Achieved
		}
	}
	return 0
}

// measureLengths reads the lengths as a tape lies.
func (t *table) measureLengths(found map[string]*measured, b *body.Body, c *cloth.Cloth, g *garmentMesh, r *drape.Result) {
	wrapped := map[string]bool{}
	for zone := range found {
		wrapped[zone] = true
	}
	for _, a := range alongLengths(b, c, r, g, wrapped) {
		if p, _ := placeOf(a.key); t.namedOtherwise(p.zone, a.key) && a.key != SleeveLen {
			continue // the style measures the zone along another line
		}
		t.take(found, a.key, a.line, false)
	}
}

// measureEdges reads the measures that are lines of the pattern. A neckline
// that stands nowhere round the neck, and a hem, are free: there is no girth of
// the body they are made for.
func (t *table) measureEdges(found map[string]*measured, b *body.Body, e *edges) {
	if found["neck"] == nil {
		o := e.seam("neck")
		if l, ok := e.closed([]string{"neckline"}, higher); o.relaxed == 0 && ok {
			o = e.line(l)
		}
		t.take(found, body.NeckGirth, o, true)
	}
	t.take(found, body.ShoulderLength, e.seam("shoulder_left"), false)
	// The trade's inseam is the seam itself, which bows where a tape lies
	// straight, and stays one line where legs too long pile up; below it there
	// may be a cuff, which the tape alone measures.
	if o := e.seam("inseam_left"); o.relaxed > 0 && !e.named("cuff_seam_left") {
		if m := found["inseam"]; m != nil {
			m.worn, m.relaxed, m.pull = o.worn, o.relaxed, o.pull
		} else {
			t.take(found, body.Inseam, o, false) // wide legs cross the middle, where no tape lies between them
		}
	}
	if l, ok := e.closed([]string{"waist", "top"}, higher); ok && found["chest"] == nil && found["bust"] == nil {
		t.take(found, t.nameOf(body.WaistGirth), e.line(l), false) // a waistband that has slid off the waist keeps its length
		found["waist"].slid = max(0, b.Landmarks[body.WaistFront].Y-e.height(l))
	}
	if l, ok := e.hem(); ok {
		t.take(found, Hem, e.line(l), true)
	}
}

// take enters a length of cloth without forces.
func (t *table) take(found map[string]*measured, k body.Key, o ownLine, free bool) {
	p, ok := placeOf(k)
	if !ok || found[p.zone] != nil || o.relaxed == 0 {
		return
	}
	m := unknown()
	m.worn, m.relaxed, m.pull, m.atRest, m.line = o.worn, o.relaxed, o.pull, true, true
	found[p.zone] = m
	t.cover(p, free)
}

// unknown is a measurement of which nothing could be had.
func unknown() *measured {
	n := math.NaN()
	return &measured{relaxed: n, worn: n, strain: n, strainMax: n, tension: n, pressure: n, pres95: n, room: n, leastGap: n, pull: n}
}
