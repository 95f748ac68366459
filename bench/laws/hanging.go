package laws

import (
	"context"

	"fitroom/garment/drape"
	"fitroom/garment/fabric"

	"gonum.org/v1/gonum/spatial/r2"
)

const (
	hangingLength  = 0.4  // [m]
	hangingDensity = 0.3  // [kg/m2]
	hangingModulus = 30.0 // [N/m], soft: 4 % at the top
)

func hangingSheet() Law {
	f := plain()
	f.Density, f.Warp, f.Weft, f.Shear = hangingDensity, hangingModulus, hangingModulus, hangingModulus/2
	return hanging("hanging-sheet", "Hanging sheet", "strain(z) = rho g (L - z) / E", "equilibrium of what hangs below", f)
}

func stiffeningSheet() Law {
	f := plain()
	f.Density, f.Warp, f.Weft, f.Shear = hangingDensity, hangingModulus, hangingModulus, hangingModulus/2
	f.UsableWarp, f.StiffenWarp = 0.03, 5
	return hanging("stiffening-sheet", "Hanging sheet of cloth that stiffens", "T(strain(z)) = rho g (L - z), T the fabric's curve", "fabric.Curve", f)
}

// hanging is a strip pinned along its upper edge.
func hanging(key, title, formula, source string, f fabric.Fabric) Law {
	strain := func(z float64) float64 { // at depth z below the upper edge, by bisection
		load := f.Density * gravity * (hangingLength - z)
		lo, hi := 0.0, 1.0
		for range 60 {
			if m := (lo + hi) / 2; f.Tension(m, false) < load {
				lo = m
			} else {
				hi = m
			}
		}
		return 100 * lo
	}
	return Law{
		Key: key, Title: title, Formula: formula, Source: source,
		X: "depth below the upper edge [m]", Y: "strain [%]", Figure: "elongation of the whole sheet [mm]",
		Edges: [4]float64{0.04, 0.027, 0.018, 0.012}, Within: 0.02,
		Line: func() []XY { return line(0, hangingLength, strain) },
		Run: func(ctx context.Context, h float64) (Sample, error) {
			out := Sample{Edge: h}
			s, err := newSheet(rectangle(r2.Vec{}, r2.Vec{X: 0.1, Y: hangingLength}, h), h, f, upright, 0)
			if err != nil {
				return out, err
			}
			top := s.where(func(q r2.Vec) bool { return q.Y == hangingLength })
			hem := s.where(func(q r2.Vec) bool { return q.Y == 0 })
			r, err := rest(ctx, &out, s.Cloth, drape.Nothing{}, drape.Settings{Pins: top, NoSelfContact: true, Tolerance: 0.05})
			if err != nil {
				return out, err
			}
			for t := range s.Tris {
				out.Points = append(out.Points, XY{hangingLength - s.middle(t).Y, 100 * stretch(r.Strain[t][0])})
			}
			out.Got = -1000 * mean(hem, func(i int32) float64 { return r.Pos[i].Y })
			const n = 400
			for i := range n {
				out.Want += 10 * strain((float64(i)+0.5)/n*hangingLength) * hangingLength / n
			}
			return out, nil
		},
	}
}
