// Package fabric says what cloth is made of; every number with unit, source
// and grade.
package fabric
