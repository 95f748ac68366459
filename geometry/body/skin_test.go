package body

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"
)

// Every row belongs to the bones by shares that add up to one; a child's
// share is part of its parent's.
func TestSkinSharesAddUp(t *testing.T) {
	m := openModel(t)
	for row := range m.tpl.half() + numJointRows {
		var sum float64
		for b := range NumBones {
			own := m.skin.own(b, row)
			if own < -1e-9 || own > 1+1e-9 {
				t.Fatalf("row %d: share %.9f in bone %d", row, own, b)
			}
			sum += own
		}
		if math.Abs(sum-1) > 1e-9 {
			t.Fatalf("row %d: the shares add up to %.9f", row, sum)
		}
	}
}

// The shares run smoothly over the skin: no jump along an edge.
func TestSkinSharesAreSmooth(t *testing.T) {
	m := openModel(t)
	mean := between(m.tpl.Women, m.tpl.Men).Mean
	for b := range NumBones {
		for i, near := range m.tpl.neighbours() {
			for _, j := range near {
				d := r3.Norm(r3.Sub(mean[i], mean[j]))
				if step := math.Abs(m.skin.below[b][i] - m.skin.below[b][j]); step > 0.05+35*d {
					t.Errorf("bone %d: a step of %.2f over %.1f mm at %v", b, step, 1000*d, mean[i])
				}
			}
		}
	}
}

// The far ends move with their own bone alone.
func TestEndsAreRigid(t *testing.T) {
	m := openModel(t)
	mean := between(m.tpl.Women, m.tpl.Men).Mean
	ends := map[Bone]int{}
	for b, score := range map[Bone]func(p r3.Vec) float64{
		HandBoneL: func(p r3.Vec) float64 { return p.X },
		FootBoneL: func(p r3.Vec) float64 { return p.Z - 9*p.Y },
		HeadBone:  func(p r3.Vec) float64 { return p.Y },
	} {
		best := math.Inf(-1)
		for i, p := range mean[:m.tpl.half()] {
			if s := score(p); s > best {
				best, ends[b] = s, i
			}
		}
		if own := m.skin.own(b, ends[b]); own < 0.999 {
			t.Errorf("bone %d: the end has a share of %.3f", b, own)
		}
	}
}
