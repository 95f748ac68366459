// Package tryon runs one fitting from tape to report; it is the only room
// that knows the order of the others.
package tryon
