package export

import (
	"encoding/binary"
	"math"

	"github.com/qmuntal/gltf"
)

// Packing is how the numbers of a GLB are stored. All packings carry the same
// vertices, triangles, names and fit figures.
type Packing uint8

const (
	// Float is plain glTF 2.0, which every program reads.
	Float Packing = iota
	// Quantised stores positions to 1/65535 of an object's largest side,
	// normals to 8 bit and texture places to 16 bit (KHR_mesh_quantization and
	// KHR_texture_transform).
	Quantised
	// Compressed is Quantised, then compressed without loss
	// (EXT_meshopt_compression).
	Compressed
)

const (
	extQuantization = "KHR_mesh_quantization"
	extTransform    = "KHR_texture_transform"
	extMeshopt      = "EXT_meshopt_compression"

	maxQuantum = 65535 // steps of a 16-bit number
)

// packer appends the buffer views of quantised objects to a document.
type packer struct {
	doc      *gltf.Document
	compress bool
	// fallback is the length of the buffer that a reader without the extension
	// would need; it is declared, not stored.
	fallback int
}

func newPacker(doc *gltf.Document, p Packing) *packer {
	k := &packer{doc: doc, compress: p == Compressed}
	used := []string{extQuantization, extTransform}
	doc.Buffers = []*gltf.Buffer{{}}
	if k.compress {
		used = append(used, extMeshopt)
		doc.Buffers = append(doc.Buffers, &gltf.Buffer{Extensions: gltf.Extensions{extMeshopt: map[string]any{"fallback": true}}})
	}
	doc.ExtensionsUsed, doc.ExtensionsRequired = used, used
	return k
}

// finish states the lengths of the buffers.
func (k *packer) finish() {
	b := k.doc.Buffers[0]
	b.ByteLength = len(b.Data)
	if k.compress {
		k.doc.Buffers[1].ByteLength = k.fallback
	}
}

// append puts bytes on a 4-byte boundary of the stored buffer.
func (k *packer) append(data []byte) (offset int) {
	b := k.doc.Buffers[0]
	for len(b.Data)%4 != 0 {
		b.Data = append(b.Data, 0)
	}
	offset = len(b.Data)
	b.Data = append(b.Data, data...)
	return offset
}

// view stores count elements of stride bytes and returns the buffer view. The
// mode is the extension's name of the codec.
func (k *packer) view(data []byte, stride, count int, target gltf.Target, mode string, encode func() []byte) int {
	v := &gltf.BufferView{ByteLength: len(data), Target: target}
	if target == gltf.TargetArrayBuffer {
		v.ByteStride = stride
	}
	if k.compress {
		packed := encode()
		v.Buffer, v.ByteOffset = 1, k.fallback
		k.fallback += (len(data) + 3) &^ 3
		v.Extensions = gltf.Extensions{extMeshopt: map[string]any{
			"buffer": 0, "byteOffset": k.append(packed), "byteLength": len(packed),
			"byteStride": stride, "count": count, "mode": mode,
		}}
	} else {
		v.ByteOffset = k.append(data)
	}
	k.doc.BufferViews = append(k.doc.BufferViews, v)
	return len(k.doc.BufferViews) - 1
}

// attribute stores vertex data and returns its accessor.
func (k *packer) attribute(data []byte, stride int, a gltf.Accessor) int {
	view := k.view(data, stride, a.Count, gltf.TargetArrayBuffer, "ATTRIBUTES", func() []byte {
		return encodeVertices(data, stride)
	})
	a.BufferView = gltf.Index(view)
	k.doc.Accessors = append(k.doc.Accessors, &a)
	return len(k.doc.Accessors) - 1
}

func (k *packer) triangles(indices []uint32) int {
	data := make([]byte, 0, 4*len(indices))
	for _, i := range indices {
		data = binary.LittleEndian.AppendUint32(data, i)
	}
	view := k.view(data, 4, len(indices), gltf.TargetElementArrayBuffer, "TRIANGLES", func() []byte {
		return encodeTriangles(indices)
	})
	k.doc.Accessors = append(k.doc.Accessors, &gltf.Accessor{
		BufferView: gltf.Index(view), ComponentType: gltf.ComponentUint, Type: gltf.AccessorScalar, Count: len(indices),
	})
	return len(k.doc.Accessors) - 1
}

