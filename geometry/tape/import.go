package tape

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r3"
)

// Axes says how a foreign mesh is written down.
type Axes struct {
	Unit float64 // metres per unit of the file; 0 means: find out from the body's height
	ZUp  bool    // z is up and the body faces -Y; else y is up and it faces +Z
}

// Plausible statures [m]: outside of them the unit is wrong or it is not a
// standing person.
const (
	shortest = 1.2
	tallest  = 2.4
	// offSkin is how far a landmark may lie from the skin [m]: a marker's radius.
	offSkin = 0.03
	// maxTurn is how far a body may be turned before we turn it back [rad]:
	// half a degree moves no tape by a tenth of a millimetre.
	maxTurn = 0.5 * math.Pi / 180
)

// Import makes a subject of any closed mesh of a standing person with landmarks
// in the mesh's own unit and axes. It returns what it had to assume or found
// wrong but could live with. The mesh is not changed.
func Import(m *geometry.Mesh, marks map[Mark]r3.Vec, axes Axes) (*Subject, []string, error) {
	if err := checkMarks(marks); err != nil {
		return nil, nil, err
	}
	s := &Subject{Mesh: &geometry.Mesh{Verts: slices.Clone(m.Verts), Tris: m.Tris}, Marks: map[Mark]r3.Vec{}}
	for _, k := range Known() {
		if p, ok := marks[k]; ok {
			s.Marks[k] = p
		}
	}
	var notes []string
	if axes.ZUp {
		s.each(func(p r3.Vec) r3.Vec { return r3.Vec{X: p.X, Y: p.Z, Z: -p.Y} })
	}
	note, err := s.scale(axes.Unit)
	if err != nil {
		return nil, nil, err
	}
	notes = append(notes, note...)
	notes = append(notes, s.face()...)
	floor, _ := s.span()
	s.each(func(p r3.Vec) r3.Vec { return r3.Vec{X: p.X, Y: p.Y - floor.Y, Z: p.Z} })
	note, err = s.checkMesh()
	if err != nil {
		return nil, nil, err
	}
	notes = append(notes, note...)
	if err := s.checkPlaces(); err != nil {
		return nil, nil, err
	}
	s.complete()
	s.Region = regionsOf(newRuler(s))
	return s, notes, nil
}

// complete adds the right marks that were left out: the mirror images of the
// left ones, moved to the nearest skin, since nobody is quite symmetric.
func (s *Subject) complete() {
	r := newRuler(s)
	for _, pair := range [...][2]Mark{
		{ShoulderPoint, ShoulderPointR}, {Underarm, UnderarmR}, {ArmFold, ArmFoldR}, {WristBone, WristBoneR},
	} {
		if r.has(pair[0]) && !r.has(pair[1]) {
			s.Marks[pair[1]] = s.nearestSkin(r.mirror(r.at(pair[0])))
		}
	}
}

// each moves every vertex and landmark.
func (s *Subject) each(f func(r3.Vec) r3.Vec) {
	for i, p := range s.Mesh.Verts {
		s.Mesh.Verts[i] = f(p)
	}
	for _, k := range Known() {
		if p, ok := s.Marks[k]; ok {
			s.Marks[k] = f(p)
		}
	}
}

func checkMarks(marks map[Mark]r3.Vec) error {
	var faults []error
	for _, k := range Required() {
		if _, ok := marks[k]; !ok {
			faults = append(faults, fmt.Errorf("landmark %q is missing; needed are %v", k, Required()))
		}
	}
	var names []string
	for k, p := range marks {
		if !slices.Contains(Known(), k) {
			names = append(names, fmt.Sprintf("landmark %q is not known; known are %v", k, Known()))
		} else if !finite(p) {
			names = append(names, fmt.Sprintf("landmark %q is (%g, %g, %g); coordinates must be finite", k, p.X, p.Y, p.Z))
		}
	}
	slices.Sort(names)
	for _, n := range names {
		faults = append(faults, errors.New(n))
	}
	return errors.Join(faults...)
}

