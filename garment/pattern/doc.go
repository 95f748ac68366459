// Package pattern holds flat panels, edges, seams and sizes; two dimensions
// only, no physics.
//
// Lengths are metres like everywhere else (importers convert mm, cm and inch
// at their door). A panel's plane has x to the right and y up the grain as
// drawn; its edges form one closed loop in the given order, and the loop's
// direction is data: its normal is the outer side of the fabric.
//
// A Pattern comes from an importer (gcjson) or a template (spec). Both call
// Validate before they hand it out; every other room trusts it from then on.
//
// Seams join edge to edge. A seam of several edges, as a waistband sewn to
// fronts and backs, is a Join: PlanSewing works a list of them out on the base
// size, and Sew cuts the edges of every size alike, so that sizes correspond.
//
// What Validate refuses it names: panel, edge and the place in cm.
package pattern
