// Package cdt cuts a flat outline into well-shaped triangles: a constrained
// Delaunay triangulation refined by interior points only.
//
// Rules of the room:
//
//   - The given points and segments are frozen. No point is ever added to a
//     segment, because both sides of a seam must keep the same vertices.
//   - Decisions of sign are exact (filtered predicates), so any input that is
//     not refused yields a valid triangulation.
//   - Equal input gives equal bits: no maps, no random order, no goroutines.
package cdt
