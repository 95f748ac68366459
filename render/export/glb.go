package export

import (
	"bytes"
	"fmt"
	"image/png"
	"io"
	"math"

	"fitroom/geometry"
	"fitroom/render"

	"github.com/qmuntal/gltf"
	"github.com/qmuntal/gltf/modeler"
)

// FitAttribute carries an object's Scalar per vertex, in its own unit (m, Pa or
// 1). Names with an underscore are the applications' own in glTF.
const FitAttribute = "_FIT"

// UnknownFit stands for a scalar that is not known, since glTF has no NaN. No
// scale of a colour map reaches it.
const UnknownFit = -1

// textureSide of an embedded fabric texture [px], and of a print, which is larger.
const (
	textureSide = 256
	printSide   = 512
)

// GLB writes a scene as binary glTF 2.0, one named node per object (the house
// names them "body" and "garment"), prints as nodes after their garment. Vertices are split where the flat fabric is
// cut. Backdrop, lights and seam lines stay in the studio.
func GLB(w io.Writer, s render.Scene, p Packing) error {
	if err := s.Validate(); err != nil {
		return fmt.Errorf("export GLB: %w", err)
	}
	doc := gltf.NewDocument()
	doc.Asset.Generator = "fitroom"
	var k *packer
	if p != Float {
		k = newPacker(doc, p)
	}
	for i, o := range partsOf(&s) {
		if o.Name == "" {
			return fmt.Errorf("export GLB: object %d has no name", i)
		}
		if err := addObject(doc, k, o); err != nil {
			return fmt.Errorf("export GLB: object %d %q: %w", i, o.Name, err)
		}
	}
	if k != nil {
		k.finish()
	}
	if err := gltf.NewEncoder(w).Encode(doc); err != nil {
		return fmt.Errorf("export GLB: %w", err)
	}
	return nil
}

// addObject adds one named node. Without a packer numbers stay floats.
func addObject(doc *gltf.Document, k *packer, o *part) error {
	c := split(o)
	node := &gltf.Node{Name: o.Name, Mesh: gltf.Index(len(doc.Meshes))}
	prim := &gltf.Primitive{}
	var place gltf.Extensions // of the texture
	if k == nil {
		prim.Attributes, prim.Indices = floats(doc, c)
	} else {
		q := k.quantise(c)
		prim.Attributes, prim.Indices = q.attributes, gltf.Index(q.indices)
		node.Translation, node.Scale = q.origin, [3]float64{q.scale, q.scale, q.scale}
		place = gltf.Extensions{extTransform: map[string]any{
			"offset": [2]float64{q.u.low, q.v.low}, "scale": [2]float64{q.u.step, q.v.step},
		}}
	}
	material, err := addMaterial(doc, k, o, place)
	if err != nil {
		return err
	}
	prim.Material = gltf.Index(material)
	doc.Meshes = append(doc.Meshes, &gltf.Mesh{Name: o.Name, Primitives: []*gltf.Primitive{prim}})
	doc.Nodes = append(doc.Nodes, node)
	doc.Scenes[0].Nodes = append(doc.Scenes[0].Nodes, len(doc.Nodes)-1)
	return nil
}

func floats(doc *gltf.Document, c *corners) (gltf.PrimitiveAttributes, *int) {
	a := gltf.PrimitiveAttributes{
		gltf.POSITION: modeler.WritePosition(doc, c.pos),
		gltf.NORMAL:   modeler.WriteNormal(doc, c.nrm),
	}
	if c.uv != nil {
		a[gltf.TEXCOORD_0] = modeler.WriteTextureCoord(doc, c.uv)
	}
	if c.fit != nil {
		a[FitAttribute] = modeler.WriteAccessor(doc, gltf.TargetArrayBuffer, c.fit)
	}
	return a, gltf.Index(modeler.WriteIndices(doc, c.indices))
}

// addMaterial writes the look: a plain colour, or a texture of one repeat.
func addMaterial(doc *gltf.Document, k *packer, o *part, place gltf.Extensions) (int, error) {
	m := &o.Material
	pbr := &gltf.PBRMetallicRoughness{
		MetallicFactor:  gltf.Float(0),
		RoughnessFactor: gltf.Float(roughness(m)),
	}
	if o.UV != nil {
		texture, err := addTexture(doc, k, o)
		if err != nil {
			return 0, err
		}
		pbr.BaseColorTexture = &gltf.TextureInfo{Index: texture, Extensions: place}
	} else {
		g := m.Ground()
		pbr.BaseColorFactor = &[4]float64{linear(g.R), linear(g.G), linear(g.B), 1}
	}
	material := &gltf.Material{
		Name:                 o.Name,
		PBRMetallicRoughness: pbr,
		DoubleSided:          !geometry.NewTopology(o.Tris).Closed(),
	}
	if m.Sheer > 0 {
		if pbr.BaseColorFactor == nil {
			pbr.BaseColorFactor = &[4]float64{1, 1, 1, 1}
		}
		pbr.BaseColorFactor[3] = 1 - m.Sheer
	}
	switch {
	case m.Sheer > 0 || o.print && m.Sheerness():
		material.AlphaMode = gltf.AlphaBlend
	case o.UV != nil && m.Sheerness(): // holes have clear borders; blended layers would need sorting
		material.AlphaMode = gltf.AlphaMask
	}
	doc.Materials = append(doc.Materials, material)
	return len(doc.Materials) - 1, nil
}

// fabricPicture is one repeat of an object's fabric, or its print, as a PNG.
func fabricPicture(o *part) (*bytes.Buffer, error) {
	side := textureSide
	if o.print {
		side = printSide
	}
	var buf bytes.Buffer
	return &buf, (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&buf, o.Material.Swatch(side))
}

func addTexture(doc *gltf.Document, k *packer, o *part) (int, error) {
	picture, err := fabricPicture(o)
	if err != nil {
		return 0, fmt.Errorf("fabric texture: %w", err)
	}
	img, err := addImage(doc, k, picture)
	if err != nil {
		return 0, fmt.Errorf("fabric texture: %w", err)
	}
	doc.Samplers = append(doc.Samplers, &gltf.Sampler{
		MagFilter: gltf.MagLinear, MinFilter: gltf.MinLinearMipMapLinear,
		WrapS: gltf.WrapRepeat, WrapT: gltf.WrapRepeat,
	})
	doc.Textures = append(doc.Textures, &gltf.Texture{Sampler: gltf.Index(len(doc.Samplers) - 1), Source: gltf.Index(img)})
	return len(doc.Textures) - 1, nil
}

func addImage(doc *gltf.Document, k *packer, picture *bytes.Buffer) (int, error) {
	if k == nil {
		return modeler.WriteImage(doc, "fabric", "image/png", picture)
	}
	view := &gltf.BufferView{ByteOffset: k.append(picture.Bytes()), ByteLength: picture.Len()}
	doc.BufferViews = append(doc.BufferViews, view)
	doc.Images = append(doc.Images, &gltf.Image{Name: "fabric", MimeType: "image/png", BufferView: gltf.Index(len(doc.BufferViews) - 1)})
	return len(doc.Images) - 1, nil
}

// roughness of a fabric or skin from its gloss.
func roughness(m *render.Material) float64 { return 0.95 - 0.5*m.Gloss }

// linear undoes the transfer function of IEC 61966-2-1: factors of glTF are
// linear light.
func linear(b uint8) float64 {
	x := float64(b) / 255
	if x <= 0.04045 {
		return x / 12.92
	}
	return math.Pow((x+0.055)/1.055, 2.4)
}
