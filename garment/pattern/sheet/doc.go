// Package sheet draws a pattern laid flat: every panel with its name, the
// number and direction of every edge, notches, inner lines and seams, as SVG
// and as PNG.
//
// It is the picture a person compares a seam list with; it knows nothing of
// bodies. Both formats are drawn by the same code on a canvas of lines, areas
// and words, so that they show the same.
package sheet
