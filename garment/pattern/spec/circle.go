package spec

import (
	"math"

	"fitroom/garment/pattern"
	"fitroom/geometry/fault"

	"gonum.org/v1/gonum/spatial/r2"
)

// A circle skirt is a sector of a ring: front and back are half of it each, the
// waist its inner, the hem its outer arc. Waist w, hem h and length l below the
// band fix the whole angle: a = (h - w) / l, since both arcs have that angle.
// Where the hem is not given the angle is the option's.
const (
	leastTurn = 0.15 * 2 * math.Pi // of front and back together [rad]; below, an A-line is drafted instead
	mostTurn  = 2 * math.Pi
)

// CircleSkirt drafts a skirt that is a sector of a circle, of the given angle
// [rad] where the hem is not given, with a straight waistband in two pieces.
func CircleSkirt(m SkirtMeasures, turn float64) (*pattern.Pattern, error) {
	if !(m.Waist > 0) {
		return nil, fault.Errorf("spec: skirt: waist_girth is needed")
	}
	m.Length, m.BandHeight = or(m.Length, 0.60), or(m.BandHeight, 0.035)
	below := m.Length - m.BandHeight
	if below < 0.10 {
		return nil, fault.Errorf("spec: skirt: skirt_length is %s; a circle skirt needs %s with this band", cm(m.Length), cm(m.BandHeight+0.10))
	}
	if m.Hem != 0 {
		turn = (m.Hem - m.Waist) / below
		if !(turn >= leastTurn && turn <= mostTurn+1e-9) {
			return nil, fault.Errorf("spec: skirt: hem is %s; a circle skirt of this waist and length takes %s to %s",
				cm(m.Hem), cm(m.Waist+leastTurn*below), cm(m.Waist+mostTurn*below))
		}
	}
	radius := m.Waist / turn
	front := sector("skirt_front", turn/2, radius, below)
	front.Role, front.Facing = pattern.SkirtFront, pattern.FacesFront
	back := mirrored(sector("skirt_back", turn/2, radius, below))
	back.Role, back.Facing = pattern.SkirtBack, pattern.FacesBack
	s := &sewing{out: pattern.Pattern{Name: "skirt"}}
	f, b := s.add(place(front, 0, 0, 1.02, 0.20)), s.add(place(back, 0, 0, 1.02, -0.20))
	half := m.Waist / 4
	wf := s.add(place(band("wb_front", pattern.WaistFront, m.BandHeight, []float64{half, half}), 0, 0, 1.02, 0.18))
	wb := mirrored(band("wb_back", pattern.WaistBack, m.BandHeight, []float64{half, half}))
	wb.Facing = pattern.FacesBack
	k := s.add(place(wb, 0, 0, 1.02, -0.18))
	const sideLeft, waistLeft, waistRight, sideRight = 2, 3, 4, 5
	s.seam(f, sideLeft, b, sideRight) // the back is mirrored
	s.seam(f, sideRight, b, sideLeft)
	for _, p := range [2][2]int{{f, wf}, {b, k}} {
		s.seam(p[0], waistLeft, p[1], 1)
		s.seam(p[0], waistRight, p[1], 0)
	}
	s.seam(wf, 2, k, 4)
	s.seam(wf, 4, k, 2)
	return &s.out, s.out.Validate()
}

// sector draws half of the ring, symmetric about the middle. Origin: middle of
// the waist. Edges: hem right and left of the drawing's middle, the side on the
// wearer's left, the waist from there, the other side.
func sector(name string, angle, radius, length float64) pattern.Panel {
	at := func(r, a float64) r2.Vec {
		sin, cos := math.Sincos(a)
		return pt(r*sin, radius-r*cos)
	}
	outer := radius + length
	p := pathFrom(at(outer, -angle/2))
	p.arc("hem", outer, true, at(outer, 0))
	p.arc("hem", outer, true, at(outer, angle/2))
	p.line("side", at(radius, angle/2))
	p.arc("waist", radius, false, at(radius, 0))
	p.arc("waist", radius, false, at(radius, -angle/2))
	return p.panel(name, "side")
}
