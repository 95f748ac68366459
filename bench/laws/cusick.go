package laws

import (
	"context"
	"math"

	"fitroom/garment/drape"
	"fitroom/garment/fabric"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// Cusick's drapemeter (BS 5058, ISO 9073-9): a disc of cloth held between two
// smaller ones; the drape coefficient is how much of the free ring's area its
// shadow still covers.
const (
	specimen = 0.15 // radius [m]
	support  = 0.09 // radius [m]
)

// drapeCoefficient of a fabric [%], the mesh turned by an angle against it.
func drapeCoefficient(ctx context.Context, out *Sample, f fabric.Fabric, h, turn float64) (float64, error) {
	sin, cos := math.Sincos(turn)
	s, err := newSheet(disc(specimen, support, h), h, f, level, 0)
	if err != nil {
		return 0, err
	}
	for t := range s.Rest {
		for k, q := range s.Rest[t] {
			s.Rest[t][k] = r2.Vec{X: cos*q.X - sin*q.Y, Y: sin*q.X + cos*q.Y}
		}
	}
	for i, q := range s.flat {
		s.flat[i] = r2.Vec{X: cos*q.X - sin*q.Y, Y: sin*q.X + cos*q.Y}
		s.Start[i] = level(s.flat[i])
	}
	held := s.where(func(q r2.Vec) bool { return math.Sqrt(r2.Norm2(q)) < support+1e-9 })
	r, err := rest(ctx, out, s.Cloth, drape.Nothing{}, drape.Settings{Pins: held, NoSelfContact: true, Tolerance: 3, PolishSteps: 2000})
	if err != nil {
		return 0, err
	}
	full := math.Pi * (specimen*specimen - support*support)
	return 100 * (shadow(r.Pos, s) - math.Pi*support*support) / full, nil
}

// shadow is the area of the plan view, on a raster of half millimetres [m2].
func shadow(pos []r3.Vec, s *sheet) float64 {
	const cell, n = 0.0005, 640
	hit := make([]bool, n*n)
	for _, t := range s.Tris {
		a, b, c := pos[t[0]], pos[t[1]], pos[t[2]]
		at := func(x float64) int { return min(max(int((x+n*cell/2)/cell), 0), n-1) }
		twice := (b.X-a.X)*(c.Z-a.Z) - (b.Z-a.Z)*(c.X-a.X)
		if twice == 0 {
			continue
		}
		for i := at(min(a.X, b.X, c.X)); i <= at(max(a.X, b.X, c.X)); i++ {
			for k := at(min(a.Z, b.Z, c.Z)); k <= at(max(a.Z, b.Z, c.Z)); k++ {
				x, z := (float64(i)+0.5-n/2)*cell, (float64(k)+0.5-n/2)*cell
				u := ((b.X-x)*(c.Z-z) - (b.Z-z)*(c.X-x)) / twice
				v := ((c.X-x)*(a.Z-z) - (c.Z-z)*(a.X-x)) / twice
				if u >= 0 && v >= 0 && u+v <= 1 {
					hit[i*n+k] = true
				}
			}
		}
	}
	area := 0.0
	for _, h := range hit {
		if h {
			area += cell * cell
		}
	}
	return area
}

// cotton is a plain cotton weave: 68.4 % were measured on one (Gan, Ly and
// Steven 1991), 60 to 76 % on its kind.
func cotton() fabric.Fabric {
	f, _ := fabric.Preset("poplin")
	return f
}

func cusick() Law {
	const low, measured, high = 60, 68.4, 76
	return Law{
		Key: "cusick", Title: "Cusick drape coefficient of cotton", Formula: "DC = (shadow - support) / (specimen - support)",
		Source: "Gan, Ly and Steven 1991: 68.4 % measured on plain cotton, 60 to 76 % on its kind; the fabric is our poplin preset, not theirs",
		X:      "mesh size [mm]", Y: "drape coefficient [%]", Figure: "drape coefficient [%]",
		Edges: [4]float64{0.020, 0.017, 0.014, 0.011}, Within: (high - low) / 2 / measured,
		Line: func() []XY { return line(10, 21, func(float64) float64 { return measured }) },
		Run: func(ctx context.Context, h float64) (Sample, error) {
			out := Sample{Edge: h, Want: measured}
			var err error
			if out.Got, err = drapeCoefficient(ctx, &out, cotton(), h, 0); err != nil {
				return out, err
			}
			out.Points = []XY{{1000 * h, out.Got}}
			return out, nil
		},
	}
}

// turnedMesh: how the triangles lie in the fabric must not show.
func turnedMesh() Law {
	f := plain() // shear E/2 at Poisson 0: no direction of its own
	return Law{
		Key: "turned-mesh", Title: "Mesh turned in an isotropic fabric", Formula: "DC does not depend on the mesh's direction", Source: "isotropy",
		X: "turn of the mesh [degrees]", Y: "drape coefficient less that without turn [%]", Figure: "mean over two turns over that without [1]",
		Edges: [4]float64{0.024, 0.020, 0.017, 0.014}, Within: 0.01,
		Line: func() []XY { return []XY{{0, 0}, {45, 0}} },
		Run: func(ctx context.Context, h float64) (Sample, error) {
			out := Sample{Edge: h, Want: 1}
			var dc []float64
			for _, deg := range []float64{0, 20, 45} {
				c, err := drapeCoefficient(ctx, &out, f, h, deg*math.Pi/180)
				if err != nil {
					return out, err
				}
				dc = append(dc, c)
				out.Points = append(out.Points, XY{deg, c - dc[0]})
			}
			out.Got = (dc[1] + dc[2]) / 2 / dc[0]
			return out, nil
		},
	}
}
