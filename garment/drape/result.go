package drape

import (
	"time"

	"gonum.org/v1/gonum/spatial/r3"
)

// Status says how a drape ended. Only AtRest carries forces to be believed, vertex by
// vertex; Estimated those of a whole zone.
type Status uint8

const (
	AtRest    Status = iota // the forces balance and nothing cuts or pierces anything
	StepLimit               // the budget ran out before; Reason says what is left, and where
	Diverged                // the state is not physical; Reason says where
	Estimated               // the stretch is known, the forces do not balance (Settings.Estimate)
)

func (s Status) String() string {
	return [...]string{"at_rest", "step_limit", "diverged", "estimated"}[s]
}

// Known tells whether the cloth's stretch is known, so that its fit can be judged.
func (s Status) Known() bool { return s == AtRest || s == Estimated }

// Result is the resting state. Slices indexed by vertex or triangle follow the
// Cloth's order.
type Result struct {
	Status Status
	Reason error // of a Status other than AtRest, to be told (geometry/fault)

	Pos      []r3.Vec     // [m]
	Strain   [][3]float64 // per triangle: Green-Lagrange warp, weft, shear [1]
	Tension  [][2]float64 // per triangle: principal membrane forces, larger first [N/m]
	Stress   [][3]float64 // per triangle: the same membrane forces along warp, weft and in shear [N/m]
	Contact  []r3.Vec     // per vertex: force of the body on the cloth [N]
	Pressure []float64    // per vertex: normal contact force over area [Pa]
	Dent     []r3.Vec     // per vertex: from where it rests to where it would without tissue giving way; nil on a rigid body [m]

	Residual    float64 // rms unbalanced force per vertex [N]
	MaxSpeed    float64 // of the fastest vertex in the last step, per pseudo time [m/s]
	ResidualP99 float64 // [N]
	Penetrating int     // cloth vertices inside the body, and body vertices outside the cloth that covers them
	Crossings   int     // pairs of cloth triangles that cut each other
	Energy      Energy

	Steps      int           // steps of dressing on the finest mesh and of the polish
	Newton     int           // steps of the polish alone
	Iterations int           // of its linear solver
	CPU        time.Duration // of New and Run, summed over workers, without the bake
	Bake       time.Duration // CPU of baking the body; none if a Field was given
	Wall       time.Duration // of New and Run, without the bake
	Hash       uint64        // of the positions; equal for any worker count
}

// Energy of the resting state [J].
type Energy struct{ Gravity, Elastic, Bending float64 }

// OnSkin is where the cloth lies for whoever draws or measures it on a body that
// has not given way [m]: Pos, lifted out of its dents.
func (r *Result) OnSkin() []r3.Vec {
	if r.Dent == nil {
		return r.Pos
	}
	out := make([]r3.Vec, len(r.Pos))
	for i, p := range r.Pos {
		out[i] = r3.Add(p, r.Dent[i])
	}
	return out
}

// Only is the result for some of the garment's vertices and triangles, in their
// order. Sums over the whole garment stay what they are.
func (r *Result) Only(verts, tris []int32) Result {
	out := *r
	out.Pos, out.Contact, out.Pressure = pick(r.Pos, verts), pick(r.Contact, verts), pick(r.Pressure, verts)
	out.Strain, out.Tension, out.Stress = pick(r.Strain, tris), pick(r.Tension, tris), pick(r.Stress, tris)
	if r.Dent != nil {
		out.Dent = pick(r.Dent, verts)
	}
	return out
}

func pick[T any](from []T, which []int32) []T {
	if len(from) == 0 {
		return nil
	}
	out := make([]T, len(which))
	for i, k := range which {
		out[i] = from[k]
	}
	return out
}
