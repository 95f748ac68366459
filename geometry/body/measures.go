package body

import (
	"math"

	"gonum.org/v1/gonum/spatial/r3"
)

// Where the tapes lie, as fractions between landmarks. Fixed fractions, not
// the place of the largest girth: an arg-max jumps while the shape changes and
// throws a Gauss-Newton fit off by centimetres.
const (
	isoWaistWomen = 0.24  // of the way from navel to bust point: ANSUR II means of
	isoWaistMen   = 0.15  // (tenth rib + iliac crest)/2 over the navel
	underbustAt   = 0.62  // of the way from navel to bust point: the fold of the breast
	upperArmAt    = 0.52  // of the way from shoulder to elbow: the biceps
	forearmAt     = 0.18  // of the way from elbow to wrist joint: the largest
	wristAt       = 0.98  // of the way from elbow to wrist joint: the styloid
	lowerThighAt  = 0.90  // of the way from hip to knee joint: over the knee cap
	calfAt        = 0.30  // of the way from knee to ankle
	ankleAt       = 0.92  // of the way from knee to ankle: the least girth
	thighDrop     = 0.015 // below the crotch [m]
	underArms     = 0.010 // below the armpit [m]: no higher can a tape run round the chest, as high as the breast points may be
	headAt        = 0.27  // of the way from the head's joint to the crown: the largest

	// bodyDensity is that of a standing body with air in its lungs [kg/m3].
	bodyDensity = 985
)

// ruler measures bodies of one space: it holds what is fixed by topology.
type ruler struct {
	tpl   *Template
	fixed fixedMarks
	edges map[Key]outline
	seats [][2]int32 // edges that the seat's profile may run over
	tris  [][3]int32
	mid   []int32 // vertices of the symmetry plane below the neck, as a closed loop
	spine []int32 // part of the loop: from the back neck point down to the crotch
	back  int32   // vertex of the spine over which the across-shoulder tape runs
	swell map[Key]*swell
}

// outline is the edges that a tape can cross, and their vertices.
type outline struct {
	edges [][2]int32
	verts []int32
}

func (t *Template) outline(edges [][2]int32) outline {
	o := outline{edges: edges}
	seen := make([]bool, t.half())
	for _, e := range edges {
		for _, v := range e {
			if !seen[v] {
				seen[v] = true
				o.verts = append(o.verts, v)
			}
		}
	}
	return o
}

// outlines lists what each tape can cross.
func outlines(t *Template) map[Key]outline {
	out := map[Key]outline{}
	for _, g := range girths {
		out[g.key] = t.outline(t.edges(g.parts))
	}
	out[AcrossBackWidth] = t.outline(t.edges([]Part{Torso}))
	// Skin that counts as torso may hang below the crotch, and reach up to the
	// neck's tape.
	out[ThighGirth] = t.outline(t.edges([]Part{ThighL, Torso}))
	out[upperThighGirth], out[middleThighGirth], out[lowerThighBreadth] = out[ThighGirth], out[ThighGirth], out[ThighGirth]
	out[NeckGirth] = t.outline(t.edgesAt(func(in int) bool { return in > 0 }, []Part{Neck, Head}))
	return out
}

func newRuler(t *Template, mean, size []r3.Vec, fixed fixedMarks, edges map[Key]outline) *ruler {
	r := &ruler{tpl: t, fixed: fixed, tris: t.Tris, edges: edges}
	r.seats = r.seatEdges(mean)
	r.edges = r.bands(mean)
	r.mid = t.middleLoop(mean)
	r.spine = t.spine(r.mid, mean)
	want := (mean[t.Marks[MarkAcromion]].Y + mean[t.Marks[MarkBackNeck]].Y) / 2
	for _, v := range r.spine {
		if r.back == 0 || math.Abs(mean[v].Y-want) < math.Abs(mean[r.back].Y-want) {
			r.back = v
		}
	}
	r.swell = r.swells(mean, size)
	return r
}

// bands are the outlines without what lies so far from a tape on the mean shape
// that no tape comes near it: levels hang on landmarks that move with the skin
// around them.
func (r *ruler) bands(mean []r3.Vec) map[Key]outline {
	p := probe{ruler: r}
	p.set(mean)
	out := map[Key]outline{}
	for k, of := range r.edges {
		pl, far := p.reach(k)
		var near [][2]int32
		for _, e := range of.edges {
			a, b := r3.Dot(r3.Sub(mean[e[0]], pl.o), pl.n), r3.Dot(r3.Sub(mean[e[1]], pl.o), pl.n)
			if max(a, b) > -far && min(a, b) < far {
				near = append(near, e)
			}
		}
		out[k] = r.tpl.outline(near)
	}
	return out
}

