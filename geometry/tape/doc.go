// Package tape measures a mesh as a tape does: girths, heights, surface
// lengths, after ISO 8559-1.
//
// A tape is tight and bridges hollows, so a girth is the perimeter of the
// convex hull of a plane section, not the length of the section itself.
package tape
