// Package drape lets cloth come to rest; equal input gives equal bits for any
// worker count.
//
// A drape runs in two stages. Dressing (dress.go) finds the right basin: many
// small steps of position-based dynamics pull the garment onto the body and
// let it settle under low friction. What looks at rest then is far from force
// equilibrium, so the polish (polish.go) solves the quasi-static equations
// with the true membrane, bending, contact and friction until the unbalanced
// force per vertex is below the vertex weight. Only that state carries
// tensions and pressures worth reporting; anything else is a StepLimit or
// Diverged with its reason. In dressing no step leads through cloth (room.go).
// What runs through itself all the same (knots.go) is pulled apart, or where that
// fails drawn smooth (smooth.go), on every level of dressing and, together with a
// body that pierces the cloth (faults.go), once more between rounds of the polish.
//
// Rules of the room:
//
//   - plan.go is immutable, state and scratch are made once per mesh (prepare.go), a step
//     allocates nothing.
//   - One force per file: its energy, gradient and Hessian, as kernels over
//     flat slices (x, y, z of vertex i at 3i, 3i+1, 3i+2; float64 since the
//     polish needs it).
//   - Parallel loops run over fixed blocks of indices with disjoint writes;
//     sums are kept per block and added in block order. The number of workers
//     changes speed, never a bit.
package drape
