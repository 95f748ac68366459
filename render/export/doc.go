// Package export writes scenes of the render room as 3D files: geometry, look
// and fit figures, in metres, right-handed, Y up, as the house and glTF both
// have it.
package export
