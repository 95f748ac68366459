package catalog

import (
	"encoding/json"
	"strconv"
	"strings"

	"fitroom/geometry/fault"
)

// node is any JSON-LD value: an object, a list, a text or a number.
type node struct {
	object map[string]node
	list   []node
	text   string
}

// UnmarshalJSON keeps texts and numbers alike as text.
func (n *node) UnmarshalJSON(data []byte) error {
	switch data[0] {
	case '{':
		return json.Unmarshal(data, &n.object)
	case '[':
		return json.Unmarshal(data, &n.list)
	case '"':
		return json.Unmarshal(data, &n.text)
	}
	if text := string(data); text != "null" {
		n.text = text
	}
	return nil
}

// all is a node as a list: JSON-LD writes one value with or without brackets.
func (n node) all() []node {
	if n.list != nil {
		return n.list
	}
	if n.object == nil && n.text == "" {
		return nil
	}
	return []node{n}
}

// word is the text of a value, or the name of an object; schema.org terms lose
// their address.
func (n node) word() string {
	for _, one := range n.all() {
		if one.text != "" {
			return one.text[strings.LastIndexAny(one.text, "/#")+1:]
		}
		if name := one.object["name"].text; name != "" {
			return name
		}
	}
	return ""
}

// plain is the text of a value as it stands.
func (n node) plain() string {
	for _, one := range n.all() {
		if one.text != "" {
			return one.text
		}
		if name := one.object["name"].text; name != "" {
			return name
		}
	}
	return ""
}

func (n node) is(kind string) bool {
	for _, t := range n.object["@type"].all() {
		if t.text[strings.LastIndexAny(t.text, "/#:")+1:] == kind {
			return true
		}
	}
	return false
}

