package body

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"fitroom/geometry"
	"fitroom/geometry/tape"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/spatial/r3"
)

// ErrForeign says that a mesh is not one of our bodies, so that its landmarks
// must be given.
var ErrForeign = errors.New("the mesh is not in fitroom's own body topology, so its landmarks are not known")

// Recognise makes a subject for the public tape of a mesh in our topology that
// comes without its body, as from a file. Landmarks are vertices; the joint
// centres, which are no vertices, are carried along by the skin around them.
// The waist level is the population's mean, since no vertex marks it. The mesh
// may be in any unit and axes, and so are the landmarks.
func (m *Model) Recognise(mesh *geometry.Mesh, who Population) (*tape.Subject, error) {
	if len(mesh.Verts) != m.tpl.Vertices() || !slices.Equal(mesh.Tris, m.tris) {
		return nil, ErrForeign
	}
	s := &tape.Subject{Mesh: mesh, Region: regions(m.part), WaistAt: waistAt(who), Marks: map[tape.Mark]r3.Vec{}}
	k := &m.tpl.Marks
	half := m.tpl.half()
	for mark, v := range map[tape.Mark]int32{
		tape.BackNeck: k[MarkBackNeck], tape.FrontNeck: k[MarkFrontNeck], tape.SideNeck: k[MarkSideNeck],
		tape.Throat: k[MarkThroat], tape.Nape: k[MarkNape], tape.ShoulderPoint: k[MarkAcromion],
		tape.Underarm: k[MarkUnderarm], tape.BustPoint: k[MarkNipple], tape.Navel: k[MarkNavel],
		tape.Crotch: k[MarkCrotch], tape.KneeCap: k[MarkKneeCap],
		tape.AnkleBone: m.marks.ankle, tape.WristBone: m.marks.wrist, tape.Elbow: m.marks.elbow, tape.ArmFold: m.marks.fold,
	} {
		s.Marks[mark] = mesh.Verts[v]
	}
	for mark, v := range map[tape.Mark]int32{
		tape.ShoulderPointR: k[MarkAcromion], tape.UnderarmR: k[MarkUnderarm], tape.WristBoneR: m.marks.wrist, tape.ArmFoldR: m.marks.fold,
	} {
		s.Marks[mark] = mesh.Verts[v+int32(m.tpl.Left)]
	}
	if who == "" {
		who = Unspecified
	}
	p, ok := m.population(who)
	if !ok {
		return nil, fmt.Errorf("body: population %q has no shapes", who)
	}
	mean := p.space.mean
	for mark, row := range map[tape.Mark]int{
		tape.ShoulderJoint: rowShoulder, tape.ElbowJoint: rowElbow, tape.WristJoint: rowWrist,
		tape.HipJoint: rowHip, tape.KneeJoint: rowKnee, tape.AnkleJoint: rowAnkle, tape.HeadJoint: rowHeadBase,
	} {
		s.Marks[mark] = carried(mesh.Verts[:half], mean[:half], mean[half+row])
	}
	return s, nil
}

// carryReach is how far around a joint the skin carries it [m]: past the skin
// of a thigh, short of the other joints.
const carryReach = 0.08

// carried is where the point p of the mean shape goes when the skin around it
// goes from mean to now: by the affine map that fits the near vertices best,
// weighted by nearness.
func carried(now, mean []r3.Vec, p r3.Vec) r3.Vec {
	var a mat.Dense
	ata, atb := mat.NewSymDense(4, nil), mat.NewDense(4, 3, nil)
	for i, q := range mean {
		d := r3.Sub(q, p)
		w := math.Exp(-r3.Norm2(d) / (carryReach * carryReach))
		if w < 1e-6 {
			continue
		}
		row := [4]float64{1, d.X, d.Y, d.Z}
		to := [3]float64{now[i].X, now[i].Y, now[i].Z}
		for r := range 4 {
			for c := r; c < 4; c++ {
				ata.SetSym(r, c, ata.At(r, c)+w*row[r]*row[c])
			}
			for c := range 3 {
				atb.Set(r, c, atb.At(r, c)+w*row[r]*to[c])
			}
		}
	}
	if err := a.Solve(ata, atb); err != nil {
		return p // no skin near: the joint stays; the template's joints all have some
	}
	return r3.Vec{X: a.At(0, 0), Y: a.At(0, 1), Z: a.At(0, 2)}
}
