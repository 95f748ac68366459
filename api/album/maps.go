package album

import (
	"image"

	"fitroom/garment/drape"
	"fitroom/garment/fit"
	"fitroom/garment/tryon"
	"fitroom/garment/words"
	"fitroom/render"
)

// fitMap is one heat map with its scale.
type fitMap struct {
	kind   string
	scalar []float64
	legend render.Legend
	seams  bool     // drawn over the map
	lines  []string // of figures under it
}

// maps are the fit maps of one fitting: what stands off, what stretches and
// what presses. Stretch and pressure are shown only of a drape at rest.
func (s *set) maps(f *tryon.Fitting) []fitMap {
	gap := make([]float64, len(f.Drape.Pos))
	fit.GapMap(gap, s.skin, f.Drape.OnSkin())
	all := []fitMap{{kind: "fit", scalar: gap, legend: s.legend("gap", render.GapMap(), "mm")}}
	if f.Drape.Status != drape.AtRest {
		return all
	}
	fill := make([]float64, len(f.Drape.Pos))
	fit.FillMap(fill, f.Cloth, f.Drape.Strain)
	tension := make([]float64, len(f.Drape.Pos))
	fit.TensionMap(tension, f.Cloth, f.Drape.Tension)
	folds := make([]float64, len(f.Drape.Pos))
	fit.FoldMap(folds, f.Cloth, f.Drape.Pos)
	lean := make([]float64, len(f.Drape.Pos))
	fit.LeanMap(lean, f.Cloth, f.Drape.Pos)
	balance := fitMap{kind: "balance", scalar: lean, legend: s.legend("balance", render.LeanMap(), "°"), seams: true}
	if f.Analyses != nil {
		balance.lines = f.Analyses.Balance.Words(s.lang)
	}
	return append(all,
		fitMap{kind: "tension", scalar: tension, legend: s.legend("tension", render.TensionMap(), "N/m")},
		fitMap{kind: "wrinkles", scalar: folds, legend: s.legend("wrinkles", render.FoldMap(), "1/m")},
		fitMap{kind: "strain", scalar: fill, legend: s.legend("strain", render.StrainMap(), "%")},
		fitMap{kind: "pressure", scalar: f.Drape.Pressure, legend: s.legend("pressure", render.PressureMap(), "kPa")},
		balance)
}

// legend explains a map in the language of the album.
func (s *set) legend(kind string, m *render.ColorMap, unit string) render.Legend {
	l := words.In(s.lang)
	said := l.Maps[kind]
	return render.Legend{Map: m, Title: said.Title, Unit: unit, Classes: said.Classes, Comma: l.Decimal == ","}
}

// Figures under a map are written in lines of this height and letters [px].
const figureLine, figureLetters = 26, 17

// drawMap draws front and back side by side over the legend of the scale and the
// figures, if it has any.
func (s *set) drawMap(garment render.Object, m fitMap) (*image.NRGBA, error) {
	garment.Scalar, garment.ColorMap = m.scalar, m.legend.Map
	if !m.seams {
		garment.Lines = nil
	}
	scene := render.Scene{Objects: []render.Object{s.body, garment}}
	strip := render.LegendHeight(height)
	img := image.NewNRGBA(image.Rect(0, 0, 2*width, height+strip+figureLine*len(m.lines)))
	render.Blank(img)
	for i, camera := range []render.Camera{s.front, s.back} {
		view := img.SubImage(image.Rect(i*width, 0, (i+1)*width, height)).(*image.NRGBA)
		if err := s.renderer.Draw(view, scene, camera); err != nil {
			return nil, err
		}
		if err := s.letters.Marks(view, scene, camera); err != nil {
			return nil, err
		}
	}
	foot := img.SubImage(image.Rect(0, height, 2*width, height+strip)).(*image.NRGBA)
	for i, line := range m.lines {
		if err := s.letters.Text(img, line, width, height+strip+figureLine*i+figureLetters, figureLetters, 2*width-20); err != nil {
			return nil, err
		}
	}
	return img, s.letters.Legend(foot, m.legend)
}
