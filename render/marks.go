package render

import (
	"fmt"
	"image"
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/gonum/spatial/r3"
)

// Colour alone tells nobody a figure, and some people not even a class. So the
// numbers of the classes are written on a heat map, each in the middle of a
// patch of its class, where the legend explains them.
//
// The patches are found on a coarse picture of the scene: one cell stands for
// markCell by markCell pixels, holds the class seen in its middle, and the
// distance to the nearest cell of another class says where a number has room.
const (
	markCell  = 6  // [px]
	markRoom  = 3  // cells from a number to the border of its patch, at least
	markApart = 20 // cells between two numbers of one class, at least
	markMost  = 40 // numbers on one picture
)

// Marks writes on dst the number of each class of the heat maps of a scene, as
// the camera sees it. The scene is the one drawn on dst.
func (l *Lettering) Marks(dst *image.NRGBA, s Scene, c Camera) error {
	if err := s.Validate(); err != nil {
		return fmt.Errorf("render: %w", err)
	}
	w, h := dst.Rect.Dx()/markCell, dst.Rect.Dy()/markCell
	if w < 2*markRoom || h < 2*markRoom {
		return nil // no number would be read
	}
	m := newClassMap(w, h, c)
	for i := range s.Objects {
		m.draw(&s.Objects[i], noClass)
	}
	for _, p := range m.places() {
		x, y := dst.Rect.Min.X+p.x*markCell+markCell/2, dst.Rect.Min.Y+p.y*markCell+markCell/2
		if err := l.mark(dst, strconv.Itoa(p.class+1), x, y); err != nil {
			return err
		}
	}
	return nil
}

// mark writes a number with a rim that keeps it readable on any colour.
func (l *Lettering) mark(dst *image.NRGBA, text string, x, y int) error {
	const px = 18
	for _, d := range [...]image.Point{{-1, -1}, {-1, 1}, {1, -1}, {1, 1}, {-1, 0}, {1, 0}, {0, -1}, {0, 1}} {
		if err := l.write(dst, text, x+d.X, y+d.Y+px*4/10, px, paper(), centred); err != nil {
			return err
		}
	}
	return l.write(dst, text, x, y+px*4/10, px, ink(), centred)
}

// noClass is a cell without a heat map: backdrop, body, cloth of unknown figure.
const noClass = -1

// classMap is a coarse picture of classes.
type classMap struct {
	view  view
	w, h  int
	class []int8
	depth []float32
}

func newClassMap(w, h int, c Camera) *classMap {
	m := &classMap{view: c.view(w, h), w: w, h: h, class: make([]int8, w*h), depth: make([]float32, w*h)}
	for i := range m.class {
		m.class[i], m.depth[i] = noClass, math.MaxFloat32
	}
	return m
}

// seen is a vertex in cells, with its distance along the view.
type seen struct{ x, y, z float32 }

func (m *classMap) place(p r3.Vec) seen {
	d := toVec(p).sub(m.view.eye)
	z := max(d.dot(m.view.fwd), m.view.near)
	k := m.view.scale / z
	return seen{m.view.cx + d.dot(m.view.right)*k, m.view.cy - d.dot(m.view.up)*k, z}
}

// draw enters what of an object is nearer than what is there: the class of its
// heat map, or the one it is given.
func (m *classMap) draw(o *Object, given int8) {
	at := make([]seen, len(o.Pos))
	for i, p := range o.Pos {
		at[i] = m.place(p)
	}
	for _, t := range o.Tris {
		m.triangle(o, given, t, at[t[0]], at[t[1]], at[t[2]])
	}
}

// triangle fills the cells whose middle it covers. Of a heat map's back nothing
// is said: the figure belongs to the cloth, so both sides count.
func (m *classMap) triangle(o *Object, given int8, t [3]int32, a, b, c seen) {
	area := (b.x-a.x)*(c.y-a.y) - (b.y-a.y)*(c.x-a.x)
	if area == 0 {
		return
	}
	x0, x1 := max(int(min(a.x, b.x, c.x)), 0), min(int(max(a.x, b.x, c.x)), m.w-1)
	y0, y1 := max(int(min(a.y, b.y, c.y)), 0), min(int(max(a.y, b.y, c.y)), m.h-1)
	for y := y0; y <= y1; y++ {
		for x := x0; x <= x1; x++ {
			px, py := float32(x)+0.5, float32(y)+0.5
			u := ((b.x-px)*(c.y-py) - (b.y-py)*(c.x-px)) / area
			v := ((c.x-px)*(a.y-py) - (c.y-py)*(a.x-px)) / area
			w := 1 - u - v
			if u < 0 || v < 0 || w < 0 {
				continue
			}
			z, k := u*a.z+v*b.z+w*c.z, y*m.w+x
			if z >= m.depth[k] {
				continue
			}
			m.depth[k], m.class[k] = z, given
			if o.ColorMap == nil || given != noClass {
				continue
			}
			if f := float64(u)*o.Scalar[t[0]] + float64(v)*o.Scalar[t[1]] + float64(w)*o.Scalar[t[2]]; !math.IsNaN(f) {
				m.class[k] = int8(o.ColorMap.Class(f))
			}
		}
	}
}

// room is how far each cell is from the border of its patch [cells], by two
// sweeps of a chamfer mask (Borgefors 1986). The end of the picture counts as a
// border where framed is set.
func (m *classMap) room(framed bool) []float32 {
	const straight, slant = 1, 1.4142135
	room := make([]float32, len(m.class))
	at := func(x, y, dx, dy int, cost float32, k int) {
		switch off := x+dx < 0 || y+dy < 0 || x+dx >= m.w || y+dy >= m.h; {
		case off && !framed:
		case off || m.class[k+dy*m.w+dx] != m.class[k]:
			room[k] = min(room[k], cost/2)
		default:
			room[k] = min(room[k], room[k+dy*m.w+dx]+cost)
		}
	}
	for k := range room {
		room[k] = math.MaxFloat32
	}
	for y := range m.h {
		for x := range m.w {
			k := y*m.w + x
			at(x, y, -1, 0, straight, k)
			at(x, y, 0, -1, straight, k)
			at(x, y, -1, -1, slant, k)
			at(x, y, 1, -1, slant, k)
		}
	}
	for y := m.h - 1; y >= 0; y-- {
		for x := m.w - 1; x >= 0; x-- {
			k := y*m.w + x
			at(x, y, 1, 0, straight, k)
			at(x, y, 0, 1, straight, k)
			at(x, y, 1, 1, slant, k)
			at(x, y, -1, 1, slant, k)
		}
	}
	return room
}

// classPlace is where the number of a class is written [cells].
type classPlace struct{ x, y, class int }

// places are the cells with most room, none near another of its class.
func (m *classMap) places() []classPlace {
	room := m.room(true)
	var order []int
	for k, r := range room {
		if m.class[k] != noClass && r >= markRoom {
			order = append(order, k)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case room[a] > room[b]:
			return -1
		case room[a] < room[b]:
			return 1
		}
		return 0
	})
	var out []classPlace
	for _, k := range order {
		p := classPlace{k % m.w, k / m.w, int(m.class[k])}
		near := slices.ContainsFunc(out, func(q classPlace) bool {
			dx, dy := p.x-q.x, p.y-q.y
			far := markApart
			if q.class != p.class {
				far = 2 * markRoom
			}
			return dx*dx+dy*dy < far*far
		})
		if !near && len(out) < markMost {
			out = append(out, p)
		}
	}
	return out
}
