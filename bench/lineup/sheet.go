package lineup

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"math"

	"fitroom/geometry/body"
	"fitroom/geometry/bvh"
	"fitroom/render"

	"gonum.org/v1/gonum/spatial/r3"
)

// Look says how people are drawn. The zero value is the documented default.
type Look struct {
	Pose    body.Pose // the zero value is the measuring stance
	Height  int       // of one picture [px]; 0 means 440
	Columns int       // people to a row; 0 means 6
}

// Standing is what became of one person.
type Standing struct {
	Person
	Body      *body.Body // in the drawn pose; nil if refused
	Crossings int        // pairs of triangles of the body that cross
	Refused   error      // why there is no body
}

// Line builds the bodies. A person whom the model refuses stays in the line as
// a gap; any other failure ends it.
func Line(ctx context.Context, m *body.Model, people []Person, pose body.Pose) ([]Standing, error) {
	var out []Standing
	for _, p := range people {
		s := Standing{Person: p}
		b, err := m.Fit(ctx, p.Ask)
		var refused *body.MeasureError
		switch {
		case errors.As(err, &refused):
			s.Refused = err
		case err != nil:
			return nil, fmt.Errorf("%s: %w", p.Name, err)
		default:
			s.Body = b.Posed(pose)
			bvh.Build(s.Body.Mesh).SelfCrossings(func(int32, int32) bool { s.Crossings++; return true })
		}
		out = append(out, s)
	}
	return out, nil
}

// Sheet draws the line, each person from the front, the side and half behind, all
// at one scale, with their main measures underneath.
func Sheet(line []Standing, look Look) (*image.NRGBA, error) {
	if look.Height == 0 {
		look.Height = 440
	}
	if look.Columns == 0 {
		look.Columns = 6
	}
	var r render.Renderer
	var cells []render.Cell
	for i := range line {
		pic, err := portrait(&r, &line[i], look.Height)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", line[i].Name, err)
		}
		cells = append(cells, render.Cell{Picture: pic, Caption: line[i].Name, Note: line[i].note()})
	}
	var l render.Lettering
	return l.Sheet(cells, look.Columns, look.Height)
}

// halfBehind shows seat and back [rad].
const halfBehind = 215 * math.Pi / 180

// portrait is front, side and back side by side, empty for a person refused.
func portrait(r *render.Renderer, s *Standing, height int) (*image.NRGBA, error) {
	angles := []float64{render.Front, render.SideLeft, halfBehind}
	width := height * 54 / 100
	out := image.NewNRGBA(image.Rect(0, 0, len(angles)*width, height))
	if s.Body == nil {
		draw.Draw(out, out.Rect, image.White, image.Point{}, draw.Src)
		return out, nil
	}
	view := image.NewNRGBA(image.Rect(0, 0, width, height))
	scene := render.Scene{Objects: []render.Object{{Name: "body", Pos: s.Body.Mesh.Verts, Tris: s.Body.Mesh.Tris, Material: render.Mannequin()}}}
	lo, hi := r3.Vec{X: -0.55, Z: -0.55}, r3.Vec{X: 0.55, Y: 2.04, Z: 0.55} // the tallest with arms off the body
	for i, angle := range angles {
		if err := r.Draw(view, scene, render.Frame(lo, hi, angle, float64(width)/float64(height))); err != nil {
			return nil, err
		}
		draw.Draw(out, view.Rect.Add(image.Pt(i*width, 0)), view, image.Point{}, draw.Src)
	}
	return out, nil
}

// note is height and weight, then bust or chest, underbust, waist and hip.
func (s *Standing) note() string {
	if s.Body == nil {
		return "refused: " + s.Refused.Error()
	}
	at := map[body.Key]float64{}
	for _, m := range s.Body.Measures {
		at[m.Key] = 100 * m.Achieved
	}
	text := fmt.Sprintf("%.0f cm, %.0f kg; %.0f-%.0f-%.0f-%.0f", at[body.Height], at[body.Weight]/100,
		at[body.BustGirth], at[body.UnderbustGirth], at[body.WaistGirth], at[body.HipGirth])
	if s.Crossings > 0 {
		text += fmt.Sprintf("; %d crossings", s.Crossings)
	}
	return text
}

// arm is how far the upper arm is off the body [degrees].
func (s *Standing) arm() float64 {
	a, b := s.Body.Joints[body.ShoulderL], s.Body.Joints[body.ElbowL]
	return math.Atan2(b.X-a.X, a.Y-b.Y) * 180 / math.Pi
}

// wide is from where on arms count as farther off the body than they should be in
// drape A [degrees].
const wide = 30.5

// Summary says how many there are and what is wrong with them.
func Summary(line []Standing) string {
	var refused, crossing, off int
	var farthest float64
	for i := range line {
		s := &line[i]
		if s.Refused != nil {
			refused++
			continue
		}
		if s.Crossings > 0 {
			crossing++
		}
		if s.arm() > wide {
			off++
		}
		farthest = max(farthest, s.arm())
	}
	return fmt.Sprintf("%d people in drape A, front, side and half behind, with bust-underbust-waist-hip girths; %d refused, %d whose skin crosses itself, %d whose arms are over 30 degrees off the body, the farthest %.0f.", len(line), refused, crossing, off, farthest)
}
