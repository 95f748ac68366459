package render

import (
	"math"

	"gonum.org/v1/gonum/spatial/r3"
)

// vec is a float32 point, direction or linear colour. The door converts:
// float32 resolves 0.1 µm at the size of a person and halves the memory traffic.
type vec struct{ x, y, z float32 }

func toVec(v r3.Vec) vec { return vec{float32(v.X), float32(v.Y), float32(v.Z)} }

func (a vec) add(b vec) vec     { return vec{a.x + b.x, a.y + b.y, a.z + b.z} }
func (a vec) sub(b vec) vec     { return vec{a.x - b.x, a.y - b.y, a.z - b.z} }
func (a vec) mul(s float32) vec { return vec{a.x * s, a.y * s, a.z * s} }
func (a vec) times(b vec) vec   { return vec{a.x * b.x, a.y * b.y, a.z * b.z} }
func (a vec) addMul(b vec, s float32) vec {
	return vec{a.x + float32(b.x*s), a.y + float32(b.y*s), a.z + float32(b.z*s)}
}
func (a vec) dot(b vec) float32 {
	return float32(a.x*b.x) + float32(a.y*b.y) + float32(a.z*b.z)
}
func (a vec) cross(b vec) vec {
	return vec{
		float32(a.y*b.z) - float32(a.z*b.y),
		float32(a.z*b.x) - float32(a.x*b.z),
		float32(a.x*b.y) - float32(a.y*b.x),
	}
}

// unit returns the direction of a; of the zero vector the zero vector.
func (a vec) unit() vec {
	l := a.dot(a)
	if l == 0 {
		return a
	}
	return a.mul(1 / sqrt32(l))
}

func (a vec) lerp(b vec, t float32) vec { return a.addMul(b.sub(a), t) }

func sqrt32(x float32) float32 { return float32(math.Sqrt(float64(x))) }

func floor32(x float32) int {
	i := int(x)
	if x < float32(i) {
		i--
	}
	return i
}

// kept keeps a number between two limits. It stands for the built-in min and
// max where every pixel comes by: those care for the sign of zeros, which costs
// five times as much.
func kept(x, lo, hi float32) float32 {
	if x < lo {
		return lo
	}
	if x > hi {
		return hi
	}
	return x
}

// atLeast is the greater of two numbers, as kept is.
func atLeast(lo, x float32) float32 {
	if x < lo {
		return lo
	}
	return x
}

func clamp01(x float32) float32 { return kept(x, 0, 1) }

// smoothstep rises from 0 at lo to 1 at hi with level ends.
func smoothstep(lo, hi, x float32) float32 {
	t := clamp01((x - lo) / (hi - lo))
	return t * t * (3 - 2*t)
}
