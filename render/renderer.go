package render

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"math"
	"slices"

	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r3"
)

// Renderer draws scenes. The zero value is ready; one goroutine owns it. It
// keeps its buffers and what depends on the scene alone (normals, occlusion)
// between frames.
type Renderer struct {
	Workers int // goroutines; 0 means GOMAXPROCS. The picture does not depend on it.

	// plan of the scene, valid while key is that of the scene drawn; shape is
	// what its occlusion depends on, kept the occlusion carried over
	key      uint64
	shape    uint64
	kept     [][2]float32
	loaded   bool
	scene    loaded
	floor    floorShade
	cast     castShade
	looks    []look
	casts    []bool // whether each object throws a shadow
	veils    bool   // whether any can be seen through
	culled   []bool // whether the view at hand needs its outer side alone
	prints   map[Material]*stamp
	pictures map[*image.NRGBA]*stamp // of decals
	weaves   [numSurfaces]*weave
	curve    *[encodeSteps]int32

	// state of a frame
	workers int
	dst     *image.NRGBA
	view    view
	studio  studio
	depth   depthMap
	back    backdrop

	// scratch
	crew      crew
	jobs      jobs
	placed    []screenVert
	cut       []bool // whether a block of vertices has one that could not be placed
	pieces    []clipped
	tris      []geometry.Tri // those that are binned, with their objects
	obj       []uint8
	bins      bins
	tiles     []*tileBuf
	sun       []uint32        // what insun.go knows of each vertex
	sums      [][2][2]float32 // per vertex and side: light, weight
	sky       vec
	skyWeight float32
	target    *view
}

// jobs are the parallel steps, bound once so that a frame allocates nothing.
type jobs struct {
	project, count, fill, backdrop, depthTile, tile, gatherSky func(worker, i int)
}

const (
	minSide = 1
	maxSide = 8192 // px; 256 MB of picture
)

// Draw draws the scene as the camera sees it over the whole of dst.
func (r *Renderer) Draw(dst *image.NRGBA, s Scene, c Camera) error {
	if dst == nil {
		return errors.New("render: no picture to draw on")
	}
	w, h := dst.Rect.Dx(), dst.Rect.Dy()
	if err := r.set(&s, c, w, h); err != nil {
		return err
	}
	shadowed := r.shadowed()
	if shadowed {
		r.drawShadowMap(max(w, h))
		r.sun = grow(r.sun, len(r.scene.verts))
		clear(r.sun)
	}
	r.cast.find(&r.depth, &r.studio, shadowed && r.floor.on)
	r.dst = dst
	r.bin(&r.view, w, h, r.scene.tris, r.scene.obj)
	r.back.reset(w, h)
	r.crew.each(r.workers, len(r.back.at)/r.back.wide, r.jobs.backdrop)
	r.crew.each(r.workers, r.bins.tw*r.bins.th, r.jobs.tile)
	r.dst = nil
	return nil
}

// shadowed tells whether anything in the scene shows a shadow; heat maps do not.
func (r *Renderer) shadowed() bool {
	return slices.ContainsFunc(r.looks, func(k look) bool { return !k.heat })
}

// set makes everything ready of a picture of w x h px but its shadows and pixels.
func (r *Renderer) set(s *Scene, c Camera, w, h int) error {
	if w < minSide || h < minSide || w > maxSide || h > maxSide {
		return fmt.Errorf("render: picture is %d x %d px; sides must be %d to %d", w, h, minSide, maxSide)
	}
	if err := c.validate(); err != nil {
		return fmt.Errorf("render: %w", err)
	}
	r.prepare()
	if err := r.setScene(s); err != nil {
		return fmt.Errorf("render: %w", err)
	}
	r.view = c.view(w, h)
	r.setStudio(s, &r.view, w, h)
	for _, t := range r.tiles {
		t.forget()
	}
	return nil
}

