// Package drape lets cloth come to rest; equal input gives equal bits for any
// worker count.
package drape
