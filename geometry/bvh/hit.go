package bvh

import "gonum.org/v1/gonum/spatial/r3"

// Hit is the point of a surface nearest to a query point.
type Hit struct {
	Point  r3.Vec  // on the surface [m]
	Normal r3.Vec  // unit, outward, pseudo-normal of the nearest feature
	Dist   float64 // signed distance, negative inside [m]; +Inf beyond reach
	Tri    int32   // -1 beyond reach
}