// drawShadowMap draws the scene as the key light sees it.
func (r *Renderer) drawShadowMap(picture int) {
	size := shadowSize
	if picture <= smallPicture {
		size = shadowSizeSmall
	}
	k := r.studio.toKey
	away := r3.Vec{X: -float64(k.x), Y: -float64(k.y), Z: -float64(k.z)}
	r.depth.reset(parallelView(away, r.scene.mid, r.scene.reach, size), size, true)
	r.depth.taps.reset(size, r.scene.reach)
	r.drawDepthMap(r.scene.cast, r.scene.castObj)
}

func (r *Renderer) prepare() {
	r.workers = workerCount(r.Workers)
	for len(r.tiles) < r.workers {
		r.tiles = append(r.tiles, new(tileBuf))
	}
	if r.curve == nil {
		r.curve = newCurve()
		r.prints = map[Material]*stamp{}
		r.pictures = map[*image.NRGBA]*stamp{}
		r.jobs = jobs{r.projectBlock, r.countBlock, r.fillBlock, r.backdropCorners, r.depthTile, r.drawTile, r.gatherSky}
	}
}

// setScene loads a scene and bakes its occlusion, unless it is the one drawn last.
func (r *Renderer) setScene(s *Scene) error {
	if err := s.validateLooks(); err != nil {
		return err
	}
	r.setLooks(s) // first: how much light cloth stops decides over the occlusion
	shape, key := s.print(r.casts)
	if r.loaded && key == r.key && len(r.scene.hasUV) == len(s.Objects) {
		return nil
	}
	if err := s.Validate(); err != nil {
		return err
	}
	if r.loaded && shape == r.shape {
		r.reload(s)
	} else {
		r.scene.load(s)
		r.bakeOcclusion()
	}
	if n := len(r.scene.tris); n > maxLoaded {
		r.loaded = false
		return fmt.Errorf("scene has %d triangles once curved and bordered; at most %d", n, maxLoaded)
	}
	r.key, r.shape, r.loaded = key, shape, true
	return nil
}

// reload loads a scene of the same shape and keeps its occlusion.
func (r *Renderer) reload(s *Scene) {
	r.kept = grow(r.kept, len(r.scene.verts))
	for i := range r.scene.verts {
		r.kept[i] = r.scene.verts[i].open
	}
	r.scene.load(s)
	for i := range r.scene.verts {
		r.scene.verts[i].open = r.kept[i]
	}
}

func (r *Renderer) setLooks(s *Scene) {
	r.looks = grow(r.looks, len(s.Objects))
	r.casts = grow(r.casts, len(s.Objects))
	r.veils = false
	for i := range s.Objects {
		o := &s.Objects[i]
		m := &o.Material
		k := look{color: linear(m.Ground()), sheen: float32(m.Sheen), gloss: float32(m.Gloss), luster: float32(m.Luster), cover: float32(1 - m.Sheer), decals: r.looks[i].decals[:0]}
		if k.dyed = m.Thread != (color.NRGBA{}); k.dyed {
			k.thread = linear(m.Thread)
		}
		wide, high := m.RepeatOrDefault()
		k.perU, k.perV, k.perMetre = float32(1/wide), float32(1/high), float32(1/math.Sqrt(wide*high))
		if m.Pattern != Plain || m.Picture != nil {
			p := r.print(m)
			k.pattern, k.holes = p.colour, p.alpha
		}
		if m.Surface != Smooth {
			k.weave = r.weave(m.Surface)
			k.color = dyed(k.color)
		}
		if o.ColorMap != nil {
			k.heat = true
			k.colors.set(o.ColorMap)
		}
		for d := range o.Decals {
			k.decals = append(k.decals, r.decal(&o.Decals[d]))
		}
		r.looks[i] = k
		r.casts[i] = k.meanCover() >= castsFrom
		r.veils = r.veils || k.sheer()
	}
}

// dyed lifts a colour to what cloth can be: even black fibres throw back about
// 1 % of the light from their faces, which is what shows the folds of black cloth.
func dyed(c vec) vec {
	const face = 0.008
	return c.mul(1 - face).add(vec{face, face, face})
}

// swatchSide of a pattern's texture [px]: 0.16 mm a texel at a 4 cm repeat.
const swatchSide = 256

// maxPrints bounds the textures a long-lived renderer keeps: half a MB each.
const maxPrints = 16

