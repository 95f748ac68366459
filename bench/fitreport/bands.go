package main

import (
	"context"
	"fmt"
	"math"

	"fitroom/bench"
	"fitroom/garment/drape"
	"fitroom/garment/fit"
	"fitroom/geometry/body"
	"fitroom/geometry/bvh"

	"gonum.org/v1/gonum/spatial/r3"
)

// bandFigures compare a draped band, read by the fit's own eyes, with Laplace.
type bandFigures struct {
	name              string
	a, b              float64 // half axes [m]
	status            string
	tension           float64 // measured [N/m]
	mean, wantMean    float64 // pressure [Pa]
	long, wantLong    float64 // at the ends of the long axis
	short, wantShort  float64 // at the ends of the short one
	laplace, atA, atB float64 // ratios measured over wanted
}

// drapeBand drapes a band with so many vertices round a bar and judges it like a garment at a waist.
func drapeBand(ctx context.Context, name string, a, b float64, around int) (bandFigures, error) {
	out := bandFigures{name: name, a: a, b: b}
	scene := bench.BandOnEllipse(a, b, around, around/6)
	r, err := scene.Run(ctx, 1)
	if err != nil {
		return out, err
	}
	out.status = r.Status.String()
	if r.Status != drape.AtRest {
		return out, nil
	}
	bar := &body.Body{Mesh: scene.Body, Part: make([]body.Part, len(scene.Body.Verts)), Population: body.Women}
	bar.Levels = []body.Level{{Key: body.WaistGirth, Normal: r3.Vec{Y: 1}, Parts: []body.Part{body.Torso}}}
	bar.Measures = []body.Measure{{Key: body.WaistGirth, Asked: 1, Achieved: 1, Sigma: 0.01}}
	style := &fit.Style{ID: "band", Sizes: []string{"one"}, POM: map[body.Key]fit.POM{body.HipGirth: {Free: true}}}
	report, err := fit.Judge(bar, scene.Cloth, r, style, "one", fit.Options{})
	if err != nil {
		return out, err
	}
	s := fit.Analyse(bar, bvh.Build(bar.Mesh), scene.Cloth, r).Sections
	if len(s) != 1 {
		return out, fmt.Errorf("band %s: %d sections", name, len(s))
	}
	for _, z := range report.Zones {
		if z.Name == "waist" {
			out.tension, out.mean = z.Tension, z.PressureMean
		}
	}
	gap := scene.Settings.BodyGap
	out.wantMean = out.tension * 2 * math.Pi / s[0].Worn()
	out.long, out.short = (s[0].Pressure[2]+s[0].Pressure[6])/2, (s[0].Pressure[0]+s[0].Pressure[4])/2
	out.wantLong, out.wantShort = out.tension*meanCurve(a, b, gap, 0), out.tension*meanCurve(a, b, gap, math.Pi/2)
	out.laplace, out.atA, out.atB = out.mean/out.wantMean, out.long/out.wantLong, out.short/out.wantShort
	return out, nil
}

// meanCurve is the mean curvature of the band over the eighth round an angle
// seen from the middle [1/m]; the band lies a gap outside of the bar.
func meanCurve(a, b, gap, at float64) float64 {
	turn, length := 0.0, 0.0
	const n = 4000
	for i := range n {
		seen := at + (float64(i)+0.5)/n*math.Pi/4 - math.Pi/8
		t := math.Atan2(a*math.Sin(seen), b*math.Cos(seen))
		dt := a * b / (math.Pow(b*math.Cos(seen), 2) + math.Pow(a*math.Sin(seen), 2))
		side := math.Hypot(a*math.Sin(t), b*math.Cos(t))
		k := a * b / (side * side * side)
		ds := side * dt
		turn, length = turn+k*ds, length+(1+gap*k)*ds
	}
	return turn / length
}
