package drape

import (
	"errors"
	"fmt"
	"math"
	"time"

	"fitroom/garment/cloth"

	"gonum.org/v1/gonum/spatial/r3"
)

// Settings of a drape. The zero value of every field means its default.
type Settings struct {
	// Workers is the number of goroutines; 0 means 1. It changes speed only.
	Workers int
	// Gravity [m/s2]; zero means (0, -9.81, 0). Weightless turns it off.
	Gravity    r3.Vec
	Weightless bool
	// BodyGap is the distance at which the middle of the cloth rests on the
	// body [m]; 0 means half the fabric's thickness, at least 1.5 mm since a
	// body mesh is not known better than that.
	BodyGap float64
	// SelfGap is the distance two layers of cloth keep [m]; 0 means the
	// fabric's thickness, at least 1.5 mm.
	SelfGap float64
	// NoSelfContact leaves out cloth against cloth.
	NoSelfContact bool
	// Friction against the body at rest [1]; 0 means the fabric's own.
	Friction float64
	// DressFriction against the body while dressing [1]; 0 means 0.05: what
	// the wearer's tugging does. The resting state depends on it, so it is
	// part of the protocol, not a knob for speed.
	DressFriction float64
	// Pull says that the garment hangs from the shoulders, so that the dressing
	// hands may pull it down. A hem that is narrower than the hips otherwise
	// stays where it first caught, and what is above it crumples; on the wearer
	// friction holds it where the hands left it.
	Pull bool
	// Tolerance c: at rest the rms unbalanced force per vertex is at most c
	// times the mean vertex weight and the 99th percentile at most 5 c times;
	// 0 means 1.
	Tolerance float64
	// DressSteps bounds the small steps of dressing on each level, PolishSteps
	// the Newton steps; 0 means 4000 and 700. Running into the first only
	// hands over to the polish, into the second ends in StepLimit.
	DressSteps, PolishSteps int
	// Coarse holds coarser meshes of the same garment, the coarsest first:
	// dressing runs through them and hands its state on by panel and flat
	// coordinates. It is faster, and a stiff hoop such as a waistband is felt
	// sooner the fewer vertices it has. Only the first one's Start is used.
	Coarse []*cloth.Cloth
	// Warm holds start positions instead of the cloth's own [m], say of the
	// same garment on a neighbouring body; dressing is then skipped.
	Warm []r3.Vec
	// Estimate ends a Warm drape as soon as it is known how far the cloth is
	// stretched, long before it is at rest (estimate.go). Warm must be a state at
	// rest, of another size: cloth that falls is not stretched either.
	Estimate bool
	// Compliance of the body's tissue [m/Pa], the travel of the skin per pressure:
	// one value, or one per triangle of the mesh that is the collider; nil is a
	// rigid body. The cloth then rests where the skin has given way to.
	Compliance []float64
	// Pins lists vertices that do not move: a hanging strip, a clamped edge.
	Pins []int32
	// Progress, if set, hears after every few steps of the work done so far,
	// from the goroutine that called Run.
	Progress func(Progress)
	// Preview, if set, hears after each coarser level where the garment lies so
	// far: something to show while the rest is worked out. It changes nothing.
	Preview func(Preview)
}

// Preview of a running drape.
type Preview struct {
	Verts int           // of the level that the garment has been dressed on
	Pos   []r3.Vec      // where that puts the vertices of the mesh given, to be kept [m]
	Wall  time.Duration // since New began, without the bake
}

// Progress of a running drape.
type Progress struct {
	Stage    string  // "dressing" or "polish"
	Step     int     // of this stage
	Residual float64 // rms unbalanced force [N]; 0 while dressing
	Balance  float64 // length of the sum of all unbalanced forces [N]
}

