package catalog

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// letterSize splits XXL, 3XL, XS, M into how often X and the letter.
var letterSize = regexp.MustCompile(`^(\d*)(X*)(S|M|L)$`)

// sizeRank orders the names of sizes: letters from the smallest, numbers by
// value, a second number (waist/length) after the first; ok is false for
// names that tell nothing.
func sizeRank(name string) (rank float64, ok bool) {
	up := strings.ToUpper(strings.TrimSpace(name))
	if m := letterSize.FindStringSubmatch(up); m != nil {
		x := float64(len(m[2]))
		if n, err := strconv.Atoi(m[1]); err == nil && n < 20 && x == 1 {
			x = float64(n)
		}
		switch m[3] {
		case "S":
			return -1 - x, true
		case "M":
			return 0, x == 0
		}
		return 1 + x, true
	}
	first, rest, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(up, "W"), "EU "), "/")
	n, err := strconv.ParseFloat(strings.TrimSpace(first), 64)
	if err != nil || n < 0 || n > 1e4 {
		return 0, false
	}
	if second, err := strconv.ParseFloat(strings.TrimPrefix(rest, "L"), 64); err == nil && second < 1e4 {
		n += second / 1e5
	}
	return n, true
}

// sortSizes puts sizes in order where all their names tell it, letters before
// numbers; else they stay as the feed has them.
func sortSizes(sizes []string) (sorted bool) {
	for _, s := range sizes {
		if _, ok := sizeRank(s); !ok {
			return false
		}
	}
	slices.SortStableFunc(sizes, func(a, b string) int {
		la, lb := letterSize.MatchString(strings.ToUpper(a)), letterSize.MatchString(strings.ToUpper(b))
		if la != lb {
			if la {
				return -1
			}
			return 1
		}
		x, _ := sizeRank(a)
		y, _ := sizeRank(b)
		return cmp.Compare(x, y)
	})
	return true
}
