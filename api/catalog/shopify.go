package catalog

import (
	"encoding/json"
	"strings"

	"fitroom/geometry/fault"
)

// shopifyFile is what the Product resource answers: one product or a list.
type shopifyFile struct {
	Products []shopifyProduct `json:"products"`
	Product  *shopifyProduct  `json:"product"`
}

type shopifyProduct struct {
	ID       json.Number      `json:"id"`
	Title    string           `json:"title"`
	Handle   string           `json:"handle"`
	Vendor   string           `json:"vendor"`
	Type     string           `json:"product_type"`
	Tags     json.RawMessage  `json:"tags"` // one text, or a list
	Options  []shopifyOption  `json:"options"`
	Variants []shopifyVariant `json:"variants"`
}

type shopifyOption struct {
	Name string `json:"name"`
}

type shopifyVariant struct {
	ID      json.Number `json:"id"`
	SKU     string      `json:"sku"`
	Barcode string      `json:"barcode"`
	Option1 string      `json:"option1"`
	Option2 string      `json:"option2"`
	Option3 string      `json:"option3"`
}

// What shops call the options that are a size or a colour, in the languages
// seen; an option of another name is neither.
var (
	sizeWords   = []string{"size", "größe", "groesse", "taille", "talla", "taglia", "maat"}
	colourWords = []string{"color", "colour", "farbe", "couleur", "colore", "kleur"}
)

func (f *shopifyFile) collect() (*collector, error) {
	c := newCollector("Shopify catalogue")
	if f.Product != nil {
		f.Products = append(f.Products, *f.Product)
	}
	for i := range f.Products {
		p := &f.Products[i]
		place := fault.Errorf("product %d", i+1)
		if len(p.Variants) == 0 {
			c.note("%s: %s has no variants and is left out", place, clean(p.Title))
			continue
		}
		for k := range p.Variants {
			a := p.article(&p.Variants[k])
			a.place = fault.Errorf("product %d, variant %d", i+1, k+1)
			if err := c.add(a); err != nil {
				return nil, err
			}
		}
	}
	return c, nil
}

func (p *shopifyProduct) article(v *shopifyVariant) article {
	a := article{
		group: p.Handle, id: v.ID.String(), sku: v.SKU, gtin: v.Barcode, title: p.Title, brand: p.Vendor, kind: p.Type,
		gender: p.gender(),
	}
	if a.group == "" {
		a.group = p.ID.String()
	}
	values := [3]string{v.Option1, v.Option2, v.Option3}
	for i, o := range p.Options {
		if i >= len(values) {
			break
		}
		switch name := strings.ToLower(strings.TrimSpace(o.Name)); {
		case oneOf(name, sizeWords):
			a.size = values[i]
		case oneOf(name, colourWords):
			a.colour = values[i]
		}
	}
	return a
}

// gender comes from the tags, if exactly one sex is tagged.
func (p *shopifyProduct) gender() string {
	var list []string
	if json.Unmarshal(p.Tags, &list) != nil {
		var text string
		_ = json.Unmarshal(p.Tags, &text) // neither list nor text: no tags
		list = strings.Split(text, ",")
	}
	found := ""
	for _, tag := range list {
		if g := populationOf(strings.TrimSpace(tag)); g != "unspecified" {
			if found != "" && found != g {
				return ""
			}
			found = g
		}
	}
	return found
}

func oneOf(word string, list []string) bool {
	for _, w := range list {
		if w == word {
			return true
		}
	}
	return false
}
