//go:build !amd64 || purego

package bvh

// lanes is false where there is no assembly.
const lanes = false

func farAVX2(far *[4]float64, box *[6][4]float64, x, y, z float64) { farOf(far, box, x, y, z) }