// grid maps numbers to 0..65535 steps: x = Low + Step q.
type grid struct{ low, step float64 }

func newGrid(low, high float64) grid {
	if high <= low {
		return grid{low, 1}
	}
	return grid{low, (high - low) / maxQuantum}
}

func (g grid) at(x float32) uint16 {
	return uint16(math.Round(min(max((float64(x)-g.low)/g.step, 0), maxQuantum)))
}

// quantised holds the accessors of an object and how its numbers are read.
type quantised struct {
	attributes gltf.PrimitiveAttributes
	indices    int
	origin     [3]float64 // translation of the node [m]
	scale      float64    // scale of the node [m per step]
	u, v       grid       // transform of the texture
}

// quantise stores an object's corners.
func (k *packer) quantise(c *corners) quantised {
	compact(c)
	n := len(c.pos)
	q := quantised{attributes: gltf.PrimitiveAttributes{}}
	lo, hi := c.pos[0], c.pos[0]
	for _, p := range c.pos {
		for i := range 3 {
			lo[i], hi[i] = min(lo[i], p[i]), max(hi[i], p[i])
		}
	}
	side := 0.0 // one scale for all axes, so that normals keep their direction
	for i := range 3 {
		side = max(side, float64(hi[i])-float64(lo[i]))
		q.origin[i] = float64(lo[i])
	}
	step := newGrid(0, side).step
	q.scale = step
	pos, nrm := make([]byte, 0, 8*n), make([]byte, 0, 4*n)
	least, most := []float64{maxQuantum, maxQuantum, maxQuantum}, []float64{0, 0, 0}
	for i, p := range c.pos {
		for a := range 3 {
			at := grid{q.origin[a], step}.at(p[a])
			least[a], most[a] = min(least[a], float64(at)), max(most[a], float64(at))
			pos = binary.LittleEndian.AppendUint16(pos, at)
			nrm = append(nrm, byte(int8(math.Round(127*float64(c.nrm[i][a])))))
		}
		pos, nrm = append(pos, 0, 0), append(nrm, 0)
	}
	q.attributes[gltf.POSITION] = k.attribute(pos, 8, gltf.Accessor{
		ComponentType: gltf.ComponentUshort, Type: gltf.AccessorVec3, Count: n, Min: least, Max: most,
	})
	q.attributes[gltf.NORMAL] = k.attribute(nrm, 4, gltf.Accessor{
		ComponentType: gltf.ComponentByte, Type: gltf.AccessorVec3, Normalized: true, Count: n,
	})
	if c.uv != nil {
		q.u, q.v = uvGrid(c, 0), uvGrid(c, 1)
		uv := make([]byte, 0, 4*n)
		for _, p := range c.uv {
			uv = binary.LittleEndian.AppendUint16(uv, q.u.at(p[0]))
			uv = binary.LittleEndian.AppendUint16(uv, q.v.at(p[1]))
		}
		q.attributes[gltf.TEXCOORD_0] = k.attribute(uv, 4, gltf.Accessor{
			ComponentType: gltf.ComponentUshort, Type: gltf.AccessorVec2, Count: n,
		})
	}
	if c.fit != nil { // a customer may read these, so they keep all their digits
		fit := make([]byte, 0, 4*n)
		for _, x := range c.fit {
			fit = binary.LittleEndian.AppendUint32(fit, math.Float32bits(x))
		}
		q.attributes[FitAttribute] = k.attribute(fit, 4, gltf.Accessor{
			ComponentType: gltf.ComponentFloat, Type: gltf.AccessorScalar, Count: n,
		})
	}
	q.indices = k.triangles(c.indices)
	return q
}

func uvGrid(c *corners, axis int) grid {
	lo, hi := c.uv[0][axis], c.uv[0][axis]
	for _, p := range c.uv {
		lo, hi = min(lo, p[axis]), max(hi, p[axis])
	}
	return newGrid(float64(lo), float64(hi))
}
