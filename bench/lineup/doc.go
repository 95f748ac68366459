// Package lineup holds people of all shapes, drawn by lot, by extremes and by
// size tables, and draws them side by side, so that eyes can judge the bodies.
package lineup
