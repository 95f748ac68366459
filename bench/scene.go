package bench

import (
	"context"
	"math"
	"slices"

	"fitroom/garment/cloth"
	"fitroom/garment/drape"
	"fitroom/garment/fabric"
	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// Scene is one cloth, one solid and the settings it is draped with.
type Scene struct {
	Name     string
	Desc     string
	Cloth    *cloth.Cloth
	Collider drape.Collider
	Settings drape.Settings
	Body     *geometry.Mesh // the solid for pictures; nil where it is analytic
}

// Run drapes the scene with so many workers.
func (s *Scene) Run(ctx context.Context, workers int) (drape.Result, error) {
	set := s.Settings
	set.Workers = workers
	d, err := drape.New(s.Cloth, s.Collider, set)
	if err != nil {
		return drape.Result{}, err
	}
	return d.Run(ctx)
}

// jersey is the fabric of the scenes: 200 g/m2, isotropic.
func jersey() fabric.Fabric {
	return isotropic("scene cloth", 0.2, 0.003, 1000, 0.3, 1e-5, 0.4)
}

func isotropic(name string, density, thickness, modulus, poisson, bending, friction float64) fabric.Fabric {
	return fabric.Fabric{
		Name: name, Density: density, Thickness: thickness,
		Warp: modulus, Weft: modulus, Shear: modulus / (2 * (1 + poisson)), Poisson: poisson,
		BendWarp: bending, BendWeft: bending, Friction: friction,
		UsableWarp: 0.2, UsableWeft: 0.2,
		Grade: fabric.Estimated, Source: "benchmark scene",
	}
}

// Scenes lists the built-in scenes; none needs outside data.
func Scenes(ctx context.Context) ([]Scene, error) {
	tee, err := TeeOnBody(ctx, 0.02)
	if err != nil {
		return nil, err
	}
	return []Scene{SquareOnSphere(31), BandOnCylinder(60, 20), tee}, nil
}

// SquareOnSphere is a sheet of 1 m2, n vertices a side, a centimetre above a
// ball of 30 cm radius: it falls into the folds everybody knows.
func SquareOnSphere(n int) Scene {
	grid := gridCloth(n, n, 1, 1, func(u, v float64) r3.Vec {
		return r3.Vec{X: u - 0.5, Y: 0.314, Z: 0.5 - v}
	}, false)
	return Scene{
		Name: "square-on-sphere", Desc: "a square metre of cloth falls over a ball of 30 cm radius",
		Cloth: grid, Collider: drape.Sphere{Radius: 0.3},
		Settings: drape.Settings{BodyGap: 0.003, SelfGap: 0.003},
	}
}

// BandOnCylinder is a tube of 9.5 cm rest radius on a bar of 10 cm, no
// gravity: tension and pressure have a closed form (Laplace, p = T/R).
func BandOnCylinder(around, along int) Scene {
	const rest, start, length = 0.095, 0.1035, 0.3
	w := 2 * math.Pi * rest
	band := gridCloth(around+1, along+1, w, length, func(u, v float64) r3.Vec {
		a := u / rest
		return r3.Vec{X: start * math.Cos(a), Y: length/2 - v, Z: start * math.Sin(a)}
	}, true)
	return Scene{
		Name: "band-on-cylinder", Desc: "a band with 5 % negative ease on a bar of 10 cm radius, without weight",
		Cloth: band, Collider: drape.Cylinder{Axis: r3.Vec{Y: 1}, Radius: 0.1},
		Settings: drape.Settings{BodyGap: 0.003, SelfGap: 0.003, Weightless: true},
	}
}

// gridCloth is a rectangle of w x h metres with nu x nv vertices, diagonals
// alternating so that no direction is favoured; closed welds the last column
// to the first. place maps rest coordinates to the start position.
func gridCloth(nu, nv int, w, h float64, place func(u, v float64) r3.Vec, closed bool) *cloth.Cloth {
	c := &cloth.Cloth{
		Panels:  []cloth.Panel{{Name: "sheet", Role: "sheet"}},
		Fabrics: []fabric.Fabric{jersey()},
	}
	cols := nu
	if closed {
		cols--
	}
	uv := func(i, j int) r2.Vec {
		return r2.Vec{X: w * float64(i) / float64(nu-1), Y: h * float64(j) / float64(nv-1)}
	}
	for j := range nv {
		for i := range cols {
			q := uv(i, j)
			c.Start = append(c.Start, place(q.X, q.Y))
		}
	}
	id := func(i, j int) int32 { return int32(j*cols + i%cols) }
	add := func(a, b, d [2]int) {
		c.Tris = append(c.Tris, geometry.Tri{id(a[0], a[1]), id(b[0], b[1]), id(d[0], d[1])})
		c.Rest = append(c.Rest, [3]r2.Vec{uv(a[0], a[1]), uv(b[0], b[1]), uv(d[0], d[1])})
		c.Panel = append(c.Panel, 0)
	}
	for j := range nv - 1 {
		for i := range nu - 1 {
			p, q, r, s := [2]int{i, j}, [2]int{i + 1, j}, [2]int{i + 1, j + 1}, [2]int{i, j + 1}
			if (i+j)%2 == 0 {
				add(p, q, r)
				add(p, r, s)
			} else {
				add(p, q, s)
				add(q, r, s)
			}
		}
	}
	return c
}

// quantile of an unsorted sample, 0 for an empty one.
func quantile(x []float64, q float64) float64 {
	if len(x) == 0 {
		return 0
	}
	s := slices.Clone(x)
	slices.Sort(s)
	return s[min(len(s)-1, int(q*float64(len(s))))]
}
