// Package gl draws scenes on a graphics card: the same pictures as package
// render, whose renderer prepares them and stands by when the card fails.
//
// The graphics library g3n (github.com/g3n/engine) needs C, and a driver may
// crash, hang or end the process it runs in. So it lives in a program of its own,
// cmd/fitroom-gl, built with the tag g3n where a C compiler is found; this
// package starts it as a child and talks to it over its standard input and
// output. Rejected: the same binary started twice, which would tie the one
// static binary to a C library for the few hosts that have a card.
//
//	drawer.go   a Drawer that asks the child and falls back to render.Renderer
//	child.go    the child's life: start, one picture at a time, time limit, end
//	message.go  what the two say to each other
//	choose.go   --renderer: which drawer a host gets, by a comparison picture
//	compare.go  how near two pictures are
//	worker.go   the child: messages in, pictures out (tag g3n, cgo)
//	egl.go      a context without a window, by a libEGL opened at run time
//	program.go  the shaders and the material of g3n; scene.go its meshes
//
// What the card does: nearest triangle of four samples a pixel and their light.
// Occlusion, shadow map and textures come from render, so both show the same.
package gl
