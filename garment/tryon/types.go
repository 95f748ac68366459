package tryon

import (
	"maps"

	"fitroom/garment/cloth"
	"fitroom/garment/drape"
	"fitroom/garment/fabric"
	"fitroom/garment/fit"
	"fitroom/garment/pattern"
	"fitroom/geometry/body"

	"gonum.org/v1/gonum/spatial/r3"
)

// OneSize is the size name of a garment that comes as one pattern file.
const OneSize = "one"

// Style is a retailer's garment in all its sizes. Immutable once built; many
// fittings may share it.
type Style struct {
	fit.Style
	// Patterns holds the panels of each size; nil or missing sizes can be
	// advised on from chart and POM but not draped.
	Patterns map[string]*pattern.Pattern
	// Materials names the fabrics of panels made of another than the main one.
	Materials map[string]fabric.Fabric
	// Notes says what the pattern files left open and how it was taken.
	Notes []fit.Remark
}

// Cloths is the fabric of each material name; the empty name is the main one.
func (s *Style) Cloths() map[string]fabric.Fabric {
	all := map[string]fabric.Fabric{"": s.Fabric}
	maps.Copy(all, s.Materials)
	return all
}

// Request is one fitting: one person, one style, some or all sizes.
type Request struct {
	Body  body.Measurements
	Ease  float64 // the customer's wish for more (+) or less (-) room [m]
	Style *Style
	Sizes []string // empty means every size of the style
	// Runs is what consented reports of earlier wearers say of the style; nil,
	// the default, leaves them out.
	Runs *fit.Runs
	// Under, if set, is worn beneath: both are draped together, the fit is the
	// outer garment's. Each size is cut by itself then.
	Under *Under
	// Progress, if set, hears of finished work: a fraction of the whole and
	// what is being done. It is called from one goroutine at a time.
	Progress func(done float64, stage string)
	// Preview, if set, hears where a size lies before it has come to rest, on its
	// final mesh, once per coarser level: something to look at meanwhile. Sizes
	// that are draped at once call it at once; pos is the caller's to keep [m].
	Preview func(size string, c *cloth.Cloth, pos []r3.Vec)
}

// Outcome is what a fitting came to.
type Outcome struct {
	Style       *Style
	Body        *body.Body  // in the pose it was draped in; as measured where nothing was
	Wearer      fit.Wearer  // the body side of the arithmetic
	Options     fit.Options // how it was judged
	Advice      *fit.Advice // nil for a style without chart and measures
	Fittings    []Fitting   // in the style's order of sizes
	Assumptions []fit.Remark
	Warnings    []fit.Remark
}

// Fitting is one size on the body. Cloth is nil where the style has no
// pattern; then the zones carry the flat arithmetic alone.
type Fitting struct {
	Size  string
	Cloth *cloth.Cloth
	Drape drape.Result
	// Inner is what is worn beneath; nil where nothing is.
	Inner *Inner
	Zones []fit.Zone
	// Analyses of the resting garment; nil where it is not at rest.
	Analyses *fit.Analyses
	// Opened says that the garment does not close on this body and hangs with
	// its fastenings open.
	Opened bool
	// Drawn says how a size that does not close is drawn, to stand beside its
	// pictures; zero for others.
	Drawn fit.Remark
	// TooSmall lists where the flat panels go round the body in no way, the worst
	// place of each zone: known before anything is draped.
	TooSmall []fit.TooSmall
	// Trailing is how far below the floor the hem would end [m]; 0 where it does not.
	Trailing float64
	// Beyond names the zones at which no fastening helps: there it cannot even
	// be put on.
	Beyond []string
	// Failed says why this size could not be sewn or draped; the other sizes
	// are reported all the same.
	Failed error
}
