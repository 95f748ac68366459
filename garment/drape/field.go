package drape

import (
	"fmt"
	"math"

	"fitroom/geometry/bvh"

	"gonum.org/v1/gonum/spatial/r3"
)

// Field is a Collider with its signed distance baked onto a grid, so that a
// lookup costs tens of nanoseconds. Near the surface (within band) the nodes
// hold exact distances; further off they are interpolated from every fourth
// node and those from every sixteenth, which is enough to know which way is out. Immutable after Bake; one
// Field serves all sizes tried on one body.
type Field struct {
	exact Collider
	n     [3]int
	lo    r3.Vec
	inv   float64 // nodes per metre
	dist  []float32
}

const (
	// fieldCell is the grid spacing [m]: on a limb of 5 cm radius trilinear
	// interpolation errs by h2/(8R) = 0.25 mm, and the polish asks the exact
	// surface anyway.
	fieldCell = 0.01
	// beyond is the distance told of places outside the field [m].
	beyond = 1
	// fieldStride and farStride are the spacing of the far and the farthest
	// nodes in cells.
	fieldStride = 4
	farStride   = 16
	// farBand is the distance up to which far nodes are exact [m]: garments
	// start within it.
	farBand = 0.1
	// fieldRim is the number of node layers at the far ends that are of no use:
	// the last belongs to no block and is not filled, nor is what is
	// interpolated from it.
	fieldRim = fieldStride + 1
	// fieldBand is the distance up to which nodes are exact [m]: what is watched
	// for contact (nearBody) and the diagonal of a cell; at 15 mm trousers were
	// pierced.
	fieldBand = 0.025
	// maxFieldNodes bounds memory: 32 MB, eight times a standing body.
	maxFieldNodes = 8_000_000
)

// Bake samples the collider in the box from lo to hi [m]. Points outside the
// box are taken to be free, so leave room for the cloth to move.
// A body that is a mesh must be closed and outward.
func Bake(c Collider, lo, hi r3.Vec) (*Field, error) {
	if t := meshOf(c); t != nil {
		if err := checkBody(t.Mesh()); err != nil {
			return nil, err
		}
	}
	f := &Field{exact: c, lo: lo, inv: 1 / fieldCell}
	size := r3.Sub(hi, lo)
	total := 1.0
	for k, s := range [3]float64{size.X, size.Y, size.Z} {
		if !(s >= 0) || math.IsInf(s, 0) {
			return nil, fmt.Errorf("collider field: box side %d is %g m; it must be finite and not negative", k, s)
		}
		blocks := math.Ceil((s/fieldCell + fieldRim + 1) / farStride)
		total *= blocks*farStride + 1
		if total > maxFieldNodes {
			return nil, fmt.Errorf("collider field: a box of %.2f x %.2f x %.2f m needs over %d nodes of %g m", size.X, size.Y, size.Z, maxFieldNodes, fieldCell)
		}
		f.n[k] = int(blocks)*farStride + 1
	}
	f.dist = make([]float32, f.n[0]*f.n[1]*f.n[2])
	f.bakeFar()
	f.refine(farStride, fieldStride, farBand)
	f.refine(fieldStride, 1, fieldBand)
	return f, nil
}

// Nearest implements Collider with the exact surface.
func (f *Field) Nearest(dst []bvh.Hit, pts []r3.Vec, reach float64) { f.exact.Nearest(dst, pts, reach) }

func (f *Field) node(i, j, k int) r3.Vec {
	return r3.Add(f.lo, r3.Vec{X: float64(i) * fieldCell, Y: float64(j) * fieldCell, Z: float64(k) * fieldCell})
}

func (f *Field) index(i, j, k int) int { return (k*f.n[1]+j)*f.n[0] + i }

// bakeFar asks for every sixteenth node however far it is.
func (f *Field) bakeFar() {
	var pts []r3.Vec
	var at []int
	for k := 0; k < f.n[2]; k += farStride {
		for j := 0; j < f.n[1]; j += farStride {
			for i := 0; i < f.n[0]; i += farStride {
				pts, at = append(pts, f.node(i, j, k)), append(at, f.index(i, j, k))
			}
		}
	}
	// Far nodes only tell where out is: beyond half a metre the exact value is
	// of no use, and no point inside a body lies deeper than that.
	const reach = 0.5
	f.ask(pts, at, reach)
}

