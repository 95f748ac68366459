package fit

import (
	"math"

	"fitroom/garment/fabric"
)

// Errors of the comparison itself [m].
const (
	levelLarge  = 0.005 // garment and body measured at slightly different levels: large girths (ours)
	levelSmall  = 0.003 // the same, small girths (ours)
	drapedGirth = 0.003 // of a girth measured on the drape: it agrees with the flat one within 5 mm (design/fit.md)
	tolGirth    = 0.02  // production: 1.0 cm on the half width (design/fit.md)
	tolLength   = 0.01  // production: 1.0 cm
)

// Pressure classes for everyday wear [Pa] (design/fit.md, grade A).
const (
	negligible  = 400
	comfortable = 1300
	critical    = 2000
	medical     = 3300
)

func pressureClass(p float64) string {
	switch {
	case math.IsNaN(p):
		return ""
	case p < negligible:
		return "negligible"
	case p < comfortable:
		return "comfortable"
	case p < critical:
		return "critical_casual"
	case p <= medical:
		return "medical"
	}
	return "critical"
}

// Fill above which a fabric is strained too far to wear (design/fit.md).
const nearStretch = 0.7

// Stretch of a woven that states none (design/fit.md).
const (
	wovenWarp = 0.02
	wovenWeft = 0.04
)

// rigid is the usable stretch below which cloth must not be stretched at all.
const rigid = 0.10

// girth is one girth zone of one size, ready for the rules.
type girth struct {
	garment   float64 // relaxed [m]; NaN: unknown
	scale     *scale  // nil: neither chart nor design ease
	positive  bool    // every size is designed with ease here
	reaches   bool    // every size is designed with at least the wearing ease here
	minEase   float64 // of a woven [m]; 0: no rule here
	collar    bool    // the zone is the neck
	fabric    bool    // something is known of the fabric
	woven     bool
	pull      fabric.Curve // of the fabric along the tape
	modulus   float64      // slope of the pull where it was draped [N/m]
	usable    float64      // along the tape [1]
	yield     float64      // of the tissue [m/Pa]; 0: rigid
	tooMuch   float64      // pressure from which it is too tight [Pa]
	drapedAt  float64      // body girth of the drape [m]; 0: not draped
	drapedEps float64      // hoop strain there [1]
	drapedP   float64      // mean pressure there [Pa]
}

// hoop returns the pull and the usable stretch of a tape round the body: across
// the grain, since garments hang along it.
func hoop(f fabric.Fabric) (pull fabric.Curve, usable float64) {
	usable = f.UsableWeft
	if usable == 0 && f.IsWoven() {
		usable = wovenWeft
	}
	return f.Curve(true), usable
}

// ladder applies the rules with the fabric k times as stiff as stated.
func (g *girth) ladder(k float64) ladder {
	l := newLadder(girthRungs())
	if g.scale != nil {
		l.lower(looser, g.scale.body(-1.5), true, BelowBand)
		l.lower(asDesigned, g.scale.body(-0.5), true, InBand)
		l.lower(snug, g.scale.body(0.5), false, AboveBand)
		if g.positive {
			l.lower(tooTight, g.scale.body(1.5), false, AboveBand)
		}
	} else {
		l.lower(looser, math.Inf(-1), true, NoDesign)
		l.lower(asDesigned, math.Inf(-1), true, NoDesign)
	}
	if !math.IsNaN(g.garment) && g.fabric {
		g.stretchRules(&l, k)
	}
	l.settle()
	return l
}

// stretchRules adds the limits that fabric and garment measure set.
func (g *girth) stretchRules(l *ladder, k float64) {
	u := g.usable / math.Sqrt(k)
	l.lower(willNotClose, g.strained(u), false, FullStretch)
	l.lower(tooTight, g.strained(nearStretch*u), false, NearStretch)
	l.lower(tooTight, g.pressed(g.tooMuch, k), true, HighPress)
	l.lower(snug, g.pressed(min(comfortable, g.tooMuch), k), true, HighPress)
	if g.usable < rigid {
		l.lower(tooTight, g.garment, false, RigidEase)
	}
	if g.collar && g.usable < rigid {
		l.lower(willNotClose, g.garment, true, CollarEase)
		l.lower(snug, g.garment-0.01, false, CollarEase)
	}
	if g.woven && g.reaches && g.minEase > 0 {
		l.lower(snug, g.garment-g.minEase, false, WearingEase)
	}
}

