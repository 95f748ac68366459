// Package wearers learns from what earlier wearers said about a style: too
// small, fits, too large. It is optional and off unless a shop's customers
// consented to give feedback. What it learns moves the probabilities of the
// sizes in an advice and is named there; it never touches a zone, for a zone
// is tape and physics.
package wearers
