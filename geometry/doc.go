// Package geometry holds points, triangle meshes and their connectivity, in
// metres; it knows no people and no cloth.
//
// Conventions of the whole house, stated here once:
//
//   - SI units: metres, kilograms, seconds, newtons, radians, pascals.
//   - Right-handed axes: +Y up, the body faces +Z, the body's left is +X,
//     the soles stand on y = 0.
//   - Triangles wind counter-clockwise seen from outside (for cloth: from the
//     outer side of the fabric).
//   - Vertex indices are int32; a mesh is two flat slices, never pointers.
package geometry
