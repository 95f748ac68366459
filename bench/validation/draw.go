package main

import (
	"fmt"
	"image/color"
	"os"
	"path/filepath"

	"fitroom/bench/laws"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// shades of the meshes, from the coarsest to the finest; told apart by
// lightness too, for those who do not see the hue.
func shades() [4]color.NRGBA {
	return [4]color.NRGBA{{0xb8, 0xcc, 0xe4, 255}, {0x7f, 0xa6, 0xd2, 255}, {0x3d, 0x78, 0xb5, 255}, {0x0b, 0x3d, 0x73, 255}}
}

// curves is the plot of the law's line and what was measured on each mesh.
func curves(l *laws.Law, samples []laws.Sample) (*plot.Plot, error) {
	p := plot.New()
	p.Title.Text, p.X.Label.Text, p.Y.Label.Text = l.Title, l.X, l.Y
	p.Title.Padding = vg.Points(6)
	p.Add(plotter.NewGrid())
	for i, s := range samples {
		dots, err := plotter.NewScatter(points(s.Points))
		if err != nil {
			return nil, err
		}
		dots.GlyphStyle = draw.GlyphStyle{Color: shades()[i%4], Radius: vg.Points(2.2), Shape: draw.CircleGlyph{}}
		p.Add(dots)
		p.Legend.Add(fmt.Sprintf("%.3g mm", 1000*s.Edge), dots)
	}
	line, err := plotter.NewLine(points(l.Line()))
	if err != nil {
		return nil, err
	}
	line.Color, line.Width = color.NRGBA{0xc0, 0x4a, 0x1a, 255}, vg.Points(1.4)
	p.Add(line)
	p.Legend.Add("law", line)
	list := l.Line()
	middle := (p.Y.Min + p.Y.Max) / 2
	p.Legend.Top, p.Legend.Left = true, list[len(list)-1].Y > middle && list[0].Y < middle // where the line is not
	p.Legend.Padding = vg.Points(3)
	return p, nil
}

func points(list []laws.XY) plotter.XYs {
	out := make(plotter.XYs, len(list))
	for i, q := range list {
		out[i].X, out[i].Y = q.X, q.Y
	}
	return out
}

// save writes the plot of a law as PNG.
func save(name string, l *laws.Law, samples []laws.Sample) error {
	p, err := curves(l, samples)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return p.Save(14*vg.Centimeter, 9*vg.Centimeter, name)
}
