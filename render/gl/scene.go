//go:build g3n && cgo && linux

package gl

import (
	"fitroom/render"

	"github.com/g3n/engine/core"
	"github.com/g3n/engine/geometry"
	"github.com/g3n/engine/gls"
	"github.com/g3n/engine/graphic"
	"github.com/g3n/engine/math32"
)

// stage is a scene on the card.
type stage struct {
	sheet     uint64
	root      *core.Node
	materials []*clothMaterial
	meshes    []*graphic.Mesh
	textures  []uint32
	frame     frameUniforms
}

func newStage(gs *gls.GLS, s *render.PlannedScene, sheet uint64) *stage {
	st := &stage{sheet: sheet, root: core.NewNode()}
	st.frame.segs, st.frame.segRow = st.numbers(gs, s.Segs)
	st.frame.list, st.frame.listRow = st.numbers(gs, spread(s.List))
	st.frame.shadow = st.texture(gs, gls.NEAREST)
	for i := range s.Parts {
		p := &s.Parts[i]
		if len(p.Corners) == 0 {
			continue
		}
		if p.Cover >= 1 && p.Holes.Side == 0 {
			st.add(gs, p, 0)
			continue
		}
		st.add(gs, p, 1)
		st.add(gs, p, 2)
	}
	return st
}

// add puts a part on the stage, or one of the two layers of sheer cloth.
func (st *stage) add(gs *gls.GLS, p *render.PlannedPart, layer int32) {
	m := newClothMaterial(&st.frame, p, layer)
	st.load(gs, m, p)
	mesh := graphic.NewMesh(cornerGeometry(p.Corners), m)
	mesh.SetCullable(false) // the camera is ours, not g3n's
	mesh.SetRenderOrder(int(layer))
	st.root.Add(mesh)
	st.materials, st.meshes = append(st.materials, m), append(st.meshes, mesh)
}

// cornerGeometry is a list of triangles that share no corner: what belongs to
// the triangle stands at each.
func cornerGeometry(corners []float32) *geometry.Geometry {
	g := geometry.NewGeometry()
	vbo := gls.NewVBO(math32.ArrayF32(corners)).
		AddAttrib(gls.VertexPosition).AddAttrib(gls.VertexNormal).
		AddCustomAttrib("Open", 4).AddCustomAttrib("Fabric", 4).AddCustomAttrib("Marks", 4).
		AddCustomAttrib("Weft", 3).AddCustomAttrib("Warp", 3)
	g.AddVBO(vbo)
	return g
}

// spread makes one texel of each number.
func spread(x []float32) []float32 {
	out := make([]float32, 4*len(x))
	for i, v := range x {
		out[4*i] = v
	}
	return out
}

// rowTexels is the width of a texture that holds numbers; all drivers have it.
const rowTexels = 2048

// numbers stores texels of four floats, row by row.
func (st *stage) numbers(gs *gls.GLS, x []float32) (id uint32, row int32) {
	rows := max(1, (len(x)/4+rowTexels-1)/rowTexels)
	full := make([]float32, 4*rows*rowTexels)
	copy(full, x)
	id = st.texture(gs, gls.NEAREST)
	gs.TexImage2D(gls.TEXTURE_2D, 0, gls.RGBA32F, rowTexels, int32(rows), gls.RGBA, gls.FLOAT, full)
	return id, rowTexels
}

func (st *stage) texture(gs *gls.GLS, filter int32) uint32 {
	id := gs.GenTexture()
	st.textures = append(st.textures, id)
	gs.ActiveTexture(gls.TEXTURE0)
	gs.BindTexture(gls.TEXTURE_2D, id)
	smaller := filter
	if filter == gls.LINEAR {
		smaller = gls.LINEAR_MIPMAP_LINEAR
	}
	gs.TexParameteri(gls.TEXTURE_2D, gls.TEXTURE_MIN_FILTER, smaller)
	gs.TexParameteri(gls.TEXTURE_2D, gls.TEXTURE_MAG_FILTER, filter)
	gs.TexParameteri(gls.TEXTURE_2D, gls.TEXTURE_WRAP_S, gls.REPEAT)
	gs.TexParameteri(gls.TEXTURE_2D, gls.TEXTURE_WRAP_T, gls.REPEAT)
	return id
}

// mips stores a texture with the levels the other renderer made; 0 for none.
func (st *stage) mips(gs *gls.GLS, m *render.Mips) uint32 {
	if m.Side == 0 {
		return 0
	}
	id := st.texture(gs, gls.LINEAR)
	side := int32(m.Side)
	for level := range max(len(m.Unsigned), len(m.Signed)) {
		if m.Unsigned != nil {
			gs.TexImage2D(gls.TEXTURE_2D, int32(level), gls.RGB16, side>>level, side>>level, gls.RGB, gls.UNSIGNED_SHORT, m.Unsigned[level])
		} else {
			gs.TexImage2D(gls.TEXTURE_2D, int32(level), gls.RGB8_SNORM, side>>level, side>>level, gls.RGB, gls.BYTE, m.Signed[level])
		}
	}
	return id
}

func (st *stage) load(gs *gls.GLS, m *clothMaterial, p *render.PlannedPart) {
	m.pattern, m.holes, m.weave = st.mips(gs, &p.Pattern), st.mips(gs, &p.Holes), st.mips(gs, &p.Weave)
	for i := range p.Decals {
		m.decalColour[i], m.decalAlpha[i] = st.mips(gs, &p.Decals[i].Colour), st.mips(gs, &p.Decals[i].Alpha)
	}
}

// set takes over what changes with the camera.
func (st *stage) set(gs *gls.GLS, p *render.Plan) {
	st.frame.plan = p
	gs.ActiveTexture(gls.TEXTURE0)
	gs.BindTexture(gls.TEXTURE_2D, st.frame.shadow)
	size := int32(p.Shadow.Size)
	gs.TexImage2D(gls.TEXTURE_2D, 0, gls.R32F, size, size, gls.RED, gls.FLOAT, p.Shadow.Depth)
}

func (st *stage) free(gs *gls.GLS) {
	st.root.DisposeChildren(true)
	gs.DeleteTextures(st.textures...)
}
