package render

import (
	"math"

	"gonum.org/v1/gonum/spatial/r3"
)

// Ambient occlusion: from how much of the studio's sky light a point is cut
// off. A depth map is drawn from each of skyDirections and every vertex asks
// whether it sees that piece of sky (Zhukov, Iones and Kronin 1998, "An ambient
// light illumination model"). It depends on the scene alone, so it is baked once
// and serves a whole turntable.
const (
	skyDirections = 72
	skyLowest     = -0.55 // lowest direction's sine: the floor throws light back up
	skySize       = 512   // px of a depth map
	skyBias       = 0.006 // [m] along the normal and 0.003 m along the light
	floorGrid     = 64    // points of the floor, each way
	floorReach    = 1.3   // half its side, in radii of the scene
)

// floorShade is the open sky over the floor round the subject.
type floorShade struct {
	x0, z0, step float32
	perStep      float32 // 1/step
	on           bool
	open, wide   []float32
}

func skyDirection(k int) (dir r3.Vec, weight float32) {
	// A Fibonacci spiral spreads the directions evenly over the cap.
	t := (float64(k) + 0.5) / skyDirections
	y := 1 - (1-skyLowest)*t
	r := math.Sqrt(1 - y*y)
	s, c := math.Sincos(float64(k) * math.Pi * (3 - math.Sqrt(5)))
	return r3.Vec{X: r * c, Y: y, Z: r * s}, 0.45 + 0.55*smoothstep(-0.3, 0.7, float32(y))
}

// bakeOcclusion fills open of every vertex and the floor's shade.
func (r *Renderer) bakeOcclusion() {
	l := &r.scene
	r.sums = grow(r.sums, len(l.verts))
	clear(r.sums)
	r.floor.reset(l)
	for k := range skyDirections {
		dir, w := skyDirection(k)
		r.sky, r.skyWeight = toVec(dir), w
		r.depth.reset(parallelView(r3.Scale(-1, dir), l.mid, l.reach, skySize), skySize, false)
		r.drawDepthMap(l.tris, l.obj)
		r.crew.each(r.workers, blocks(len(l.verts)), r.jobs.gatherSky)
		if r.floor.on {
			r.gatherFloor()
		}
	}
	for i := range l.verts {
		for side, s := range r.sums[i] {
			l.verts[i].open[side] = 1
			if s[1] > 0 {
				l.verts[i].open[side] = s[0] / s[1]
			}
		}
	}
	l.lightRims()
	r.smoothOcclusion()
	r.floor.finish(skyWeights())
}

// gatherSky adds one direction's light to a block of vertices: on the outer
// side where the normal faces it, else on the inner side.
func (r *Renderer) gatherSky(_, block int) {
	for i := range blockOf(r.scene.verts, block) {
		k := block*blockSize + i
		v := &r.scene.verts[k]
		side, n, c := 0, v.nrm, v.nrm.dot(r.sky)
		if c < 0 {
			side, n, c = 1, v.nrm.mul(-1), -c
		}
		s := &r.sums[k][side]
		s[1] += c * r.skyWeight
		if r.depth.sees(v.pos.addMul(n, skyBias), skyBias/2) {
			s[0] += c * r.skyWeight
		}
	}
}

// smoothOcclusion averages each vertex with its neighbours once: the sky has
// only some dozen directions, and a vertex is as coarse as its triangles.
func (r *Renderer) smoothOcclusion() {
	l := &r.scene
	clear(r.sums)
	for _, t := range l.tris {
		for c := range 3 {
			s, a, b := &r.sums[t[c]], &l.verts[t[(c+1)%3]], &l.verts[t[(c+2)%3]]
			for side := range 2 {
				s[side][0] += a.open[side] + b.open[side]
				s[side][1] += 2
			}
		}
	}
	for i := range l.verts {
		for side, s := range r.sums[i] {
			if s[1] > 0 {
				l.verts[i].open[side] = (l.verts[i].open[side] + s[0]/s[1]) / 2
			}
		}
	}
}

func (f *floorShade) reset(l *loaded) {
	f.on = l.low-l.floor < l.reach // a subject high in the air shades nothing
	side := 2 * floorReach * l.reach
	f.step, f.perStep = side/(floorGrid-1), (floorGrid-1)/side
	f.x0, f.z0 = l.mid.x-side/2, l.mid.z-side/2
	f.open = grow(f.open, floorGrid*floorGrid)
	clear(f.open)
}

func (r *Renderer) gatherFloor() {
	c := floorWeight(r.sky.y)
	if c == 0 {
		return
	}
	f := &r.floor
	for i := range f.open {
		p := vec{f.x0 + float32(i%floorGrid)*f.step, r.scene.floor, f.z0 + float32(i/floorGrid)*f.step}
		if r.depth.sees(p, 2*skyBias) {
			f.open[i] += c * r.skyWeight
		}
	}
}

func skyWeights() (sum float32) {
	for k := range skyDirections {
		if dir, w := skyDirection(k); dir.Y > 0 {
			sum += floorWeight(float32(dir.Y)) * w
		}
	}
	return
}

// floorWeight of a direction by its sine: the cosine law times a fade of low
// light, whose shadows would lie in long separate streaks.
func floorWeight(y float32) float32 {
	return max(0, y) * smoothstep(0.1, 0.9, y)
}

// finish turns sums into shares. Far from the subject the shadow is smoothed
// widely (30 passes spread it by 4 points, about 15 cm), since single directions
// show as streaks there; where it is dark, under the soles, it stays sharp.
func (f *floorShade) finish(sum float32) {
	for i := range f.open {
		f.open[i] /= sum
	}
	smoothGrid(f.open, 1)
	f.wide = append(f.wide[:0], f.open...)
	smoothGrid(f.wide, 30)
	for i, sharp := range f.open {
		f.open[i] = sharp + (f.wide[i]-sharp)*smoothstep(0.45, 0.75, sharp)
	}
	smoothGrid(f.open, 1)
}

func smoothGrid(g []float32, passes int) {
	for range passes {
		blurRows(g, 1, floorGrid)
		blurRows(g, floorGrid, 1)
	}
}

// blurRows weighs neighbours 1-2-1 along one direction of the grid.
func blurRows(g []float32, step, stride int) {
	for j := range floorGrid {
		prev := g[j*stride]
		for i := 1; i < floorGrid-1; i++ {
			k := j*stride + i*step
			here := g[k]
			g[k] = (prev + 2*here + g[k+step]) / 4
			prev = here
		}
	}
}

// at returns the open share of the floor at a place; 1 far away.
func (f *floorShade) at(x, z float32) float32 {
	if !f.on {
		return 1
	}
	u, v := (x-f.x0)*f.perStep, (z-f.z0)*f.perStep
	if !(u >= 0 && v >= 0 && u < floorGrid-1 && v < floorGrid-1) {
		return 1
	}
	i, j := int(u), int(v)
	fu, fv := u-float32(i), v-float32(j)
	o := f.open[j*floorGrid+i:]
	a := o[0]*(1-fu) + o[1]*fu
	b := o[floorGrid]*(1-fu) + o[floorGrid+1]*fu
	open := a*(1-fv) + b*fv
	// Fade to full light at the border of the grid.
	edge := min(u, v, floorGrid-1-u, floorGrid-1-v) * (5.0 / floorGrid)
	return 1 - (1-open)*smoothstep(0, 1, edge)
}