// How far from the mean shape's level the skin may lie that a tape meets on
// somebody: over the people of ANSUR II and the gallery's extremes 95 mm round the
// trunk, where levels differ most from body to body, and 55 mm elsewhere [m].
const (
	trunkBand = 0.16
	limbBand  = 0.10
)

// reach is the plane of an outline's tape, and how far from it its edges may lie.
func (p *probe) reach(k Key) (plane, float64) {
	if k == AcrossBackWidth {
		return overRow(p.x, p.fixed.fold, 0), trunkBand
	}
	if pl, ok := p.taperLevel(k); ok {
		return pl, limbBand
	}
	if pl, _, ok := p.framePlane(k); ok {
		return pl, limbBand
	}
	switch k {
	case ChestGirth, UnderbustGirth, WaistGirth, WaistNavelGirth, HipGirth:
		return p.level(k), trunkBand
	}
	return p.level(k), limbBand
}

// girthDef is a girth: its parts and whether the tape runs round the whole
// body or only the left limb.
type girthDef struct {
	key   Key
	parts []Part
	both  bool
}

var girths = []girthDef{
	{HeadGirth, []Part{Head}, true},
	{NeckGirth, []Part{Neck, Head}, true},
	{NeckBaseGirth, []Part{Torso, Neck, Head}, true},
	{ChestGirth, []Part{Torso}, true},
	{UnderbustGirth, []Part{Torso}, true},
	{WaistGirth, []Part{Torso}, true},
	{WaistNavelGirth, []Part{Torso}, true},
	{HipGirth, []Part{Torso, ThighL}, true},
	{UpperArmGirth, []Part{UpperArmL}, false},
	{ElbowGirth, []Part{UpperArmL, ForearmL}, false},
	{ForearmGirth, []Part{UpperArmL, ForearmL}, false},
	{WristGirth, []Part{ForearmL, HandL}, false},
	{ThighGirth, []Part{ThighL}, false},
	{LowerThighGirth, []Part{ThighL, ShinL}, false},
	{KneeGirth, []Part{ThighL, ShinL}, false},
	{CalfGirth, []Part{ShinL}, false},
	{AnkleGirth, []Part{ShinL}, false},
	{TrunkGirth, []Part{Torso, ThighL}, false},
}

// girthOf is the definition of a girth, empty for what is none.
func girthOf(k Key) (def girthDef) {
	for _, g := range girths {
		if g.key == k {
			def = g
		}
	}
	return def
}

// edges lists the edges of the left half's triangles that lie in the parts.
func (t *Template) edges(parts []Part) [][2]int32 {
	return t.edgesAt(func(in int) bool { return in == 3 }, parts)
}

// edgesAt lists the edges of the triangles of which so many corners lie in the
// parts.
func (t *Template) edgesAt(enough func(corners int) bool, parts []Part) [][2]int32 {
	var in [NumParts]bool
	for _, p := range parts {
		in[p] = true
	}
	// Edges found so far, as a list for each first vertex: from the last one
	// found to the one before it, -1 at the end.
	last, before := make([]int32, t.half()), []int32(nil)
	for i := range last {
		last[i] = -1
	}
	var out [][2]int32
	for _, f := range t.Tris {
		corners := 0
		for _, v := range f {
			if in[t.Part[v]] {
				corners++
			}
		}
		if !enough(corners) {
			continue
		}
		for k := range 3 {
			a, b := f[k], f[(k+1)%3]
			e := [2]int32{min(a, b), max(a, b)}
			at := last[e[0]]
			for at >= 0 && out[at] != e {
				at = before[at]
			}
			if at < 0 {
				before = append(before, last[e[0]])
				last[e[0]] = int32(len(out))
				out = append(out, e)
			}
		}
	}
	return out
}

// middleLoop walks the edges in the symmetry plane once round the body, from
// the back neck point downward.
func (t *Template) middleLoop(mean []r3.Vec) []int32 {
	next := make(map[int32][]int32)
	for _, e := range t.edges([]Part{Torso, Neck, Head, ThighL}) {
		if int(e[0]) < t.Middle && int(e[1]) < t.Middle {
			next[e[0]] = append(next[e[0]], e[1])
			next[e[1]] = append(next[e[1]], e[0])
		}
	}
	start := t.Marks[MarkBackNeck]
	loop := []int32{start}
	prev, at := int32(-1), start
	for len(loop) <= t.Middle {
		step := int32(-1)
		for _, v := range next[at] {
			if v != prev && (step < 0 || mean[v].Y < mean[step].Y) {
				step = v
			}
		}
		if step < 0 || step == start {
			break
		}
		loop = append(loop, step)
		prev, at = at, step
	}
	return loop
}

func (t *Template) spine(loop []int32, mean []r3.Vec) []int32 {
	crotch := t.Marks[MarkCrotch]
	for i, v := range loop {
		if v == crotch {
			return loop[:i+1]
		}
	}
	return loop
}
