package tape

import (
	"math"

	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r3"
)

// Region is the piece of the body a vertex belongs to, as far as a tape cares.
type Region uint8

const (
	Trunk Region = iota // with the hips
	Head                // with the neck
	ArmL                // with the hand
	ArmR
	LegL // with the foot
	LegR
)

// Subject is a body to measure: a closed, outward mesh that stands as the house
// has it, with landmarks. It is read only while being measured.
type Subject struct {
	Mesh   *geometry.Mesh
	Region []Region // per vertex
	Marks  map[Mark]r3.Vec
	// WaistAt is the waist level as a share of the way from navel to bust point,
	// for bodies without LowestRib and IliacCrest; 0 means DefaultWaist.
	WaistAt float64
	Density float64 // of the standing body [kg/m3]; 0 means DefaultDensity
}

const (
	// DefaultWaist lies between the ANSUR II means of women (0.24) and men
	// (0.15): the middle of tenth rib and iliac crest over the navel.
	DefaultWaist = 0.195
	// WomensWaist and MensWaist are the two means.
	WomensWaist = 0.24
	MensWaist   = 0.15
	// DefaultDensity is that of a standing body with air in its lungs [kg/m3].
	DefaultDensity = 985
)

// span returns the lowest and the highest vertex.
func (s *Subject) span() (floor, top r3.Vec) {
	floor, top = r3.Vec{Y: math.Inf(1)}, r3.Vec{Y: math.Inf(-1)}
	for _, p := range s.Mesh.Verts {
		if p.Y < floor.Y {
			floor = p
		}
		if p.Y > top.Y {
			top = p
		}
	}
	return floor, top
}

// of returns the region of a triangle: an arm or the head if any corner is of
// it, so that a tape round the trunk keeps clear of them; else that of most
// corners.
func (s *Subject) of(tri int) Region {
	t := s.Mesh.Tris[tri]
	a, b, c := s.Region[t[0]], s.Region[t[1]], s.Region[t[2]]
	for _, r := range [...]Region{a, b, c} {
		if r == ArmL || r == ArmR || r == Head {
			return r
		}
	}
	if b == c {
		return b
	}
	return a
}
