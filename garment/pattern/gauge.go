package pattern

import (
	"gonum.org/v1/gonum/spatial/r2"

	"fitroom/geometry/fault"
)

// Gauge is a measure of the pattern and where on the flat panels it is taken, so
// that the same line can be found again on the sewn and worn garment.
type Gauge struct {
	Name  string  // as tables of measures call it: "chest_girth"
	Times float64 // how often the lines count: 2 where they run over one half
	Lines []GaugeLine
}

// GaugeLine is a straight line over one panel, in its coordinates [m].
type GaugeLine struct {
	Panel int
	A, B  r2.Vec
}

// checkGauges: lines lie on panels there are, at finite places.
func (p *Pattern) checkGauges(fs *faults) {
	for i := range p.Gauges {
		g := &p.Gauges[i]
		if !(g.Times > 0) {
			fs.add(Fault{Edge: -1, Seam: -1, What: fault.Errorf("gauge %q counts %g times; it must count more than 0 times", g.Name, g.Times)})
		}
		for _, l := range g.Lines {
			if l.Panel < 0 || l.Panel >= len(p.Panels) || !finiteVec(l.A) || !finiteVec(l.B) {
				fs.add(Fault{Edge: -1, Seam: -1, What: fault.Errorf("gauge %q runs over panel %d of %d from (%g, %g) to (%g, %g) m", g.Name, l.Panel, len(p.Panels), l.A.X, l.A.Y, l.B.X, l.B.Y)})
			}
		}
	}
}
