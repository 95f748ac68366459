package render

import (
	"fmt"
	"image"
	"math"
)

// Drawer draws scenes: Renderer, or another that draws the same pictures on
// other hardware.
type Drawer interface {
	Draw(dst *image.NRGBA, s Scene, c Camera) error
}

// Plan is a picture ready to be shaded elsewhere: the loaded scene in flat
// arrays, its textures, the lamps, and the shadow map. What it leaves to the
// other side is to find the nearest triangle of every sample and its light.
type Plan struct {
	Scene *PlannedScene
	// Sheet is the same for pictures of one loaded scene: the other side may
	// keep what it made of it.
	Sheet                               uint64
	Width, Height                       int
	Eye, Right, Up, Forward             [3]float32
	MidX, MidY, Scale                   float32 // middle of the picture and focal length [px]
	ToKey, ToRim, Key, Rim, Sky, Ground [3]float32
	Shadow                              ShadowMap
}

// ShadowMap is the key light's depth map, a parallel view.
type ShadowMap struct {
	Size                    int
	Depth                   []float32 // row by row from the top [m]
	Eye, Right, Up, Forward [3]float32
	Mid, Scale              float32 // [px]
}

// PlannedScene is a scene as the renderer sees it: curved, with rims, occlusion
// and laid patterns.
type PlannedScene struct {
	// Segs are pieces of seams, 12 floats each: ends a and b with the arc length
	// at a and the distance of the stitches, then flags twin and free.
	Segs  []float32
	List  []float32 // numbers of pieces, by triangle
	Parts []PlannedPart
}

// CornerFloats is the length of one corner in PlannedPart.Corners: place,
// normal, open outside and inside, scalar and its slope, place in the fabric,
// lay under the pattern, first and number in List, mask of decals, 0, weft, warp.
const CornerFloats = 24

// PlannedPart is one object.
type PlannedPart struct {
	Corners                           []float32  // three of each triangle
	Fabric                            bool       // it has places in the fabric
	Color, Thread                     [3]float32 // linear
	Dyed, Heat                        bool
	Sheen, Gloss, Luster, Cover       float32
	PerU, PerV, PerMetre              float32
	Pattern, Holes                    Mips // empty for none
	Weave                             Mips
	WeaveTone, WeaveDepth, WeaveFleck float32
	Decals                            []PlannedDecal
	RampFrom                          []float32
	RampColor                         [][3]float32
	Stepped                           bool
}

// Mips are the levels of a square texture, the finest first, row 0 at the top.
// Unsigned texels are linear light, signed ones slopes and tone of a weave.
type Mips struct {
	Side     int
	Unsigned [][]uint16 // 3 per texel, of 65535
	Signed   [][]int8   // 3 per texel, of 127 for weaveRange
}

// PlannedDecal is a print: x = 0.5 + (u-U) UX + (v-V) VX and y likewise lie in
// 0..1 on its textures, whose outer DecalMargin is empty.
type PlannedDecal struct {
	Colour, Alpha                  Mips
	U, V, UX, VX, UY, VY, PerMetre float32
}

// Constants the other side needs to draw the same.
const (
	DecalMargin = decalMargin
	WeaveTile   = weaveTile
	WeaveRange  = weaveRange
	WeaveBlur   = weaveBlur
	CurveEnd    = curveEnd
)

// MaxPlannedDecals is as many prints on one object as a plan holds.
const MaxPlannedDecals = 4

// Plan prepares a picture of a scene for another drawer; with known, the Sheet
// of an earlier plan, the scene is left out where it is still the same.
func (r *Renderer) Plan(s Scene, c Camera, width, height int, known uint64) (*Plan, error) {
	if err := r.set(&s, c, width, height); err != nil {
		return nil, err
	}
	r.drawShadowMap(max(width, height))
	r.cast.find(&r.depth, &r.studio, r.floor.on)
	p := &Plan{Width: width, Height: height, Sheet: r.sheet(&s)}
	v, st := &r.view, &r.studio
	p.Eye, p.Right, p.Up, p.Forward = v.eye.array(), v.right.array(), v.up.array(), v.fwd.array()
	p.MidX, p.MidY, p.Scale = v.cx, v.cy, v.scale
	p.ToKey, p.ToRim, p.Key, p.Rim = st.toKey.array(), st.toRim.array(), st.key.array(), st.rim.array()
	p.Sky, p.Ground = st.sky.array(), st.ground.array()
	m := &r.depth
	p.Shadow = ShadowMap{
		Size: m.size, Depth: append([]float32(nil), m.d...), Mid: m.view.cx, Scale: m.view.scale,
		Eye: m.view.eye.array(), Right: m.view.right.array(), Up: m.view.up.array(), Forward: m.view.fwd.array(),
	}
	if p.Sheet == known {
		return p, nil
	}
	var err error
	p.Scene, err = r.plannedScene(&s)
	return p, err
}

