package tryon

import (
	"slices"
	"strings"

	"fitroom/garment/cloth"
	"fitroom/garment/drape"
	"fitroom/garment/fabric"
	"fitroom/garment/fit"
	"fitroom/garment/pattern"
	"fitroom/geometry/fault"
)

// Under is a garment that is worn beneath the one tried on.
type Under struct {
	Style *Style
	Size  string // empty where it comes in one size
}

// Inner is how what is worn beneath came to rest.
type Inner struct {
	Cloth *cloth.Cloth
	Drape drape.Result
}

// mark keeps the fabrics of the inner garment apart from the outer's.
const mark = "under "

// size is the one that is worn, said or the only one.
func (u *Under) size() string {
	if u.Size == "" && len(u.Style.Sizes) == 1 {
		return u.Style.Sizes[0]
	}
	return u.Size
}

// pattern of that size with its fabrics renamed.
func (u *Under) pattern() (*pattern.Pattern, error) {
	size := u.size()
	if !slices.Contains(u.Style.Sizes, size) {
		return nil, fault.Errorf("what is worn underneath: size %q does not exist in style %s; it comes in %s", size, u.Style.ID, strings.Join(u.Style.Sizes, ", "))
	}
	p := u.Style.Patterns[size]
	if p == nil {
		return nil, fault.Errorf("what is worn underneath: style %s has no pattern of size %q to be draped", u.Style.ID, size)
	}
	out := *p
	out.Panels = slices.Clone(p.Panels)
	for i := range out.Panels {
		out.Panels[i].Material = mark + out.Panels[i].Material
	}
	return &out, nil
}

// cloths are the fabrics of both garments.
func (u *Under) cloths(outer map[string]fabric.Fabric) map[string]fabric.Fabric {
	for name, f := range u.Style.Cloths() {
		outer[mark+name] = f
	}
	return outer
}

// part tells the outer garment from the inner one, whose panels come first: the fit
// is judged on the outer alone.
func (f *Fitting) part(inner int32) {
	all, rest := f.Cloth, f.Drape
	below, verts, tris := all.Only(func(p int32) bool { return p < inner })
	f.Inner = &Inner{Cloth: below, Drape: rest.Only(verts, tris)}
	f.Cloth, verts, tris = all.Only(func(p int32) bool { return p >= inner })
	f.Drape = rest.Only(verts, tris)
}

// over says what was worn beneath.
func (u *Under) over() fit.Remark { return fit.WornOver(&u.Style.Style, u.size()) }
