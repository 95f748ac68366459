// Package render draws triangle meshes to an image; it knows triangles, light
// and colour, not garments (a heat map is one scalar per vertex).
//
// One frame runs down this list, each step a file of its own:
//
//	load.go       scene -> private float32 arrays; kept while the scene stays the same
//	edgeline.go   free edges of cloth run as smooth curves
//	rim.go        free edges of cloth get a rounded border, so cloth is not paper-thin
//	curve.go      coarse edges are halved along their normals, so outlines are round
//	solid.go      bodies, whose inner side is never drawn
//	grain.go      where each panel lies under the pattern, matched over the seams
//	seamline.go   which seam lines pass near which triangle; seammark.go what they do to it
//	occlusion.go  ambient occlusion per vertex and of the floor, once per scene
//	project.go    vertices -> fixed-point screen places; clip.go for the rare rest
//	bin.go        triangles -> 32x32 tiles, in triangle order
//	raster.go     edge functions, four rotated-grid samples, nearest triangle per sample, by branchless keys
//	lanes.go      the same for small triangles, three functions in one word
//	hidden.go     what lies behind cloth is not drawn
//	shadow.go     the key light's depth map and its soft lookup; shadowtaps.go asks it four taps at a time
//	insun.go      triangles that lie full in the key light
//	cast.go       the long shadow on the floor
//	facet.go      what the points of one triangle share
//	shade.go      each visible triangle of a pixel is shaded once
//	backdrop.go   what is seen where no triangle is
//
// Rules of the room: the bits of a picture depend on scene, camera and size
// only, never on the number of workers or on what was drawn before; every
// parallel step works on blocks fixed by index and writes disjoint memory, but for
// what insun.go finds of a vertex, which is the same whoever finds it.
// A frame of an unchanged scene allocates nothing. Inside, everything is
// float32 and flat slices; at the door it is float64 metres.
package render