func (a vec) array() [3]float32 { return [3]float32{a.x, a.y, a.z} }

// sheet tells scenes apart by mesh, look and pictures.
func (r *Renderer) sheet(s *Scene) uint64 {
	h := r.key
	mix := func(x uint64) { h = (h ^ x) * 0xff51afd7ed558ccd; h ^= h >> 32 }
	num := func(x float64) { mix(math.Float64bits(x)) }
	for i := range s.Objects {
		m := &s.Objects[i].Material
		mix(uint64(m.Surface)<<8 | uint64(m.Pattern))
		for _, c := range []struct{ R, G, B, A uint8 }{{m.Color.R, m.Color.G, m.Color.B, m.Color.A}, {m.Accent.R, m.Accent.G, m.Accent.B, m.Accent.A}, {m.Thread.R, m.Thread.G, m.Thread.B, m.Thread.A}} {
			mix(uint64(c.R)<<24 | uint64(c.G)<<16 | uint64(c.B)<<8 | uint64(c.A))
		}
		for _, x := range []float64{m.Repeat, m.Sheen, m.Gloss, m.Luster, m.Sheer} {
			num(x)
		}
		mixPicture(mix, m.Picture)
		if cm := s.Objects[i].ColorMap; cm != nil {
			mix(bit(cm.Stepped))
			for _, stop := range cm.Stops {
				num(stop.At)
				mix(uint64(stop.Color.R)<<16 | uint64(stop.Color.G)<<8 | uint64(stop.Color.B))
			}
		}
		for k := range s.Objects[i].Decals {
			d := &s.Objects[i].Decals[k]
			mixPicture(mix, d.Picture)
			for _, x := range []float64{d.Centre.X, d.Centre.Y, d.Width, d.Turn} {
				num(x)
			}
			for t, on := range d.On {
				if on {
					mix(uint64(t))
				}
			}
		}
	}
	return h
}

func mixPicture(mix func(uint64), p *image.NRGBA) {
	if p == nil {
		return
	}
	mix(uint64(p.Rect.Dx())<<32 | uint64(p.Rect.Dy()))
	for y := p.Rect.Min.Y; y < p.Rect.Max.Y; y++ {
		for _, b := range p.Pix[p.PixOffset(p.Rect.Min.X, y):][:4*p.Rect.Dx()] {
			mix(uint64(b))
		}
	}
}

func (r *Renderer) plannedScene(s *Scene) (*PlannedScene, error) {
	l := &r.scene
	out := &PlannedScene{Parts: make([]PlannedPart, len(s.Objects))}
	for i := range l.seams.segs {
		g := &l.seams.segs[i]
		out.Segs = append(out.Segs, g.a.x, g.a.y, g.a.z, g.along, g.b.x, g.b.y, g.b.z, g.stitch, float32(bit(g.twin)), float32(bit(g.free)), 0, 0)
	}
	for _, k := range l.seams.list {
		out.List = append(out.List, float32(k))
	}
	for i := range s.Objects {
		k := &r.looks[i]
		if len(k.decals) > MaxPlannedDecals {
			return nil, fmt.Errorf("render: object %q has %d prints; a plan holds %d", s.Objects[i].Name, len(k.decals), MaxPlannedDecals)
		}
		out.Parts[i] = k.planned()
		out.Parts[i].Fabric = l.hasUV[i]
	}
	for t := range l.tris {
		p := &out.Parts[l.obj[t]]
		p.Corners = r.planTriangle(p.Corners, int32(t))
	}
	return out, nil
}

// planTriangle appends three corners.
func (r *Renderer) planTriangle(dst []float32, t int32) []float32 {
	l := &r.scene
	tri, uv, at := &l.tris[t], &l.uv[t], l.lay[t]
	a, b, c := &l.verts[tri[0]], &l.verts[tri[1]], &l.verts[tri[2]]
	weft, warp := axesOfCloth(b.pos.sub(a.pos), c.pos.sub(a.pos), uv)
	steep := slope(a, b, c)
	first, n := float32(0), float32(0)
	if len(l.seams.list) > 0 {
		first, n = float32(l.seams.start[t]), float32(l.seams.start[t+1]-l.seams.start[t])
	}
	mask := 0
	for d := range r.looks[l.obj[t]].decals {
		mask |= int(bit(r.looks[l.obj[t]].decals[d].on[l.src[t]])) << d
	}
	for k, v := range [3]*vertex{a, b, c} {
		dst = append(dst, v.pos.x, v.pos.y, v.pos.z, v.nrm.x, v.nrm.y, v.nrm.z,
			v.open[0], v.open[1], v.scalar, steep, uv[k].u, uv[k].v, at.u, at.v, first, n, float32(mask), 0,
			weft.x, weft.y, weft.z, warp.x, warp.y, warp.z)
	}
	return dst
}

