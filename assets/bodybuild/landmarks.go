package main

// jointCubes are the helper groups of the base mesh whose centres are joints.
var jointCubes = []string{
	"joint-pelvis", "joint-spine-4", "joint-spine-3", "joint-spine-1", "joint-neck", "joint-head",
	"joint-l-shoulder", "joint-l-elbow", "joint-l-hand", "joint-l-upper-leg", "joint-l-knee", "joint-l-ankle",
}

// Indices into jointCubes.
const (
	jPelvis = iota
	jSpineLow
	jSpineMid
	jSpineHigh
	jNeck
	jHead
	jShoulder
	jElbow
	jWrist
	jHip
	jKnee
	jAnkle
)

// Vertices of the base mesh picked once by hand on both mean shapes; the left
// side where there are two.
const (
	vNavel     = 4121
	vBackNeck  = 857
	vFrontNeck = 1524
	vCrotch    = 4374
	vNipple    = 8459
	vAcromion  = 8275
	vSideNeck  = 8185
	vNeckPoint = 7545 // side neck point: as far out as biacromial breadth and shoulder length of ANSUR II say
	vKneeCap   = 11261
	vUnderarm  = 8337
	vThroat    = 803 // below the larynx, where the neck tape lies
	vNape      = 856 // behind the throat on the same edge loop
	vNeckLoopF = 791 // front and back of the edge loop under the jaw
	vNeckLoopB = 854
)

// buttockVerts are the candidates for the most prominent point of the seat.
var buttockVerts = []int32{
	10837, 10838, 10839, 10840, 10841, 10844, 10845, 10846, 10847, 10848, 10849, 10852, 10853, 10854, 10855, 10856,
	10859, 10860, 10861, 10862, 10863, 10867, 10868, 10869, 10870, 10871, 10872, 10875, 10876, 10877, 10878, 10879,
	10883, 10884, 10885, 10886, 10887, 10891, 10892, 10893, 10894, 10898, 10906, 10912, 10917, 10918, 10923, 10924,
	10929, 10930, 10935, 10936, 10941, 10942, 11019, 11020, 11022, 11040, 11045, 11048, 11049, 11050, 11051, 11053,
	11054, 11056, 11068, 11069, 11072, 11073, 11075,
}
