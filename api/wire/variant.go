package wire

import (
	"fmt"
	"slices"
)

// Variant is one article of a style: a size in a colour.
type Variant struct {
	GTIN   string `json:"gtin,omitempty"`
	SKU    string `json:"sku,omitempty"`
	Size   string `json:"size"`
	Colour string `json:"colour,omitempty"`
}

const maxVariants = 20_000

// checkVariants: every article is of a size of the style, and every GTIN has a
// right check digit and stands once.
func (s Style) checkVariants(at string, faults *Errors) {
	if len(s.Variants) > maxVariants {
		faults.add(at+"/variants", "holds %d articles; at most %d are read", len(s.Variants), maxVariants)
		return
	}
	seen := map[string]int{}
	for i, v := range s.Variants {
		where := fmt.Sprintf("%s/variants/%d", at, i)
		if !slices.Contains(s.Sizes, v.Size) {
			faults.add(where+"/size", "is %q, which is not among the style's sizes %s", clip(v.Size), listed(s.Sizes))
		}
		if v.GTIN == "" {
			continue
		}
		number, err := CheckGTIN(v.GTIN)
		if err != nil {
			faults.add(where+"/gtin", "%v", err)
		} else if k, twice := seen[number]; twice {
			faults.add(where+"/gtin", "is %s, as that of article %d", number, k)
		}
		seen[number] = i
	}
}
