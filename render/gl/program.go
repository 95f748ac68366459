//go:build g3n && cgo && linux

package gl

import (
	_ "embed"
	"fmt"

	"fitroom/render"

	"github.com/g3n/engine/gls"
	"github.com/g3n/engine/material"
)

// The shaders follow render/shade.go, seammark.go, shadow.go, weave.go and
// colormap.go step by step: a change there is a change here, and the parity
// test fails until it is made.
//
//go:embed cloth.vert
var vertexShader string

//go:embed cloth.frag
var fragmentShader string

// frameUniforms are the same for all objects of a picture.
type frameUniforms struct {
	plan               *render.Plan
	segs, list, shadow uint32 // textures
	segRow, listRow    int32
}

// clothMaterial shades one object.
type clothMaterial struct {
	material.Material
	frame                   *frameUniforms
	part                    *render.PlannedPart
	layer                   int32 // of sheer cloth: 1 inner sides, 2 outer sides; else 0
	pattern, holes, weave   uint32
	decalColour, decalAlpha [render.MaxPlannedDecals]uint32
	places                  map[string]*gls.Uniform
}

func newClothMaterial(f *frameUniforms, p *render.PlannedPart, layer int32) *clothMaterial {
	m := &clothMaterial{frame: f, part: p, layer: layer, places: map[string]*gls.Uniform{}}
	m.Init()
	m.SetShader("cloth")
	m.SetUseLights(material.UseLightNone)
	m.SetSide(material.SideDouble)
	m.SetBlending(material.BlendNone)
	m.SetTransparent(layer != 0) // after all that is opaque
	return m
}

func (m *clothMaterial) at(gs *gls.GLS, name string) int32 {
	u := m.places[name]
	if u == nil {
		u = &gls.Uniform{}
		u.Init(name)
		m.places[name] = u
	}
	return u.Location(gs)
}

func (m *clothMaterial) vec3(gs *gls.GLS, name string, v [3]float32) {
	gs.Uniform3f(m.at(gs, name), v[0], v[1], v[2])
}

func (m *clothMaterial) float(gs *gls.GLS, name string, v float32) { gs.Uniform1f(m.at(gs, name), v) }

func (m *clothMaterial) flag(gs *gls.GLS, name string, on bool) {
	v := int32(0)
	if on {
		v = 1
	}
	gs.Uniform1i(m.at(gs, name), v)
}

func (m *clothMaterial) bind(gs *gls.GLS, unit int, name string, texture uint32) {
	gs.ActiveTexture(uint32(gls.TEXTURE0 + unit))
	gs.BindTexture(gls.TEXTURE_2D, texture)
	gs.Uniform1i(m.at(gs, name), int32(unit))
}

// RenderSetup satisfies g3n's IMaterial: it hands over everything the shaders read.
func (m *clothMaterial) RenderSetup(gs *gls.GLS) {
	m.Material.RenderSetup(gs)
	if m.layer != 0 { // light comes multiplied by the share it covers
		gs.Enable(gls.BLEND)
		gs.BlendEquation(gls.FUNC_ADD)
		gs.BlendFunc(gls.ONE, gls.ONE_MINUS_SRC_ALPHA)
	}
	p, k, s := m.frame.plan, m.part, &m.frame.plan.Shadow
	for _, v := range []struct {
		name string
		v    [3]float32
	}{
		{"Eye", p.Eye}, {"Right", p.Right}, {"Up", p.Up}, {"Forward", p.Forward},
		{"ToKey", p.ToKey}, {"ToRim", p.ToRim}, {"KeyLight", p.Key}, {"RimLight", p.Rim}, {"SkyLight", p.Sky}, {"GroundLight", p.Ground},
		{"ShadowEye", s.Eye}, {"ShadowRight", s.Right}, {"ShadowUp", s.Up}, {"ShadowForward", s.Forward},
		{"Color", k.Color}, {"Thread", k.Thread},
	} {
		m.vec3(gs, v.name, v.v)
	}
	for _, v := range []struct {
		name string
		v    float32
	}{
		{"Pixel", 1 / p.Scale}, {"ShadowMid", s.Mid}, {"ShadowScale", s.Scale},
		{"Sheen", k.Sheen}, {"Gloss", k.Gloss}, {"Luster", k.Luster}, {"Cover", k.Cover},
		{"PerMetre", k.PerMetre}, {"WeaveTone", k.WeaveTone}, {"WeaveDepth", k.WeaveDepth}, {"WeaveFleck", k.WeaveFleck},
		{"WeaveTile", render.WeaveTile}, {"WeaveRange", render.WeaveRange}, {"WeaveBlur", render.WeaveBlur},
		{"DecalMargin", render.DecalMargin}, {"CurveEnd", render.CurveEnd},
		{"PatternSide", float32(k.Pattern.Side)}, {"WeaveSide", float32(k.Weave.Side)},
	} {
		m.float(gs, v.name, v.v)
	}
	gs.Uniform2f(m.at(gs, "View"), 2*p.Scale/float32(p.Width), 2*p.Scale/float32(p.Height))
	gs.Uniform2f(m.at(gs, "Per"), k.PerU, k.PerV)
	m.flag(gs, "OnFabric", k.Fabric)
	m.flag(gs, "Dyed", k.Dyed)
	m.flag(gs, "Heat", k.Heat)
	m.flag(gs, "Stepped", k.Stepped)
	m.flag(gs, "HasPattern", m.pattern != 0)
	m.flag(gs, "HasHoles", m.holes != 0)
	m.flag(gs, "HasWeave", m.weave != 0)
	gs.Uniform1i(m.at(gs, "ShadowSize"), int32(s.Size))
	gs.Uniform1i(m.at(gs, "Layer"), m.layer)
	gs.Uniform1i(m.at(gs, "SegRow"), m.frame.segRow)
	gs.Uniform1i(m.at(gs, "ListRow"), m.frame.listRow)
	m.ramp(gs)
	m.decals(gs)
	for unit, t := range []struct {
		name string
		id   uint32
	}{{"Shadow", m.frame.shadow}, {"Segs", m.frame.segs}, {"List", m.frame.list}, {"Pattern", m.pattern}, {"Holes", m.holes}, {"Weave", m.weave}} {
		m.bind(gs, unit, t.name, t.id)
	}
}

func (m *clothMaterial) ramp(gs *gls.GLS) {
	gs.Uniform1i(m.at(gs, "Stops"), int32(len(m.part.RampFrom)))
	for i, from := range m.part.RampFrom {
		m.float(gs, fmt.Sprintf("StopAt[%d]", i), from)
		m.vec3(gs, fmt.Sprintf("StopColor[%d]", i), m.part.RampColor[i])
	}
}

const firstDecalUnit = 6

func (m *clothMaterial) decals(gs *gls.GLS) {
	gs.Uniform1i(m.at(gs, "Decals"), int32(len(m.part.Decals)))
	for i := range m.part.Decals {
		d := &m.part.Decals[i]
		gs.Uniform4f(m.at(gs, fmt.Sprintf("DecalTurn[%d]", i)), d.UX, d.VX, d.UY, d.VY)
		gs.Uniform4f(m.at(gs, fmt.Sprintf("DecalPlace[%d]", i)), d.U, d.V, d.PerMetre, float32(d.Colour.Side))
	}
	for i := range render.MaxPlannedDecals {
		m.bind(gs, firstDecalUnit+2*i, fmt.Sprintf("DecalColour%d", i), m.decalColour[i])
		m.bind(gs, firstDecalUnit+2*i+1, fmt.Sprintf("DecalAlpha%d", i), m.decalAlpha[i])
	}
}