// ask writes the exact distance of points to their nodes, up to reach. Distance
// changes no faster than position, so each point's neighbour in the list bounds
// how far its own answer can be, and the search stays short.
func (f *Field) ask(pts []r3.Vec, at []int, reach float64) {
	var hit [1]bvh.Hit
	limit := reach
	for m := range pts {
		f.exact.Nearest(hit[:], pts[m:m+1], limit)
		d := hit[0].Dist // infinite beyond the limit
		f.dist[at[m]] = float32(max(-reach, min(d, reach)))
		if m+1 < len(pts) {
			const slack = 1e-9 // [m]: rounding
			limit = min(reach, math.Abs(d)+math.Sqrt(r3.Norm2(r3.Sub(pts[m+1], pts[m])))+slack)
		}
	}
}

// refine fills the nodes at the given spacing between those at stride cells:
// exactly where a node may lie within the band, by trilinear interpolation
// elsewhere.
func (f *Field) refine(stride, spacing int, band float64) {
	q := newBlock(stride, spacing, band)
	for k := 0; k+stride < f.n[2]; k += stride {
		for j := 0; j+stride < f.n[1]; j += stride {
			for i := 0; i+stride < f.n[0]; i += stride {
				f.fillBlock(q, [3]int{i, j, k})
			}
		}
	}
	f.ask(q.pts, q.at, band+q.size)
}

// fieldBlock is what filling blocks of one size needs, and the nodes to be asked for.
type fieldBlock struct {
	stride int
	band   float64 // [m]
	size   float64 // of the block's diagonal [m]
	inner  []innerNode
	pts    []r3.Vec
	at     []int
}

// innerNode of a block: its place, as a share of the sides too, and its distances
// from the corners [m].
type innerNode struct {
	x, y, z int
	u, v, w float32
	far     [8]float64
}

func newBlock(stride, spacing int, band float64) *fieldBlock {
	q := &fieldBlock{stride: stride, band: band, size: fieldCell * float64(stride) * math.Sqrt(3)}
	for z := 0; z < stride; z += spacing {
		for y := 0; y < stride; y += spacing {
			for x := 0; x < stride; x += spacing {
				if x == 0 && y == 0 && z == 0 {
					continue
				}
				s := float32(stride)
				n := innerNode{x: x, y: y, z: z, u: float32(x) / s, v: float32(y) / s, w: float32(z) / s}
				for m := range n.far {
					dx, dy, dz := float64(x-m&1*stride), float64(y-m>>1&1*stride), float64(z-m>>2*stride)
					n.far[m] = fieldCell * sqrt(dx*dx+dy*dy+dz*dz)
				}
				q.inner = append(q.inner, n)
			}
		}
	}
	return q
}

// fillBlock interpolates the nodes of one block and lists those that may lie
// within the band to be asked for: distance changes no faster than position,
// so each corner tells how near a node can be at the least. Shared faces belong
// to the block above, except at the far end.
func (f *Field) fillBlock(q *fieldBlock, lo [3]int) {
	var c [8]float32
	farthest := float32(0)
	for m := range c {
		c[m] = f.dist[f.index(lo[0]+m&1*q.stride, lo[1]+m>>1&1*q.stride, lo[2]+m>>2*q.stride)]
		farthest = max(farthest, c[m], -c[m])
	}
	near := float64(farthest)-q.size < q.band // else no node can be
	for m := range q.inner {
		n := &q.inner[m]
		id := f.index(lo[0]+n.x, lo[1]+n.y, lo[2]+n.z)
		u, v, w := n.u, n.v, n.w
		f.dist[id] = (1-w)*((1-v)*((1-u)*c[0]+u*c[1])+v*((1-u)*c[2]+u*c[3])) +
			w*((1-v)*((1-u)*c[4]+u*c[5])+v*((1-u)*c[6]+u*c[7]))
		if near && n.near(&c, q.band) {
			q.pts, q.at = append(q.pts, f.node(lo[0]+n.x, lo[1]+n.y, lo[2]+n.z)), append(q.at, id)
		}
	}
}

