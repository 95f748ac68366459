package render

import "math"

// Marks of sewing, from what is seen on clothes [m]. A seam is a groove between
// two soft edges; a hem is an edge rounded by the fold, a row or two of stitches
// that draw the cloth in, and a step where the turned-up cloth behind it ends.
const (
	groove      = 0.0009 // half width
	roll        = 0.0045 // from the groove up to the level cloth
	thread      = 0.0005 // half width
	pinch       = 0.0016 // half width of what a row of stitches draws in
	stitchPitch = 0.0032 // 0.6 of it is thread
	twinRow     = 0.0055 // second row from the first
	hemEdge     = 0.0030 // of the fold
	hemStep     = 0.0022 // half width, just past the stitches

	grooveDark, threadDark          = 0.42, 0.30 // share of light lost
	rollTilt, drawTilt              = 0.28, 0.30 // slopes
	hemEdgeTilt, hemStepTilt, wavey = 0.60, 0.14, 0.14
	wavePitch                       = 0.011 // of the puckers between stitches
)

// mark is what sewing does to a point.
type mark struct {
	dark   float32 // share of light lost in the groove
	thread float32 // share covered by stitches
	tilt   vec     // to be added to the unit normal
}

// sewn is the colour of cloth under a mark.
func (k *look) sewn(color vec, m *mark) vec {
	if k.dyed {
		return color.lerp(k.thread, m.thread).mul(1 - m.dark)
	}
	return color.mul(1 - max(m.dark, m.thread*threadDark))
}

// mark returns what seams and stitches near a point do to it. The nearest piece
// decides, so that the ends of pieces leave no trace. Lines never get thinner
// than a pixel, they get fainter instead.
func (s *seamLines) mark(near []int32, pos vec, width float32) (m mark) {
	seam, hem := float32(math.MaxFloat32), float32(math.MaxFloat32)
	var seamQ, hemQ vec
	var along, stitch float32
	var free, twin bool
	for _, k := range near {
		g := &s.segs[k]
		q, at := g.toward(pos)
		d := q.dot(q)
		if !g.free && d < seam {
			seam, seamQ = d, q
		}
		if g.stitch > 0 && d < hem {
			hem, hemQ, along, stitch, free, twin = d, q, at, g.stitch, g.free, g.twin
		}
	}
	if seam < markReach*markReach {
		d := sqrt32(seam)
		m.dark = lineCover(d, groove, width) * grooveDark
		m.tilt = seamQ.mul(-rollTilt * hump(d, roll/2, roll/2, width) / max(d, 1e-6))
	}
	if stitch == 0 {
		return m
	}
	d := sqrt32(hem)
	dash := float32(0.6)
	if width < stitchPitch/3 { // near enough to tell stitches apart
		f := along / stitchPitch
		dash = 1 - smoothstep(0.55, 0.65, f-float32(floor32(f)))
	}
	m.thread = dash * lineCover(abs32(d-stitch), thread, width)
	slope := rowSlope(d-stitch, width)
	if twin {
		m.thread = max(m.thread, dash*lineCover(abs32(d-stitch+twinRow), thread, width))
		slope += rowSlope(d-stitch+twinRow, width)
	}
	if free {
		slope -= hemEdgeTilt * hump(d, 0, hemEdge, width)
		slope += hemStepTilt * hump(d, stitch+pinch+hemStep, hemStep, width)
		if d < stitch { // puckers, strongest in the middle of the hem
			slope += wavey * wave(along) * hump(d, stitch/2, stitch/2, width)
		}
	}
	m.tilt = m.tilt.addMul(hemQ, slope/max(d, 1e-6))
	return m
}

// rowSlope is the slope beside a row of stitches, x from it: the cloth falls
// toward the row from both sides.
func rowSlope(x, pixel float32) float32 {
	s := drawTilt * hump(abs32(x), pinch/2, pinch/2, pixel)
	if x > 0 {
		return -s
	}
	return s
}

// hump rises from 0 at mid-half to 1 at mid and falls to 0 at mid+half, and is
// fainter where a pixel is wider than it.
func hump(x, mid, half, pixel float32) float32 {
	t := abs32(x-mid) / half
	if t >= 1 {
		return 0
	}
	t = 1 - t*t
	return t * t * min(1, 2*half/pixel)
}

// wave runs smoothly between -1 and 1 along a hem, by a parabola for each half
// of two lengths that never fall into step.
func wave(along float32) float32 {
	return 0.6*halfWaves(along/wavePitch) + 0.4*halfWaves(along/(wavePitch*1.618)+0.3)
}

func halfWaves(x float32) float32 {
	k := floor32(x)
	f := x - float32(k)
	f = 4 * f * (1 - f)
	if k&1 != 0 {
		return -f
	}
	return f
}

// lineCover is the share of a pixel under a soft line of the half width at
// distance d.
func lineCover(d, half, pixel float32) float32 {
	w := max(half, 0.7*pixel)
	return max(0, 1-d/(2*w)) * half / w
}
