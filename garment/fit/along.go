package fit

import (
	"math"
	"slices"
	"strings"

	"fitroom/garment/cloth"
	"fitroom/garment/drape"
	"fitroom/geometry/body"

	"gonum.org/v1/gonum/spatial/r3"
)

// Lengths are read as a tape lies: along the cloth in an upright plane through
// landmarks of the body, from the landmark or the top edge to the hem. They
// need neither names of panels nor kinds of garments.

// shortest length worth a zone [m]: a sleeveless armhole ends nearer than this
// to the shoulder point.
const leastLength = 0.03

// along is one measured length.
type along struct {
	key  body.Key
	line ownLine
}

// alongLengths measures every length the cloth has. wrapped names the girth
// zones it goes round: they tell a top from a skirt from trousers.
func alongLengths(b *body.Body, c *cloth.Cloth, r *drape.Result, g *garmentMesh, wrapped map[string]bool) []along {
	var out []along
	pos := r.Pos
	add := func(k body.Key, cuts []crossing) {
		if line := lineOf(cuts, r); line.worn >= leastLength {
			out = append(out, along{k, line})
		}
	}
	trunk := wrapped["chest"] || wrapped["bust"] || wrapped["underbust"]
	legs := wrapped["thigh"] || wrapped["knee"] || wrapped["calf"]
	if trunk {
		add(body.AcrossBackWidth, acrossBack(b, c, pos, g))
		add(body.AcrossShoulder, acrossShoulders(b, c, pos, g))
		add(BodyLength, centreBack(b, c, pos, g))
		add(SleeveLen, ownSleeve(c, sleeve(b, sleeveTop(b, c, pos), pos, g)))
	}
	if legs {
		inner, outer := legLengths(b, pos, g)
		add(body.Inseam, inner)
		if !trunk {
			add(body.CrotchLength, rise(b, pos, g))
			add(Outseam, outer)
		}
	}
	if from, ok := waistSeamFront(c, pos); ok && trunk && !legs {
		cuts, at := nearestChain(openChains(plane{from, r3.Vec{X: 1}}, pos, g), from)
		if down := downwards(cuts, at); onSkirt(c, down) {
			add(SkirtLength, down)
		}
	}
	if !trunk && !legs && (wrapped["waist"] || wrapped["hip"]) {
		add(SkirtLength, centreFront(b, pos, g))
	}
	return out
}

// openChains are the cuts that run from free edge to free edge.
func openChains(pl plane, pos []r3.Vec, g *garmentMesh) []chain {
	return slices.DeleteFunc(chains(cross(nil, pl, pos, g.tris, g.rest)), func(c chain) bool { return c.closed })
}

// nearestChain is the chain that passes nearest to a place, and the number of
// crossings before its nearest point.
func nearestChain(all []chain, to r3.Vec) (cuts []crossing, at int) {
	best := math.Inf(1)
	for _, c := range all {
		for i := 0; i <= len(c.cuts); i++ {
			if d := r3.Norm2(r3.Sub(c.point(i), to)); d < best {
				best, cuts, at = d, c.cuts, i
			}
		}
	}
	return cuts, at
}

// point i of a chain; there is one more than there are crossings.
func (c chain) point(i int) r3.Vec {
	if i == len(c.cuts) {
		return c.cuts[i-1].p[1]
	}
	return c.cuts[i].p[0]
}

// downwards is the part of a chain from its point i to its lower end.
func downwards(cuts []crossing, i int) []crossing {
	if len(cuts) == 0 {
		return nil
	}
	if cuts[0].p[0].Y < cuts[len(cuts)-1].p[1].Y {
		return cuts[:i]
	}
	return cuts[i:]
}

// centreBack runs from the back of the neck seam down to the hem, or where there
// is none from the back neck.
func centreBack(b *body.Body, c *cloth.Cloth, pos []r3.Vec, g *garmentMesh) []crossing {
	from := b.Landmarks[body.BackNeck]
	near := middleReach
	for _, v := range seamVerts(c, "neck") {
		if x := math.Abs(pos[v].X); pos[v].Z < b.Landmarks[body.SideNeckL].Z && x < near {
			from, near = pos[v], x
		}
	}
	cuts, at := nearestChain(openChains(plane{from, r3.Vec{X: 1}}, pos, g), from)
	return downwards(cuts, at)
}

// middleReach is how far beside the middle plane the nearest vertex of a seam
// across it may lie [m].
const middleReach = 0.03

