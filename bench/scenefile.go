package bench

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"

	"fitroom/garment/cloth"
	"fitroom/garment/drape"
	"fitroom/garment/fabric"
	"fitroom/geometry"
	"fitroom/geometry/bvh"

	"gonum.org/v1/gonum/spatial/r2"
	"gonum.org/v1/gonum/spatial/r3"
)

// sceneJSON is the head of a scene file; unknown fields are notes.
type sceneJSON struct {
	Name      string     `json:"name"`
	Desc      string     `json:"desc"`
	Vertices  int        `json:"vertices"`
	Triangles int        `json:"triangles"`
	Density   float64    `json:"areal_density"`           // [kg/m2]
	Gravity   [3]float64 `json:"gravity"`                 // [m/s2]
	Modulus   float64    `json:"stretch_modulus_N_per_m"` // [N/m]
	Poisson   float64    `json:"poisson"`
	Bending   float64    `json:"bending_Nm"` // [N m]
	Friction  float64    `json:"friction"`
	Thickness float64    `json:"thickness"` // [m]: the gap the middle of the cloth keeps
	Collider  struct {
		Type   string     `json:"type"`
		Obj    string     `json:"obj"`
		Centre [3]float64 `json:"center"` // [m]
		Axis   [3]float64 `json:"axis"`
		Radius float64    `json:"radius"` // [m]
	} `json:"collider"`
}

const (
	maxSceneJSON   = 1 << 20
	maxSceneVerts  = 200_000
	maxSceneTris   = 400_000
	maxSceneBody   = 1_000_000 // triangles of the solid
	maxSceneSide   = 10        // [m]
	minSceneRadius = 0.001     // [m]
)

// LoadScene reads a scene: the JSON named and the .bin beside it (layout in
// the contract: int32 nv, nt, ne; float32 start[nv,3]; int32 tri[nt,3];
// float32 rest2d[nt,3,2]; more that we do not need).
func LoadScene(path string) (*Scene, error) {
	head, err := fromFile(path, readHead)
	if err != nil {
		return nil, fmt.Errorf("scene %s: %w", filepath.Base(path), err)
	}
	bin := strings.TrimSuffix(path, filepath.Ext(path)) + ".bin"
	c, err := fromFile(bin, head.readCloth)
	if err != nil {
		return nil, fmt.Errorf("scene %s: %w", filepath.Base(bin), err)
	}
	s := head.scene(c)
	beside := func(name string) (io.ReadCloser, error) { return os.Open(filepath.Join(filepath.Dir(path), name)) }
	if err := s.collider(head, beside); err != nil {
		return nil, fmt.Errorf("scene %s: collider: %w", filepath.Base(path), err)
	}
	return s, nil
}

func fromFile[T any](path string, read func(io.Reader) (T, error)) (T, error) {
	f, err := os.Open(path)
	if err != nil {
		var none T
		return none, err
	}
	defer f.Close()
	return read(f)
}

func readHead(r io.Reader) (*sceneJSON, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxSceneJSON+1))
	if err != nil {
		return nil, err
	}
	if len(b) > maxSceneJSON {
		return nil, fmt.Errorf("the JSON is over %d bytes", maxSceneJSON)
	}
	h := &sceneJSON{}
	if err := json.Unmarshal(b, h); err != nil {
		return nil, err
	}
	return h, h.validate()
}

// scene is all of it but the solid.
func (h *sceneJSON) scene(c *cloth.Cloth) *Scene {
	g := r3.Vec{X: h.Gravity[0], Y: h.Gravity[1], Z: h.Gravity[2]}
	return &Scene{Name: h.Name, Desc: h.Desc, Cloth: c, Settings: drape.Settings{
		Gravity: g, Weightless: g == r3.Vec{},
		BodyGap: h.Thickness, SelfGap: h.Thickness,
	}}
}

func (h *sceneJSON) validate() error {
	var faults []error
	within := func(field string, x, lo, hi float64) {
		if !(x >= lo && x <= hi) {
			faults = append(faults, fmt.Errorf("%s is %g; it must be %g to %g", field, x, lo, hi))
		}
	}
	within("vertices", float64(h.Vertices), 3, maxSceneVerts)
	within("triangles", float64(h.Triangles), 1, maxSceneTris)
	within("areal_density [kg/m2]", h.Density, 0.005, 5)
	within("stretch_modulus_N_per_m", h.Modulus, 1, 1e6)
	within("poisson", h.Poisson, 0, 0.49)
	within("bending_Nm", h.Bending, 0, 0.1)
	within("friction", h.Friction, 0, 5)
	within("thickness [m]", h.Thickness, 1e-4, 0.02)
	for k, g := range h.Gravity {
		within(fmt.Sprintf("gravity[%d] [m/s2]", k), g, -100, 100)
	}
	for k, x := range h.Collider.Centre {
		within(fmt.Sprintf("collider.center[%d] [m]", k), x, -maxSceneSide, maxSceneSide)
	}
	return errors.Join(faults...)
}

// readCloth reads the arrays whose counts the head has announced and bounded.
func (h *sceneJSON) readCloth(f io.Reader) (*cloth.Cloth, error) {
	var n [3]int32
	if err := binary.Read(f, binary.LittleEndian, &n); err != nil {
		return nil, fmt.Errorf("counts: %w", err)
	}
	if int(n[0]) != h.Vertices || int(n[1]) != h.Triangles {
		return nil, fmt.Errorf("%d vertices and %d triangles; the JSON says %d and %d", n[0], n[1], h.Vertices, h.Triangles)
	}
	start := make([][3]float32, n[0])
	tris := make([]geometry.Tri, n[1])
	rest := make([][3][2]float32, n[1])
	for _, part := range []struct {
		name string
		into any
	}{{"start", start}, {"tri", tris}, {"rest2d", rest}} {
		if err := binary.Read(f, binary.LittleEndian, part.into); err != nil {
			return nil, fmt.Errorf("%s: %w", part.name, err)
		}
	}
	return sceneCloth(h, start, tris, rest)
}

