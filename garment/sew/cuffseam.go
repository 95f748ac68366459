package sew

import "fitroom/garment/pattern"

// seamAt is the ring of the seams by which a cuff hangs, with the girth of the limb
// there; nil for what is no closed cuff or hangs where nothing is compared. The rows
// of a flared cuff are arched, and its narrowest ring is this seam.
func (l *layout) seamAt(g *ring, mat *materials) *Tight {
	fam, limb := l.fam[g.tier[0]], l.limb(g.tier[0])
	if fam != cuff && fam != trouserCuff || !l.closes(g.tier) {
		return nil
	}
	var t Tight
	var height, row, n, widest float64
	for _, i := range g.tier {
		length := 0.0
		for _, e := range l.hungBy(i) {
			length += l.p.EdgeLength(e)
			for _, q := range l.pointsOf(i, e.Edge) {
				_, v := l.charts[i].at(q)
				height, row, n = height+g.prof.at(v).s, row+v, n+1
			}
		}
		if length == 0 {
			return nil // open at this panel
		}
		t.Cloth += length
		t.Usable += length * usableAcross(&mat.fabrics[mat.panel[i]], &l.charts[i])
		if length > widest {
			widest, t.Panel = length, l.p.Panels[i].Name
		}
	}
	least := min(l.reaches(g)+row/n, l.topOf(g.tube))
	s, end := max(height/n, least), l.endOf(fam, g.tube, limb)
	if s > l.topOf(g.tube) || s < end {
		return nil
	}
	t.Usable /= t.Cloth
	t.Body = g.tube.leastGirth(max(s-shifts, least, end), s+shifts)
	t.Zone = l.zoneAt(fam, false, s, limb)
	return &t
}

// hungBy lists the edges of a panel that are sewn to another family.
func (l *layout) hungBy(i int) (edges []pattern.EdgeRef) {
	for _, s := range l.p.Seams {
		for _, e := range s.Ways() {
			if e[0].Panel == i && l.fam[e[1].Panel] != l.fam[i] {
				edges = append(edges, e[0])
			}
		}
	}
	return edges
}

// closes reports whether the panels of a tier are sewn to a ring.
func (l *layout) closes(tier []int) bool {
	ends := make(map[int]int, len(tier)) // seams of each panel within the tier
	for _, i := range tier {
		ends[i] = 0
	}
	for k, s := range l.p.Seams {
		_, a := ends[s.A.Panel]
		_, b := ends[s.B.Panel]
		if a && b && !l.p.IsDart(k) {
			ends[s.A.Panel]++
			ends[s.B.Panel]++
		}
	}
	for _, n := range ends {
		if n < 2 {
			return false
		}
	}
	return true
}
