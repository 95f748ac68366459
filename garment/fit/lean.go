package fit

import (
	"math"
	"strings"

	"fitroom/garment/cloth"
	"fitroom/garment/words"

	"gonum.org/v1/gonum/spatial/r3"
)

// steepEnough is the least share of the plumb line that must lie in the cloth for
// its grain to have a lean [1]: on top of a shoulder there is no down.
const steepEnough = 0.3

// LeanMap writes to dst how far the warp leans from plumb round each vertex
// [rad], for one who looks at the cloth from outside: positive where its lower
// end swings to the right, at most a right angle. NaN where it has none: on
// sleeves, whose grain follows the arm, on bands, collars and hoods, and where
// the cloth lies level.
func LeanMap(dst []float64, c *cloth.Cloth, pos []r3.Vec) {
	sin, cos := make([]float64, len(dst)), make([]float64, len(dst))
	for i, t := range c.Tris {
		a, ok := lean(c, pos, i)
		if !ok {
			continue
		}
		// The direction of a thread has no sign: the doubled angle is averaged.
		area := restArea(c.Rest[i])
		for _, v := range t {
			sin[v], cos[v] = sin[v]+area*math.Sin(2*a), cos[v]+area*math.Cos(2*a)
		}
	}
	for v := range dst {
		dst[v] = math.NaN()
		if sin[v] != 0 || cos[v] != 0 {
			dst[v] = math.Atan2(sin[v], cos[v]) / 2
		}
	}
}

// lean of the warp of one triangle.
func lean(c *cloth.Cloth, pos []r3.Vec, i int) (float64, bool) {
	if offGrain(c.Panels[c.Panel[i]].Role) {
		return 0, false
	}
	t := c.Tris[i]
	n := normalOf(pos, t)
	if r3.Norm(n) == 0 {
		return 0, false
	}
	n = r3.Unit(n)
	up := r3.Sub(r3.Vec{Y: 1}, r3.Scale(n.Y, n))
	w, ok := warpOf(c.Rest[i], pos[t[0]], pos[t[1]], pos[t[2]])
	if !ok || r3.Norm(up) < steepEnough {
		return 0, false
	}
	up = r3.Unit(up)
	return math.Atan2(-r3.Dot(w, r3.Cross(up, n)), r3.Dot(w, up)), true
}

// offGrain reports panels whose grain says nothing of how a garment hangs.
func offGrain(role string) bool {
	return isSleeve(role) || strings.HasPrefix(role, "collar") || strings.HasPrefix(role, "waistband") || role == "hood"
}

// LeanLimits are the classes of a leaning grain [rad]: 3 degrees are straight to
// the eye, 8 a skirt that twists (ours).
func LeanLimits() []float64 {
	const degree = math.Pi / 180
	return []float64{-8 * degree, -3 * degree, 3 * degree, 8 * degree}
}

// Words are the figures of a balance in a language, one line each; those it does
// not have are left out.
func (b *Balance) Words(lang string) []string {
	const degree = math.Pi / 180
	sp := speaker{langs: languages()}
	var out []string
	for _, line := range [...]struct {
		key   string
		a, b  float64
		round uint8
	}{
		{"balance_side", 1000 * b.SideSeam[0], 1000 * b.SideSeam[1], 0},
		{"balance_shoulder", 1000 * b.ShoulderSeam[0], 1000 * b.ShoulderSeam[1], 0},
		{"balance_hem", 1000 * b.HemTilt, 1000 * b.HemLean, 0},
		{"balance_grain", b.GrainFront / degree, b.GrainBack / degree, 1},
	} {
		if math.IsNaN(line.a) || math.IsNaN(line.b) {
			continue
		}
		sp.vals = []value{{"a", number(line.a, line.round)}, {"b", number(line.b, line.round)}}
		out = append(out, sp.sentences([]string{line.key})[words.In(lang).Code])
	}
	return out
}
