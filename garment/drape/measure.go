package drape

import (
	"math"

	"gonum.org/v1/gonum/spatial/r3"
)

// result reads everything a fitting needs off the final state. The polish has
// linearised there last, so its forces belong to these positions.
func (s *Solver) result(status Status, reason error) Result {
	p, o := s.plan, s.polisher
	o.sortResidual()
	r := Result{
		Status: status, Reason: reason,
		Pos:      s.points(),
		Strain:   make([][3]float64, p.nt),
		Tension:  make([][2]float64, p.nt),
		Stress:   make([][3]float64, p.nt),
		Contact:  make([]r3.Vec, p.nv),
		Residual: o.rms, ResidualP99: o.p99,
		Steps: s.dresser.steps + o.steps, Newton: o.steps, Iterations: o.cg.iterations, MaxSpeed: o.speed,
		Hash: s.Hash(),
	}
	if status == Diverged {
		return r // the rest would be numbers without a meaning
	}
	membraneMaps(r.Strain, r.Tension, r.Stress, s.x, p)
	normal := make([]float64, p.nv)
	contactMaps(r.Contact, normal, s.contacts, p)
	r.Pressure = smoothPressure(normal, r.Pos, p)
	r.Dent = s.contacts.dents(s.x, p)
	r.Energy = s.energies()
	r.Penetrating, r.Crossings = s.penetrating, s.crossings
	return r
}

// membraneMaps writes Green-Lagrange strains, principal Biot stresses and the
// stresses in the fabric's frame, forces per metre of rest width.
func membraneMaps(strain [][3]float64, tension [][2]float64, stress [][3]float64, x []float64, p *plan) {
	var q polar
	for t := range p.nt {
		decompose(&q, x, p.grad[6*t:6*t+6], &p.tris[t])
		c11 := q.u11*q.u11 + q.u12*q.u12
		c22 := q.u22*q.u22 + q.u12*q.u12
		c12 := q.u12 * q.tr
		strain[t] = [3]float64{(c22 - 1) / 2, (c11 - 1) / 2, c12 / 2} // warp is Y
		t11, t22, t12 := p.laws[p.triLaw[t]].stress(&q)
		stress[t] = [3]float64{t22, t11, t12}
		m, h := (t11+t22)/2, (t11-t22)/2
		d := math.Sqrt(h*h + t12*t12)
		tension[t] = [2]float64{m + d, m - d}
	}
}

// contactMaps hands the samples' forces to the vertices.
func contactMaps(force []r3.Vec, normal []float64, c *contacts, p *plan) {
	for k := range c.n {
		if !c.active[k] {
			continue
		}
		idx, w, m := p.sample(k)
		f := r3.Vec{X: c.force[3*k], Y: c.force[3*k+1], Z: c.force[3*k+2]}
		for _, i := range idx[:m] {
			force[i] = r3.Add(force[i], r3.Scale(w, f))
			normal[i] += w * c.normal[k]
		}
	}
}

// pressureDisc is the radius over which pressure is averaged [m]: what a
// pressure sensor under a garment covers, and wide enough that the answer is
// the cloth's and not the mesh's.
const pressureDisc = 0.01

// smoothPressure divides normal force by area, both summed over the vertices
// reached along edges within the disc; on a coarse mesh at least over the
// neighbours.
func smoothPressure(normal []float64, pos []r3.Vec, p *plan) []float64 {
	area := make([]float64, p.nv)
	for _, t := range p.tris {
		n := r3.Cross(r3.Sub(pos[t[1]], pos[t[0]]), r3.Sub(pos[t[2]], pos[t[0]]))
		a := math.Sqrt(r3.Norm2(n)) / 6
		for _, v := range t {
			area[v] += a
		}
	}
	out := make([]float64, p.nv)
	seen := make([]int32, p.nv)
	var queue []int32
	for i := range p.nv {
		mark := int32(i + 1)
		queue = append(queue[:0], int32(i))
		seen[i] = mark
		force, over := 0.0, 0.0
		for k := 0; k < len(queue); k++ {
			v := queue[k]
			force, over = force+normal[v], over+area[v]
			visit := func(w int32) {
				near := r3.Norm2(r3.Sub(pos[w], pos[i])) <= pressureDisc*pressureDisc
				if seen[w] != mark && (near || k == 0) {
					seen[w] = mark
					queue = append(queue, w)
				}
			}
			for e := p.firstEdge[v]; e < p.firstEdge[v+1]; e++ {
				visit(p.edges[e].B)
			}
			for _, e := range p.lowEdge.list(int(v)) {
				visit(p.edges[e].A)
			}
		}
		if over > 0 {
			out[i] = force / over
		}
	}
	return out
}

func (s *Solver) energies() Energy {
	p, g := s.plan, s.set.Gravity
	var e Energy
	for i, m := range p.mass {
		e.Gravity -= m * (g.X*s.x[3*i] + g.Y*s.x[3*i+1] + g.Z*s.x[3*i+2])
	}
	e.Elastic = membraneEnergy(s.x, p, 0, p.nt) + p.bands.energy(s.x, 0, len(p.bands.edge))
	e.Bending = plateEnergy(s.x, &p.plates, 0, p.nt) + p.folds.energy(s.x, 0, len(p.folds.vert))
	return e
}
