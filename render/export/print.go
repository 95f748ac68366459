package export

import (
	"fmt"

	"fitroom/geometry"
	"fitroom/render"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// printLift is how far a print stands off its cloth [m]: above what a viewer's
// depth buffer tells apart at the distance of a person, too little to be seen.
const printLift = 0.0004

// part is an object to be written: one of the scene, or a print on it.
type part struct {
	*render.Object
	print bool
}

// partsOf returns the objects of a scene, each followed by its prints as
// objects of their own, named after it. Rejected: one texture per garment with the
// prints painted in, which at the fineness of a print is a hundred times as large
// as one repeat of the fabric.
func partsOf(s *render.Scene) []*part {
	var out []*part
	for i := range s.Objects {
		o := &s.Objects[i]
		out = append(out, &part{Object: o})
		for k := range o.Decals {
			if p := printOf(o, &o.Decals[k]); len(p.Tris) > 0 {
				p.Name = fmt.Sprintf("%s_print%d", o.Name, k+1)
				out = append(out, &part{&p, true})
			}
		}
	}
	return out
}

// lay is how the panels lie under the pattern; a print lies where it is placed.
func (o *part) lay() []r2.Vec {
	if lay := o.Lay(); lay != nil && !o.print {
		return lay
	}
	return make([]r2.Vec, len(o.Tris))
}

// inked is a corner of a piece of print.
type inked struct {
	x, y     float64 // on the picture, 0..1
	pos, nrm r3.Vec
}

// printOf cuts out of the cloth what a print covers.
func printOf(o *render.Object, d *render.Decal) render.Object {
	normals := o.Normal
	if normals == nil {
		normals = make([]r3.Vec, len(o.Pos))
		geometry.VertexNormals(normals, o.Pos, o.Tris)
	}
	p := render.Object{Material: render.Material{Picture: d.Picture, Repeat: d.Width, Gloss: 0.1}}
	for i, t := range o.Tris {
		if !d.On[i] {
			continue
		}
		var piece []inked
		for k, v := range t {
			x, y := d.Place(o.UV[i][k])
			piece = append(piece, inked{x, y, r3.Add(o.Pos[v], r3.Scale(o.Offset+printLift, normals[v])), normals[v]})
		}
		for _, cut := range []func(inked) float64{
			func(c inked) float64 { return c.x }, func(c inked) float64 { return 1 - c.x },
			func(c inked) float64 { return c.y }, func(c inked) float64 { return 1 - c.y },
		} {
			piece = clip(piece, cut)
		}
		addPiece(&p, piece, d)
	}
	return p
}

// clip keeps the part of a polygon where inside is not negative (Sutherland and
// Hodgman 1974).
func clip(poly []inked, inside func(inked) float64) []inked {
	var out []inked
	for i, b := range poly {
		a := poly[(i+len(poly)-1)%len(poly)]
		da, db := inside(a), inside(b)
		if (da < 0) != (db < 0) {
			out = append(out, between(a, b, da/(da-db)))
		}
		if db >= 0 {
			out = append(out, b)
		}
	}
	return out
}

func between(a, b inked, t float64) inked {
	mix := func(p, q r3.Vec) r3.Vec { return r3.Add(r3.Scale(1-t, p), r3.Scale(t, q)) }
	return inked{a.x + t*(b.x-a.x), a.y + t*(b.y-a.y), mix(a.pos, b.pos), mix(a.nrm, b.nrm)}
}

// addPiece adds a convex piece as a fan.
func addPiece(p *render.Object, piece []inked, d *render.Decal) {
	first := int32(len(p.Pos))
	place := func(c inked) r2.Vec { return r2.Vec{X: c.x * d.Width, Y: c.y * d.Height()} }
	for k, c := range piece {
		p.Pos = append(p.Pos, c.pos)
		n := c.nrm
		if l := r3.Norm(n); l > 0 {
			n = r3.Scale(1/l, n)
		}
		p.Normal = append(p.Normal, n)
		if k >= 2 {
			p.Tris = append(p.Tris, geometry.Tri{first, first + int32(k) - 1, first + int32(k)})
			p.UV = append(p.UV, [3]r2.Vec{place(piece[0]), place(piece[k-1]), place(c)})
		}
	}
}
