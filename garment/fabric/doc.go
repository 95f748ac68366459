// Package fabric says what cloth is made of; every number with unit, source
// and grade.
//
// No public table of bulk fabric measurements exists, and the four test
// systems in use (KES, FAST, FAB, CLO) do not agree on the same cloth. So a
// preset is a named range, low to high round a nominal value, and whoever uses
// one must say that the fabric is estimated; measured and vendor figures are
// first-class input beside the presets.
package fabric
