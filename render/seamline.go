package render

import "fitroom/geometry"

// seamLines knows the pieces of seams and hems near each triangle. The shader
// measures the true distance to them, so a seam is a smooth line of a fixed
// width in millimetres whatever the triangles are.
type seamLines struct {
	segs  []segment
	pairs []segmentNear
	start []int32 // per triangle, one more
	list  []int32 // segments
}

type segment struct {
	a, b   vec
	nrm    vec     // of the cloth there, any length
	along  float32 // arc length at a [m]
	stitch float32 // [m]
	twin   bool
	free   bool
}

type segmentNear struct{ tri, seg int32 }

// markReach is how far beside a seam, or its stitches, its marks reach [m].
const markReach = 0.006

func (s *seamLines) reset() {
	s.segs, s.pairs = s.segs[:0], s.pairs[:0]
}

// add finds, for the lines of one object, the triangles near each segment by
// walking from neighbour to neighbour, so that a second layer of cloth lying
// on the seam does not get its mark.
func (s *seamLines) add(lines []Line, base int32, verts []vertex, tris []geometry.Tri, first int32) {
	around := newFans(tris, base, len(verts)-int(base))
	seen := make([]int32, len(tris))
	var queue []int32
	for _, l := range lines {
		along := float32(0)
		n := len(l.Verts)
		if !l.Closed {
			n--
		}
		for i := range max(n, 0) {
			va, vb := l.Verts[i], l.Verts[(i+1)%len(l.Verts)]
			seg := segment{a: verts[base+va].pos, b: verts[base+vb].pos, along: along, stitch: float32(l.Stitch), twin: l.Twin, free: l.Free}
			seg.nrm = verts[base+va].nrm.add(verts[base+vb].nrm)
			d := seg.b.sub(seg.a)
			along += sqrt32(d.dot(d))
			s.segs = append(s.segs, seg)
			id := int32(len(s.segs))
			queue = append(append(queue[:0], around.of(va)...), around.of(vb)...)
			for len(queue) > 0 {
				t := queue[len(queue)-1]
				queue = queue[:len(queue)-1]
				if seen[t] == id || !seg.near(verts, tris[t]) {
					continue
				}
				seen[t] = id
				s.pairs = append(s.pairs, segmentNear{first + t, id - 1})
				for _, v := range tris[t] {
					queue = append(queue, around.of(v-base)...)
				}
			}
		}
	}
}

// near reports whether the marks of a segment may touch a triangle. They do not
// go round a fold: the hem of a collar is not seen on the shirt under it.
func (g *segment) near(verts []vertex, t geometry.Tri) bool {
	a, b, c := verts[t[0]].pos, verts[t[1]].pos, verts[t[2]].pos
	if b.sub(a).cross(c.sub(a)).dot(g.nrm) <= 0 {
		return false
	}
	mid := a.add(b).add(c).mul(1.0 / 3)
	r := float32(0)
	for _, p := range [3]vec{a, b, c} {
		d := p.sub(mid)
		r = max(r, d.dot(d))
	}
	q, _ := g.toward(mid)
	return sqrt32(q.dot(q)) <= sqrt32(r)+g.stitch+markReach
}

// toward returns the way from the nearest point of the segment to p, and the
// arc length there [m].
func (g *segment) toward(p vec) (q vec, along float32) {
	ab, ap := g.b.sub(g.a), p.sub(g.a)
	l2 := ab.dot(ab)
	t := float32(0)
	if l2 > 0 {
		t = clamp01(ap.dot(ab) / l2)
	}
	return ap.addMul(ab, -t), g.along + t*sqrt32(l2)
}

// index sorts the pairs by triangle, segments in their order.
func (s *seamLines) index(tris int) {
	s.start = grow(s.start, tris+1)
	clear(s.start)
	for _, p := range s.pairs {
		s.start[p.tri+1]++
	}
	for i := range tris {
		s.start[i+1] += s.start[i]
	}
	s.list = grow(s.list, len(s.pairs))
	at := append([]int32(nil), s.start...)
	for _, p := range s.pairs {
		s.list[at[p.tri]] = p.seg
		at[p.tri]++
	}
}

// fans lists the triangles round each vertex.
type fans struct{ start, list []int32 }

func newFans(tris []geometry.Tri, base int32, verts int) *fans {
	f := &fans{start: make([]int32, verts+1), list: make([]int32, 3*len(tris))}
	for _, t := range tris {
		for _, v := range t {
			f.start[v-base+1]++
		}
	}
	for i := range verts {
		f.start[i+1] += f.start[i]
	}
	at := append([]int32(nil), f.start...)
	for i, t := range tris {
		for _, v := range t {
			f.list[at[v-base]] = int32(i)
			at[v-base]++
		}
	}
	return f
}

func (f *fans) of(v int32) []int32 { return f.list[f.start[v]:f.start[v+1]] }