func (k *look) planned() PlannedPart {
	p := PlannedPart{
		Color: k.color.array(), Thread: k.thread.array(), Dyed: k.dyed, Heat: k.heat,
		Sheen: k.sheen, Gloss: k.gloss, Luster: k.luster, Cover: k.cover,
		PerU: k.perU, PerV: k.perV, PerMetre: k.perMetre,
		Pattern: k.pattern.mips(), Holes: k.holes.mips(),
	}
	if w := k.weave; w != nil {
		p.WeaveTone, p.WeaveDepth, p.WeaveFleck = w.tone, w.depth, w.fleck
		p.Weave.Side = 1 << weaveBits
		for _, level := range w.levels {
			flat := make([]int8, 0, 3*len(level))
			for _, x := range level {
				flat = append(flat, x.du, x.dv, x.tone)
			}
			p.Weave.Signed = append(p.Weave.Signed, flat)
		}
	}
	for i := range k.decals {
		d := &k.decals[i]
		p.Decals = append(p.Decals, PlannedDecal{
			Colour: d.texture.mips(), Alpha: d.alpha.mips(), U: d.cu, V: d.cv,
			UX: d.ux, VX: d.vx, UY: d.uy, VY: d.vy, PerMetre: d.perMetre,
		})
	}
	if k.heat {
		p.RampFrom, p.Stepped = append([]float32(nil), k.colors.from[:k.colors.n]...), k.colors.stepped
		for _, c := range k.colors.color[:k.colors.n] {
			p.RampColor = append(p.RampColor, c.array())
		}
	}
	return p
}

func (t *texture) mips() (m Mips) {
	if t == nil {
		return m
	}
	m.Side = 1 << t.bits
	for _, level := range t.levels {
		flat := make([]uint16, 0, 3*len(level))
		for _, x := range level {
			flat = append(flat, x[0], x[1], x[2])
		}
		m.Unsigned = append(m.Unsigned, flat)
	}
	return m
}

// Finish turns the light that came back for the last plan into a picture: four
// floats a pixel from the top left, linear light times its share of the pixel,
// and that share. What is left open shows the backdrop.
func (r *Renderer) Finish(dst *image.NRGBA, light []float32) error {
	w, h := int(2*r.view.cx), int(2*r.view.cy)
	if dst == nil || dst.Rect.Dx() != w || dst.Rect.Dy() != h || len(light) != 4*w*h {
		return fmt.Errorf("render: %d floats of light for a plan of %d x %d px, 4 each", len(light), w, h)
	}
	for y := range h {
		out := dst.Pix[dst.PixOffset(dst.Rect.Min.X, dst.Rect.Min.Y+y):]
		for x := range w {
			p := light[4*(y*w+x):][:4]
			c := vec{p[0], p[1], p[2]}
			if a := p[3]; a < 1 {
				c = c.addMul(r.backdropAt(float32(x)+0.5, float32(y)+0.5, r.ray(float32(x)+0.5, float32(y)+0.5)), 1-a)
			}
			r.put(out[4*x:], c, grainStep(x, y))
		}
	}
	return nil
}

// Cover returns the share of each pixel that objects cover, row by row.
func (r *Renderer) Cover(s Scene, c Camera, width, height int) ([]float32, error) {
	if err := r.set(&s, c, width, height); err != nil {
		return nil, err
	}
	r.bin(&r.view, width, height, r.scene.tris, r.scene.obj)
	cover := make([]float32, width*height)
	buf := r.tiles[0]
	for tile := range r.bins.tw * r.bins.th {
		px, py := tile%r.bins.tw*tileSize, tile/r.bins.tw*tileSize
		buf.clear(r.view.near)
		r.coverTile(buf, tile)
		for y := range min(tileSize, height-py) {
			for x := range min(tileSize, width-px) {
				for _, k := range buf.seen[(y*tileSize+x)*samples:][:samples] {
					if k != nothing {
						cover[(py+y)*width+px+x] += 1.0 / samples
					}
				}
			}
		}
	}
	return cover, nil
}
