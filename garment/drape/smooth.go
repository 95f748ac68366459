package drape

import "slices"

// Where cloth runs through itself and cannot be pulled apart, it is drawn smooth
// there, as a hand tugs a crumple out: the vertices of what crosses and of the
// cloth about it move to the means of their neighbours, which leaves a film over
// the rest, and out of the body again. The film is short of cloth; dressing lets
// it grow back, now with contact all over.
const (
	// smoothRounds of smoothing; after each widenAfter of them one more ring of
	// neighbours takes part, leastRings at first.
	smoothRounds = 60
	widenAfter   = 15
	leastRings   = 2
	// smoothStep is the part of the way to the mean taken at once.
	smoothStep = 0.7
)

// smooth draws crossings flat and reports whether none is left. If some are, the
// garment stays as it was.
func (d *dresser) smooth() bool {
	l := d.layers
	was := slices.Clone(d.x)
	ring := make([]int32, d.p.nv)
	for round := range smoothRounds {
		l.findKnots(d.x)
		if len(l.tangle.list) == 0 {
			clear(d.vel)
			l.sortOut()
			return true
		}
		d.smoothAt(ring, int32(leastRings+round/widenAfter))
	}
	d.goBack(was)
	return false
}

// smoothAt takes one step; ring is scratch: how many edges each vertex is off
// the crossings, plus one, 0 for those that stay.
func (d *dresser) smoothAt(ring []int32, rings int32) {
	p := d.p
	about := d.aboutKnots(ring, rings)
	copy(d.prev, d.x)
	for _, v := range about {
		if d.invMass[v] == 0 {
			continue
		}
		var mean [3]float64
		n := 0.0
		p.visitEdges(v, func(w, _ int32) {
			for c := range mean {
				mean[c] += d.prev[3*int(w)+c]
			}
			n++
		})
		for c := range mean {
			d.x[3*int(v)+c] += float64(smoothStep * (mean[c]/n - d.prev[3*int(v)+c]))
		}
		a := d.x[3*v : 3*v+3]
		if s, nx, ny, nz := d.field.sample(a[0], a[1], a[2]); s < d.gap {
			a[0] += float64((d.gap - s) * nx)
			a[1] += float64((d.gap - s) * ny)
			a[2] += float64((d.gap - s) * nz)
		}
	}
}

// aboutKnots lists the vertices within so many edges of the crossings.
func (d *dresser) aboutKnots(ring []int32, rings int32) (list []int32) {
	clear(ring)
	for i := range d.layers.tangle.list {
		for _, v := range d.layers.tangle.list[i].v {
			if ring[v] == 0 {
				ring[v] = 1
				list = append(list, v)
			}
		}
	}
	for k := 0; k < len(list); k++ {
		v := list[k]
		if ring[v] > rings {
			break // they come in the order of their rings
		}
		d.p.visitEdges(v, func(w, _ int32) {
			if ring[w] == 0 {
				ring[w] = ring[v] + 1
				list = append(list, w)
			}
		})
	}
	return list
}
