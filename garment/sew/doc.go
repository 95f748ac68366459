// Package sew cuts a pattern into triangles, places it round a body and joins
// the seams.
//
// The way of a garment through the room, one file each:
//
//	sides     which side of each panel is its outer one
//	sampling  how many samples each edge gets; both sides of a seam the same
//	piece     one panel as triangles (package cdt), grain upright, outer side up
//	weld      seam samples become one vertex; what cannot be joined is refused
//	lines     seams and free edges as named chains of vertices
//	layout    the panels of one tube (torso, arm, leg) unrolled side by side
//	tube      offset surfaces round the body's parts
//	drape-on  wrap: the unrolled layout rolled onto the tube
//	relax     start positions out of the body and nearer to rest lengths
//
// Rules of the room: no point is added to a seam after sampling, so a seam has
// the same vertices on both sides; equal input gives equal bits; a pattern
// that cannot be sewn is refused with panel, edge and place in cm.
package sew
