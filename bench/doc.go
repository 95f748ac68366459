// Package bench holds the named cloth scenes shared by benchmarks,
// determinism tests and the picture gallery, and reads the scene files that
// other solvers have been measured on.
package bench
