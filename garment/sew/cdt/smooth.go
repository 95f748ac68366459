package cdt

import "gonum.org/v1/gonum/spatial/r2"

// smoothRounds: after four rounds the first percentile of the smallest angle
// no longer moves by more than half a degree on the open patterns.
const smoothRounds = 4

// smooth moves inner points to the area-weighted mean of the centroids of
// their triangles, a step towards a centroidal tessellation (Du, Faber,
// Gunzburger 1999), then restores the Delaunay property by swaps.
func (m *mesh) smooth(frozen int) {
	sum := make([]r2.Vec, len(m.pts))
	weight := make([]float64, len(m.pts))
	old := make([]r2.Vec, len(m.pts))
	work := make([]int32, 0, len(m.tris))
	for range smoothRounds {
		m.centroids(sum, weight)
		copy(old, m.pts)
		for i := frozen; i < len(m.pts); i++ {
			if weight[i] > 0 {
				m.pts[i] = r2.Scale(1/weight[i], sum[i])
			}
		}
		m.undoInverted(old)
		work = work[:0]
		for t := range m.tris {
			if m.tris[t].in {
				work = append(work, int32(t))
			}
		}
		m.legalize(work)
	}
}

// centroids writes, per point, the area-weighted sum of its triangles'
// centroids and the sum of the weights.
func (m *mesh) centroids(sum []r2.Vec, weight []float64) {
	clear(sum)
	clear(weight)
	for t := range m.tris {
		T := &m.tris[t]
		if !T.in {
			continue
		}
		a, b, c := m.pts[T.v[0]], m.pts[T.v[1]], m.pts[T.v[2]]
		w := float64((b.X-a.X)*(c.Y-a.Y)) - float64((b.Y-a.Y)*(c.X-a.X))
		gx, gy := w*((a.X+b.X+c.X)/3), w*((a.Y+b.Y+c.Y)/3)
		for _, v := range T.v {
			sum[v].X += gx
			sum[v].Y += gy
			weight[v] += w
		}
	}
}

// undoInverted puts the corners of overturned triangles back. It ends, since
// every pass puts at least one point back and the old state is valid.
func (m *mesh) undoInverted(old []r2.Vec) {
	for again := true; again; {
		again = false
		for t := range m.tris {
			T := &m.tris[t]
			if !T.in || orient(m.pts[T.v[0]], m.pts[T.v[1]], m.pts[T.v[2]]) > 0 {
				continue
			}
			again = true
			for _, v := range T.v {
				m.pts[v] = old[v]
			}
		}
	}
}
