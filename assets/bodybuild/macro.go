package main

import (
	"math/rand/v2"

	"gonum.org/v1/gonum/spatial/r3"
)

// adult is a point of the macro space: what MakeHuman's sliders set.
type adult struct {
	muscle, weight float64 // 0 least, 1 average, 2 most
	height         float64 // -1 .. 1
	proportion     float64 // -1 uncommon .. 1 ideal
	age            float64 // 0 young .. 1 old
	ancestry       []float64
}

// macroSpace evaluates adults of one sex on the base vertices.
type macroSpace struct {
	base     []r3.Vec       // with the mean of the ancestries [dm]
	ancestry [][]r3.Vec     // about that mean
	build    [3][3][]r3.Vec // [muscle][weight]
	tall     [3][3][2][]r3.Vec
	prop     [3][3][2][]r3.Vec
	old      []r3.Vec
}

var levels = [3]string{"min", "average", "max"}

// newMacroSpace loads the rows of one sex. Rows that are not proven equal to
// the free files are replaced by the plane through their three neighbours
// (corner = left + right - middle), never taken.
func newMacroSpace(s *source, sex string) (*macroSpace, error) {
	m := &macroSpace{base: append([]r3.Vec(nil), s.verts[:bodyVerts]...)}
	row := func(name string) ([]r3.Vec, error) {
		d := make([]r3.Vec, bodyVerts)
		return d, s.row(d, name, 1)
	}
	has := func(name string) bool { _, ok := s.man.Rows[name]; return ok }
	for _, a := range []string{"african", "asian", "caucasian"} {
		if name := "macrodetails/" + a + "-" + sex + "-young"; has(name) {
			d, err := row(name)
			if err != nil {
				return nil, err
			}
			m.ancestry = append(m.ancestry, d)
		}
	}
	mean := make([]r3.Vec, bodyVerts)
	for _, d := range m.ancestry {
		addTo(mean, d, 1/float64(len(m.ancestry)))
	}
	for _, d := range m.ancestry {
		addTo(d, mean, -1)
	}
	addTo(m.base, mean, 1)
	for i, mu := range levels {
		for j, w := range levels {
			pre := sex + "-young-" + mu + "muscle-" + w + "weight"
			var err error
			if name := "macrodetails/universal-" + pre; has(name) {
				if m.build[i][j], err = row(name); err != nil {
					return nil, err
				}
			}
			for k, end := range []string{"min", "max"} {
				if name := "macrodetails/height/" + pre + "-" + end + "height"; has(name) {
					if m.tall[i][j][k], err = row(name); err != nil {
						return nil, err
					}
				}
			}
			for k, end := range []string{"uncommon", "ideal"} {
				if name := "macrodetails/proportions/" + pre + "-" + end + "proportions"; has(name) {
					if m.prop[i][j][k], err = row(name); err != nil {
						return nil, err
					}
				}
			}
		}
	}
	m.fillCorners()
	old, err := row("macrodetails/universal-" + sex + "-old-averagemuscle-averageweight")
	if err != nil {
		return nil, err
	}
	m.old = old
	addTo(m.old, m.build[1][1], -1)
	return m, nil
}

// fillCorners replaces the rows that were not loaded, edges before corners.
func (m *macroSpace) fillCorners() {
	fill := func(i, j int, grid func(i, j int) *[]r3.Vec) {
		switch {
		case *grid(i, j) != nil:
		case j == 1: // average weight: from the step between least and average
			*grid(i, j) = plane(*grid(i, 0), *grid(1, 1), *grid(1, 0))
		case i == 1: // average muscle: from the step between least and average
			*grid(i, j) = plane(*grid(0, j), *grid(1, 1), *grid(0, 1))
		default:
			*grid(i, j) = plane(*grid(i, 1), *grid(1, j), *grid(1, 1))
		}
	}
	for _, c := range [][2]int{{0, 1}, {2, 1}, {1, 0}, {1, 2}, {0, 0}, {0, 2}, {2, 0}, {2, 2}} {
		fill(c[0], c[1], func(i, j int) *[]r3.Vec { return &m.build[i][j] })
		for k := range 2 {
			fill(c[0], c[1], func(i, j int) *[]r3.Vec { return &m.tall[i][j][k] })
			fill(c[0], c[1], func(i, j int) *[]r3.Vec { return &m.prop[i][j][k] })
		}
	}
}

// plane returns a + b - c.
func plane(a, b, c []r3.Vec) []r3.Vec {
	d := append([]r3.Vec(nil), a...)
	addTo(d, b, 1)
	addTo(d, c, -1)
	return d
}

// at writes the base vertices of an adult to dst [dm]: linear interpolation
// between the targets, as MakeHuman mixes them.
func (m *macroSpace) at(dst []r3.Vec, a adult) {
	copy(dst, m.base)
	for k, d := range m.ancestry {
		addTo(dst, d, a.ancestry[k])
	}
	addTo(dst, m.old, a.age)
	for i := range 3 {
		for j := range 3 {
			w := hat(a.muscle-float64(i)) * hat(a.weight-float64(j))
			if w == 0 {
				continue
			}
			addTo(dst, m.build[i][j], w)
			addTo(dst, m.tall[i][j][0], w*max(-a.height, 0))
			addTo(dst, m.tall[i][j][1], w*max(a.height, 0))
			addTo(dst, m.prop[i][j][0], w*max(-a.proportion, 0))
			addTo(dst, m.prop[i][j][1], w*max(a.proportion, 0))
		}
	}
}

func hat(x float64) float64 { return max(0, 1-max(x, -x)) }

// draw picks a random adult; the ranges cover the adult macro space with the
// average more likely than the ends.
func (m *macroSpace) draw(rng *rand.Rand) adult {
	tri := func() float64 { return rng.Float64() - rng.Float64() } // triangular on -1..1
	a := adult{
		muscle: 1 + tri(), weight: 1 + tri(),
		height: tri(), proportion: tri(), age: rng.Float64() * rng.Float64(),
		ancestry: make([]float64, len(m.ancestry)),
	}
	var sum float64
	for k := range a.ancestry {
		a.ancestry[k] = rng.ExpFloat64()
		sum += a.ancestry[k]
	}
	for k := range a.ancestry {
		a.ancestry[k] /= sum
	}
	return a
}

func addTo(dst, src []r3.Vec, s float64) {
	if s == 0 {
		return
	}
	for i := range dst {
		dst[i] = r3.Add(dst[i], r3.Scale(s, src[i]))
	}
}

func scaled(v []r3.Vec, s float64) []r3.Vec {
	out := make([]r3.Vec, len(v))
	addTo(out, v, s)
	return out
}
