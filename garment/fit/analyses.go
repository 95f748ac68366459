package fit

import (
	"math"

	"fitroom/garment/cloth"
	"fitroom/garment/drape"
	"fitroom/geometry/body"
	"fitroom/geometry/bvh"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// Analyses are the six that ISO 20947-2 lists for a virtual garment, as
// numbers. Its own figures are not public: the definitions here are ours, and
// no conformity is claimed. All areas are of flat fabric.
type Analyses struct {
	Strain   Spread     // share of the usable strain [1], see FillMap
	Gap      Spread     // between cloth and skin [m], at most GapReach
	Tension  Spread     // larger principal membrane force [N/m]
	Sections []Section  // where a tape lies, from the neck down
	Wrinkles []Wrinkles // per part of the garment, from the top down
	Balance  Balance
}

// Spread is how a figure is distributed over the garment, by area.
type Spread struct {
	Mean, P05, P50, P95 float64
	Limits              []float64 // between classes, ascending
	Shares              []float64 // of the area, one more than limits
}

// The classes of the analyses; pictures use the same limits.
func strainLimits() []float64  { return []float64{0.25, 0.50, 0.75, 1} }
func gapLimits() []float64     { return []float64{0.002, 0.012, 0.025, 0.040} }
func tensionLimits() []float64 { return TensionLimits() }

// TensionLimits are the classes of tension [N/m]: fabric's own weight, a
// garment that is held, one that is taut, one at the limit of a waistband (248
// N/m press with 2 kPa on a 78 cm waist).
func TensionLimits() []float64 { return []float64{5, 25, 100, 250} }

// PressureLimits are the classes of contact pressure [Pa] (design/fit.md).
func PressureLimits() []float64 { return []float64{negligible, comfortable, critical, medical} }

// FoldLimits are the classes of curvature [1/m]: hollows, the roundness of a
// body, folds, sharp ones.
func FoldLimits() []float64 { return []float64{-foldCurve, -hollow, foldCurve, foldSharp} }

// Analyse works out the six analyses of one drape; nil unless it is at rest.
// skin is the body's surface.
func Analyse(b *body.Body, skin *bvh.Tree, c *cloth.Cloth, r drape.Result) *Analyses {
	if r.Status != drape.AtRest {
		return nil
	}
	a := &Analyses{}
	area := vertexArea(c)
	fill := make([]float64, len(r.Pos))
	FillMap(fill, c, r.Strain)
	a.Strain = spreadOf(fill, area, strainLimits())
	gap := make([]float64, len(r.Pos))
	GapMap(gap, skin, r.OnSkin())
	a.Gap = spreadOf(gap, area, gapLimits())
	tension, flat := make([]float64, len(c.Tris)), make([]float64, len(c.Tris))
	for i := range c.Tris {
		tension[i], flat[i] = max(0, r.Tension[i][0]), restArea(c.Rest[i])
	}
	a.Tension = spreadOf(tension, flat, tensionLimits())
	a.Sections = sections(b, newGarmentMesh(c), &r)
	a.Wrinkles = wrinkles(b, skin, c, &r)
	a.Balance = balance(b, c, &r)
	return a
}

// TensionMap writes to dst the larger principal membrane force round each
// vertex [N/m], the mean of its triangles by area; slack cloth has 0.
func TensionMap(dst []float64, c *cloth.Cloth, tension [][2]float64) {
	clear(dst)
	area := make([]float64, len(dst))
	for k, t := range c.Tris {
		a := restArea(c.Rest[k])
		for _, v := range t {
			dst[v] += a * max(0, tension[k][0])
			area[v] += a
		}
	}
	for i, a := range area {
		if a > 0 {
			dst[i] /= a
		}
	}
}

func restArea(r [3]r2.Vec) float64 {
	return math.Abs(r2.Cross(r2.Sub(r[1], r[0]), r2.Sub(r[2], r[0]))) / 2
}

// vertexArea is the flat fabric each vertex stands for [m2].
func vertexArea(c *cloth.Cloth) []float64 {
	area := make([]float64, len(c.Start))
	for i, t := range c.Tris {
		for _, v := range t {
			area[v] += restArea(c.Rest[i]) / 3
		}
	}
	return area
}

// spreadOf is the distribution of values by weight.
func spreadOf(v, weight, limits []float64) Spread {
	s := Spread{Limits: limits, Shares: make([]float64, len(limits)+1)}
	total := 0.0
	for i, x := range v {
		k := 0
		for k < len(limits) && x >= limits[k] {
			k++
		}
		s.Shares[k] += weight[i]
		s.Mean += x * weight[i]
		total += weight[i]
	}
	for k := range s.Shares {
		s.Shares[k] /= total
	}
	s.Mean /= total
	s.P05, s.P50, s.P95 = percentile(v, weight, .05), percentile(v, weight, .5), percentile(v, weight, .95)
	return s
}

// normalOf is the outward direction of a worn triangle, its length twice the area.
func normalOf(pos []r3.Vec, t [3]int32) r3.Vec {
	return r3.Cross(r3.Sub(pos[t[1]], pos[t[0]]), r3.Sub(pos[t[2]], pos[t[0]]))
}
