package drape

import (
	"math"
	"sync"
	"time"

	"fitroom/garment/cloth"
	"fitroom/geometry"

	"gonum.org/v1/gonum/spatial/r3"
)

// New checks its input and makes what dressing begins with; what finer meshes need
// is made while, or after, the coarsest is dressed. A *Field from
// Bake serves as collider without being baked again; anything else is baked
// around the cloth here.
func New(c *cloth.Cloth, body Collider, set Settings) (*Solver, error) {
	if err := set.validate(len(c.Start)); err != nil {
		return nil, err
	}
	s := &Solver{cloth: c, crew: &crew{}}
	began := time.Now()
	stop := s.cpu.measure()
	err := s.prepare(body, set)
	stop()
	s.prepared = time.Since(began) - s.bake.total()
	s.cpu.ns.Add(-s.bake.ns.Load())
	if err != nil {
		return nil, err
	}
	return s, nil
}

// prepare checks, and makes what dressing begins with.
func (s *Solver) prepare(body Collider, set Settings) error {
	c := s.cloth
	p, err := newShape(c, set.Pins)
	if err != nil {
		return err
	}
	set = set.withDefaults(p.thickness)
	start := c.Start
	if set.Warm != nil {
		start = set.Warm
	}
	s.set, s.plan, s.x = set, p, make([]float64, 3*p.nv)
	lo, hi := geometry.Bounds(start)
	stop := s.bake.measure()
	s.field, err = fieldAround(body, lo, hi)
	stop()
	if err != nil {
		return err
	}
	s.floor = lo.Y - fall(lo, hi)
	load(s.x, start)
	if s.coarse, err = newLevels(c, s.field, set); err != nil {
		return err
	}
	if len(s.coarse) == 0 {
		s.equip()
		return nil
	}
	s.coarse[0].equip(s.field, &s.set, s.crew)
	return nil
}

// equip makes the buffers of the finer meshes.
func (s *Solver) equip() {
	for k := 1; k < len(s.coarse); k++ {
		s.coarse[k].equip(s.field, &s.set, s.crew)
	}
	p, set := s.plan, &s.set
	p.forDressing(s.cloth)
	p.forPolish(s.cloth)
	s.contacts = newContacts(p, s.field, set.BodyGap, set.Friction)
	s.contacts.tissue = set.Compliance
	if !set.NoSelfContact {
		s.layers = newLayers(p, s.cloth, set.SelfGap, s.crew)
	}
	s.dresser = newDresser(p, s.field, s.layers, s.x, set, s.crew)
	s.polisher = newPolisher(p, s.contacts, s.layers, s.x, set, s.crew)
}

// begin sees to it that all is there when finer meshes are come to. The coarsest is
// dressed and shown before; most of its loops are too small for two workers, so that
// a second one makes the rest meanwhile, and one alone makes it thereafter.
func (s *Solver) begin() {
	s.all = sync.OnceFunc(func() {
		if s.dresser == nil {
			s.equip()
		}
	})
	s.crew.hire(s.set.Workers, &s.cpu, s.all)
}

// fieldAround bakes the collider where the cloth may get to.
func fieldAround(body Collider, lo, hi r3.Vec) (*Field, error) {
	if f, ok := body.(*Field); ok {
		return f, nil
	}
	side := 0.15
	return Bake(body, r3.Sub(lo, r3.Vec{X: side, Y: fall(lo, hi), Z: side}), r3.Add(hi, r3.Vec{X: side, Y: side, Z: side}))
}

// fall is how far a garment may sink below where it started before it counts
// as fallen off: no hem hangs lower than the garment is large [m].
func fall(lo, hi r3.Vec) float64 { return math.Sqrt(r3.Norm2(r3.Sub(hi, lo))) + 0.1 }

// load writes positions as the solver has them.
func load(x []float64, pts []r3.Vec) {
	for i, v := range pts {
		x[3*i], x[3*i+1], x[3*i+2] = v.X, v.Y, v.Z
	}
}
