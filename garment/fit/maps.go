package fit

import (
	"fitroom/garment/cloth"
	"fitroom/geometry/bvh"

	"gonum.org/v1/gonum/spatial/r3"
)

// GapReach is the distance up to which a gap is measured [m]: the top of the
// fixed scale of gap pictures.
const GapReach = 0.060

// GapMap writes to dst the distance of each cloth vertex from the skin [m],
// negative inside. Beyond GapReach it is GapReach.
func GapMap(dst []float64, skin *bvh.Tree, pos []r3.Vec) {
	hits := make([]bvh.Hit, len(pos))
	skin.Nearest(hits, pos, GapReach)
	for i, h := range hits {
		dst[i] = min(h.Dist, GapReach)
	}
}

// FillMap writes to dst the largest share of its usable strain that the cloth
// round each vertex needs along warp or weft, as the mean of its triangles
// weighted by their rest area; slack cloth has 0. strain is drape's.
func FillMap(dst []float64, c *cloth.Cloth, strain [][3]float64) {
	clear(dst)
	area := make([]float64, len(dst))
	for k, tri := range c.Tris {
		f := &c.Fabrics[c.Panels[c.Panel[k]].Fabric]
		need := max(0, strain[k][0]/f.UsableWarp, strain[k][1]/f.UsableWeft)
		a := restArea(c.Rest[k])
		for _, v := range tri {
			dst[v] += a * need
			area[v] += a
		}
	}
	for i, a := range area {
		if a > 0 {
			dst[i] /= a
		}
	}
}
