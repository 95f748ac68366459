// Package dxf reads garment patterns in the DXF of the clothing trade, AAMA
// and its successor ASTM D6673, grades them, and sews them by a seam list.
//
// The format knows pieces, not garments: one BLOCK per piece and size, what a
// line means said by the number of its layer, and no word about seams. A style
// is therefore up to three kinds of file:
//
//   - one or more DXF files (Read): the base size alone, or a nest of all sizes;
//   - a rule table, .rul (ReadRules): how far each graded point moves per size;
//   - a seam list, seams.json (ReadSeams): which edge is sewn to which.
//
// Build puts them together into a pattern.SizeRun.
//
// Edges are the natural edges of the trade: from turn point to turn point
// (layer 2), or one polyline of a chain of open ones. Where a file has neither,
// the outline is cut at its corners. An edge keeps the direction and, counted
// round the piece from the first point of the boundary, the number it has in
// the file; of an unfolded half piece the drawn edges come first and their
// mirror images follow, last drawn first. A mirrored piece is walked the other
// way round, last drawn edge first, since the normal of an outline is the outer
// side of the fabric.
//
// A seams.json says what a person knows and the drawing does not; SEAMS.md
// describes it and SeamsSchema is its JSON Schema:
//
//	{"base_size": "M",
//	 "pieces": {
//	   "sleeve_l": {"piece": "SLEEVE", "role": "sleeve", "side": "left", "turn_points": 4},
//	   "sleeve_r": {"piece": "SLEEVE", "mirror": true, "role": "sleeve", "side": "right"}},
//	 "seams": [
//	   {"a": {"piece": "sleeve_l", "edge": 0}, "b": {"piece": "sleeve_l", "edge": 2}}]}
//
// A piece not named there is not part of the garment. Seams may join several
// edges in a row on each side; where they cut edges is settled on the base size
// and kept in all (pattern.PlanSewing).
//
// The way of a style through the package, one file each: token, entity, spline
// and read (text to lines and points), insert, drawing and piece (blocks to
// pieces), outline (lines to closed outlines), rules and grade (sizes), fold
// and inset (which line is sewn), panel (outline to edges), marks (notches,
// drill holes, inner lines), build and make (size runs), seams, seamwire,
// seamlines and sewing (the seam list), propose (a list for a person to
// confirm), align (pieces of one name told apart).
//
// What a file leaves open is said in Result.Warnings, never guessed in
// silence.
package dxf
