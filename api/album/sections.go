package album

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"slices"
	"strings"

	"fitroom/garment/fit"
	"fitroom/garment/tryon"
	"fitroom/garment/words"
	"fitroom/render"

	"gonum.org/v1/gonum/spatial/r2"
)

// Cross-sections are drawn as one looks down on the wearer, the front below.
const (
	cellSide   = 380 // of one section [px]
	cellHead   = 46  // for its name and figures [px]
	cellFoot   = 44  // for where the front is, and the scale [px]
	cellHigh   = cellHead + cellSide + cellFoot
	perRow     = 3    //
	trunkScale = 720  // [px/m]: a hip of half a metre in a cell
	limbScale  = 1500 // [px/m]: a thigh, with room for a wide leg
	thickLine  = 3.5  // [px]
)

// limbs are drawn at the larger scale.
var limbs = map[string]bool{"neck": true, "upper_arm": true, "elbow": true, "wrist": true, "thigh": true, "knee": true, "calf": true, "ankle": true}

// sectionCell is one place, with the contours of one or several sizes.
type sectionCell struct {
	zone     string
	sections []*fit.Section
	colours  []color.NRGBA // one per section; none: by the gap
}

// drawSections draws the sections of one size over the scale of gaps.
func (s *set) drawSections(a *fit.Analyses) (*image.NRGBA, error) {
	var cells []sectionCell
	for i := range a.Sections {
		cells = append(cells, sectionCell{zone: a.Sections[i].Zone, sections: []*fit.Section{&a.Sections[i]}})
	}
	legend := func(foot *image.NRGBA) error {
		return s.letters.Legend(foot, s.legend("gap", render.GapMap(), "mm"))
	}
	return s.sectionSheet(cells, words.In(s.lang).Captions["numbers"], legend)
}

// sizeColours tell sizes apart for every eye (Okabe and Ito 2008), by rising size.
func sizeColours() []color.NRGBA {
	return []color.NRGBA{
		{R: 0x56, G: 0xb4, B: 0xe9, A: 255}, {R: 0xe6, G: 0x9f, B: 0x00, A: 255}, {R: 0x00, G: 0x72, B: 0xb2, A: 255},
		{R: 0xd5, G: 0x5e, B: 0x00, A: 255}, {R: 0x00, G: 0x9e, B: 0x73, A: 255}, {R: 0xcc, G: 0x79, B: 0xa7, A: 255},
	}
}

// drawSizes lays the contours of all sizes over each other.
func (s *set) drawSizes(o *tryon.Outcome) (*image.NRGBA, error) {
	var cells []sectionCell
	var key []string
	var colours []color.NRGBA
	for i := range o.Fittings {
		a := o.Fittings[i].Analyses
		if a == nil || len(key) == len(sizeColours()) {
			continue
		}
		c := sizeColours()[len(key)]
		key, colours = append(key, o.Fittings[i].Size), append(colours, c)
		for k := range a.Sections {
			cells = addContour(cells, &a.Sections[k], c)
		}
	}
	if len(key) < 2 {
		return nil, nil
	}
	legend := func(foot *image.NRGBA) error { return s.sizeKey(foot, key, colours) }
	return s.sectionSheet(cells, words.In(s.lang).Captions["sizes"], legend)
}

func addContour(cells []sectionCell, x *fit.Section, c color.NRGBA) []sectionCell {
	for i := range cells {
		if cells[i].zone == x.Zone {
			cells[i].sections, cells[i].colours = append(cells[i].sections, x), append(cells[i].colours, c)
			return cells
		}
	}
	return append(cells, sectionCell{x.Zone, []*fit.Section{x}, []color.NRGBA{c}})
}

// Of the lines of sizes every second one is dashed [px], so that they differ by
// more than colour.
const dashOn, dashOff = 11.0, 6.0

// drawSizeLine draws the closed line of the k-th size.
func drawSizeLine(dst *image.NRGBA, pts [][2]float64, k int, c color.NRGBA) {
	if k%2 == 0 {
		render.Stroke(dst, pts, thickLine*0.75, true, c)
		return
	}
	strokeDashed(dst, append(slices.Clone(pts), pts[0]), thickLine*0.85, c)
}

// strokeDashed draws an open line in dashes.
func strokeDashed(dst *image.NRGBA, pts [][2]float64, width float64, c color.NRGBA) {
	var dash [][2]float64
	left, on := dashOn, true
	for i := 0; i+1 < len(pts); i++ {
		a, b := pts[i], pts[i+1]
		for l := math.Hypot(b[0]-a[0], b[1]-a[1]); l > 0; l = math.Hypot(b[0]-a[0], b[1]-a[1]) {
			if on && len(dash) == 0 {
				dash = append(dash, a)
			}
			t := min(1, left/l)
			a = [2]float64{a[0] + t*(b[0]-a[0]), a[1] + t*(b[1]-a[1])}
			left -= t * l
			if on {
				dash = append(dash, a)
			}
			if left > 1e-9 {
				break // the segment is used up
			}
			if on {
				render.Stroke(dst, dash, width, false, c)
			}
			dash, on = nil, !on
			left = dashOff
			if on {
				left = dashOn
			}
		}
	}
	if len(dash) > 1 {
		render.Stroke(dst, dash, width, false, c)
	}
}