const (
	minGap           = 0.0015 // [m]: at 1 mm a tight tee let two body vertices through between Newton's tangent planes
	defaultDress     = 4000
	defaultPolish    = 700
	defaultTolerance = 1
	dressFriction    = 0.05
	standardGravity  = 9.81 // [m/s2]
	maxWorkers       = 64
	maxCompliance    = 1e-4 // [m/Pa]: ten times the softest breast
)

// withDefaults fills the zero fields in.
func (s Settings) withDefaults(thickness float64) Settings {
	fill := func(x *float64, def float64) {
		if *x == 0 {
			*x = def
		}
	}
	if s.Workers == 0 {
		s.Workers = 1
	}
	if s.Gravity == (r3.Vec{}) {
		s.Gravity = r3.Vec{Y: -standardGravity}
	}
	if s.Weightless {
		s.Gravity = r3.Vec{}
	}
	fill(&s.BodyGap, max(thickness/2, minGap))
	fill(&s.SelfGap, max(thickness, minGap))
	fill(&s.DressFriction, dressFriction)
	fill(&s.Tolerance, defaultTolerance)
	if s.DressSteps == 0 {
		s.DressSteps = defaultDress
	}
	if s.PolishSteps == 0 {
		s.PolishSteps = defaultPolish
	}
	return s
}

// validate names every field outside its limits.
func (s Settings) validate(verts int) error {
	var faults []error
	within := func(field string, x, lo, hi float64, unit string) {
		if !(x >= lo && x <= hi) {
			faults = append(faults, fmt.Errorf("settings: %s is %g %s; it must be %g to %g", field, x, unit, lo, hi))
		}
	}
	within("Workers", float64(s.Workers), 0, maxWorkers, "")
	within("Gravity", math.Sqrt(r3.Norm2(s.Gravity)), 0, 100, "m/s2")
	within("BodyGap", s.BodyGap, 0, 0.02, "m")
	within("SelfGap", s.SelfGap, 0, 0.02, "m")
	within("Friction", s.Friction, 0, 5, "")
	within("DressFriction", s.DressFriction, 0, 5, "")
	within("Tolerance", s.Tolerance, 0, 1000, "")
	within("DressSteps", float64(s.DressSteps), 0, 1e7, "")
	within("PolishSteps", float64(s.PolishSteps), 0, 1e6, "")
	if s.Estimate && s.Warm == nil {
		faults = append(faults, errors.New("settings: Estimate needs the state it starts from, Warm"))
	}
	if s.Warm != nil && len(s.Warm) != verts {
		faults = append(faults, fmt.Errorf("settings: Warm has %d positions; the cloth has %d vertices", len(s.Warm), verts))
	}
	for i, c := range s.Compliance {
		if !(c >= 0 && c <= maxCompliance) {
			faults = append(faults, fmt.Errorf("settings: Compliance %d is %g m/Pa; it must be 0 to %g", i, c, maxCompliance))
			break
		}
	}
	for i, p := range s.Warm {
		if !finite(p) {
			faults = append(faults, fmt.Errorf("settings: Warm position %d is (%g, %g, %g); it must be finite", i, p.X, p.Y, p.Z))
			break
		}
		if max(math.Abs(p.X), math.Abs(p.Y), math.Abs(p.Z)) > farthest {
			faults = append(faults, fmt.Errorf("settings: Warm position %d is (%g, %g, %g) m; coordinates must lie within %d m", i, p.X, p.Y, p.Z, farthest))
			break
		}
	}
	if len(s.Coarse) > 0 && len(s.Pins) > 0 {
		faults = append(faults, errors.New("settings: Pins name vertices of the finest mesh; they cannot be used with Coarse"))
	}
	for _, p := range s.Pins {
		if p < 0 || int(p) >= verts {
			faults = append(faults, fmt.Errorf("settings: pin %d; the cloth has vertices 0 to %d", p, verts-1))
			break
		}
	}
	return errors.Join(faults...)
}

func finite(v r3.Vec) bool {
	s := v.X + v.Y + v.Z
	return !math.IsNaN(s) && !math.IsInf(s, 0)
}
