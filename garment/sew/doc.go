// Package sew cuts a pattern into triangles, places it round a body and joins
// the seams.
//
// The way of a garment through the room, one file each:
//
//	sides      which side of each panel is its outer one
//	sampling   how many samples each edge gets; both sides of a seam the same
//	piece      one panel as triangles (package cdt), grain upright, outer side up
//	inner      folds, elastics and cut-outs as edges of the mesh
//	lap        panels laid on others: pockets
//	overlap    fronts that lie over each other, whose seam is beside the middle
//	weld       seam samples become one vertex; what cannot be joined is refused
//	cut        one size cut at several edge lengths, without a body
//	run        all sizes of a style cut with one triangulation; carry: the map from
//	           one size to another that makes it possible
//	check      what can be said of a pattern without a body
//	figure     the body as a dressmaker's dummy, tube: offset surfaces round it
//	layout     which panels form a tier, and in what order tiers are put on
//	chart      a panel unrolled into rows along and across its tube
//	tiers      how a tier hangs from the one above
//	ring       a tier rolled round its tube; shoulders: a torso hung from them
//	turn       the falls of collars, turned down over their stands
//	hang       what belongs to no ring: hoods, lapels, godets
//	relax      start positions out of the body and nearer to rest lengths;
//	           untangle smooths where the cloth cuts itself there
//	girth      where a size is too small to be put on, by arithmetic alone
//	cuffseam   the seam a cuff hangs by, where girth compares it with the limb
//	armhole    the armhole with a sleeve in it, and how far down an arm it lets it come
//	trail      where it is too long and ends below the floor, by the same
//	lines      seams and free edges as named chains of vertices
//
// Rules of the room: no point is added to a seam after sampling, so a seam has
// the same vertices on both sides; equal input gives equal bits; a pattern
// that cannot be sewn is refused with panel, edge and place in cm.
package sew
