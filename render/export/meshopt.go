package export

import "encoding/binary"

// The codecs of EXT_meshopt_compression (Khronos glTF extension of that name,
// section "Bitstream", version 0 of the vertex and 1 of the triangle codec).
// Both are lossless; the numbers below are the bitstream's.

const (
	vertexHeader   = 0xa0
	vertexBlock    = 8192 // bytes of vertex data a block may hold
	vertexMost     = 256  // vertices a block may hold
	vertexGroup    = 16   // vertices whose bytes share a width
	vertexTail     = 32   // least bytes of the tail, which holds the first vertex
	triangleHeader = 0xe1
	fifoSize       = 16
)

// encodeVertices packs elements of stride bytes (a multiple of 4, at most
// 256). Every byte of a vertex becomes a stream of its own: neighbours differ
// little, and in few of their bytes.
func encodeVertices(data []byte, stride int) []byte {
	out := []byte{vertexHeader}
	n := len(data) / stride
	first := make([]byte, stride)
	copy(first, data)
	last := append([]byte(nil), first...)
	block := min((vertexBlock/stride)&^(vertexGroup-1), vertexMost)
	for from := 0; from < n; from += block {
		to := min(from+block, n)
		for b := range stride {
			deltas := make([]byte, 0, vertexMost)
			for i := from; i < to; i++ {
				x := data[i*stride+b]
				deltas = append(deltas, zigzag(x-last[b]))
				last[b] = x
			}
			out = appendGroups(out, deltas)
		}
	}
	for range vertexTail - stride {
		out = append(out, 0)
	}
	return append(out, first...)
}

func zigzag(d byte) byte { return d<<1 ^ byte(int8(d)>>7) }

// appendGroups writes a stream in groups of 16, each at the width of 0, 2, 4 or
// 8 bits that takes the fewest bytes. Two bits per group say which.
func appendGroups(out, stream []byte) []byte {
	for len(stream)%vertexGroup != 0 {
		stream = append(stream, 0)
	}
	groups := len(stream) / vertexGroup
	head := len(out)
	for range (groups + 3) / 4 {
		out = append(out, 0)
	}
	for g := range groups {
		group := stream[g*vertexGroup : (g+1)*vertexGroup]
		width := narrowest(group)
		out[head+g/4] |= width << (g % 4 * 2)
		out = appendGroup(out, group, width)
	}
	return out
}

// narrowest returns the code of the width: 0, 1, 2, 3 for 0, 2, 4, 8 bits. A
// value too wide for 2 or 4 bits is written in a byte of its own behind.
func narrowest(group []byte) byte {
	var wide2, wide4, zero int
	for _, x := range group {
		if x == 0 {
			zero++
		}
		if x >= 3 {
			wide2++
		}
		if x >= 15 {
			wide4++
		}
	}
	best, size := byte(3), vertexGroup
	if s := vertexGroup/2 + wide4; s < size {
		best, size = 2, s
	}
	if s := vertexGroup/4 + wide2; s < size {
		best = 1
	}
	if zero == len(group) {
		best = 0
	}
	return best
}

func appendGroup(out, group []byte, width byte) []byte {
	switch width {
	case 0:
		return out
	case 3:
		return append(out, group...)
	}
	bits := 2 * int(width)
	most := byte(1)<<bits - 1 // stands for a value in a byte of its own
	var wide []byte
	for i := 0; i < len(group); i += 8 / bits {
		var b byte
		for _, x := range group[i : i+8/bits] {
			if x >= most {
				wide = append(wide, x)
				x = most
			}
			b = b<<bits | x
		}
		out = append(out, b)
	}
	return append(out, wide...)
}

// auxCodes are the pairs of vertex codes that a triangle without a known edge
// may name by their place in this table, which ends the stream: both new, or
// one of them lately seen.
var auxCodes = [fifoSize]byte{0x00, 0x76, 0x87, 0x56, 0x67, 0x78, 0xa9, 0x86, 0x65, 0x89, 0x68, 0x98, 0x01, 0x69, 0, 0}

// triangleCoder keeps what writer and reader both remember: the last 16 edges
// and vertices, the next vertex never seen and the last one written in full.
type triangleCoder struct {
	codes, data []byte
	edges       [fifoSize][2]uint32
	verts       [fifoSize]uint32
	edgeAt      int
	vertAt      int
	next, last  uint32
}

