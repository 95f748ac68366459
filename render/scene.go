package render

import (
	"errors"
	"fmt"
	"image/color"
	"math"

	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// Scene is what stands in the studio. The floor is at Floor; the backdrop and
// the lights belong to the studio and turn with the camera, as in a shop's
// pictures, where the model turns and the lamps stay.
type Scene struct {
	Objects []Object
	Floor   float64 // height of the floor [m]; the house convention is 0
	// Backdrop is the colour of wall and floor; the zero value means a warm
	// light grey.
	Backdrop color.NRGBA
}

// Object is one mesh with its look.
type Object struct {
	Name string
	Pos  []r3.Vec // [m]
	Tris []geometry.Tri
	// UV are the corners of each triangle in the flat fabric [m], X along the
	// weft and Y along the warp; nil for none.
	UV     [][3]r2.Vec
	Normal []r3.Vec // per vertex, unit; nil means smooth normals of the mesh
	// Offset moves the surface along its normals [m]: half the fabric's
	// thickness and a little more, so that the body never shows through, or a
	// negative one for the body under it.
	Offset   float64
	Material Material
	// Scalar per vertex with ColorMap replaces the material's colour by a heat
	// map; both or neither. NaN means "not known" and is drawn grey.
	Scalar   []float64
	ColorMap *ColorMap
	Lines    []Line
	Decals   []Decal // need UV
}

// Line is a seam or a hem to be drawn on the surface.
type Line struct {
	Verts  []int32 // neighbours joined by mesh edges
	Closed bool
	// Stitch is the distance of a row of stitches beside the line [m]; 0 means
	// a plain seam: a fine groove without stitches.
	Stitch float64
	// Twin says there are two rows, as on knitted hems.
	Twin bool
	// Free says the line is an edge of the cloth: no groove, only stitches.
	Free bool
}

// maxTriangles bounds the memory one frame may take (about 200 B each).
const maxTriangles = 4_000_000

// Validate reports the faults of a scene: what, where, limits.
func (s *Scene) Validate() error {
	if len(s.Objects) == 0 {
		return errors.New("scene has no objects; at least 1 is needed")
	}
	if len(s.Objects) > math.MaxUint8 {
		return fmt.Errorf("scene has %d objects; at most %d", len(s.Objects), math.MaxUint8)
	}
	var faults []error
	tris := 0
	for i := range s.Objects {
		o := &s.Objects[i]
		if err := o.validate(); err != nil {
			faults = append(faults, fmt.Errorf("scene object %d %q: %w", i, o.Name, err))
		}
		tris += len(o.Tris)
	}
	if tris > maxTriangles {
		faults = append(faults, fmt.Errorf("scene has %d triangles; at most %d", tris, maxTriangles))
	}
	if math.IsNaN(s.Floor) || math.IsInf(s.Floor, 0) {
		faults = append(faults, fmt.Errorf("scene floor is %g m; it must be finite", s.Floor))
	}
	return errors.Join(faults...)
}

// maxReach bounds coordinates [m]: beyond, float32 loses the millimetre.
const maxReach = 1000

func (o *Object) validate() error {
	if len(o.Pos) == 0 || len(o.Tris) == 0 {
		return fmt.Errorf("%d vertices and %d triangles; at least one triangle is needed", len(o.Pos), len(o.Tris))
	}
	m := geometry.Mesh{Verts: o.Pos, Tris: o.Tris}
	if err := m.Validate(); err != nil {
		return err
	}
	for i, p := range o.Pos {
		if max(math.Abs(p.X), math.Abs(p.Y), math.Abs(p.Z)) > maxReach {
			return fmt.Errorf("vertex %d is (%g, %g, %g) m; coordinates must lie within %d m", i, p.X, p.Y, p.Z, maxReach)
		}
	}
	return errors.Join(o.validateSlices(), o.validateLines(), o.validateLook())
}

func (o *Object) validateDecals() error {
	if len(o.Decals) > 0 && o.UV == nil {
		return errors.New("decals lie in the flat fabric; UV is missing")
	}
	for i := range o.Decals {
		if err := o.Decals[i].validate(len(o.Tris)); err != nil {
			return fmt.Errorf("decal %d: %w", i, err)
		}
	}
	return nil
}

// validateLooks checks what does not concern the mesh.
func (s *Scene) validateLooks() error {
	for i := range s.Objects {
		if err := s.Objects[i].validateLook(); err != nil {
			return fmt.Errorf("scene object %d %q: %w", i, s.Objects[i].Name, err)
		}
	}
	return nil
}

func (o *Object) validateLook() error {
	if (o.Scalar == nil) != (o.ColorMap == nil) {
		return errors.New("fields Scalar and ColorMap go together; one of them is missing")
	}
	if o.ColorMap != nil {
		if err := o.ColorMap.validate(); err != nil {
			return err
		}
	}
	return errors.Join(o.Material.validate(), o.validateDecals())
}

func (o *Object) validateSlices() error {
	for _, s := range []struct {
		name   string
		n, per int
		of     string
		set    bool
	}{
		{"UV", len(o.UV), len(o.Tris), "triangles", o.UV != nil},
		{"Normal", len(o.Normal), len(o.Pos), "vertices", o.Normal != nil},
		{"Scalar", len(o.Scalar), len(o.Pos), "vertices", o.Scalar != nil},
	} {
		if s.set && s.n != s.per {
			return fmt.Errorf("%s has %d entries for %d %s", s.name, s.n, s.per, s.of)
		}
	}
	if !(math.Abs(o.Offset) <= 0.1) {
		return fmt.Errorf("offset is %g m; limits -0.1 to 0.1", o.Offset)
	}
	for i, c := range o.UV {
		for _, p := range c {
			if !(math.Abs(p.X) <= maxReach && math.Abs(p.Y) <= maxReach) {
				return fmt.Errorf("UV of triangle %d is (%g, %g) m; it must lie within %d m", i, p.X, p.Y, maxReach)
			}
		}
	}
	for i, n := range o.Normal {
		if !finite(n) || max(math.Abs(n.X), math.Abs(n.Y), math.Abs(n.Z)) > 1.01 {
			return fmt.Errorf("normal %d is (%g, %g, %g); it must be of unit length", i, n.X, n.Y, n.Z)
		}
	}
	return nil
}

func (o *Object) validateLines() error {
	for i, l := range o.Lines {
		if !(l.Stitch >= 0 && l.Stitch <= 0.05) {
			return fmt.Errorf("line %d: Stitch is %g m; limits 0 to 0.05", i, l.Stitch)
		}
		for _, v := range l.Verts {
			if v < 0 || int(v) >= len(o.Pos) {
				return fmt.Errorf("line %d names vertex %d; the object has %d", i, v, len(o.Pos))
			}
		}
	}
	return nil
}
