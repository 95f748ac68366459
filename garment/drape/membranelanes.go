package drape

import (
	"fitroom/garment/drape/lanes"
	"fitroom/geometry"
)

// laneRun is the largest number of triangles done in lanes at a time.
const laneRun = 64

// lanesFrom is how many triangles from t on, before hi, can be done in lanes, four at
// a time: those of one law.
func (p *plan) lanesFrom(t, hi int) int {
	law := p.triLaw[t]
	if !lanes.Wide() {
		return 0
	}
	hi = min(hi, t+laneRun)
	n := 1
	for t+n < hi && p.triLaw[t+n] == law {
		n++
	}
	return n &^ 3
}

// inLanes is what lanes need of triangles lo to hi.
func (p *plan) inLanes(x []float64, law *lanes.Law, lo, hi int) lanes.Membrane[geometry.Tri] {
	s := &p.laws[p.triLaw[lo]]
	*law = lanes.NewLaw([8]float64{s.c11, s.c22, s.c12, s.g, s.weft.Cubic, s.weft.End, s.warp.Cubic, s.warp.End})
	return lanes.Membrane[geometry.Tri]{X: x, Tris: p.tris[lo:hi], Grad: p.grad[6*lo : 6*hi], Area: p.triArea[lo:hi], Law: law}
}

// forceLanes is membraneForce in lanes; it adds the energies to a sum.
func forceLanes(sum float64, force, hess, x []float64, p *plan, lo, hi int) float64 {
	var energy [laneRun]float64
	var odd [laneRun / 4]uint8
	var law lanes.Law
	m := p.inLanes(x, &law, lo, hi)
	m.Forces(force[9*lo:9*hi], hess[27*lo:27*hi], energy[:hi-lo], odd[:(hi-lo)/4])
	var q polar
	for k, e := range energy[:hi-lo] {
		if odd[k/4]>>(k%4)&1 != 0 {
			e = triangleForce(force, hess, x, &q, p, false, lo+k)
		}
		sum += e
	}
	return sum
}

// energyLanes is membraneEnergy in lanes; it adds to a sum.
func energyLanes(sum float64, x []float64, p *plan, lo, hi int) float64 {
	var energy [laneRun]float64
	var odd [laneRun / 4]uint8
	var law lanes.Law
	m := p.inLanes(x, &law, lo, hi)
	m.Energies(energy[:hi-lo], odd[:(hi-lo)/4])
	var q polar
	for k, e := range energy[:hi-lo] {
		if odd[k/4]>>(k%4)&1 != 0 {
			e = triangleEnergy(&q, x, p, lo+k)
		}
		sum += e
	}
	return sum
}
