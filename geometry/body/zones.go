package body

import (
	"math"

	"gonum.org/v1/gonum/spatial/r3"
)

// anchor is what lies under the skin at one place of a surface chart: how
// thick the fat is against the body's mean, and how deep the tissue yields
// before bone or a taut wall. Our reading of anatomy and of ultrasound maps of
// subcutaneous fat (Stoerchle et al. 2018, "Standardized ultrasound
// measurement of subcutaneous fat patterning"): ratios, not measurements of
// one person. The depth behind the belly wall is set so that a waistband presses
// as was measured (TestWaistbandPressesAsMeasured).
type anchor struct {
	along, round float64 // place in the chart; round in degrees: 0 front, 90 outward, 180 back, 270 inward
	fat          float64 // thickness over the body's mean
	flesh        float64 // muscle, and behind the belly wall the viscera [m]
}

// The torso's chart runs along landmarks: 0 crotch, 1 navel, 2 bust point,
// 3 acromion.
var torsoAnchors = []anchor{
	{0.05, 0, 1.0, 0.003},  // pubic bone
	{0.15, 35, 1.0, 0.015}, // groin
	{0.20, 90, 1.2, 0.008}, // greater trochanter
	{0.25, 145, 2.2, 0.035},
	{0.25, 170, 1.8, 0.030}, // seat
	{0.60, 140, 1.6, 0.022},
	{0.60, 180, 0.6, 0.003}, // sacrum
	{0.60, 0, 2.0, 0.030},   // lower belly
	{0.62, 48, 0.5, 0.002},  // front of the iliac crest
	{0.80, 85, 0.7, 0.003},  // iliac crest
	{1.00, 0, 2.0, 0.036},   // navel
	{1.00, 45, 1.9, 0.036},
	{1.12, 90, 1.6, 0.026}, // waist
	{1.00, 145, 1.3, 0.030},
	{1.00, 180, 0.7, 0.010}, // lumbar spine
	{1.45, 0, 1.2, 0.020},   // pit of the stomach
	{1.50, 45, 0.9, 0.005},  // rib arch
	{1.60, 90, 0.8, 0.006},
	{1.60, 140, 0.8, 0.012},
	{2.00, 180, 0.5, 0.004}, // thoracic spine
	{2.10, 0, 0.4, 0.002},   // breastbone
	{2.00, 40, 0.9, 0.014},
	{2.20, 95, 1.1, 0.015},
	{2.40, 145, 0.7, 0.008}, // shoulder blade
	{2.55, 40, 0.6, 0.010},
	{2.90, 35, 0.2, 0.001}, // collar bone
	{3.00, 90, 0.3, 0.002}, // shoulder point
	{3.00, 150, 0.6, 0.015},
}

// The leg's chart: 0 hip joint, 1 knee, 2 ankle.
var legAnchors = []anchor{
	{0.30, 0, 1.2, 0.040}, {0.30, 90, 1.4, 0.025}, {0.30, 180, 1.5, 0.045}, {0.30, 270, 1.6, 0.040},
	{0.62, 0, 0.9, 0.035}, {0.62, 90, 0.9, 0.020}, {0.62, 180, 1.0, 0.040}, {0.62, 270, 1.1, 0.035},
	{1.00, 0, 0.2, 0.001}, {1.00, 90, 0.3, 0.003}, {1.00, 180, 0.6, 0.018}, {1.00, 270, 0.4, 0.004}, // knee cap
	{1.40, 340, 0.1, 0.0005}, {1.40, 90, 0.4, 0.020}, {1.40, 180, 0.7, 0.038}, {1.40, 290, 0.2, 0.003}, // shin bone, calf
	{1.75, 340, 0.1, 0.0005}, {1.75, 90, 0.3, 0.008}, {1.75, 180, 0.4, 0.012}, {1.75, 270, 0.2, 0.002},
	{2.00, 0, 0.2, 0.002}, {2.00, 90, 0.1, 0.0005}, {2.00, 180, 0.2, 0.003}, {2.00, 270, 0.1, 0.0005},
}

// The arm's chart: 0 shoulder joint, 1 elbow, 2 wrist.
var armAnchors = []anchor{
	{0.00, 90, 0.4, 0.008}, {0.20, 90, 0.5, 0.020}, // deltoid
	{0.50, 0, 0.7, 0.025}, {0.50, 90, 0.8, 0.012}, {0.50, 180, 1.2, 0.022}, {0.50, 270, 1.0, 0.016},
	{1.00, 0, 0.5, 0.012}, {1.00, 90, 0.3, 0.002}, {1.00, 180, 0.1, 0.0005}, {1.00, 270, 0.3, 0.002},
	{1.35, 0, 0.4, 0.018}, {1.35, 90, 0.4, 0.012}, {1.35, 180, 0.3, 0.005}, {1.35, 270, 0.3, 0.012},
	{1.95, 0, 0.15, 0.002}, {1.95, 90, 0.1, 0.001}, {1.95, 180, 0.1, 0.001}, {1.95, 270, 0.1, 0.001},
}

var (
	neckAnchors = []anchor{{0, 0, 0.4, 0.010}, {0, 90, 0.5, 0.018}, {0, 180, 0.5, 0.014}}
	headAnchors = []anchor{{0, 0, 0.1, 0.0005}} // skull
	handAnchors = []anchor{{0, 0, 0.15, 0.003}}
	footAnchors = []anchor{{0, 0, 0.2, 0.002}}
)