// scale brings the mesh to metres.
func (s *Subject) scale(unit float64) (notes []string, err error) {
	floor, top := s.span()
	tall := top.Y - floor.Y
	if unit == 0 {
		for _, u := range []struct {
			name   string
			metres float64
		}{{"m", 1}, {"dm", 0.1}, {"cm", 0.01}, {"mm", 0.001}, {"in", 0.0254}} {
			if h := tall * u.metres; h >= shortest && h <= tallest {
				unit = u.metres
				notes = append(notes, fmt.Sprintf("unit %s assumed: the body is then %.2f m tall", u.name, h))
				break
			}
		}
	}
	if h := tall * unit; !(h >= shortest && h <= tallest) {
		return nil, fmt.Errorf("the mesh is %g units tall; with no unit, or with the one given, that is no standing person of %g to %g m", tall, shortest, tallest)
	}
	s.each(func(p r3.Vec) r3.Vec { return r3.Scale(unit, p) })
	return notes, nil
}

// face turns the body about the vertical until its shoulders lie along X, the
// left one on the side of +X, where both are marked.
func (s *Subject) face() []string {
	l, r, ok := s.Marks[ShoulderPoint], s.Marks[ShoulderPointR], true
	if _, ok = s.Marks[ShoulderPointR]; !ok {
		return nil
	}
	turn := math.Atan2(l.Z-r.Z, l.X-r.X)
	if math.Abs(turn) < maxTurn {
		return nil
	}
	sin, cos := math.Sincos(turn)
	s.each(func(p r3.Vec) r3.Vec { return r3.Vec{X: cos*p.X + sin*p.Z, Y: p.Y, Z: cos*p.Z - sin*p.X} })
	return []string{fmt.Sprintf("the body was turned by %.1f degrees so that its shoulders lie from left to right", turn*180/math.Pi)}
}

// checkMesh refuses what cannot be measured and reports what is merely odd.
func (s *Subject) checkMesh() (notes []string, err error) {
	if len(s.Mesh.Tris) == 0 {
		return nil, errors.New("the mesh has no triangles")
	}
	if err := s.Mesh.Validate(); err != nil {
		return nil, err
	}
	if top := geometry.NewTopology(s.Mesh.Tris); !top.Closed() {
		notes = append(notes, fmt.Sprintf("the mesh is not closed: %d edges have one triangle, %d are used more than once; its weight is not to be trusted", top.Boundary, top.NonManifold))
	}
	if v := s.Mesh.Volume(); v <= 0 {
		return nil, fmt.Errorf("the mesh encloses %.4f m3; its triangles must wind counter-clockwise seen from outside", v)
	}
	flat := 0
	for _, t := range s.Mesh.Tris {
		a, b, c := s.Mesh.Verts[t[0]], s.Mesh.Verts[t[1]], s.Mesh.Verts[t[2]]
		if r3.Norm2(r3.Cross(r3.Sub(b, a), r3.Sub(c, a))) == 0 {
			flat++
		}
	}
	if flat > 0 {
		notes = append(notes, fmt.Sprintf("%d triangles have no area", flat))
	}
	return notes, nil
}

// checkPlaces refuses landmarks that cannot be where they are.
func (s *Subject) checkPlaces() error {
	r := newRuler(s)
	var faults []error
	for _, k := range Known() {
		p, ok := s.Marks[k]
		if !ok || isJoint(k) {
			continue
		}
		if d := r3.Norm(r3.Sub(p, s.nearestSkin(p))); d > offSkin {
			faults = append(faults, fmt.Errorf("landmark %q is %.0f mm off the skin; at most %.0f mm", k, 1000*d, 1000*offSkin))
		}
	}
	order := func(low, high Mark) {
		if !(r.at(low).Y < r.at(high).Y) {
			faults = append(faults, fmt.Errorf("landmark %q lies at %.3f m, not below %q at %.3f m", low, r.at(low).Y, high, r.at(high).Y))
		}
	}
	order(Crotch, Navel)
	order(Navel, BustPoint)
	order(BustPoint, BackNeck)
	order(Underarm, ShoulderPoint)
	if r.at(BustPoint).Z < r.at(BackNeck).Z {
		faults = append(faults, fmt.Errorf("landmark %q lies behind %q: the body must face +Z (z up: -Y)", BustPoint, BackNeck))
	}
	if r.at(ShoulderPoint).X < r.middle() {
		faults = append(faults, fmt.Errorf("landmark %q lies on the right: the body's left is +X", ShoulderPoint))
	}
	return errors.Join(faults...)
}

func isJoint(m Mark) bool {
	switch m {
	case ShoulderJoint, ElbowJoint, WristJoint, HipJoint, KneeJoint, AnkleJoint, HeadJoint:
		return true
	}
	return false
}
