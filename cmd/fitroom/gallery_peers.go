package main

import (
	"encoding/json"
	"image/color"
	"io"
	"os"
	"path/filepath"

	"fitroom/geometry"
	"fitroom/render"
	"fitroom/render/export"

	"gonum.org/v1/gonum/spatial/r3"
)

// peerScene is what another program needs to draw a plate too; see
// bench/peers/blender.
type peerScene struct {
	Mesh   string     `json:"mesh"`
	Looks  []peerLook `json:"looks"`
	Eye    [3]float64 `json:"eye"`    // [m], Y up
	Target [3]float64 `json:"target"` // [m]
	FOV    float64    `json:"fov"`    // vertical [rad]
	Width  int        `json:"width"`  // [px]
	Height int        `json:"height"` // [px]
	Floor  float64    `json:"floor"`  // [m]
	Middle [3]float64 `json:"middle"` // of the ball round the subject [m]
	Reach  float64    `json:"reach"`  // its radius [m]
}

type peerLook struct {
	Name      string   `json:"name"`
	Colour    [3]uint8 `json:"colour"` // sRGB
	Roughness float64  `json:"roughness"`
	Sheen     float64  `json:"sheen"`
	Luster    float64  `json:"luster"`
	Swatch    string   `json:"swatch,omitempty"` // one repeat of a fabric that is not plain
}

// peer writes a plate's scene under peers/.
func (g *gallery) peer(name string, s render.Scene, c render.Camera, width, height int) error {
	dir := filepath.Join(g.dir, "peers")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := writeFile(filepath.Join(dir, name+".obj"), func(w io.Writer) error { return export.OBJ(w, s) }); err != nil {
		return err
	}
	at := func(v r3.Vec) [3]float64 { return [3]float64{v.X, v.Y, v.Z} }
	lo, hi := geometry.Bounds(s.Objects[0].Pos)
	mid := r3.Scale(0.5, r3.Add(lo, hi))
	p := peerScene{
		Mesh: name + ".obj", Eye: at(c.Eye), Target: at(c.Target), FOV: c.FOV, Width: width, Height: height,
		Floor: lo.Y, Middle: at(mid), Reach: r3.Norm(r3.Sub(hi, mid)),
	}
	for i := range s.Objects {
		m := &s.Objects[i].Material
		look := peerLook{Name: s.Objects[i].Name, Colour: rgb(m.Ground()), Roughness: 0.9 - 0.5*m.Gloss - 0.4*m.Luster, Sheen: m.Sheen, Luster: m.Luster}
		if m.Pattern != render.Plain || m.Picture != nil {
			look.Swatch = name + "-swatch.png"
			if err := writeFile(filepath.Join(dir, look.Swatch), func(w io.Writer) error { return render.WritePNG(w, m.Swatch(512)) }); err != nil {
				return err
			}
		}
		p.Looks = append(p.Looks, look)
	}
	return writeFile(filepath.Join(dir, name+".json"), func(w io.Writer) error { return json.NewEncoder(w).Encode(p) })
}

func rgb(c color.NRGBA) [3]uint8 { return [3]uint8{c.R, c.G, c.B} }
