package u3m

import (
	"encoding/json"
	"math"

	"fitroom/garment/fabric"
	"fitroom/geometry/fault"
)

// The raw physics of U3M 1.1 are the load curves of a FAB tester: strips along,
// across and on the bias, pulled to and fro. Its schema calls them "pairs of
// distance and force" and names no unit. Distances are centimetres: the strips
// of "2 cm" and "8 cm" have lengths of about 2 and 8, and a width of 5. Forces
// are grams-force: the published example turns round at 590 on a strip 5 cm
// wide, 118 gf/cm, where FAST tests up to 100, while newtons would tear cloth
// and centinewtons differ by 2 %, which no test of cloth resolves.
const (
	gfPerCm = 0.980665 // [N/m]
	// Rest is where a strip begins to pull, at this tension, since it starts
	// slack [gf/cm].
	taut = 1.0
	// The curve is read up to the load of FAST's E100, or as far as it was
	// pulled, but at least to this [gf/cm]: below, it is noise and crimp.
	fullLoad  = 100.0
	leastLoad = 10.0
	// Of the strip on the bias the extension at this load gives the shear, as in
	// FAST: G [N/m] = 123 / EB5 [%] (see fabric.FAST).
	biasLoad  = 5.0
	fastBias  = 123.0
	maxFAB    = 8 << 20 // [byte]; the published example has 0.3 MB
	mostCurve = 100_000 // numbers in one curve
)

// fab is what of the file is read.
type fab struct {
	Raw *struct {
		Along  *strips `json:"L"`
		Across *strips `json:"W"`
		Bias   *strips `json:"B"`
	} `json:"raw_data"`
}

type strips struct {
	Short *strip `json:"S1"` // 2 cm between the clamps
	Long  *strip `json:"S2"` // 8 cm: less disturbed by the clamps
}

type strip struct {
	Width   float64     `json:"width"`       // [cm]
	Samples [][]float64 `json:"samplesTree"` // runs of distance [cm], force [gf]
}

// curve is one pull: strain over tension [gf/cm], from where the strip is taut.
type curve struct{ strain, load []float64 }

// readFAB takes stretch, stiffening and shear of a fabric from its load curves.
func readFAB(data []byte, f *fabric.Fabric) error {
	var in fab
	if err := json.Unmarshal(data, &in); err != nil {
		return err
	}
	if in.Raw == nil {
		return fault.Errorf("it holds no raw_data")
	}
	for _, way := range []struct {
		name                   string
		from                   *strips
		modulus, usable, stiff *float64
	}{
		{"L", in.Raw.Along, &f.Warp, &f.UsableWarp, &f.StiffenWarp},
		{"W", in.Raw.Across, &f.Weft, &f.UsableWeft, &f.StiffenWeft},
	} {
		c, err := way.from.curve(leastLoad)
		if err != nil {
			return fault.Errorf("raw_data.%s: %w", way.name, err)
		}
		load := min(fullLoad, c.load[len(c.load)-1])
		e, energy := c.at(load)
		if !(e > 0) {
			return fault.Errorf("raw_data.%s: the strip reaches %.0f gf/cm without stretching", way.name, load)
		}
		*way.modulus, *way.usable = load*gfPerCm/e, e
		*way.stiff = stiffening(2 * energy / (load * e))
	}
	c, err := in.Raw.Bias.curve(biasLoad)
	if err != nil {
		return fault.Errorf("raw_data.B: %w", err)
	}
	e, _ := c.at(biasLoad)
	if !(e > 0) {
		return fault.Errorf("raw_data.B: the strip reaches %.0f gf/cm without stretching", biasLoad)
	}
	f.Shear = fastBias / (100 * e)
	return nil
}

// stiffening of a load curve of a given linearity, twice the energy over load
// times extension: (1 + 1/s)/2 for the curve of fabric.Tension. Cloth softer at
// the start than that curve can be is taken at its limit.
func stiffening(linearity float64) float64 {
	const most = 50
	if linearity >= 1 {
		return 1
	}
	return min(most, 1/max(1.0/most, 2*linearity-1))
}

// curve is the pull that goes furthest, of the long strip if there is one.
func (s *strips) curve(least float64) (*curve, error) {
	if s == nil || s.Long == nil && s.Short == nil {
		return nil, fault.Errorf("no stretch was measured")
	}
	of := s.Long
	if of == nil {
		of = s.Short
	}
	if !(of.Width > 0 && of.Width <= 100) {
		return nil, fault.Errorf("the strip is %g cm wide; it must be above 0 and at most 100", of.Width)
	}
	var best *curve
	for k, run := range of.Samples {
		if len(run) > mostCurve || len(run)%2 != 0 {
			return nil, fault.Errorf("samplesTree[%d] has %d numbers; want pairs, at most %d", k, len(run), mostCurve)
		}
		if c := pull(run, of.Width); c != nil && (best == nil || c.load[len(c.load)-1] > best.load[len(best.load)-1]) {
			best = c
		}
	}
	if best == nil || best.load[len(best.load)-1] < least {
		return nil, fault.Errorf("no pull reaches %g gf/cm", least)
	}
	return best, nil
}

// pull is the rising part of a run, from where the strip is taut; nil if it is
// none, as where the clamps come together.
func pull(run []float64, width float64) *curve {
	n := len(run) / 2
	at := func(k int) (distance, load float64) { return run[2*k], run[2*k+1] / width }
	if n < 3 || run[2*n-2] <= run[0] {
		return nil
	}
	first := n // the last sample at which the strip still hangs loose
	for k := n - 1; k > 0; k-- {
		if _, load := at(k - 1); load < taut {
			first = k
			break
		}
	}
	if first == n {
		return nil
	}
	d0, l0 := at(first - 1)
	d1, l1 := at(first)
	if !(d0 > 0) || !(l1 > l0) {
		return nil
	}
	rest := d0 + (d1-d0)*(taut-l0)/(l1-l0)
	c := &curve{strain: []float64{0}, load: []float64{taut}}
	for k := first; k < n; k++ {
		d, load := at(k)
		e := d/rest - 1
		if math.IsNaN(e) || e < c.strain[len(c.strain)-1] || load < c.load[len(c.load)-1] {
			continue // noise
		}
		c.strain, c.load = append(c.strain, e), append(c.load, load)
	}
	if len(c.strain) < 3 {
		return nil
	}
	return c
}

// at is the strain at a load, and the energy up to it [gf/cm].
func (c *curve) at(load float64) (strain, energy float64) {
	for k := 1; k < len(c.strain); k++ {
		e0, e1, l0, l1 := c.strain[k-1], c.strain[k], c.load[k-1], c.load[k]
		if l1 >= load && l1 > l0 {
			e := e0 + (e1-e0)*max(0, load-l0)/(l1-l0)
			return e, energy + (e-e0)*(l0+load)/2
		}
		energy += (e1 - e0) * (l0 + l1) / 2
	}
	return c.strain[len(c.strain)-1], energy
}
