package main

import (
	"math"
	"slices"

	"fitroom/geometry/body"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/spatial/r3"
)

// breast takes the breasts of the base mesh off all women and puts ours on. The
// axes from small to large of the base mesh are differences of sculpts: pointed,
// and beyond the smallest sculpt they turn the breast inside out. Ours is one
// round form over the chest wall, that grows from nothing in proportion to its
// axis. It is a fixed linear map of the template's rows, so every mode of shape
// carries over.
type breast struct {
	at, rim []int32 // rows that are replaced, and those they follow
	share   *mat.Dense
	nipple  int32
}

// The footprint of the breast on the chest, about the nipple, on the average
// woman [m]: along the skin to the side and to the middle, up and down. The chest
// wall under it is the skin around it carried on, from a little farther out.
const (
	breastSide = 0.074
	breastUp   = 0.100
	breastDown = 0.068
	wallReach  = 1.06
	chestRound = 0.160 // radius of the chest, by which angles about its axis become lengths [m]
)

// The form over the footprint: (1-r^q)^p for the share r of the way from the tip
// to the edge. q a little over 2 makes the tip a rounded one; p is such that it is
// about equally round on all sides. Above, p=2 runs out into the chest without an
// edge; below it meets it in a soft fold.
const (
	tipPower  = 2.35
	powerUp   = 2.0
	powerSide = 1.60
	powerDown = 1.20
)

// One breast's reach from the chest wall at the tip: the mean woman's, and the
// standard deviation of the size axis [m]. A bust is 147 mm and 29 mm at a standard
// deviation over the underbust (statbuild); of each metre of reach its tape gets 1.8.
const (
	breastMean = 0.052
	breastSD   = 0.016
	fallSD     = 0.012 // of the axis along which breasts hang [m]
)

// towards is where a breast grows: forward, a little outward and down.
func towards() r3.Vec { return r3.Unit(r3.Vec{X: 0.33, Y: -0.22, Z: 0.92}) }

// onChest is where a row lies from the nipple: along the chest, outward, and up [m].
func onChest(p, nipple r3.Vec) (u, v float64) {
	return chestRound * (math.Atan2(p.X, p.Z) - math.Atan2(nipple.X, nipple.Z)), p.Y - nipple.Y
}

// reachOf is the share of the way from the nipple to the footprint's edge, and
// the power of the form in that direction.
func reachOf(u, v float64) (r, power float64) {
	far, end := breastUp, powerUp
	if v < 0 {
		far, end = breastDown, powerDown
	}
	a, b := u/breastSide, v/far
	r = math.Sqrt(a*a + b*b)
	if r == 0 {
		return 0, powerSide
	}
	s := b * b / (r * r) // 1 straight up or down, 0 to the side
	return r, powerSide + s*(end-powerSide)
}

// newBreast finds the rows on the average woman.
func newBreast(t *body.Template, rows []r3.Vec) *breast {
	b := &breast{nipple: t.Marks[body.MarkNipple]}
	for i, part := range t.Part {
		p := rows[i]
		if part != body.Torso || p.Z < 0 {
			continue
		}
		if r, _ := reachOf(onChest(p, rows[b.nipple])); r < wallReach {
			b.at = append(b.at, int32(i))
		}
	}
	b.rim, b.share = capOver(b.at, rowNeighbours(t))
	return b
}

// rowNeighbours lists the rows next to each row of the left half.
func rowNeighbours(t *body.Template) [][]int32 {
	near := make([][]int32, t.Middle+t.Left)
	for _, f := range t.Tris {
		for k := range 3 {
			a, b := f[k], f[(k+1)%3]
			if !slices.Contains(near[a], b) {
				near[a] = append(near[a], b)
			}
			if !slices.Contains(near[b], a) {
				near[b] = append(near[b], a)
			}
		}
	}
	return near
}

// flatten lays the chest wall where the breast was.
func (b *breast) flatten(rows []r3.Vec) {
	next := make([]r3.Vec, len(b.at))
	for k := range b.at {
		for j, v := range b.rim {
			next[k] = r3.Add(next[k], r3.Scale(b.share.At(k, j), rows[v]))
		}
	}
	for k, i := range b.at {
		rows[i] = next[k]
	}
}

// axes are the ways in which a breast differs, per metre of reach: size, which
// makes it, and fall, which lets it hang. wall is the mean with a flat chest.
func (b *breast) axes(wall []r3.Vec) (size, fall []r3.Vec) {
	size, fall = make([]r3.Vec, len(wall)), make([]r3.Vec, len(wall))
	for _, i := range b.at {
		r, power := reachOf(onChest(wall[i], wall[b.nipple]))
		if r >= 1 {
			continue
		}
		h := math.Pow(1-math.Pow(r, tipPower), power)
		size[i] = r3.Scale(h, towards())
		fall[i] = r3.Vec{Y: -h}
	}
	return size, fall
}
