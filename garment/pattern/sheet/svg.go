package sheet

import (
	"bufio"
	"fmt"
	"html"
	"image/color"
	"io"
	"math"

	"fitroom/garment/pattern"

	"gonum.org/v1/gonum/spatial/r2"
)

// SVG writes the pattern as a picture of lines that can be magnified.
func SVG(w io.Writer, p *pattern.Pattern, o Options) error {
	places, width, height, scale := layout(p)
	c := &vectors{out: bufio.NewWriter(w)}
	fmt.Fprintf(c.out, `<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%.0f" viewBox="0 0 %.0f %.0f" font-family="sans-serif">`+"\n", width, height, width, height)
	fmt.Fprintf(c.out, `<rect width="100%%" height="100%%" fill="%s"/>`+"\n", hex(paper))
	s := sheet{canvas: c, p: p, places: places, scale: scale, option: o}
	s.draw(width)
	fmt.Fprintln(c.out, "</svg>")
	return c.out.Flush()
}

// vectors is the canvas of an SVG. Errors of the writer are kept by bufio and
// returned by Flush.
type vectors struct{ out *bufio.Writer }

func hex(c color.NRGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

func (v *vectors) path(pts []r2.Vec, closed bool) {
	for i, q := range pts {
		op := 'L'
		if i == 0 {
			op = 'M'
		}
		fmt.Fprintf(v.out, "%c%.1f %.1f", op, q.X, q.Y)
	}
	if closed {
		v.out.WriteByte('Z')
	}
}

func (v *vectors) area(loops [][]r2.Vec, fill color.NRGBA) {
	v.out.WriteString(`<path d="`)
	for _, l := range loops {
		v.path(l, true)
	}
	fmt.Fprintf(v.out, `" fill="%s" fill-rule="evenodd"/>`+"\n", hex(fill))
}

func (v *vectors) line(pts []r2.Vec, width float64, dash []float64, c color.NRGBA) {
	v.out.WriteString(`<path d="`)
	v.path(pts, false)
	fmt.Fprintf(v.out, `" fill="none" stroke="%s" stroke-width="%.1f" stroke-linejoin="round"`, hex(c), width)
	for i, d := range dash {
		sep := ","
		if i == 0 {
			sep = ` stroke-dasharray="`
		}
		fmt.Fprintf(v.out, "%s%g", sep, d)
	}
	if len(dash) > 0 {
		v.out.WriteByte('"')
	}
	v.out.WriteString("/>\n")
}

func (v *vectors) word(at r2.Vec, size float64, anchor int, c color.NRGBA, text string) {
	where := [3]string{"start", "middle", "end"}[anchor+1]
	fmt.Fprintf(v.out, `<text x="%.1f" y="%.1f" font-size="%g" text-anchor="%s" fill="%s">%s</text>`+"\n", at.X, at.Y, math.Round(size), where, hex(c), html.EscapeString(text))
}
