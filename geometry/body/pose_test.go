package body_test

import (
	"math"
	"testing"

	"fitroom/geometry"
	"fitroom/geometry/body"
	"fitroom/geometry/bvh"
	"fitroom/geometry/tape"

	"gonum.org/v1/gonum/spatial/r3"
)

var poses = map[string]body.Pose{"measuring": body.Measuring, "drape A": body.DrapeA, "relaxed": body.Relaxed}

// down is the angle of a limb to the vertical [degrees].
func down(a, b r3.Vec) float64 { return math.Atan2(b.X-a.X, a.Y-b.Y) * 180 / math.Pi }

// heavy says whether arms rest on the flanks: from a body mass index of 30.
func heavy(b *body.Body) bool {
	height, weight := b.Measures[0].Achieved, b.Measures[1].Achieved
	return weight > 30*height*height
}

// highest is how far off the body an arm may be in a pose [degrees].
func highest(b *body.Body) float64 {
	if heavy(b) {
		return 36
	}
	return 30
}

// Asked for the stance it was fitted in, a body is what it was, to the bit.
func TestMeasuringPoseChangesNothing(t *testing.T) {
	b := fitPerson(t, 0)
	q := b.Posed(body.Measuring)
	for i, v := range b.Mesh.Verts {
		if q.Mesh.Verts[i] != v {
			t.Fatalf("vertex %d moved from %v to %v", i, v, q.Mesh.Verts[i])
		}
	}
	if b.Joints != q.Joints || b.Landmarks != q.Landmarks {
		t.Error("joints or landmarks moved")
	}
	for i := range b.Levels {
		if b.Levels[i].Origin != q.Levels[i].Origin || b.Levels[i].Normal != q.Levels[i].Normal {
			t.Errorf("level %s moved", b.Levels[i].Key)
		}
	}
}

// Posed from a posed body is posed from the body: nothing adds up.
func TestPosesDoNotAddUp(t *testing.T) {
	b := fitPerson(t, 1)
	once, twice := b.Posed(body.DrapeA), b.Posed(body.Relaxed).Posed(body.DrapeA)
	for i, v := range once.Mesh.Verts {
		if twice.Mesh.Verts[i] != v {
			t.Fatalf("vertex %d differs", i)
		}
	}
}

// Arms come down as far as the flank lets them, elbows straighten, the sole
// stays on the floor, bones keep their length, the skin its volume.
func TestPosesStandAsTheirNamesSay(t *testing.T) {
	for i, p := range people {
		b := fitPerson(t, i)
		for name, pose := range poses {
			q := b.Posed(pose)
			j := &q.Joints
			arm := down(j[body.ShoulderL], j[body.ElbowL])
			elbow := math.Acos(r3.Cos(r3.Sub(j[body.ElbowL], j[body.ShoulderL]), r3.Sub(j[body.WristL], j[body.ElbowL]))) * 180 / math.Pi
			switch pose {
			case body.DrapeA:
				if arm < 20 || elbow > 6 || arm > 30.1 {
					t.Errorf("%s, %s: arm %.1f, elbow %.1f degrees; want 20 to 30 and at most 6", p.name, name, arm, elbow)
				}
			case body.Relaxed:
				if arm > highest(b) {
					t.Errorf("%s, %s: arm %.1f degrees", p.name, name, arm)
				}
			}
			for _, bone := range [][2]body.Joint{{body.ShoulderL, body.ElbowL}, {body.ElbowL, body.WristL}, {body.HipL, body.KneeL}, {body.KneeL, body.AnkleL}, {body.NeckBase, body.HeadBase}} {
				was, is := r3.Norm(r3.Sub(b.Joints[bone[1]], b.Joints[bone[0]])), r3.Norm(r3.Sub(j[bone[1]], j[bone[0]]))
				if math.Abs(was-is) > 1e-9 {
					t.Errorf("%s, %s: bone %v is %.1f mm, was %.1f", p.name, name, bone, is*1000, was*1000)
				}
			}
			if v, w := q.Mesh.Volume(), b.Mesh.Volume(); math.Abs(v/w-1) > 0.01 {
				t.Errorf("%s, %s: volume changes by %.2f %%", p.name, name, 100*(v/w-1))
			}
			if lo, _ := geometry.Bounds(q.Mesh.Verts); lo.Y != 0 {
				t.Errorf("%s, %s: the sole is at %g", p.name, name, lo.Y)
			}
		}
	}
}

// Where the pose does not stretch the skin, a tape reads the same.
func TestGirthsStayBetweenPoses(t *testing.T) {
	for i, p := range people {
		b := fitPerson(t, i)
		for name, pose := range poses {
			q := b.Posed(pose)
			for k := range b.Levels {
				key := b.Levels[k].Key
				switch key {
				case body.UnderarmLevel, body.ElbowGirth, body.TrunkGirth: // over moving joints a tape would change
					continue
				}
				was := tape.HullGirth(b.Around(&b.Levels[k]), b.Levels[k].Normal)
				is := tape.HullGirth(q.Around(&q.Levels[k]), q.Levels[k].Normal)
				if math.Abs(was-is) > 0.003 {
					t.Errorf("%s, %s: %s is %.1f mm, was %.1f", p.name, name, key, is*1000, was*1000)
				}
			}
		}
	}
}

// In no pose does skin cross skin, and left stays the mirror image of right.
func TestPosedBodiesAreSound(t *testing.T) {
	for i, p := range people {
		b := fitPerson(t, i)
		for name, pose := range poses {
			q := b.Posed(pose)
			if err := q.Mesh.Validate(); err != nil {
				t.Fatal(err)
			}
			bvh.Build(q.Mesh).SelfCrossings(func(i, j int32) bool {
				t.Errorf("%s, %s: triangles %d and %d cross near %v", p.name, name, i, j, q.Mesh.Verts[q.Mesh.Tris[i][0]])
				return false
			})
			at := map[r3.Vec]bool{}
			for _, v := range q.Mesh.Verts {
				at[v] = true
			}
			for _, v := range q.Mesh.Verts {
				if v.X = -v.X; !at[v] {
					t.Fatalf("%s, %s: no mirror image of %v", p.name, name, v)
				}
			}
			if len(q.Compliance) != len(q.Mesh.Verts) || len(q.Levels) != len(b.Levels) || len(q.Measures) != len(b.Measures) {
				t.Errorf("%s, %s: tissue, levels or measures are missing", p.name, name)
			}
		}
	}
}

func BenchmarkPosed(b *testing.B) {
	q := fitPerson(b, 0)
	for b.Loop() {
		q.Posed(body.DrapeA)
	}
}

// Of the heaviest the armpits and thighs lie skin on skin: they touch, they do
// not cross, in any pose, and what is given is met all the same.
func TestHeaviestBodiesDoNotCross(t *testing.T) {
	for _, who := range []body.Population{body.Women, body.Men} {
		b := fit(t, ask(who, values{"height": 1.65, "weight": 45 * 1.65 * 1.65}))
		for _, r := range b.Measures {
			most := 0.001
			if r.Key == body.Weight {
				most = 0.5
			}
			if d := math.Abs(r.Achieved - r.Asked); r.Source == body.Given && d > most {
				t.Errorf("%s: %s is %.3f, asked %.3f", who, r.Key, r.Achieved, r.Asked)
			}
		}
		for name, pose := range poses {
			n := 0
			bvh.Build(b.Posed(pose).Mesh).SelfCrossings(func(i, j int32) bool { n++; return true })
			if n > 0 {
				t.Errorf("%s, %s: %d crossings", who, name, n)
			}
		}
	}
}