// sceneCloth turns the file's arrays into a cloth. Files carry no panels:
// triangles joined by an edge along which their rest corners agree are one.
func sceneCloth(h *sceneJSON, start [][3]float32, tris []geometry.Tri, rest [][3][2]float32) (*cloth.Cloth, error) {
	c := &cloth.Cloth{
		Tris:    tris,
		Fabrics: []fabric.Fabric{isotropic(h.Name, h.Density, h.Thickness, h.Modulus, h.Poisson, h.Bending, h.Friction)},
	}
	for _, p := range start {
		c.Start = append(c.Start, r3.Vec{X: float64(p[0]), Y: float64(p[1]), Z: float64(p[2])})
	}
	if err := (&geometry.Mesh{Verts: c.Start, Tris: tris}).Validate(); err != nil {
		return nil, err
	}
	for t, q := range rest {
		var r [3]r2.Vec
		for k, v := range q {
			r[k] = r2.Vec{X: float64(v[0]), Y: float64(v[1])}
		}
		// Panels cut face down are stored mirrored; ours are all seen from the
		// outer side.
		area := r2.Cross(r2.Sub(r[1], r[0]), r2.Sub(r[2], r[0]))
		if math.IsNaN(area) || math.IsInf(area, 0) {
			return nil, fmt.Errorf("rest2d of triangle %d is not finite", t)
		}
		if area < 0 {
			for k := range r {
				r[k].X = -r[k].X
			}
		}
		c.Rest = append(c.Rest, r)
	}
	c.Panel = splitPanels(c)
	last := int32(-1)
	for _, p := range c.Panel {
		last = max(last, p)
	}
	for k := range last + 1 {
		c.Panels = append(c.Panels, cloth.Panel{Name: fmt.Sprintf("panel %d", k+1)})
	}
	return c, nil
}

// splitPanels numbers the pieces of triangles whose rest shapes fit together.
func splitPanels(c *cloth.Cloth) []int32 {
	pieces := geometry.NewSets(len(c.Tris))
	corner := func(t, v int32) r2.Vec {
		for k, w := range c.Tris[t] {
			if w == v {
				return c.Rest[t][k]
			}
		}
		return r2.Vec{}
	}
	for _, e := range geometry.NewTopology(c.Tris).Edges {
		if e.Tri[0] < 0 || e.Tri[1] < 0 {
			continue
		}
		a := r2.Norm2(r2.Sub(corner(e.Tri[0], e.A), corner(e.Tri[1], e.A)))
		b := r2.Norm2(r2.Sub(corner(e.Tri[0], e.B), corner(e.Tri[1], e.B)))
		const same = 1e-12 // a micrometre, squared
		if a < same && b < same {
			pieces.Join(e.Tri[0], e.Tri[1])
		}
	}
	number := make([]int32, len(pieces))
	next := int32(0)
	for t := range pieces {
		if root := pieces.Find(int32(t)); root == int32(t) {
			number[t] = next
			next++
		} else {
			number[t] = number[root]
		}
	}
	return number
}

// collider makes the solid; open finds a file beside the scene.
func (s *Scene) collider(h *sceneJSON, open func(name string) (io.ReadCloser, error)) error {
	c := &h.Collider
	vec := func(a [3]float64) r3.Vec { return r3.Vec{X: a[0], Y: a[1], Z: a[2]} }
	if c.Type != "mesh" && !(c.Radius >= minSceneRadius && c.Radius <= maxSceneSide) {
		return fmt.Errorf("radius is %g m; it must be %g to %d", c.Radius, minSceneRadius, maxSceneSide)
	}
	switch c.Type {
	case "sphere":
		s.Collider = drape.Sphere{Centre: vec(c.Centre), Radius: c.Radius}
	case "cylinder":
		l := math.Sqrt(r3.Norm2(vec(c.Axis)))
		if !(l > 1e-6 && l < 1e6) {
			return fmt.Errorf("axis (%g, %g, %g) has no direction", c.Axis[0], c.Axis[1], c.Axis[2])
		}
		s.Collider = drape.Cylinder{Centre: vec(c.Centre), Axis: r3.Scale(1/l, vec(c.Axis)), Radius: c.Radius}
	case "mesh":
	default:
		return fmt.Errorf("type %q is unknown; known are sphere, cylinder, mesh", c.Type)
	}
	if c.Obj == "" {
		if c.Type == "mesh" {
			return errors.New("obj is missing")
		}
		return nil
	}
	return s.readBody(c.Obj, c.Type == "mesh", open)
}

func (s *Scene) readBody(name string, collide bool, open func(string) (io.ReadCloser, error)) error {
	if name != filepath.Base(name) {
		return fmt.Errorf("obj %q must be a file beside the scene", name)
	}
	f, err := open(name)
	if err != nil {
		if !collide { // only for pictures
			return nil
		}
		return err
	}
	defer f.Close()
	m, err := geometry.ReadOBJ(f)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if len(m.Tris) > maxSceneBody {
		return fmt.Errorf("%s: %d triangles; at most %d are possible", name, len(m.Tris), maxSceneBody)
	}
	s.Body = m
	if collide {
		s.Collider = bvh.Build(m)
	}
	return nil
}
