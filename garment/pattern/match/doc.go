// Package match guesses which edges of unsewn panels belong together. It never
// decides: what it finds is for a person to confirm.
//
// Evidence, in order of weight: both edges have the same length in every size,
// which grading keeps for sewn edges and for few others; notches that meet; the
// same bend, mirrored or opposite; panels that are worn side by side; places on
// the panel (a hem is not sewn to a hem). Darts are found first, then single
// edges, cheapest pair first, then edges against several edges in a row along
// the openings that are left.
package match
