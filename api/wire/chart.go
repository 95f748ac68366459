package wire

import (
	"maps"
	"slices"
	"sort"
	"strings"

	"fitroom/garment/fit"
)

// Chart is one row of a size chart: bands or plain values per size.
type Chart struct {
	Unit   string                `json:"unit"`
	Bands  map[string][2]float64 `json:"bands,omitempty"`
	Values map[string]float64    `json:"values,omitempty"`
}

func (c Chart) convert(at string, sizes []string, faults *Errors) fit.Chart {
	unit := lengthUnit(c.Unit)
	if unit == 0 {
		faults.add(at+"/unit", "is %q; it must be cm, mm, m or in", clip(c.Unit))
	}
	if (c.Bands == nil) == (c.Values == nil) {
		faults.add(at, "needs either bands or values, and not both")
	}
	knownSizes(at+"/bands", sizes, slices.Collect(maps.Keys(c.Bands)), faults)
	knownSizes(at+"/values", sizes, slices.Collect(maps.Keys(c.Values)), faults)
	if c.Values != nil {
		metres := map[string]float64{}
		for size, v := range c.Values {
			metres[size] = unit * v
		}
		chart, err := fit.PlainChart(sizes, metres)
		if err != nil {
			faults.add(at+"/values", "%v", err)
		}
		return chart
	}
	bands := map[string][2]float64{}
	for size, b := range c.Bands {
		bands[size] = [2]float64{unit * b[0], unit * b[1]}
	}
	return fit.Chart{Bands: bands}
}

func knownSizes(at string, sizes, given []string, faults *Errors) {
	sort.Strings(given)
	for _, size := range given {
		if !slices.Contains(sizes, size) {
			faults.add(at, "names size %q, which is not among the style's sizes %s", clip(size), listed(sizes))
		}
	}
}

// listed names sizes, the first few of many.
func listed(sizes []string) string {
	const most = 12
	if len(sizes) > most {
		return strings.Join(sizes[:most], ", ") + ", ..."
	}
	return strings.Join(sizes, ", ")
}
