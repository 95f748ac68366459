package catalog

import (
	"strings"

	"fitroom/api/wire"
	"fitroom/geometry/fault"
)

// Limits of one feed. The largest shops have some 100,000 articles of clothing
// per feed; these bound the time and memory a hostile one can take.
const (
	MaxFeedBytes = 256 << 20
	maxArticles  = 500_000
	maxStyles    = 100_000
	maxText      = 200 // of a field that is kept [bytes]
	maxNotes     = 200
)

// article is one line of a feed: one garment in one size and colour.
type article struct {
	group, id, sku, gtin         string
	title, brand, kind, material string
	size, sizeSystem, sizeType   string
	colour, gender, age          string
	place                        error // in the feed, for messages
	body, garment                []measure
}

// measure is a length that a feed states for a size.
type measure struct {
	name, unit string
	lo, hi     float64
}

// Style is one garment of the feed.
type Style struct {
	ID, Title, Brand, Kind, Material string
	Population                       string // women, men or unspecified
	SizeSystem                       string // EU, DE, US, ... as the shop states it
	SizeTypes                        []string
	Sizes                            []string // smallest first as far as their names tell
	Variants                         []Variant
	body, garment                    map[string]map[string]measure // by measure, by size
}

// Variant is one article.
type Variant struct {
	ID, SKU, Size, Colour string
	GTIN                  string // 14 digits, its check digit verified; empty if none
}

// Catalog is what was read of one feed.
type Catalog struct {
	Format   string
	Styles   []*Style
	Articles int
	GTINs    int // good ones
	Notes    []error
	more     int // notes beyond maxNotes
}

func (c *Catalog) note(format string, args ...any) {
	if len(c.Notes) == maxNotes {
		c.more++
		return
	}
	c.Notes = append(c.Notes, fault.Errorf(format, args...))
}

// collector sorts articles into styles in the order in which they come.
type collector struct {
	*Catalog
	styles map[string]*Style
	seen   map[string]error // GTINs: where first
}

func newCollector(format string) *collector {
	return &collector{Catalog: &Catalog{Format: format}, styles: map[string]*Style{}, seen: map[string]error{}}
}

// oneSize is the size of an article that names none.
const oneSize = "one"

func (c *collector) add(a article) error {
	if c.Articles++; c.Articles > maxArticles {
		return fault.Errorf("%s: more than %d articles", a.place, maxArticles)
	}
	for _, f := range [...]*string{&a.group, &a.id, &a.sku, &a.title, &a.brand, &a.kind, &a.material, &a.size, &a.sizeSystem, &a.sizeType, &a.colour, &a.gender, &a.age} {
		*f = clean(*f)
	}
	if a.group == "" {
		a.group = a.id
	}
	if a.group == "" {
		return fault.Errorf("%s: the article has neither an id nor an item group", a.place)
	}
	switch age := strings.ToLower(a.age); age {
	case "", "adult":
	default:
		c.note("%s: %s is for age group %s and is left out; bodies here are adults'", a.place, a.id, age)
		return nil
	}
	s := c.styles[a.group]
	if s == nil {
		if len(c.Styles) == maxStyles {
			return fault.Errorf("%s: more than %d styles", a.place, maxStyles)
		}
		s = &Style{ID: a.group, Title: a.title, Brand: a.brand, Kind: a.kind, Material: a.material, Population: populationOf(a.gender), SizeSystem: a.sizeSystem,
			body: map[string]map[string]measure{}, garment: map[string]map[string]measure{}}
		c.styles[a.group] = s
		c.Styles = append(c.Styles, s)
	}
	c.merge(s, a)
	return nil
}

// merge adds an article to its style; what contradicts the style is said.
func (c *collector) merge(s *Style, a article) {
	if p := populationOf(a.gender); p != s.Population && a.gender != "" {
		c.note("%s: %s is for %s, other articles of style %s for %s", a.place, a.id, p, s.ID, s.Population)
	}
	if a.sizeSystem != "" && a.sizeSystem != s.SizeSystem {
		c.note("%s: %s has size system %s, other articles of style %s %s", a.place, a.id, a.sizeSystem, s.ID, orNone(s.SizeSystem))
	}
	size := a.size
	if size == "" {
		size = oneSize
	}
	s.Sizes = addOnce(s.Sizes, size)
	if a.sizeType != "" {
		s.SizeTypes = addOnce(s.SizeTypes, a.sizeType)
	}
	s.Variants = append(s.Variants, Variant{ID: a.id, SKU: a.sku, Size: size, Colour: a.colour, GTIN: c.gtin(a)})
	keep(s.body, size, a.body)
	keep(s.garment, size, a.garment)
}

func keep(into map[string]map[string]measure, size string, list []measure) {
	for _, m := range list {
		if into[m.name] == nil {
			into[m.name] = map[string]measure{}
		}
		if _, known := into[m.name][size]; !known { // colours repeat the sizes
			into[m.name][size] = m
		}
	}
}

// gtin is the article's number if it is a good one that no other article has.
func (c *collector) gtin(a article) string {
	if strings.TrimSpace(a.gtin) == "" {
		return ""
	}
	number, err := wire.CheckGTIN(a.gtin)
	if err != nil {
		c.note("%s: GTIN of %s is left out: %v", a.place, a.id, err)
		return ""
	}
	if first, twice := c.seen[number]; twice {
		c.note("%s: GTIN %s of %s is left out: it stands at %s already", a.place, number, a.id, first)
		return ""
	}
	c.seen[number] = a.place
	c.GTINs++
	return number
}

func addOnce(list []string, s string) []string {
	for _, have := range list {
		if have == s {
			return list
		}
	}
	return append(list, s)
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

// clean trims a field, makes it one line of valid text and bounds its length.
func clean(s string) string {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "")), " ")
	if len(s) > maxText {
		s = strings.TrimSpace(strings.ToValidUTF8(s[:maxText], ""))
	}
	return s
}

func populationOf(gender string) string {
	switch strings.ToLower(strings.TrimPrefix(gender, "https://schema.org/")) {
	case "female", "women", "womens", "woman":
		return "women"
	case "male", "men", "mens", "man":
		return "men"
	}
	return "unspecified"
}
