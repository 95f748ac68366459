// Package problem says what went wrong, in the customer's language: an error
// with a code that never changes, and its answer after RFC 9457.
//
// The sentences stand in garment/words, one file per language. None of them has
// a place for a measurement.
package problem
