package render

import (
	"math"

	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// vertex is a point of the loaded scene.
type vertex struct {
	pos, nrm vec
	// open is the share of the sky seen on the outer side and on the inner
	// side, by the ambient occlusion [0..1].
	open   [2]float32
	scalar float32
}

// corner is a place of the fabric [m].
type corner struct{ u, v float32 }

// loaded is a scene in the renderer's own layout. All objects share one list
// of vertices and one of triangles.
type loaded struct {
	verts []vertex
	tris  []geometry.Tri
	obj   []uint8 // object of each triangle
	// part is what of its triangles a pixel shades as one: the flesh of an
	// object, or one of the strips of its border, which look different ways.
	part []uint16
	src  []int32 // triangle of the object it is a piece of, -1 for a rim
	uv   [][3]corner
	lay  []corner // of each triangle: how its panel lies under the pattern [m]
	// cast are the triangles as they were given, which throw the shadow; castObj
	// is their object.
	cast    []geometry.Tri
	castObj []uint8
	hasUV   []bool // per object
	solid   []bool // per object
	seams   seamLines
	rims    [][2]int32 // a vertex on a free edge and the first of its border's three
	mid     vec        // of the ball round all vertices
	reach   float32    // its radius [m]
	low     float32    // lowest vertex [m]
	floor   float32    // [m]
}

// load converts a valid scene.
func (l *loaded) load(s *Scene) {
	l.verts, l.tris, l.obj, l.part = l.verts[:0], l.tris[:0], l.obj[:0], l.part[:0]
	l.src, l.uv, l.lay = l.src[:0], l.uv[:0], l.lay[:0]
	l.cast, l.castObj = l.cast[:0], l.castObj[:0]
	l.hasUV, l.solid = l.hasUV[:0], l.solid[:0]
	l.rims = l.rims[:0]
	l.seams.reset()
	l.floor = float32(s.Floor)
	for i := range s.Objects {
		l.addObject(uint8(i), &s.Objects[i])
	}
	l.bound()
	l.seams.index(len(l.tris))
}

func (l *loaded) addObject(k uint8, o *Object) {
	base, first := int32(len(l.verts)), int32(len(l.tris))
	top, pos := geometry.NewTopology(o.Tris), o.Pos
	if o.UV != nil {
		pos = fairEdges(o, top)
	}
	normals := o.Normal
	if normals == nil {
		normals = make([]r3.Vec, len(pos))
		geometry.VertexNormals(normals, pos, o.Tris)
		if o.UV != nil {
			smoothNormals(normals, o.Tris, clothSmoothing)
		}
	}
	for i, p := range pos {
		v := vertex{pos: toVec(r3.Add(p, r3.Scale(o.Offset, normals[i]))), nrm: toVec(normals[i]).unit(), open: [2]float32{1, 1}}
		if o.Scalar != nil {
			v.scalar = float32(o.Scalar[i])
		}
		l.verts = append(l.verts, v)
	}
	l.addFlesh(k, o, top, base, first)
}

// addFlesh adds an object's triangles, curved, with its seams and its rim.
func (l *loaded) addFlesh(k uint8, o *Object, top *geometry.Topology, base, first int32) {
	f := l.curve(o, top, base)
	for _, t := range o.Tris {
		l.cast, l.castObj = append(l.cast, geometry.Tri{base + t[0], base + t[1], base + t[2]}), append(l.castObj, k)
	}
	lay := o.Lay()
	for i, t := range f.tris {
		l.addTri(k, 0, geometry.Tri{base + t[0], base + t[1], base + t[2]}, f.uv[i], f.src[i], lay)
	}
	l.hasUV = append(l.hasUV, o.UV != nil)
	if len(o.Lines) > 0 {
		lines := make([]Line, len(o.Lines))
		for i, line := range o.Lines {
			lines[i] = f.path(line)
		}
		l.seams.add(lines, base, l.verts, l.tris[first:], first)
	}
	if o.Material.Edge > 0 {
		l.addRim(k, &f, base, float32(o.Material.Edge), lay)
	}
}

// clothSmoothing is how often the normals of cloth are averaged with their
// neighbours: a fold narrower than the mesh can follow comes out as a row of
// teeth, which even light hides. Bodies keep their shape.
const clothSmoothing = 2

// smoothNormals moves each normal halfway to the mean of its neighbours'.
func smoothNormals(normals []r3.Vec, tris []geometry.Tri, passes int) {
	sum := make([]r3.Vec, len(normals))
	for range passes {
		clear(sum)
		for _, t := range tris {
			for c := range 3 {
				sum[t[c]] = r3.Add(sum[t[c]], r3.Add(normals[t[(c+1)%3]], normals[t[(c+2)%3]]))
			}
		}
		for i, s := range sum {
			if l := math.Sqrt(r3.Norm2(s)); l > 0 {
				n := r3.Add(normals[i], r3.Scale(1/l, s))
				if l := math.Sqrt(r3.Norm2(n)); l > 1e-6 { // else opposite: keep
					normals[i] = r3.Scale(1/l, n)
				}
			}
		}
	}
}

func (l *loaded) addTri(obj uint8, strip uint16, t geometry.Tri, uv [3]corner, src int32, lay []r2.Vec) {
	var at corner
	if lay != nil {
		at = corner{float32(lay[src].X), float32(lay[src].Y)}
	}
	l.tris, l.obj, l.part = append(l.tris, t), append(l.obj, obj), append(l.part, uint16(obj)<<2|strip)
	l.uv, l.src, l.lay = append(l.uv, uv), append(l.src, src), append(l.lay, at)
}

func cornersOf(o *Object, tri int) (c [3]corner) {
	if o.UV == nil {
		return
	}
	for k, p := range o.UV[tri] {
		c[k] = corner{float32(p.X), float32(p.Y)}
	}
	return
}

func (l *loaded) bound() {
	lo, hi := l.verts[0].pos, l.verts[0].pos
	for i := range l.verts {
		p := l.verts[i].pos
		lo = vec{min(lo.x, p.x), min(lo.y, p.y), min(lo.z, p.z)}
		hi = vec{max(hi.x, p.x), max(hi.y, p.y), max(hi.z, p.z)}
	}
	l.mid, l.low = lo.add(hi).mul(0.5), lo.y
	l.reach = 1e-3
	for i := range l.verts {
		d := l.verts[i].pos.sub(l.mid)
		l.reach = max(l.reach, sqrt32(d.dot(d)))
	}
}

// print is a fingerprint of all that load reads, and shape of what of it the
// occlusion bake reads, casts among it: a heat map over a garment is another scene of the same
// shape. Callers may change a mesh in place between frames; an equal print means
// nothing changed (two different scenes share one by a chance of 2^-64).
func (s *Scene) print(casts []bool) (shape, all uint64) {
	h := uint64(0x9e3779b97f4a7c15)
	mix := func(x uint64) {
		h = (h ^ x) * 0xff51afd7ed558ccd // multiplier of MurmurHash3's finaliser
		h ^= h >> 32
	}
	num := func(x float64) { mix(math.Float64bits(x)) }
	num(s.Floor)
	mix(uint64(len(s.Objects)))
	for i := range s.Objects {
		o := &s.Objects[i]
		mix(uint64(len(o.Pos)))
		mix(uint64(len(o.Tris)))
		num(o.Offset)
		num(o.Material.Edge)
		for _, p := range o.Pos {
			num(p.X)
			num(p.Y)
			num(p.Z)
		}
		for _, t := range o.Tris {
			mix(uint64(uint32(t[0]))<<32 | uint64(uint32(t[1])))
			mix(uint64(uint32(t[2])))
		}
		mix(uint64(len(o.UV)))
		mix(uint64(len(o.Normal)))
		for _, n := range o.Normal {
			num(n.X)
			num(n.Y)
			num(n.Z)
		}
	}
	for _, c := range casts {
		mix(bit(c))
	}
	shape = h
	for i := range s.Objects {
		o := &s.Objects[i]
		if o.Material.Pattern != Plain || o.Material.Picture != nil {
			w, h := o.Material.RepeatOrDefault()
			mix(uint64(o.Material.Pattern) + 1)
			num(w)
			num(h)
		}
		for k := range o.UV {
			for _, p := range o.UV[k] {
				num(p.X)
				num(p.Y)
			}
		}
		mix(uint64(len(o.Scalar)))
		for _, x := range o.Scalar {
			num(x)
		}
		mix(uint64(len(o.Lines)))
		for _, l := range o.Lines {
			num(l.Stitch)
			mix(uint64(len(l.Verts))<<3 | bit(l.Twin)<<2 | bit(l.Closed)<<1 | bit(l.Free))
			for _, v := range l.Verts {
				mix(uint64(uint32(v)))
			}
		}
	}
	return shape, h
}

func bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}