// waistSeamFront is where a dress's waist seam crosses the middle in front.
func waistSeamFront(c *cloth.Cloth, pos []r3.Vec) (at r3.Vec, ok bool) {
	best := math.Inf(1)
	for _, v := range seamVerts(c, "waist") {
		if x := math.Abs(pos[v].X); pos[v].Z > 0 && x < best {
			at, best = pos[v], x
		}
	}
	return at, best < middleReach
}

// onSkirt reports a line that runs on a skirt, not on the rib of a top.
func onSkirt(c *cloth.Cloth, cuts []crossing) bool {
	return slices.ContainsFunc(cuts, func(k crossing) bool { return strings.HasPrefix(c.Panels[c.Panel[k.tri]].Role, "skirt") })
}

// centreFront runs from the top edge of a skirt down to its hem.
func centreFront(b *body.Body, pos []r3.Vec, g *garmentMesh) []crossing {
	from := b.Landmarks[body.WaistFront]
	cuts, _ := nearestChain(openChains(plane{from, r3.Vec{X: 1}}, pos, g), from)
	return cuts
}

// sleeveTop is where the left sleeve begins: at the end of the shoulder seam,
// or at the shoulder point where there is no seam.
func sleeveTop(b *body.Body, c *cloth.Cloth, pos []r3.Vec) r3.Vec {
	top := b.Landmarks[body.ShoulderPointL]
	far := math.Inf(-1)
	for _, v := range seamVerts(c, "shoulder_left") {
		if pos[v].X > far {
			top, far = pos[v], pos[v].X
		}
	}
	return top
}

// sleeve runs from a point of the shoulder over the top of the left arm to the hem.
func sleeve(b *body.Body, from r3.Vec, pos []r3.Vec, g *garmentMesh) []crossing {
	arm := r3.Sub(b.Joints[body.WristL], b.Joints[body.ShoulderL])
	n := r3.Cross(arm, r3.Vec{Y: 1})
	if r3.Norm(n) == 0 { // the arm hangs plumb: any plane through it is upright
		n = r3.Vec{Z: 1}
	}
	all := openChains(plane{from, r3.Unit(n)}, pos, g)
	cuts, at := nearestChain(all, from)
	if len(cuts) == 0 {
		return nil
	}
	if cuts[0].p[0].X > cuts[len(cuts)-1].p[1].X {
		return cuts[:at]
	}
	return cuts[at:]
}

// ownSleeve is the part of a line that runs on the sleeve's panels: the sleeve
// begins at its armhole, wherever that sits. Without such panels, as in a
// kimono, it is the whole line.
func ownSleeve(c *cloth.Cloth, cuts []crossing) []crossing {
	on := slices.DeleteFunc(slices.Clone(cuts), func(k crossing) bool { return !isSleeve(c.Panels[c.Panel[k.tri]].Role) })
	if len(on) == 0 {
		return cuts
	}
	return on
}

// legLengths cuts the left leg lengthwise, across the body: the inner line from
// the crotch down and the outer line from the top edge down.
func legLengths(b *body.Body, pos []r3.Vec, g *garmentMesh) (inner, outer []crossing) {
	hip, ankle := b.Joints[body.HipL], b.Joints[body.AnkleL]
	n := r3.Cross(r3.Vec{X: 1}, r3.Sub(ankle, hip))
	if r3.Norm(n) == 0 {
		return nil, nil
	}
	axis := (hip.X + ankle.X) / 2
	outermost := math.Inf(-1)
	for _, c := range openChains(plane{hip, r3.Unit(n)}, pos, g) {
		first, last := c.cuts[0].p[0], c.cuts[len(c.cuts)-1].p[1]
		switch {
		case first.X*last.X < 0 && max(first.Y, last.Y) < b.Landmarks[body.Crotch].Y:
			inner = fromCrotch(c.cuts)
		case max(first.X, last.X) > axis && centroid(c.cuts).X > outermost:
			outermost, outer = centroid(c.cuts).X, c.cuts
		}
	}
	return inner, outer
}

// fromCrotch is the left half of the line hem - crotch - hem.
func fromCrotch(cuts []crossing) []crossing {
	top := 0
	for i := range cuts {
		if cuts[i].p[0].Y > cuts[top].p[0].Y {
			top = i
		}
	}
	if cuts[0].p[0].X > 0 {
		return cuts[:top]
	}
	return cuts[top:]
}
