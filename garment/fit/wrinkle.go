package fit

import (
	"math"

	"fitroom/garment/cloth"
	"fitroom/garment/drape"
	"fitroom/geometry/body"
	"fitroom/geometry/bvh"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// Folds are found by curvature: the change of the vertex normals over a
// triangle is its shape operator (Rusinkiewicz 2004, "Estimating curvatures and
// their derivatives on triangle meshes"). A fold is a patch bent more sharply
// than a body is, outwards, with a hollow beside it. Where the cloth along the
// crest is taut, the fold is a drag line and points at what pulls: a tension
// field (Reissner 1938) carries load along its folds and none across.
const (
	foldCurve  = 25.0 // of a crest: radius 4 cm, sharper than trunk or limb [1/m]
	foldSharp  = 40.0 // of a crest as sharp as a pressed one seems: radius 2.5 cm [1/m]
	hollow     = 8.0  // of a valley beside it [1/m]
	hollowNear = 0.04 // how far beside [m]
	foldLength = 0.04 // shorter ones are dents [m]
	dragForce  = 8.0  // along the crest [N/m]: more than the weight of half a metre of heavy cloth
)

// Wrinkles of one part of a garment.
type Wrinkles struct {
	Zone   string  // the girth zone next to them
	Energy float64 // of bending in folds [J]
	Area   float64 // share of the fabric there that lies in folds [1]
	Folds  int
	Drags  []DragLine // the taut ones, longest first
}

// DragLine is a fold that is pulled tight.
type DragLine struct {
	At      r3.Vec  // its middle [m]
	Length  float64 // [m]
	Angle   float64 // to the level, 0 to pi; pi/2 runs up and down [rad]
	Tension float64 // mean along it [N/m]
}

// fold is the bending of one triangle.
type fold struct {
	k   [2]float64 // principal curvatures, larger first, positive outward [1/m]
	dir r3.Vec     // of the crest: across the larger one, unit
}

// FoldMap writes to dst the curvature of the cloth at each vertex that bends
// most [1/m]: positive on a crest, negative in a hollow.
func FoldMap(dst []float64, c *cloth.Cloth, pos []r3.Vec) {
	clear(dst)
	area := make([]float64, len(dst))
	for i, f := range bending(c, pos) {
		k := f.k[0]
		if -f.k[1] > k {
			k = f.k[1]
		}
		a := restArea(c.Rest[i])
		for _, v := range c.Tris[i] {
			dst[v] += a * k
			area[v] += a
		}
	}
	for i, a := range area {
		if a > 0 {
			dst[i] /= a
		}
	}
}

// bending is the shape operator of every triangle.
func bending(c *cloth.Cloth, pos []r3.Vec) []fold {
	normal := make([]r3.Vec, len(pos))
	for _, t := range c.Tris {
		n := normalOf(pos, t)
		for _, v := range t {
			normal[v] = r3.Add(normal[v], n)
		}
	}
	for i, n := range normal {
		if l := r3.Norm(n); l > 0 {
			normal[i] = r3.Scale(1/l, n)
		}
	}
	out := make([]fold, len(c.Tris))
	for i, t := range c.Tris {
		out[i] = bend(pos[t[0]], pos[t[1]], pos[t[2]], normal[t[0]], normal[t[1]], normal[t[2]])
	}
	return out
}

// bend is the symmetric part of dn over dx in the plane of the triangle.
func bend(a, b, c, na, nb, nc r3.Vec) fold {
	u := r3.Sub(b, a)
	n := r3.Cross(u, r3.Sub(c, a))
	if r3.Norm(n) == 0 {
		return fold{}
	}
	u, n = r3.Unit(u), r3.Unit(n)
	w := r3.Cross(n, u)
	flat := func(v r3.Vec) r2.Vec { return r2.Vec{X: r3.Dot(v, u), Y: r3.Dot(v, w)} }
	p, q := flat(r3.Sub(b, a)), flat(r3.Sub(c, a))
	dp, dq := flat(r3.Sub(nb, na)), flat(r3.Sub(nc, na))
	det := r2.Cross(p, q)
	xx := (dp.X*q.Y - dq.X*p.Y) / det
	xy := (dq.X*p.X - dp.X*q.X) / det
	yx := (dp.Y*q.Y - dq.Y*p.Y) / det
	yy := (dq.Y*p.X - dp.Y*q.X) / det
	s := (xy + yx) / 2
	mean, h := (xx+yy)/2, math.Hypot((xx-yy)/2, s)
	angle := math.Atan2(2*s, xx-yy)/2 + math.Pi/2
	return fold{k: [2]float64{mean + h, mean - h}, dir: r3.Add(r3.Scale(math.Cos(angle), u), r3.Scale(math.Sin(angle), w))}
}

// wrinkles finds the folds and sums them by part of the garment.
func wrinkles(b *body.Body, skin *bvh.Tree, c *cloth.Cloth, r *drape.Result) []Wrinkles {
	folds := bending(c, r.Pos)
	near := besides(c)
	zone := zonesOfTriangles(b, skin, c, r.Pos)
	names := wrinkleZones()
	out := make([]Wrinkles, len(names))
	area := make([]float64, len(names))
	for i := range c.Tris {
		a := restArea(c.Rest[i])
		area[zone[i]] += a
		k := folds[i].k
		if max(k[0], -k[1]) > foldCurve {
			f := &c.Fabrics[c.Panels[c.Panel[i]].Fabric]
			out[zone[i]].Energy += a * (f.BendWarp + f.BendWeft) / 4 * (k[0]*k[0] + k[1]*k[1])
			out[zone[i]].Area += a
		}
	}
	for _, patch := range crests(folds, near, c, r.Pos) {
		w := &out[zone[patch[len(patch)/2]]]
		w.Folds++
		if d, ok := dragLine(patch, folds, c, r); ok {
			w.Drags = append(w.Drags, d)
		}
	}
	var kept []Wrinkles
	for k, name := range names {
		if area[k] == 0 {
			continue
		}
		out[k].Zone = name
		out[k].Area /= area[k]
		sortDrags(out[k].Drags)
		kept = append(kept, out[k])
	}
	return kept
}

func sortDrags(d []DragLine) {
	for i := range d {
		for j := i; j > 0 && d[j].Length > d[j-1].Length; j-- {
			d[j], d[j-1] = d[j-1], d[j]
		}
	}
}

// besides lists, per triangle, those that share an edge with it.
func besides(c *cloth.Cloth) [][]int32 {
	first := make(map[uint64]int32, 2*len(c.Tris))
	near := make([][]int32, len(c.Tris))
	for i, t := range c.Tris {
		for k := range 3 {
			e := edgeID(t[k], t[(k+1)%3])
			if j, ok := first[e]; ok {
				near[i], near[j] = append(near[i], j), append(near[j], int32(i))
			} else {
				first[e] = int32(i)
			}
		}
	}
	return near
}

// crests are the patches bent sharply outwards that are long enough and have a
// hollow beside them, each in the order it was reached.
func crests(folds []fold, near [][]int32, c *cloth.Cloth, pos []r3.Vec) [][]int32 {
	seen := make([]bool, len(folds))
	var out [][]int32
	for i := range folds {
		if seen[i] || folds[i].k[0] < foldCurve {
			continue
		}
		seen[i] = true
		patch := []int32{int32(i)}
		for n := 0; n < len(patch); n++ {
			for _, j := range near[patch[n]] {
				// A patch ends where another crest turns away from it.
				if !seen[j] && folds[j].k[0] >= foldCurve && math.Abs(r3.Dot(folds[j].dir, folds[patch[n]].dir)) > 0.8 {
					seen[j] = true
					patch = append(patch, j)
				}
			}
		}
		if extent(patch, folds, c, pos) >= foldLength && hasHollow(patch, folds, near, c, pos) {
			out = append(out, patch)
		}
	}
	return out
}

func middleOf(c *cloth.Cloth, pos []r3.Vec, i int32) r3.Vec {
	t := c.Tris[i]
	return r3.Scale(1.0/3, r3.Add(pos[t[0]], r3.Add(pos[t[1]], pos[t[2]])))
}

// crestDir is the mean direction of a patch's crest; the first one gives the sign.
func crestDir(patch []int32, folds []fold) r3.Vec {
	var d r3.Vec
	for _, i := range patch {
		d = r3.Add(d, r3.Scale(math.Copysign(1, r3.Dot(folds[i].dir, folds[patch[0]].dir)), folds[i].dir))
	}
	if r3.Norm(d) == 0 {
		return folds[patch[0]].dir
	}
	return r3.Unit(d)
}

// extent is the length of a patch along its crest [m].
func extent(patch []int32, folds []fold, c *cloth.Cloth, pos []r3.Vec) float64 {
	d := crestDir(patch, folds)
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, i := range patch {
		for _, v := range c.Tris[i] {
			s := r3.Dot(pos[v], d)
			lo, hi = min(lo, s), max(hi, s)
		}
	}
	return hi - lo
}

// hasHollow: a crest of the body, as over the shoulder, has no valley beside it.
func hasHollow(patch []int32, folds []fold, near [][]int32, c *cloth.Cloth, pos []r3.Vec) bool {
	in := map[int32]bool{}
	for _, i := range patch {
		in[i] = true
	}
	beside := 0
	for _, i := range patch {
		from := middleOf(c, pos, i)
		ring := []int32{i}
		seen := map[int32]bool{i: true}
		for n := 0; n < len(ring); n++ {
			j := ring[n]
			if !in[j] && folds[j].k[1] < -hollow {
				beside++
				break
			}
			for _, k := range near[j] {
				if !seen[k] && r3.Norm(r3.Sub(middleOf(c, pos, k), from)) < hollowNear {
					seen[k] = true
					ring = append(ring, k)
				}
			}
		}
	}
	return 2*beside > len(patch)
}

// dragLine reads a fold that is taut along its crest.
func dragLine(patch []int32, folds []fold, c *cloth.Cloth, r *drape.Result) (DragLine, bool) {
	dir := crestDir(patch, folds)
	var d DragLine
	total := 0.0
	for _, i := range patch {
		a := restArea(c.Rest[i])
		d.At = r3.Add(d.At, r3.Scale(a, middleOf(c, r.Pos, i)))
		d.Tension += a * tensionAlong(c, r, i, dir)
		total += a
	}
	d.At, d.Tension = r3.Scale(1/total, d.At), d.Tension/total
	d.Length = extent(patch, folds, c, r.Pos)
	d.Angle = seenAngle(c, r.Pos, patch, dir)
	return d, d.Tension >= dragForce
}

// tensionAlong is the membrane force of a triangle along a direction in space.
func tensionAlong(c *cloth.Cloth, r *drape.Result, i int32, dir r3.Vec) float64 {
	t := c.Tris[i]
	p, q := r3.Sub(r.Pos[t[1]], r.Pos[t[0]]), r3.Sub(r.Pos[t[2]], r.Pos[t[0]])
	pp, pq, qq, dp, dq := r3.Dot(p, p), r3.Dot(p, q), r3.Dot(q, q), r3.Dot(dir, p), r3.Dot(dir, q)
	det := pp*qq - pq*pq
	if det <= 0 {
		return 0
	}
	s, u := (dp*qq-dq*pq)/det, (dq*pp-dp*pq)/det
	rest := c.Rest[i]
	flat := r2.Add(r2.Scale(s, r2.Sub(rest[1], rest[0])), r2.Scale(u, r2.Sub(rest[2], rest[0])))
	l := r2.Norm(flat)
	if l == 0 {
		return 0
	}
	return alongCut(r.Stress[i], r2.Scale(1/l, flat))
}

// seenAngle is the angle of a direction to the level for one who looks at the
// cloth from outside, right to left of the viewer counter-clockwise.
func seenAngle(c *cloth.Cloth, pos []r3.Vec, patch []int32, dir r3.Vec) float64 {
	var n r3.Vec
	for _, i := range patch {
		n = r3.Add(n, normalOf(pos, c.Tris[i]))
	}
	right := r3.Cross(r3.Vec{Y: 1}, n)
	if r3.Norm(right) == 0 {
		return math.NaN()
	}
	a := math.Atan2(dir.Y, r3.Dot(dir, r3.Unit(right)))
	return math.Mod(a+2*math.Pi, math.Pi)
}

// wrinkleZones are the parts wrinkles are told by: the girth zones.
func wrinkleZones() []string {
	return []string{"neck", "chest", "waist", "hip", "upper_arm", "elbow", "wrist", "thigh", "knee", "calf", "ankle"}
}

// otherPart sets levels of other parts of the body back [m]: they count only
// where no level is of the part itself, as on a foot.
const otherPart = 10

// zonesOfTriangles finds for each triangle the level of the body it is next to,
// among those of the part of the body under it.
func zonesOfTriangles(b *body.Body, skin *bvh.Tree, c *cloth.Cloth, pos []r3.Vec) []int {
	names := wrinkleZones()
	levels := make([]*body.Level, len(names))
	for k, name := range names {
		for i := range b.Levels {
			if p, ok := placeOf(b.Levels[i].Key); ok && levels[k] == nil && (p.zone == name || p.zone == "bust" && name == "chest") {
				levels[k] = &b.Levels[i]
			}
		}
	}
	at := make([]r3.Vec, len(c.Tris))
	for i := range c.Tris {
		at[i] = middleOf(c, pos, int32(i))
	}
	hits := make([]bvh.Hit, len(at))
	skin.Nearest(hits, at, math.Inf(1))
	out := make([]int, len(at))
	for i, h := range hits {
		part := b.Part[b.Mesh.Tris[h.Tri][0]]
		best := math.Inf(1)
		for k, l := range levels {
			if l == nil {
				continue
			}
			p := h.Point
			if l.Parts[0] >= body.UpperArmL {
				p.X = math.Abs(p.X) // levels of limbs are those of the left
			}
			d := math.Abs(r3.Dot(r3.Sub(p, l.Origin), l.Normal))
			if !holds(l.Parts, part) {
				d += otherPart
			}
			if d < best {
				best, out[i] = d, k
			}
		}
	}
	return out
}

// holds reports a part of a level or its mirror image: tapes of limbs are laid
// on the left.
func holds(parts []body.Part, p body.Part) bool {
	for _, q := range parts {
		if p == q || q >= body.UpperArmL && (q-body.UpperArmL)%2 == 0 && p == q+1 {
			return true
		}
	}
	return false
}
