package render

// castShade is the shadow that the key light throws on the floor, long and soft:
// sharp at the feet, wide where what throws it is far off. The key light's map
// tells of each point of a grid what stands in its light and how far; the lamp's
// width makes of that a window over the grid (Fernando 2005, "Percentage-closer
// soft shadows"), whose mean a table of sums gives at once (Crow 1984,
// "Summed-area tables for texture mapping").
type castShade struct {
	on            bool
	along, across vec     // unit, level: away from the lamp and to its side
	from          vec     // corner of the grid, on the floor
	long, wide    float32 // of a cell [m]
	lit           []float32
	sums          []castSum // one more each way
}

// castSum is of all cells before one: how many lie in shadow, and how far off
// what throws it is [m].
type castSum struct{ dark, gap float64 }

const (
	castGrid = 96 // cells each way: 4 x 3 cm for a standing person
	// castBias keeps the floor from shading itself [m].
	castBias = 0.02
	// castTakes is the share of the floor's light that is the key light's.
	castTakes = 0.34
)

// find works out the shadow of a scene whose depth map of the key light is drawn.
func (c *castShade) find(m *depthMap, st *studio, on bool) {
	c.on = on && st.toKey.y > 0.1
	if !c.on {
		return
	}
	rise := st.toKey.y
	level := sqrt32(1 - rise*rise)
	c.along = vec{-st.toKey.x, 0, -st.toKey.z}.unit()
	c.across = c.along.cross(vec{0, 1, 0})
	// The ball round the scene throws an ellipse, blurred by what stands highest.
	blur := 1.8 * softbox * st.reach
	halfLong, halfWide := (st.reach+blur)/rise, st.reach+blur
	foot := vec{st.mid.x, st.floor, st.mid.z}
	c.from = foot.addMul(c.along, (st.mid.y-st.floor)*level/rise-halfLong).addMul(c.across, -halfWide)
	c.long, c.wide = 2*halfLong/castGrid, 2*halfWide/castGrid
	c.sum(m)
	c.lit = grow(c.lit, castGrid*castGrid)
	for i := range castGrid {
		for j := range castGrid {
			c.lit[i*castGrid+j] = c.share(i, j, rise)
		}
	}
}

// sum fills the table: row by row, each the one above and its own part.
func (c *castShade) sum(m *depthMap) {
	const side = castGrid + 1
	c.sums = grow(c.sums, side*side)
	clear(c.sums[:side])
	for i := range castGrid {
		var row castSum
		c.sums[(i+1)*side] = castSum{}
		for j := range castGrid {
			p := c.from.addMul(c.along, (float32(i)+0.5)*c.long).addMul(c.across, (float32(j)+0.5)*c.wide)
			x, y, d := m.at(p)
			if ix, iy := floor32(x), floor32(y); uint(ix) < uint(m.size) && uint(iy) < uint(m.size) {
				if gap := d - m.d[iy*m.size+ix]; gap > castBias {
					row.dark++
					row.gap += float64(gap)
				}
			}
			above := c.sums[i*side+j+1]
			c.sums[(i+1)*side+j+1] = castSum{above.dark + row.dark, above.gap + row.gap}
		}
	}
}

// share is the part of the key light that reaches a cell. What may stand in its
// light is looked for as far as the lamp can be hidden by the subject's top.
func (c *castShade) share(i, j int, rise float32) float32 {
	reach := (float32(i) + 0.5) * c.long // more than the way from what throws the shadow
	near, _ := c.window(i, j, softbox/2*reach, rise)
	if near.dark == 0 {
		return 1
	}
	gap := float32(near.gap / near.dark)
	in, cells := c.window(i, j, softbox/2*gap, rise)
	return 1 - float32(in.dark)/cells
}

// window sums the cells round one, half so wide [m] and longer by the slant of
// the light, and tells how many they would be on an endless grid; of the cells at
// its ends it takes parts, so that windows grow without steps.
func (c *castShade) window(i, j int, half, rise float32) (s castSum, cells float32) {
	long, wide := max(0.5, half/rise/c.long), max(0.5, half/c.wide)
	y0, y1 := float32(i)+0.5-long, float32(i)+0.5+long
	x0, x1 := float32(j)+0.5-wide, float32(j)+0.5+wide
	a, b, d, e := c.before(y0, x0), c.before(y0, x1), c.before(y1, x0), c.before(y1, x1)
	return castSum{e.dark - b.dark - d.dark + a.dark, e.gap - b.gap - d.gap + a.gap}, 4 * long * wide
}

// before is the sum of all cells before a place of the grid, linear between them.
func (c *castShade) before(y, x float32) castSum {
	const side = castGrid + 1
	y, x = max(0, min(castGrid, y)), max(0, min(castGrid, x))
	i, j := min(int(y), castGrid-1), min(int(x), castGrid-1)
	fy, fx := float64(y-float32(i)), float64(x-float32(j))
	o := c.sums[i*side+j:]
	mix := func(a, b, p, q float64) float64 {
		return (a*(1-fx)+b*fx)*(1-fy) + (p*(1-fx)+q*fx)*fy
	}
	return castSum{mix(o[0].dark, o[1].dark, o[side].dark, o[side+1].dark), mix(o[0].gap, o[1].gap, o[side].gap, o[side+1].gap)}
}

// at is the share of the floor's light that is left at a place.
func (c *castShade) at(x, z float32) float32 {
	if !c.on {
		return 1
	}
	p := vec{x - c.from.x, 0, z - c.from.z}
	u, v := p.dot(c.along)/c.long-0.5, p.dot(c.across)/c.wide-0.5
	if !(u >= 0 && v >= 0 && u < castGrid-1 && v < castGrid-1) {
		return 1
	}
	i, j := int(u), int(v)
	fu, fv := u-float32(i), v-float32(j)
	o := c.lit[i*castGrid+j:]
	a := o[0]*(1-fv) + o[1]*fv
	b := o[castGrid]*(1-fv) + o[castGrid+1]*fv
	return 1 - castTakes*(1-a*(1-fu)-b*fu)
}
