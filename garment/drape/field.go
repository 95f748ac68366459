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
// node, which is enough to know which way is out. Immutable after Bake; one
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
	// fieldStride is the spacing of the far nodes in cells.
	fieldStride = 4
	// fieldBand is the distance up to which nodes are exact [m].
	fieldBand = 0.025
	// maxFieldNodes bounds memory: 32 MB, eight times a standing body.
	maxFieldNodes = 8_000_000
)

// Bake samples the collider in the box from lo to hi [m]. Points outside the
// box are taken to be free, so leave room for the cloth to move.
func Bake(c Collider, lo, hi r3.Vec) (*Field, error) {
	f := &Field{exact: c, lo: lo, inv: 1 / fieldCell}
	size := r3.Sub(hi, lo)
	total := 1.0
	for k, s := range [3]float64{size.X, size.Y, size.Z} {
		if !(s >= 0) || math.IsInf(s, 0) {
			return nil, fmt.Errorf("collider field: box side %d is %g m; it must be finite and not negative", k, s)
		}
		blocks := math.Ceil(s/(fieldCell*fieldStride)) + 1
		total *= blocks*fieldStride + 1
		if total > maxFieldNodes {
			return nil, fmt.Errorf("collider field: a box of %.2f x %.2f x %.2f m needs over %d nodes of %g m", size.X, size.Y, size.Z, maxFieldNodes, fieldCell)
		}
		f.n[k] = int(blocks)*fieldStride + 1
	}
	f.dist = make([]float32, f.n[0]*f.n[1]*f.n[2])
	f.bakeFar()
	f.bakeNear()
	return f, nil
}

// Nearest implements Collider with the exact surface.
func (f *Field) Nearest(dst []bvh.Hit, pts []r3.Vec, reach float64) { f.exact.Nearest(dst, pts, reach) }

func (f *Field) node(i, j, k int) r3.Vec {
	return r3.Add(f.lo, r3.Vec{X: float64(i) * fieldCell, Y: float64(j) * fieldCell, Z: float64(k) * fieldCell})
}

func (f *Field) index(i, j, k int) int { return (k*f.n[1]+j)*f.n[0] + i }

// bakeFar asks for every fourth node however far it is.
func (f *Field) bakeFar() {
	var pts []r3.Vec
	var at []int
	for k := 0; k < f.n[2]; k += fieldStride {
		for j := 0; j < f.n[1]; j += fieldStride {
			for i := 0; i < f.n[0]; i += fieldStride {
				pts, at = append(pts, f.node(i, j, k)), append(at, f.index(i, j, k))
			}
		}
	}
	// Far nodes only tell where out is: beyond half a metre the exact value is
	// of no use, and no point inside a body lies deeper than that.
	const reach = 0.5
	hits := make([]bvh.Hit, len(pts))
	f.exact.Nearest(hits, pts, reach)
	for m, h := range hits {
		f.dist[at[m]] = float32(min(h.Dist, reach))
	}
}

// bakeNear fills the nodes between the far ones: exactly where a block may
// touch the band, by trilinear interpolation elsewhere.
func (f *Field) bakeNear() {
	var pts []r3.Vec
	var at []int
	// A point of a block is at most half its diagonal from the nearest corner,
	// and distance changes no faster than position.
	halfDiagonal := fieldCell * fieldStride * math.Sqrt(3) / 2
	for k := 0; k+fieldStride < f.n[2]; k += fieldStride {
		for j := 0; j+fieldStride < f.n[1]; j += fieldStride {
			for i := 0; i+fieldStride < f.n[0]; i += fieldStride {
				near := math.Inf(1)
				for c := range 8 {
					d := f.dist[f.index(i+c&1*fieldStride, j+c>>1&1*fieldStride, k+c>>2*fieldStride)]
					near = min(near, math.Abs(float64(d)))
				}
				pts, at = f.fillBlock(pts, at, i, j, k, near < fieldBand+halfDiagonal)
			}
		}
	}
	hits := make([]bvh.Hit, len(pts))
	f.exact.Nearest(hits, pts, fieldBand+2*halfDiagonal)
	for m, h := range hits {
		if h.Tri >= 0 {
			f.dist[at[m]] = float32(h.Dist)
		}
	}
}

// fillBlock interpolates the nodes of one block and, if exact, lists them to
// be asked for. Shared faces belong to the block above, except at the far end.
func (f *Field) fillBlock(pts []r3.Vec, at []int, i, j, k int, exact bool) ([]r3.Vec, []int) {
	const s = fieldStride
	var c [8]float32
	for m := range c {
		c[m] = f.dist[f.index(i+m&1*s, j+m>>1&1*s, k+m>>2*s)]
	}
	for z := range s {
		for y := range s {
			for x := range s {
				if x == 0 && y == 0 && z == 0 {
					continue
				}
				id := f.index(i+x, j+y, k+z)
				u, v, w := float32(x)/s, float32(y)/s, float32(z)/s
				f.dist[id] = (1-w)*((1-v)*((1-u)*c[0]+u*c[1])+v*((1-u)*c[2]+u*c[3])) +
					w*((1-v)*((1-u)*c[4]+u*c[5])+v*((1-u)*c[6]+u*c[7]))
				if exact {
					pts, at = append(pts, f.node(i+x, j+y, k+z)), append(at, id)
				}
			}
		}
	}
	return pts, at
}

// sample is the distance and its unit gradient at a point: trilinear, +1 m
// outside the grid.
func (f *Field) sample(px, py, pz float64) (d, nx, ny, nz float64) {
	x, y, z := (px-f.lo.X)*f.inv, (py-f.lo.Y)*f.inv, (pz-f.lo.Z)*f.inv
	// The last layer of nodes belongs to no block and is not filled.
	if !(x >= 0 && y >= 0 && z >= 0 && x < float64(f.n[0]-2) && y < float64(f.n[1]-2) && z < float64(f.n[2]-2)) {
		return 1, 0, 1, 0
	}
	i, j, k := int(x), int(y), int(z)
	x, y, z = x-float64(i), y-float64(j), z-float64(k)
	a := f.dist[(k*f.n[1]+j)*f.n[0]+i:]
	b := a[f.n[0]*f.n[1]:]
	r := f.n[0]
	c000, c100, c010, c110 := float64(a[0]), float64(a[1]), float64(a[r]), float64(a[r+1])
	c001, c101, c011, c111 := float64(b[0]), float64(b[1]), float64(b[r]), float64(b[r+1])
	c00, c10 := c000+float64((c100-c000)*x), c010+float64((c110-c010)*x)
	c01, c11 := c001+float64((c101-c001)*x), c011+float64((c111-c011)*x)
	c0, c1 := c00+float64((c10-c00)*y), c01+float64((c11-c01)*y)
	d = c0 + float64((c1-c0)*z)
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
