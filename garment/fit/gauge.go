package fit

import (
	"math"

	"fitroom/garment/cloth"
	"fitroom/garment/drape"
	"fitroom/geometry/body"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// A table measures along lines of the pattern, a report at levels of the body;
// the two lie apart wherever a garment is drawn for other proportions or hangs
// lower than it was meant to. So a measure is also taken along the pattern's own
// line on the worn garment: that is the comparison of like with like, and how
// far the line lies from the body's level is why the other one differs.

// ownLine is a measure along a line of the pattern, as worn.
type ownLine struct {
	relaxed, worn float64 // [m]
	bridged       float64 // of the line that lies over no cloth, as a ruler over a neckline [m]
	pull          float64 // mean tension along it [N/m]
	points        []r3.Vec
	weight        []float64 // length of the line each point stands for [m]
}

// from is the mean distance of the line from a plane, along its normal, and the
// root mean square about that mean: how uneven it hangs [m].
func (o *ownLine) from(pl plane) (off, uneven float64) {
	total := 0.0
	for i, p := range o.points {
		off += o.weight[i] * pl.height(p)
		total += o.weight[i]
	}
	off /= total
	for i, p := range o.points {
		d := pl.height(p) - off
		uneven += o.weight[i] * d * d
	}
	return off, math.Sqrt(uneven / total)
}

// slack cloth carries no more than what hangs from it, and has room all round.
const (
	slackTension = 5.0   // the least class of the tension map, "hangs" [N/m]
	slackRoom    = 0.005 // girth beyond a tight tape round the skin in the same plane [m]
)

// Outlines of curved panels are polygons in the mesh: they cut off what counts
// as no opening, this share of a line at most [1].
const polygonal = 0.01

// ownLines are the measures along the pattern's lines: those it states, and
// those that are seams and edges. lower says that the garment ends at the waist.
func ownLines(c *cloth.Cloth, e *edges, g *garmentMesh, r *drape.Result, lower bool) map[body.Key]ownLine {
	out := map[body.Key]ownLine{}
	byPanel := make([][]int32, len(c.Panels))
	for i, p := range c.Panel {
		byPanel[p] = append(byPanel[p], int32(i))
	}
	for i := range c.Gauges {
		gauge := &c.Gauges[i]
		var cuts []crossing
		drawn := 0.0
		for _, l := range gauge.Lines {
			drawn += r2.Norm(r2.Sub(l.B, l.A))
			cuts = alongRule(cuts, l, byPanel[l.Panel], g, r.Pos)
		}
		o := lineOf(cuts, r)
		if open := drawn - o.relaxed; open > polygonal*drawn {
			o.bridged = gauge.Times * open
		}
		o.relaxed, o.worn = gauge.Times*o.relaxed, gauge.Times*o.worn
		if o.relaxed > 0 {
			out[body.Key(gauge.Name)] = o
		}
	}
	if o := e.seam("neck"); o.relaxed > 0 {
		out[body.NeckGirth] = o
	}
	if _, drawn := out[body.WaistGirth]; !drawn {
		o := e.seam("waist")
		if l, ok := e.closed([]string{"waist", "top"}, higher); ok && lower {
			o = e.line(l) // a band is measured along its upper edge
		}
		if o.relaxed > 0 {
			out[body.WaistGirth] = o
		}
	}
	return out
}

// offMesh sets a line off the mesh's own lines, along which two triangles would
// both count [m].
const offMesh = 1e-6

// alongRule appends what of a straight line over a panel lies on each of its
// triangles, by clipping it at their three sides.
func alongRule(dst []crossing, l cloth.GaugeLine, tris []int32, g *garmentMesh, pos []r3.Vec) []crossing {
	d := r2.Sub(l.B, l.A)
	length := r2.Norm(d)
	if length == 0 {
		return dst
	}
	aside := r2.Scale(offMesh/length, r2.Vec{X: -d.Y, Y: d.X})
	a := r2.Add(l.A, aside)
	for _, i := range tris {
		from, to, ok := clip(a, d, g.rest[i])
		if !ok {
			continue
		}
		c := crossing{tri: i}
		for end, t := range [2]float64{from, to} {
			c.q[end] = r2.Add(a, r2.Scale(t, d))
			c.p[end] = carried(c.q[end], g.rest[i], g.tris[i], pos)
		}
		dst = append(dst, c)
	}
	return dst
}

// clip is the part of a + t d, 0 <= t <= 1, inside a triangle that runs
// counter-clockwise (Cyrus and Beck 1978).
func clip(a, d r2.Vec, tri [3]r2.Vec) (from, to float64, ok bool) {
	from, to = 0, 1
	for k := range 3 {
		side := r2.Sub(tri[(k+1)%3], tri[k])
		above, slope := r2.Cross(side, r2.Sub(a, tri[k])), r2.Cross(side, d)
		switch {
		case slope == 0 && above < 0:
			return 0, 0, false
		case slope > 0:
			from = max(from, -above/slope)
		case slope < 0:
			to = min(to, -above/slope)
		}
	}
	return from, to, from < to
}

// carried is where a point of the flat triangle lies on the worn one.
func carried(q r2.Vec, rest [3]r2.Vec, t [3]int32, pos []r3.Vec) r3.Vec {
	u, v, w := r2.Sub(rest[1], rest[0]), r2.Sub(rest[2], rest[0]), r2.Sub(q, rest[0])
	det := r2.Cross(u, v)
	s, f := r2.Cross(w, v)/det, r2.Cross(u, w)/det
	return r3.Add(r3.Scale(1-s-f, pos[t[0]]), r3.Add(r3.Scale(s, pos[t[1]]), r3.Scale(f, pos[t[2]])))
}

// lineOf sums up what lies along a line.
func lineOf(cuts []crossing, r *drape.Result) ownLine {
	var o ownLine
	for i := range cuts {
		c := &cuts[i]
		d := r2.Sub(c.q[1], c.q[0])
		if l := r2.Norm(d); l > 0 {
			o.add(l, r3.Norm(r3.Sub(c.p[1], c.p[0])), alongCut(r.Stress[c.tri], r2.Scale(1/l, d)), r3.Scale(0.5, r3.Add(c.p[0], c.p[1])))
		}
	}
	return o
}

// add a piece of the line: its lengths, the pull along it and its middle.
func (o *ownLine) add(relaxed, worn, pull float64, middle r3.Vec) {
	total := o.relaxed + relaxed
	if total > 0 {
		o.pull = (o.pull*o.relaxed + pull*relaxed) / total
	}
	o.relaxed, o.worn = total, o.worn+worn
	o.points, o.weight = append(o.points, middle), append(o.weight, relaxed)
}

func (o *ownLine) join(more ownLine) {
	if total := o.relaxed + more.relaxed; total > 0 {
		o.pull = (o.pull*o.relaxed + more.pull*more.relaxed) / total
	}
	o.relaxed, o.worn = o.relaxed+more.relaxed, o.worn+more.worn
	o.points, o.weight = append(o.points, more.points...), append(o.weight, more.weight...)
}

// clearances are the room of a hoop beyond a tight tape round the skin in the
// same plane, and the least distance of cloth and skin there [m].
func clearances(b *body.Body, parts []body.Part, gd girdle, relaxed float64) (room, least float64) {
	skin := skinLoop(b, parts, gd.plane)
	if skin == nil {
		return math.NaN(), math.NaN()
	}
	u, w := gd.plane.frame()
	flat := func(v r3.Vec) r2.Vec {
		d := r3.Sub(v, gd.plane.origin)
		return r2.Vec{X: r3.Dot(d, u), Y: r3.Dot(d, w)}
	}
	s := Section{Skin: outline(skin, flat), Garment: outline(gd.loop, flat)}
	least = math.Inf(1)
	for _, p := range s.Garment {
		least = min(least, s.Clearance(p))
	}
	return relaxed - s.Tape(), least
}