// encodeTriangles packs the indices of triangles. Corners may come out rotated;
// triangles keep their order and their sense.
func encodeTriangles(indices []uint32) []byte {
	k := &triangleCoder{}
	for i := range fifoSize {
		k.edges[i] = [2]uint32{^uint32(0), ^uint32(0)}
		k.verts[i] = ^uint32(0)
	}
	for i := 0; i+2 < len(indices); i += 3 {
		t := [3]uint32{indices[i], indices[i+1], indices[i+2]}
		if !k.onEdge(t) {
			k.free(t)
		}
	}
	out := append([]byte{triangleHeader}, k.codes...)
	out = append(out, k.data...)
	return append(out, auxCodes[:]...)
}

// onEdge writes a triangle that shares an edge with a recent one.
func (k *triangleCoder) onEdge(t [3]uint32) bool {
	for back := range fifoSize - 1 { // code 15 means none
		e := k.edges[(k.edgeAt-1-back)&(fifoSize-1)]
		for r := range 3 {
			a, b, c := t[r], t[(r+1)%3], t[(r+2)%3]
			if e != [2]uint32{a, b} {
				continue
			}
			code := k.vertexCode(c, true)
			k.codes = append(k.codes, byte(back)<<4|code)
			if code == 15 {
				k.full(c)
			}
			if code == 0 || code >= 13 {
				k.pushVert(c)
			}
			k.pushEdge(c, b)
			k.pushEdge(a, c)
			return true
		}
	}
	return false
}

// free writes a triangle of which no edge is known.
func (k *triangleCoder) free(t [3]uint32) {
	for r := range 3 { // a new vertex first makes the shortest code
		if t[r] == k.next {
			t = [3]uint32{t[r], t[(r+1)%3], t[(r+2)%3]}
			break
		}
	}
	var code [3]byte
	code[0] = 15
	if t[0] == k.next {
		code[0] = 0
		k.next++
	}
	code[1] = k.vertexCode(t[1], false)
	code[2] = k.vertexCode(t[2], false)
	pair := code[1]<<4 | code[2]
	k.codes = append(k.codes, k.freeCode(code[0], pair))
	if k.codes[len(k.codes)-1]&15 >= 14 {
		k.data = append(k.data, pair)
	}
	for i, v := range t {
		if code[i] == 15 {
			k.full(v)
		}
	}
	for i, v := range t {
		if code[i] == 0 || code[i] == 15 {
			k.pushVert(v)
		}
	}
	k.pushEdge(t[1], t[0])
	k.pushEdge(t[2], t[1])
	k.pushEdge(t[0], t[2])
}

func (k *triangleCoder) freeCode(first, pair byte) byte {
	if first == 0 {
		for i, c := range auxCodes[:14] {
			if c == pair {
				return 0xf0 | byte(i)
			}
		}
		return 0xfe
	}
	return 0xff
}

// vertexCode names a vertex: 0 the next new one, 15 written in full, else its
// place among the last seen. On an edge 13 and 14 step from the last full one.
func (k *triangleCoder) vertexCode(v uint32, edge bool) byte {
	reach := fifoSize - 2
	if edge {
		reach = 13
	}
	if v == k.next {
		k.next++
		return 0
	}
	for back := range reach {
		if k.verts[(k.vertAt-1-back)&(fifoSize-1)] == v {
			if edge && back == 0 {
				break // the reader's place 0 is the new vertex
			}
			if edge {
				return byte(back)
			}
			return byte(back + 1)
		}
	}
	if edge && v+1 == k.last {
		k.last = v
		return 13
	}
	if edge && v == k.last+1 {
		k.last = v
		return 14
	}
	return 15
}

// full writes a vertex as its zigzag distance from the last one, 7 bits a byte.
func (k *triangleCoder) full(v uint32) {
	d := int32(v - k.last)
	k.data = binary.AppendUvarint(k.data, uint64(uint32(d<<1)^uint32(d>>31)))
	k.last = v
}

func (k *triangleCoder) pushVert(v uint32) {
	k.verts[k.vertAt] = v
	k.vertAt = (k.vertAt + 1) & (fifoSize - 1)
}

func (k *triangleCoder) pushEdge(a, b uint32) {
	k.edges[k.edgeAt] = [2]uint32{a, b}
	k.edgeAt = (k.edgeAt + 1) & (fifoSize - 1)
}
