// Package lanes computes the solver's hottest loops several numbers at a time, with
// the vector instructions of the processor where it has AVX2, in plain Go elsewhere
// and everywhere with the build tag purego.
//
// Every kernel is written twice: in Go, in a file of its own or, of the membrane and of
// pairs of cloth, in the solver, which says what is computed and in which order, and in
// asm, whose output is the assembly. Both give the same bits: a lane does what the Go
// code does for one component or one element, each product is rounded before it is
// added (no fused multiply-add), sums are in the same order. Tests hold one against the
// other bit by bit; a NaN is as good as another.
//
// Kernels trust their indices, as they come from a plan. They may read, never
// write, up to seven numbers beyond the end of a vector made by Vector.
package lanes