// sizeKey writes the sizes beside their colours.
func (s *set) sizeKey(foot *image.NRGBA, names []string, colours []color.NRGBA) error {
	render.Blank(foot)
	r := foot.Rect
	step := r.Dx() / (len(names) + 1)
	for i, name := range names {
		x, y := r.Min.X+step*(i+1), r.Min.Y+r.Dy()/2
		line := [][2]float64{{float64(x - 48), float64(y)}, {float64(x - 8), float64(y)}}
		if i%2 == 0 {
			render.Stroke(foot, line, 5, false, colours[i])
		} else {
			strokeDashed(foot, line, 5, colours[i])
		}
		if err := s.letters.Text(foot, name, x+24, y+6, 18, step/2); err != nil {
			return err
		}
	}
	return nil
}

// sectionSheet lays out the cells over a strip that explains them; nil without cells.
func (s *set) sectionSheet(cells []sectionCell, note string, legend func(foot *image.NRGBA) error) (*image.NRGBA, error) {
	if len(cells) == 0 {
		return nil, nil
	}
	rows := (len(cells) + perRow - 1) / perRow
	const strip, line = 112, 30
	w, h := perRow*cellSide, rows*cellHigh
	img := image.NewNRGBA(image.Rect(0, 0, w, h+line+strip))
	render.Blank(img)
	for i, c := range cells {
		x, y := i%perRow*cellSide, i/perRow*cellHigh
		if err := s.drawCell(img.SubImage(image.Rect(x, y, x+cellSide, y+cellHigh)).(*image.NRGBA), c); err != nil {
			return nil, err
		}
	}
	if err := s.letters.Text(img, note, w/2, h+line*2/3, 17, w-20); err != nil {
		return nil, err
	}
	return img, legend(img.SubImage(image.Rect(0, h+line, w, h+line+strip)).(*image.NRGBA))
}

func skinColour() color.NRGBA { return color.NRGBA{R: 0xdd, G: 0xd6, B: 0xcd, A: 0xff} }
func lineColour() color.NRGBA { return color.NRGBA{R: 0x6e, G: 0x68, B: 0x62, A: 0xff} }

// drawCell draws one section with its name, girths, ease per sector and scale.
func (s *set) drawCell(dst *image.NRGBA, c sectionCell) error {
	scale := float64(trunkScale)
	if limbs[c.zone] {
		scale = limbScale
	}
	r := dst.Rect
	cx, cy := float64(r.Min.X+r.Max.X)/2, float64(r.Min.Y+cellHead)+cellSide/2
	put := func(pts []r2.Vec) [][2]float64 {
		out := make([][2]float64, len(pts))
		for i, p := range pts {
			out[i] = [2]float64{cx + scale*p.X, cy + scale*p.Y}
		}
		return out
	}
	first := c.sections[0]
	render.Polygon(dst, put(first.Skin), skinColour())
	render.Stroke(dst, put(first.Skin), 1.2, true, lineColour())
	for k, x := range c.sections {
		if c.colours != nil {
			drawSizeLine(dst, put(x.Garment), k, c.colours[k])
			continue
		}
		strokeByGap(dst, put(x.Garment), x)
	}
	bar := 0.1 * scale
	render.Stroke(dst, [][2]float64{{cx - bar/2, float64(r.Max.Y - 12)}, {cx + bar/2, float64(r.Max.Y - 12)}}, 2, false, lineColour())
	middle := (r.Min.X + r.Max.X) / 2
	for _, t := range []struct {
		text  string
		y, px int
	}{
		{words.In(s.lang).Zones[c.zone], r.Min.Y + 20, 19},
		{s.girths(first, c.colours != nil), r.Min.Y + 40, 15},
		{words.In(s.lang).Captions["scale"], r.Max.Y - 18, 12},
		{words.In(s.lang).Captions["front"], r.Max.Y - 32, 13},
	} {
		if err := s.letters.Text(dst, t.text, middle, t.y, t.px, cellSide-10); err != nil {
			return err
		}
	}
	if c.colours != nil {
		return nil
	}
	return s.easeLabels(dst, first, cx, cy, scale)
}

// girths of body and worn garment in words.
func (s *set) girths(x *fit.Section, several bool) string {
	text := fmt.Sprintf("%s %.1f cm", words.In(s.lang).Captions["body"], 100*x.Tape())
	if !several {
		text += fmt.Sprintf(", %s %.1f cm", words.In(s.lang).Captions["garment"], 100*x.Worn())
	}
	return strings.ReplaceAll(text, ".", words.In(s.lang).Decimal)
}

// strokeByGap colours the garment's line by its distance from the skin.
func strokeByGap(dst *image.NRGBA, pts [][2]float64, x *fit.Section) {
	scale := render.GapMap()
	n := len(pts)
	for i, p := range x.Garment {
		c := scale.At(math.Min(x.Clearance(p), fit.GapReach))
		render.Stroke(dst, [][2]float64{pts[i], pts[(i+1)%n]}, thickLine, false, c)
	}
}

// easeLabels writes the ease of each sector outside of it.
func (s *set) easeLabels(dst *image.NRGBA, x *fit.Section, cx, cy, scale float64) error {
	for k := range fit.Sectors {
		sin, cos := math.Sincos(2 * math.Pi * float64(k) / fit.Sectors)
		out := 0.0
		for _, p := range x.Garment {
			out = math.Max(out, p.X*sin+p.Y*cos)
		}
		out = math.Min(scale*out+18, cellSide/2-16)
		text := fmt.Sprintf("%+.0f", 1000*x.Ease[k])
		if err := s.letters.Text(dst, text, int(cx+out*sin), int(cy+out*cos)+5, 14, 60); err != nil {
			return err
		}
	}
	return nil
}