// print returns the textures of a material's pattern; alpha is nil where it has
// no holes.
func (r *Renderer) print(m *Material) *stamp {
	key := Material{Color: m.Color, Pattern: m.Pattern, Accent: m.Accent, Picture: m.Picture}
	t := r.prints[key]
	if t == nil {
		if len(r.prints) >= maxPrints {
			clear(r.prints)
		}
		if swatch := key.Swatch(swatchSide); swatch.Opaque() {
			t = &stamp{colour: newTexture(swatch)}
		} else {
			t = stampOf(swatch, 0)
		}
		r.prints[key] = t
	}
	return t
}

func (r *Renderer) weave(s Surface) *weave {
	if r.weaves[s] == nil {
		r.weaves[s] = newWeave(s)
	}
	return r.weaves[s]
}

// bin projects the scene and sorts triangles of it into tiles.
func (r *Renderer) bin(v *view, w, h int, tris []geometry.Tri, obj []uint8) {
	l := &r.scene
	r.target, r.tris, r.obj = v, tris, obj
	r.placed = grow(r.placed, len(l.verts))
	r.cut = grow(r.cut, blocks(len(l.verts)))
	r.crew.each(r.workers, len(r.cut), r.jobs.project)
	r.pieces = r.pieces[:0]
	if slices.Contains(r.cut, true) {
		r.pieces = clipTriangles(r.pieces, v, l.verts, tris, r.placed)
	}
	r.setCulled(v)
	b := &r.bins
	b.reset(w, h, len(tris), len(r.pieces))
	r.crew.each(r.workers, b.blocks, r.jobs.count)
	b.offsets()
	r.crew.each(r.workers, b.blocks, r.jobs.fill)
}

func (r *Renderer) projectBlock(_, block int) {
	dst := blockOf(r.placed, block)
	r.cut[block] = project(dst, r.target, r.scene.verts[block*blockSize:][:len(dst)])
}

func (r *Renderer) countBlock(_, block int) {
	if n := blocks(len(r.tris)); block >= n {
		r.bins.countPieces(block, block-n, r.pieces)
		return
	}
	r.bins.countTris(block, r.placed, r.tris, r.obj, r.culled)
}

func (r *Renderer) fillBlock(_, block int) {
	n, tris := blocks(len(r.tris)), len(r.tris)
	if block >= n {
		r.bins.fill(block, tris+(block-n)*blockSize, blockOf(r.bins.boxes[tris:], block-n))
		return
	}
	r.bins.fill(block, block*blockSize, blockOf(r.bins.boxes[:tris], block))
}

// drawDepthMap draws triangles of the scene into r.depth.
func (r *Renderer) drawDepthMap(tris []geometry.Tri, obj []uint8) {
	r.bin(&r.depth.view, r.depth.size, r.depth.size, tris, obj)
	r.crew.each(r.workers, r.bins.tw*r.bins.th, r.jobs.depthTile)
}

func (r *Renderer) depthTile(_, tile int) {
	b, m := &r.bins, &r.depth
	px, py := (tile%b.tw)<<tileBits, (tile/b.tw)<<tileBits
	empty := b.start[tile] == b.start[tile+1]
	if empty && m.blank[tile] {
		return
	}
	m.blank[tile] = empty
	m.clear(px, py)
	if empty {
		if m.lit {
			m.taps.takeEmpty(m.size, px, py)
		}
		return
	}
	var e edges
	for _, k := range b.list[b.start[tile]:b.start[tile+1]] {
		t, o := &r.tris[k], r.obj[k]
		veil := m.lit && r.looks[o].sheer()
		if !veil && !r.casts[o] || !setEdges(&e, &r.placed[t[0]], &r.placed[t[1]], &r.placed[t[2]], int32(px), int32(py), int32(px+tileSize-1), int32(py+tileSize-1)) {
			continue
		}
		if veil {
			drawVeil(m.d, m.size, &e, r.looks[o].meanCover())
		} else {
			drawDepth(m.d, m.size, &e)
		}
	}
	if m.lit {
		m.taps.take(m, px, py)
	}
}
