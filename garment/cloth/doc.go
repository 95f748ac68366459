// Package cloth is a sewn, triangulated garment at rest: all the solver needs
// and nothing else.
package cloth
