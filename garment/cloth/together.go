package cloth

import "slices"

// Together makes one cloth of garments worn one over the other, the innermost
// first: they are not joined, and lie on each other as layers of one garment do.
// Each must start outside those before it. Vertices, triangles, panels and
// fabrics follow each other in that order.
func Together(garments ...*Cloth) *Cloth {
	all := &Cloth{}
	for _, g := range garments {
		verts, tris, panels, fabrics := int32(len(all.Start)), int32(len(all.Tris)), int32(len(all.Panels)), int32(len(all.Fabrics))
		moved := func(l Line) Line {
			l.Verts = slices.Clone(l.Verts)
			for i := range l.Verts {
				l.Verts[i] += verts
			}
			return l
		}
		all.Start = append(all.Start, g.Start...)
		all.Rest = append(all.Rest, g.Rest...)
		for t, tri := range g.Tris {
			for k := range tri {
				tri[k] += verts
			}
			all.Tris, all.Panel = append(all.Tris, tri), append(all.Panel, g.Panel[t]+panels)
		}
		for _, p := range g.Panels {
			p.Fabric += fabrics
			all.Panels = append(all.Panels, p)
		}
		all.Fabrics = append(all.Fabrics, g.Fabrics...)
		for _, l := range g.Seams {
			all.Seams = append(all.Seams, moved(l))
		}
		for _, l := range g.Lines {
			all.Lines = append(all.Lines, moved(l))
		}
		for _, b := range g.Bands {
			b.Line = moved(b.Line)
			all.Bands = append(all.Bands, b)
		}
		for _, l := range g.Laid {
			l.Vert, l.On.Tri = l.Vert+verts, l.On.Tri+tris
			all.Laid = append(all.Laid, l)
		}
		for _, f := range g.Folds {
			f.Line = moved(f.Line)
			all.Folds = append(all.Folds, f)
		}
	}
	return all
}
