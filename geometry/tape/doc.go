// Package tape measures a mesh as a tape does: girths, heights, surface
// lengths, after ISO 8559-1:2017.
//
// It is the independent judge of the body room: it shares no code with the
// fit and takes nothing from it but landmarks. Everything is done by force and
// in plain sight:
//
//	section.go  plane sections of the whole triangle mesh, as loops
//	hull.go     the convex hull of a section: a tape is tight and bridges hollows
//	girth.go    which loops and which points of them a tape goes round
//	taut.go     a tape between two points over the skin
//	level.go    where each tape lies, by rule from landmarks and mesh
//	lay.go      how each tape is laid
//	items.go    the table of measures: key, clause, rule
//	measure.go  all of them at once
//	subject.go  a body to measure; mark.go its landmarks
//	import.go   a foreign mesh: unit, axes, floor, checks; region.go tells its limbs, nearest.go its skin
//	ribbon.go   a tape as a thin tube, to draw it
//
// A girth is the perimeter of the convex hull of a plane section, not the
// length of the section itself. All lengths are in metres on a body that stands
// as the house has it: y up, facing +Z, soles on y = 0.
package tape
