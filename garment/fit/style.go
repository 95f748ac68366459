package fit

import (
	"fitroom/garment/fabric"
	"fitroom/geometry/body"
)

// Style is what a retailer says of a garment apart from its pattern: for whom
// each size was made (Chart) and how large it is (POM).
type Style struct {
	ID         string
	Kind       string // "t-shirt", "skirt", "trousers", ...
	Population body.Population
	Sizes      []string // smallest first
	Primary    []body.Key
	Secondary  []body.Key
	Chart      map[body.Key]Chart
	POM        map[body.Key]POM
	Fabric     fabric.Fabric // the main one
}

// Chart says for which bodies each size is made, by one measurement.
type Chart struct {
	// Bands holds lower and upper edge per size [m]. A chart of plain values
	// becomes bands of half a step to each side, with Plain set.
	Bands map[string][2]float64
	Plain bool
}

// POM is a point of measure of the finished garment, relaxed and full round.
type POM struct {
	Values    map[string]float64 // full girth or length per size [m]
	Tolerance float64            // of production, on the full measure [m]
	Free      bool               // the zone is not fitted: not judged
}