// strained is the body girth that asks for the strain eps. On a drape the
// strain measured there is carried on: one girth more of body is one of cloth.
func (g *girth) strained(eps float64) float64 {
	if from := g.taut(); from > 0 && g.drapedEps > 0 {
		return from + float64((eps-g.drapedEps)*g.garment)
	}
	return g.garment * (1 + eps)
}

// taut is the body girth from which what the drape measured grows with the
// body: a garment with ease must lose it before it is stretched. What little a
// loose garment strains and presses is its weight, hanging from the body.
func (g *girth) taut() float64 {
	if g.drapedAt > 0 {
		return max(g.drapedAt, g.garment)
	}
	return 0
}

// pressed is the body girth at which the pressure reaches p, with the fabric k
// times as stiff as stated. Flat, the zone is a circle: p = T/R with the pull T
// at the strain L/G - 1 of a tape of length L (Laplace), and the tissue under
// it gives way: see tissue.go. On a drape the measured pressure scales with the
// fabric and, once the ease is used up, grows as the circle's would. A pressure
// that is there already is a fact of this body, whatever its ease.
func (g *girth) pressed(p, k float64) float64 {
	give := 2 * math.Pi * g.yield // girth lost per pressure
	if from := g.taut(); from > 0 && g.drapedP > 0 {
		e := g.modulus * k
		more := p - g.drapedP*g.stiffer(k, g.modulus, g.drapedAt)
		if more < 0 {
			from = g.drapedAt
		}
		return from + more*(from*from/(2*math.Pi*e)+give)
	}
	return g.garment*(1+g.strainAt(p/k)) + float64(give*p)
}

// strainAt is the strain at which the fabric, round a circle, presses with p:
// the root of T(e) = p G (1 + e) / (2 pi). T is convex from the origin, so
// Newton's steps from the right of the root never pass it; infinite where no
// strain presses so hard.
func (g *girth) strainAt(p float64) float64 {
	a := p * g.garment / (2 * math.Pi) // [N/m]
	switch {
	case a <= 0:
		return 0
	case g.pull.Cubic == 0 && g.pull.Slope <= a:
		return math.Inf(1)
	case g.pull.Cubic == 0: // a straight line
		return a / (g.pull.Slope - a)
	}
	e := 4 * g.usable // right of every root that is ever worn
	for range 12 {
		if g.pull.Tangent(e) > a && g.pull.Force(e) > a*(1+e) {
			break
		}
		e *= 2
	}
	for range 60 {
		slope := g.pull.Tangent(e) - a
		if slope <= 0 {
			return math.Inf(1)
		}
		step := (g.pull.Force(e) - a*(1+e)) / slope
		e -= step
		if math.Abs(step) < 1e-12 {
			break
		}
	}
	return e
}

// spread is the standard deviation of the logarithm of a modulus, by grade: the
// presets' ranges span a factor of two to each side of the nominal value, data
// sheets and test reports far less (ours).
func spread(f fabric.Fabric) float64 {
	switch f.Grade {
	case fabric.Measured:
		return 0.05
	case fabric.Vendor:
		return 0.15
	}
	return 0.35
}

// judge gives verdict, reason and probability of a body girth b. The fabric's
// uncertainty enters as the three-point Gauss-Hermite rule on the logarithm of
// its stiffness, so a range that flips the verdict makes it "between".
func (g *girth) judge(z *Zone, b, sigma, logSD float64) {
	nominal := g.ladder(1)
	at := nominal.rung(b)
	var p [6]float64
	nominal.add(&p, 2.0/3, b, sigma, nil)
	for _, side := range [2]float64{-1, 1} {
		l := g.ladder(math.Exp(side * math.Sqrt(3) * logSD))
		l.add(&p, 1.0/6, b, sigma, &nominal)
	}
	z.TightRisk = p[tooTight] + p[willNotClose]
	z.Reason = nominal.reason(at)
	if g.scale == nil && at <= asDesigned {
		z.Verdict, z.Likely, z.Confidence, z.Reason = CannotJudge, CannotJudge, math.NaN(), NoDesign
		return
	}
	z.settleVerdict(nominal.rungs, at, &p)
	if z.Pair[0] != "" && g.scale == nil && z.Pair[0] == AsDesigned {
		// Without a design the lower neighbour has no name.
		z.Verdict, z.Pair, z.Confidence, z.Reason = CannotJudge, [2]Verdict{}, math.NaN(), NoDesign
	}
}

// reason is the rule behind a rung; below the design band it is the band's.
func (l *ladder) reason(k int) string {
	if k < asDesigned {
		return BelowBand
	}
	return l.why[k]
}
