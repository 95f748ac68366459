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

// textureSide of an embedded fabric texture [px].
const textureSide = 256

// GLB writes a scene as binary glTF 2.0, one named node per object (the house
// names them "body" and "garment"). Vertices are split where the flat fabric is
// cut. Backdrop, lights and seam lines stay in the studio.
func GLB(w io.Writer, s render.Scene) error {
	if err := s.Validate(); err != nil {
		return fmt.Errorf("export GLB: %w", err)
	}
	doc := gltf.NewDocument()
	doc.Asset.Generator = "fitroom"
	for i := range s.Objects {
		o := &s.Objects[i]
		if o.Name == "" {
			return fmt.Errorf("export GLB: object %d has no name", i)
		}
		if err := addObject(doc, o); err != nil {
			return fmt.Errorf("export GLB: object %d %q: %w", i, o.Name, err)
		}
	}
	if err := gltf.NewEncoder(w).Encode(doc); err != nil {
		return fmt.Errorf("export GLB: %w", err)
	}
	return nil
}

func addObject(doc *gltf.Document, o *render.Object) error {
	c := split(o)
	attributes := gltf.PrimitiveAttributes{
		gltf.POSITION: modeler.WritePosition(doc, c.pos),
		gltf.NORMAL:   modeler.WriteNormal(doc, c.nrm),
	}
	if o.UV != nil {
		attributes[gltf.TEXCOORD_0] = modeler.WriteTextureCoord(doc, c.uv)
	}
	if o.Scalar != nil {
		attributes[FitAttribute] = modeler.WriteAccessor(doc, gltf.TargetArrayBuffer, c.fit)
	}
	material, err := addMaterial(doc, o)
	if err != nil {
		return err
	}
	doc.Meshes = append(doc.Meshes, &gltf.Mesh{Name: o.Name, Primitives: []*gltf.Primitive{{
		Attributes: attributes,
		Indices:    gltf.Index(modeler.WriteIndices(doc, c.indices)),
		Material:   gltf.Index(material),
	}}})
	doc.Nodes = append(doc.Nodes, &gltf.Node{Name: o.Name, Mesh: gltf.Index(len(doc.Meshes) - 1)})
	doc.Scenes[0].Nodes = append(doc.Scenes[0].Nodes, len(doc.Nodes)-1)
	return nil
}

// addMaterial writes the look: a plain colour, or a texture of one repeat.
func addMaterial(doc *gltf.Document, o *render.Object) (int, error) {
	m := &o.Material
	pbr := &gltf.PBRMetallicRoughness{
		MetallicFactor:  gltf.Float(0),
		RoughnessFactor: gltf.Float(0.95 - 0.5*m.Gloss),
	}
	if o.UV != nil {
		texture, err := addTexture(doc, m)
		if err != nil {
			return 0, err
		}
		pbr.BaseColorTexture = &gltf.TextureInfo{Index: texture}
	} else {
		g := m.Ground()
		pbr.BaseColorFactor = &[4]float64{linear(g.R), linear(g.G), linear(g.B), 1}
	}
	doc.Materials = append(doc.Materials, &gltf.Material{
		Name:                 o.Name,
		PBRMetallicRoughness: pbr,
		DoubleSided:          !geometry.NewTopology(o.Tris).Closed(),
	})
	return len(doc.Materials) - 1, nil
}

func addTexture(doc *gltf.Document, m *render.Material) (int, error) {
	var buf bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&buf, m.Swatch(textureSide)); err != nil {
		return 0, fmt.Errorf("fabric texture: %w", err)
	}
	img, err := modeler.WriteImage(doc, "fabric", "image/png", &buf)
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

// linear undoes the transfer function of IEC 61966-2-1: factors of glTF are
// linear light.
func linear(b uint8) float64 {
	x := float64(b) / 255
	if x <= 0.04045 {
		return x / 12.92
	}
	return math.Pow((x+0.055)/1.055, 2.4)
}
