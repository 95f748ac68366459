// Package garment is empty; it is the map of the rooms below it.
//
//	fabric   what cloth is made of
//	pattern  flat panels, edges, seams, sizes (gcjson, spec: ways in)
//	cloth    a sewn, triangulated garment at rest
//	sew      pattern + body -> cloth
//	drape    cloth + body -> cloth at rest, with its forces
//	words    what is said to people, one file per language
//	fit      resting cloth against body -> verdict per zone, size advice
//	tryon    one fitting from tape to report
package garment
