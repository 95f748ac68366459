package render

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/spatial/r3"
)

// Camera is a pin-hole camera.
type Camera struct {
	Eye, Target r3.Vec  // [m]
	Up          r3.Vec  // roughly upward; zero means +Y
	FOV         float64 // vertical opening angle [rad]; 0 means DefaultFOV
	Near        float64 // nothing nearer is drawn [m]; 0 means 5 cm
}

// DefaultFOV is that of a short tele lens, as fashion photographers use it:
// wider angles swell what is near (here the belly and the hands).
const DefaultFOV = 30 * math.Pi / 180

const defaultNear = 0.05 // [m]

// Angles of Frame: the camera's turn about the vertical, seen from above,
// counter-clockwise from in front of the body (+Z) [rad].
const (
	Front        = 0.0
	ThreeQuarter = math.Pi / 5
	SideLeft     = math.Pi / 2
	Back         = math.Pi
	SideRight    = 3 * math.Pi / 2
)

// frameMargin is the free border on each side, as a share of the picture.
const frameMargin = 0.05

// frameLift raises the lens above the middle of the box by this share of its
// height, so that a hem shows as a curve and the floor is seen.
const frameLift = 0.08

// Frame places a camera at an angle so that a subject in the box lo..hi fills a
// picture of the given aspect (width / height). The distance is the same for
// every angle, so a turntable does not breathe. It takes the subject for an
// upright one whose widest and highest points lie near its middle planes, as
// those of a person do; what fills the very corners of its box may reach into
// the margin.
func Frame(lo, hi r3.Vec, angle, aspect float64) Camera {
	mid := r3.Scale(0.5, r3.Add(lo, hi))
	half := r3.Scale(0.5, r3.Sub(hi, lo))
	wide, deep := max(half.X, half.Z), min(half.X, half.Z)
	lift := frameLift * 2 * half.Y
	ty := math.Tan(DefaultFOV/2) * (1 - 2*frameMargin)
	tx := ty * aspect
	dist := max(half.Y/ty+deep, wide*math.Sqrt(1+1/(tx*tx)), 4*defaultNear)
	s, c := math.Sincos(angle)
	return Camera{
		Eye:    r3.Add(mid, r3.Vec{X: dist * s, Y: lift, Z: dist * c}),
		Target: mid,
		FOV:    DefaultFOV,
	}
}

func (c Camera) validate() error {
	for _, f := range []struct {
		name string
		v    r3.Vec
	}{{"Eye", c.Eye}, {"Target", c.Target}, {"Up", c.Up}} {
		if !finite(f.v) {
			return fmt.Errorf("camera %s is (%g, %g, %g); coordinates must be finite", f.name, f.v.X, f.v.Y, f.v.Z)
		}
	}
	if c.Eye == c.Target {
		return errors.New("camera Eye and Target are the same point")
	}
	if !(c.FOV >= 0 && c.FOV < 0.95*math.Pi) {
		return fmt.Errorf("camera FOV is %g rad; it must be above 0 and below 2.98 (0 means the default)", c.FOV)
	}
	if !(c.Near >= 0) || math.IsInf(c.Near, 1) {
		return fmt.Errorf("camera Near is %g m; it must be finite and not negative", c.Near)
	}
	return nil
}

// view is a camera or a parallel light made ready for projection.
type view struct {
	eye            vec
	right, up, fwd vec
	cx, cy         float32 // middle of the picture [px]
	scale          float32 // focal length [px]; parallel: pixels per metre [px/m]
	near           float32 // [m]
	parallel       bool
}

func (c Camera) view(w, h int) view {
	up, fov, near := c.Up, c.FOV, c.Near
	if up == (r3.Vec{}) {
		up = r3.Vec{Y: 1}
	}
	if fov == 0 {
		fov = DefaultFOV
	}
	if near == 0 {
		near = defaultNear
	}
	v := axes(r3.Sub(c.Target, c.Eye), up)
	v.eye = toVec(c.Eye)
	v.cx, v.cy = float32(w)/2, float32(h)/2
	v.scale = float32(float64(h) / 2 / math.Tan(fov/2))
	v.near = float32(near)
	return v
}

// axes returns the axes of a view along dir. When up runs along dir another
// axis takes its place.
func axes(dir, up r3.Vec) view {
	f := r3.Unit(dir)
	s := r3.Cross(f, up)
	if r3.Norm(s) < 1e-6 {
		s = r3.Cross(f, r3.Vec{X: 1})
		if r3.Norm(s) < 1e-6 {
			s = r3.Cross(f, r3.Vec{Z: 1})
		}
	}
	s = r3.Unit(s)
	return view{right: toVec(s), up: toVec(r3.Cross(s, f)), fwd: toVec(f)}
}

// parallelView looks along dir at a ball and fills a picture of size px with it.
func parallelView(dir r3.Vec, mid vec, radius float32, size int) view {
	v := axes(dir, r3.Vec{Y: 1})
	v.parallel = true
	v.eye = mid.addMul(v.fwd, -2*radius)
	v.cx, v.cy = float32(size)/2, float32(size)/2
	v.scale = float32(size) / 2 / (radius * 1.02) // a little border for the lookup
	return v
}

func finite(v r3.Vec) bool {
	s := v.X + v.Y + v.Z
	return !math.IsNaN(s) && !math.IsInf(s, 0)
}
