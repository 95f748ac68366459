// Command render draws the same scene with this renderer and with others, in one
// run, turn about, so that a busy machine slows all of them alike. It is a
// module of its own: what it compares with is no part of fitroom.
//
//	main.go     the run and its table
//	scene.go    a T-shirt on a woman, about 40,000 triangles
//	fauxgl.go   fauxgl, a software rasteriser in Go, at 2x2 samples
//	memory.go   the peak of a process that draws and does nothing else
//
// g3n on Mesa's llvmpipe is reached through bin/fitroom-gl, which draws the same
// picture; its own time counts, not the way there and back, nor the shadow map
// and the occlusion that it is given.
package main
