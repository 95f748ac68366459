package bench

import (
	"math"

	"fitroom/garment/drape"
	"fitroom/geometry"
	"fitroom/geometry/bvh"

	"gonum.org/v1/gonum/spatial/r3"
)

// BandOnEllipse is a tube of cloth on an upright bar of elliptic section with
// half axes a (along X) and b (along Z), 5 % shorter than the bar's girth, no
// weight, no friction: its tension is the same all round and its pressure that
// times the curvature (Laplace with one radius).
func BandOnEllipse(a, b float64, around, along int) Scene {
	const length, gap, short, height = 0.16, 0.003, 0.95, 0.6
	arc := ellipseArc(a, b)
	girth := arc[len(arc)-1]
	w := short * girth
	band := gridCloth(around+1, along+1, w, length, func(u, v float64) r3.Vec {
		t := angleOfArc(arc, u/w*girth)
		return r3.Vec{X: (a + 2*gap) * math.Cos(t), Y: length/2 - v, Z: (b + 2*gap) * math.Sin(t)}
	}, true)
	f := &band.Fabrics[0]
	f.Friction = 0
	bar := ellipticBar(a, b, height, 360, 24)
	return Scene{
		Name: "band-on-ellipse", Desc: "a band with 5 % negative ease on a bar of elliptic section, without weight",
		Cloth: band, Collider: bvh.Build(bar), Body: bar,
		Settings: drape.Settings{BodyGap: gap, SelfGap: gap, Weightless: true},
	}
}

const arcPieces = 20000

// ellipseArc is the length along an ellipse up to each of arcPieces equal steps
// of its parameter [m].
func ellipseArc(a, b float64) []float64 {
	s := make([]float64, arcPieces+1)
	for k := 1; k <= arcPieces; k++ {
		t := 2 * math.Pi * (float64(k) - 0.5) / arcPieces
		s[k] = s[k-1] + 2*math.Pi/arcPieces*math.Hypot(a*math.Sin(t), b*math.Cos(t))
	}
	return s
}

// angleOfArc is the parameter at a length.
func angleOfArc(arc []float64, s float64) float64 {
	lo, hi := 0, len(arc)-1
	for hi-lo > 1 {
		if mid := (lo + hi) / 2; arc[mid] <= s {
			lo = mid
		} else {
			hi = mid
		}
	}
	return 2 * math.Pi * (float64(lo) + (s-arc[lo])/(arc[hi]-arc[lo])) / arcPieces
}

// ellipticBar is a closed bar round the Y axis.
func ellipticBar(a, b, height float64, around, along int) *geometry.Mesh {
	m := &geometry.Mesh{}
	arc := ellipseArc(a, b)
	for j := range along + 1 {
		for i := range around {
			t := angleOfArc(arc, arc[len(arc)-1]*float64(i)/float64(around))
			m.Verts = append(m.Verts, r3.Vec{X: a * math.Cos(t), Y: height * (float64(j)/float64(along) - 0.5), Z: b * math.Sin(t)})
		}
	}
	id := func(i, j int) int32 { return int32(j*around + i%around) }
	for j := range along {
		for i := range around {
			m.Tris = append(m.Tris,
				geometry.Tri{id(i, j), id(i+1, j+1), id(i+1, j)}, geometry.Tri{id(i, j), id(i, j+1), id(i+1, j+1)})
		}
	}
	low, top := int32(len(m.Verts)), int32(len(m.Verts)+1)
	m.Verts = append(m.Verts, r3.Vec{Y: -height / 2}, r3.Vec{Y: height / 2})
	for i := range around {
		m.Tris = append(m.Tris, geometry.Tri{low, id(i, 0), id(i+1, 0)}, geometry.Tri{top, id(i+1, along), id(i, along)})
	}
	return m
}