// collectGraph finds the products of a document, in lists and in @graph.
func collectGraph(top node) (*collector, error) {
	c := newCollector("schema.org document")
	found := 0
	var walk func(n node) error
	walk = func(n node) error {
		for _, one := range n.all() {
			var err error
			switch {
			case one.is("ProductGroup"):
				found++
				err = c.addGroup(one, found)
			case one.is("Product"):
				found++
				err = c.addProduct(one, node{}, fault.Errorf("product %d", found))
			default:
				for _, key := range [...]string{"@graph", "itemListElement", "item", "mainEntity"} {
					if err == nil {
						err = walk(one.object[key])
					}
				}
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
	if err := walk(top); err != nil {
		return nil, err
	}
	if found == 0 {
		return nil, fault.Errorf("this JSON holds neither Shopify products nor a schema.org Product or ProductGroup")
	}
	return c, nil
}

func (c *collector) addGroup(group node, number int) error {
	for i, v := range group.object["hasVariant"].all() {
		if err := c.addProduct(v, group, fault.Errorf("product %d, variant %d", number, i+1)); err != nil {
			return err
		}
	}
	return nil
}

// addProduct reads one Product; what it lacks it has from its group.
func (c *collector) addProduct(p, group node, place error) error {
	get := func(key string) node {
		if n, ok := p.object[key]; ok {
			return n
		}
		return group.object[key]
	}
	a := article{
		place: place, id: p.firstOf("sku", "productID", "@id", "mpn"), sku: p.object["mpn"].plain(),
		gtin: p.firstOf("gtin", "gtin14", "gtin13", "gtin12", "gtin8"), title: get("name").plain(), brand: get("brand").plain(),
		kind: get("category").plain(), material: get("material").plain(), colour: p.object["color"].plain(),
	}
	a.kind = a.kind[strings.LastIndexByte(a.kind, '>')+1:]
	if group.object != nil {
		a.group = group.firstOf("productGroupID", "@id", "name")
		a.title = group.object["name"].plain()
	} else {
		a.group = p.object["inProductGroupWithID"].plain()
	}
	for _, audience := range get("audience").all() {
		a.gender = audience.object["suggestedGender"].word()
		a.age = ageOf(audience)
	}
	for _, size := range p.object["size"].all() {
		if err := a.takeSize(size); err != nil {
			return fault.Errorf("%s: %w", place, err)
		}
	}
	return c.add(a)
}

// firstOf is the first of some members that is stated.
func (n node) firstOf(keys ...string) string {
	for _, k := range keys {
		if v := n.object[k].plain(); v != "" {
			return v
		}
	}
	return ""
}

// adultFrom is the age from which bodies here are built [years].
const adultFrom = 16

// ageOf says "kids" of an audience that ends below adult age.
func ageOf(audience node) string {
	for _, key := range [...]string{"suggestedMaxAge"} {
		if age, err := strconv.ParseFloat(audience.object[key].plain(), 64); err == nil && age < adultFrom {
			return "kids"
		}
	}
	if age, err := strconv.ParseFloat(audience.object["suggestedAge"].object["maxValue"].plain(), 64); err == nil && age < adultFrom {
		return "kids"
	}
	return ""
}

// takeSize reads a size: a text, or a SizeSpecification with measurements of
// the body it is for and of the garment.
func (a *article) takeSize(size node) error {
	if size.object == nil {
		a.size = size.text
		return nil
	}
	a.size = size.object["name"].plain()
	a.sizeSystem = strings.TrimPrefix(size.object["sizeSystem"].word(), "WearableSizeSystem")
	a.sizeType = strings.TrimPrefix(size.object["sizeGroup"].word(), "WearableSizeGroup")
	if g := size.object["suggestedGender"].word(); g != "" {
		a.gender = g
	}
	if age := ageOf(size); age != "" {
		a.age = age
	}
	var err error
	if a.body, err = measuresOf(size.object["suggestedMeasurement"]); err != nil {
		return fault.Errorf("suggestedMeasurement: %w", err)
	}
	if a.garment, err = measuresOf(size.object["hasMeasurement"]); err != nil {
		return fault.Errorf("hasMeasurement: %w", err)
	}
	return nil
}

// units by UN/CEFACT code and by name.
var units = map[string]string{"CMT": "cm", "cm": "cm", "MMT": "mm", "mm": "mm", "MTR": "m", "m": "m", "INH": "in", "in": "in", "inch": "in"}

const maxMeasures = 60 // of one size

// measuresOf reads QuantitativeValues that name what they measure.
func measuresOf(n node) ([]measure, error) {
	var out []measure
	for _, q := range n.all() {
		m := measure{name: strings.TrimPrefix(wordOf(q), "WearableMeasurement"), unit: units[strings.TrimSpace(q.firstOf("unitCode", "unitText"))]}
		if len(out) == maxMeasures {
			return nil, fault.Errorf("more than %d measurements", maxMeasures)
		}
		if m.name == "" || m.unit == "" {
			return nil, fault.Errorf("a QuantitativeValue lacks a name or a unit of length (unitCode CMT, MMT, MTR or INH): %.60q %.20q", wordOf(q), q.firstOf("unitCode", "unitText"))
		}
		var err error
		if value := q.object["value"].plain(); value != "" {
			m.lo, err = strconv.ParseFloat(value, 64)
			m.hi = m.lo
		} else if m.lo, err = strconv.ParseFloat(q.object["minValue"].plain(), 64); err == nil {
			m.hi, err = strconv.ParseFloat(q.object["maxValue"].plain(), 64)
		}
		if err != nil || !(m.lo > 0 && m.hi >= m.lo && m.hi < 1e5) {
			return nil, fault.Errorf("%s: value, or minValue and maxValue, must be rising positive numbers", m.name)
		}
		out = append(out, m)
	}
	return out, nil
}

// wordOf is what a QuantitativeValue measures.
func wordOf(q node) string {
	for _, key := range [...]string{"name", "propertyID", "additionalType"} {
		if w := q.object[key].word(); w != "" {
			return w
		}
	}
	return ""
}