// near tells whether a node may lie within the band, by the distances at the corners.
func (n *innerNode) near(c *[8]float32, band float64) bool {
	for m, v := range c {
		if math.Abs(float64(v))-n.far[m] >= band {
			return false
		}
	}
	return true
}

// sample is the distance and its unit gradient at a point: trilinear, +1 m
// outside the grid.
func (f *Field) sample(px, py, pz float64) (d, nx, ny, nz float64) {
	return f.below(px, py, pz, math.Inf(1))
}

// height is the distance alone.
func (f *Field) height(px, py, pz float64) float64 {
	d, _, _, _ := f.below(px, py, pz, math.Inf(-1))
	return d
}

// below is sample where the distance is below a limit; elsewhere the gradient, with a
// root and three divisions, is left out.
func (f *Field) below(px, py, pz, limit float64) (d, nx, ny, nz float64) {
	x, y, z := (px-f.lo.X)*f.inv, (py-f.lo.Y)*f.inv, (pz-f.lo.Z)*f.inv
	if !(x >= 0 && y >= 0 && z >= 0 && x < float64(f.n[0]-fieldRim) && y < float64(f.n[1]-fieldRim) && z < float64(f.n[2]-fieldRim)) {
		return beyond, 0, 1, 0
	}
	i, j, k := int(x), int(y), int(z)
	x, y, z = x-float64(i), y-float64(j), z-float64(k)
	a := f.dist[(k*f.n[1]+j)*f.n[0]+i:]
	b := a[f.n[0]*f.n[1]:]
	r := f.n[0]
	a0, a1, b0, b1 := (*[2]float32)(a), (*[2]float32)(a[r:]), (*[2]float32)(b), (*[2]float32)(b[r:])
	c000, c100, c010, c110 := float64(a0[0]), float64(a0[1]), float64(a1[0]), float64(a1[1])
	c001, c101, c011, c111 := float64(b0[0]), float64(b0[1]), float64(b1[0]), float64(b1[1])
	c00, c10 := c000+float64((c100-c000)*x), c010+float64((c110-c010)*x)
	c01, c11 := c001+float64((c101-c001)*x), c011+float64((c111-c011)*x)
	c0, c1 := c00+float64((c10-c00)*y), c01+float64((c11-c01)*y)
	if d = c0 + float64((c1-c0)*z); d >= limit {
		return d, 0, 0, 0
	}
	nz = c1 - c0
	ny = float64((c10-c00)*(1-z)) + float64((c11-c01)*z)
	nx = float64((float64((c100-c000)*(1-y))+float64((c110-c010)*y))*(1-z)) +
		float64((float64((c101-c001)*(1-y))+float64((c111-c011)*y))*z)
	l := math.Sqrt(float64(nx*nx) + float64(ny*ny) + float64(nz*nz))
	if l == 0 {
		return d, 0, 1, 0
	}
	return d, nx / l, ny / l, nz / l
}

// radius is the depth of the solid below its surface point nearest to p: of a
// limb its radius [m]. Walked inward from there, depth grows up to the axis.
// Where nothing solid is met it is infinite; from most on it is not told exactly.
func (f *Field) radius(p r3.Vec, most float64) float64 {
	const step, steps, approaches = 0.005, 60, 3
	var n r3.Vec
	for range approaches { // far off, the field only roughly knows the way
		d, nx, ny, nz := f.sample(p.X, p.Y, p.Z)
		n = r3.Vec{X: nx, Y: ny, Z: nz}
		p = r3.Sub(p, r3.Scale(d, n))
	}
	deepest := 0.0
	for range steps {
		p = r3.Sub(p, r3.Scale(step, n))
		d := f.height(p.X, p.Y, p.Z)
		if deepest > 0 && -d < deepest {
			return deepest
		}
		if deepest = max(deepest, -d); deepest >= most {
			return deepest
		}
	}
	if deepest == 0 {
		return math.Inf(1)
	}
	return deepest
}
