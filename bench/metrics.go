package bench

import (
	"fmt"
	"math"

	"fitroom/garment/cloth"
	"fitroom/garment/drape"

	"gonum.org/v1/gonum/spatial/r3"
)

// Metrics is what `fitroom drape --json` prints.
type Metrics struct {
	Status       string  `json:"status"`
	Reason       string  `json:"reason,omitempty"`
	Vertices     int     `json:"vertices"`
	Steps        int     `json:"steps"`
	ResidualN    float64 `json:"residual_N"`
	ResidualP99N float64 `json:"residual_p99_N"`
	MaxSpeed     float64 `json:"max_speed_m_s"`
	CPU          float64 `json:"cpu_s"`
	Wall         float64 `json:"wall_s"`
	Bake         float64 `json:"bake_s"` // CPU s of baking the body, not in cpu_s
	Newton       int     `json:"newton_steps"`
	Iterations   int     `json:"cg_iterations"`

	StrainMax    float64 `json:"strain_max_pct"`
	StrainP99    float64 `json:"strain_p99_pct"`
	StrainMedian float64 `json:"strain_median_pct"`
	Penetrating  int     `json:"penetrating_vertices"`
	Crossings    int     `json:"self_crossings"`

	Energy struct {
		Gravity float64 `json:"gravity"`
		Elastic float64 `json:"elastic"`
		Bending float64 `json:"bending"`
	} `json:"energy_mJ"`
	Tension struct {
		Mean float64 `json:"mean"`
	} `json:"tension_N_m"`
	Pressure struct {
		Mean float64 `json:"mean"`
		SD   float64 `json:"sd"`
	} `json:"pressure_kpa"`
	ContactN float64 `json:"contact_N"`
	BalanceN float64 `json:"balance_N"` // weight plus body contact: what nothing holds
	Hash     string  `json:"hash"`

	Previews []PreviewMetrics `json:"previews,omitempty"`
}

// PreviewMetrics is what a coarser level could show, when, and how far that is
// from the end.
type PreviewMetrics struct {
	Vertices int     `json:"vertices"`
	WallMS   float64 `json:"wall_ms"`
	RMSmm    float64 `json:"rms_mm"` // from the resting state, over all vertices
}

// Foresaw adds how near the previews came to the end.
func (m *Metrics) Foresaw(previews []drape.Preview, r *drape.Result) {
	for _, p := range previews {
		sum := 0.0
		for i, at := range p.Pos {
			sum += r3.Norm2(r3.Sub(at, r.Pos[i]))
		}
		const milli = 1000
		m.Previews = append(m.Previews, PreviewMetrics{
			Vertices: p.Verts, WallMS: milli * p.Wall.Seconds(), RMSmm: milli * math.Sqrt(sum/float64(len(p.Pos))),
		})
	}
}

// Measure condenses a drape into its metrics. Strain is that of mesh edges
// against their rest length, stretched ones only, as the peers were measured.
func Measure(c *cloth.Cloth, set drape.Settings, r *drape.Result) Metrics {
	m := Metrics{
		Status: r.Status.String(), Reason: said(r.Reason), Vertices: len(c.Start), Steps: r.Steps,
		ResidualN: r.Residual, ResidualP99N: r.ResidualP99, MaxSpeed: r.MaxSpeed,
		CPU: r.CPU.Seconds(), Wall: r.Wall.Seconds(), Bake: r.Bake.Seconds(), Newton: r.Newton, Iterations: r.Iterations,
		Penetrating: r.Penetrating, Crossings: r.Crossings, Hash: fmt.Sprintf("%016x", r.Hash),
	}
	if r.Status == drape.Diverged {
		return m
	}
	m.strain(c, r)
	const milli = 1000
	m.Energy.Gravity, m.Energy.Elastic, m.Energy.Bending = milli*r.Energy.Gravity, milli*r.Energy.Elastic, milli*r.Energy.Bending
	m.tension(c, r)
	m.pressure(r)
	m.balance(c, set, r)
	return m
}

func (m *Metrics) strain(c *cloth.Cloth, r *drape.Result) {
	var s []float64
	for t, tri := range c.Tris {
		for k := range 3 {
			q := c.Rest[t]
			rest := math.Hypot(q[(k+1)%3].X-q[k].X, q[(k+1)%3].Y-q[k].Y)
			l := math.Sqrt(r3.Norm2(r3.Sub(r.Pos[tri[(k+1)%3]], r.Pos[tri[k]])))
			s = append(s, 100*max(0, l/rest-1))
		}
	}
	m.StrainMax, m.StrainP99, m.StrainMedian = quantile(s, 1), quantile(s, 0.99), quantile(s, 0.5)
}

func (m *Metrics) tension(c *cloth.Cloth, r *drape.Result) {
	sum, area := 0.0, 0.0
	for t, q := range c.Rest {
		a := math.Abs((q[1].X-q[0].X)*(q[2].Y-q[0].Y)-(q[1].Y-q[0].Y)*(q[2].X-q[0].X)) / 2
		sum += a * r.Tension[t][0]
		area += a
	}
	m.Tension.Mean = sum / area
}

// pressure averages over the vertices that touch the body.
func (m *Metrics) pressure(r *drape.Result) {
	n, sum, sq := 0.0, 0.0, 0.0
	for i, f := range r.Contact {
		if r3.Norm2(f) == 0 {
			continue
		}
		p := r.Pressure[i] / 1000
		n, sum, sq = n+1, sum+p, sq+p*p
	}
	if n > 0 {
		m.Pressure.Mean = sum / n
		m.Pressure.SD = math.Sqrt(max(0, sq/n-m.Pressure.Mean*m.Pressure.Mean))
	}
}

func (m *Metrics) balance(c *cloth.Cloth, set drape.Settings, r *drape.Result) {
	g := set.Gravity
	if g == (r3.Vec{}) && !set.Weightless {
		g = r3.Vec{Y: -9.81}
	}
	var sum r3.Vec
	for t, q := range c.Rest {
		a := math.Abs((q[1].X-q[0].X)*(q[2].Y-q[0].Y)-(q[1].Y-q[0].Y)*(q[2].X-q[0].X)) / 2
		sum = r3.Add(sum, r3.Scale(a*c.Fabrics[c.Panels[c.Panel[t]].Fabric].Density, g))
	}
	for _, f := range r.Contact {
		sum = r3.Add(sum, f)
		m.ContactN += math.Sqrt(r3.Norm2(f))
	}
	m.BalanceN = math.Sqrt(r3.Norm2(sum))
}

// said is a reason in words; none is empty.
func said(reason error) string {
	if reason == nil {
		return ""
	}
	return reason.Error()
}
