// Package laws holds the solver to what is known in closed form or by an
// ordinary differential equation: each law is a small scene, run at several
// mesh sizes, with the curve it must follow.
//
// Meshes are those of garments, irregular triangles from sew/cdt, so that what
// holds here holds there. Every law names its source; `make validation` draws
// all of them.
package laws