const (
	anchorAlong = 0.16 // reach of an anchor along its chart
	anchorRound = 22.0 // and round it [deg]
	// zonePasses of averaging over neighbours let the charts of torso, limbs
	// and neck run into each other over about a hand's breadth.
	zonePasses = 24
)

// zones are the layers under the skin of the left half, fixed by topology:
// found once on the mean shape.
type zones struct {
	fat    []float64 // thickness over the body's mean
	flesh  []float64 // [m]
	breast []float64 // share of the breast's depth, 0 to 1
}

func newZones(t *Template, near [][]int32) zones {
	c := newCharts(t)
	z := zones{fat: make([]float64, t.half()), flesh: make([]float64, t.half())}
	for i := range t.half() {
		along, round, list := c.place(i)
		z.fat[i], z.flesh[i] = blendAnchors(list, along, round)
	}
	for range zonePasses {
		z.fat, z.flesh = t.averaged(z.fat, near), t.averaged(z.flesh, near)
	}
	z.breast = t.breastShare()
	return z
}

// blendAnchors is the mean of the anchors by nearness (Nadaraya 1964, Watson
// 1964), with a tail that never runs dry.
func blendAnchors(list []anchor, along, round float64) (fat, flesh float64) {
	var sum float64
	for _, a := range list {
		u := (along - a.along) / anchorAlong
		v := math.Remainder(round-a.round, 360) / anchorRound
		w := 1 / (1e-3 + math.Expm1(min(u*u+v*v, 600)/2))
		fat += w * a.fat
		flesh += w * a.flesh
		sum += w
	}
	return fat / sum, flesh / sum
}

// charts turn a vertex of the mean shape into a place among anchors.
type charts struct {
	t     *Template
	mean  []r3.Vec
	level [4]float64 // heights of the torso's landmarks [m]
}

func newCharts(t *Template) charts {
	mean := between(t.Women, t.Men).Mean
	c := charts{t: t, mean: mean}
	for i, m := range [4]Mark{MarkCrotch, MarkNavel, MarkNipple, MarkAcromion} {
		c.level[i] = mean[t.Marks[m]].Y
	}
	return c
}

func (c *charts) place(i int) (along, round float64, list []anchor) {
	p := c.mean[i]
	row := func(r int) r3.Vec { return c.mean[c.t.half()+r] }
	switch c.t.Part[i] {
	case Torso:
		const middle = 0.01 // depth of the torso's axis [m]
		return c.height(p.Y), degrees(p.X, p.Z-middle), torsoAnchors
	case ThighL, ShinL:
		along, foot := alongChain(p, row(rowHip), row(rowKnee), row(rowAnkle))
		return along, degrees(p.X-foot.X, p.Z-foot.Z), legAnchors
	case UpperArmL, ForearmL:
		along, foot := alongChain(p, row(rowShoulder), row(rowElbow), row(rowWrist))
		d := r3.Sub(p, foot)
		out := r3.Unit(r3.Cross(r3.Sub(row(rowWrist), row(rowShoulder)), r3.Vec{Z: 1}))
		return along, degrees(-r3.Dot(d, out), d.Z), armAnchors
	case Neck:
		return 0, degrees(p.X, p.Z-row(rowNeckBase).Z), neckAnchors
	case HandL:
		return 0, 0, handAnchors
	case FootL:
		return 0, 0, footAnchors
	}
	return 0, 0, headAnchors
}

// height is the torso's coordinate: whole numbers at the landmarks, straight
// between and beyond.
func (c *charts) height(y float64) float64 {
	k := 0
	for k < 2 && y > c.level[k+1] {
		k++
	}
	return float64(k) + (y-c.level[k])/(c.level[k+1]-c.level[k])
}

func degrees(out, front float64) float64 { return math.Atan2(out, front) * 180 / math.Pi }

// neighbours of each vertex of the left half; a vertex in the symmetry plane
// meets its left neighbours twice, since their mirror images are the same.
func (t *Template) neighbours() [][]int32 {
	near := make([][]int32, t.half())
	var all []Part
	for p := range NumParts {
		all = append(all, p)
	}
	for _, e := range t.edges(all) {
		for _, d := range [2][2]int32{e, {e[1], e[0]}} {
			near[d[0]] = append(near[d[0]], d[1])
			if int(d[0]) < t.Middle && int(d[1]) >= t.Middle {
				near[d[0]] = append(near[d[0]], d[1])
			}
		}
	}
	return near
}

// averaged is each value's mean with its neighbours'.
func (t *Template) averaged(v []float64, near [][]int32) []float64 {
	out := make([]float64, len(v))
	for i, list := range near {
		sum := v[i]
		for _, j := range list {
			sum += v[j]
		}
		out[i] = sum / float64(1+len(list))
	}
	return out
}

// breastShare is the footprint of the breast: how far each vertex moves as
// the cup grows, against the one that moves farthest.
func (t *Template) breastShare() []float64 {
	cup := t.Women.Modes[len(t.Women.Modes)-2]
	out := make([]float64, t.half())
	var top float64
	for i := range out {
		if t.Part[i] == Torso {
			out[i] = max(0, cup[i].Z)
			top = max(top, out[i])
		}
	}
	for i := range out {
		out[i] = smoothStep(out[i] / top)
	}
	return out
}
