// Package fit compares resting cloth with body: ease, gap, strain, tension,
// pressure, verdict per zone; advises a size.
package fit
