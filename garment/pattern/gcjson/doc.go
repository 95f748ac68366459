// Package gcjson reads GarmentCode specification.json files into patterns.
//
// Both dialects in circulation are read: the one of the Garment Pattern
// Generator (2021: bare quadratic curvature, any units_in_meter) and that of
// pygarment 2 (typed quadratic, cubic and circle edges, labels, "right_wrong"
// stitches). The format: Korosteleva & Lee, "Generating Datasets of 3D
// Garments with Sewing Patterns", 2021; Korosteleva & Sorkine-Hornung,
// "GarmentCode: Programming Parametric Sewing Patterns", 2023.
//
// Writers of the format emit panels and stitches in random order. The reader
// sorts both, so that equal garments, and the sizes of one style, come out
// with equal indices. The direction of each outline is data and is kept.
package gcjson
