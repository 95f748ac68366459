package catalog

import (
	"bufio"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"fitroom/geometry/fault"
)

// merchant fields by name, of both forms of the feed.
func (a *article) set(field, value string) {
	to := map[string]*string{
		"id": &a.id, "item_group_id": &a.group, "title": &a.title, "brand": &a.brand, "gtin": &a.gtin, "mpn": &a.sku,
		"size": &a.size, "size_system": &a.sizeSystem, "size_type": &a.sizeType, "color": &a.colour, "gender": &a.gender,
		"age_group": &a.age, "material": &a.material, "product_type": &a.kind,
	}[field]
	if to == nil {
		return // price, links and the rest of a shop window
	}
	if field == "product_type" {
		value = value[strings.LastIndexByte(value, '>')+1:] // "Clothing > Shirts": the last is the kind
	}
	if *to == "" { // size_type may come twice; the first counts
		*to = value
	}
}

const merchantFeed = "Google Merchant feed"

// readMerchantXML reads RSS items and Atom entries one by one, so that memory
// does not grow with the feed. Entities other than XML's own five are refused
// by the decoder, so that none can be expanded without end.
func readMerchantXML(r io.Reader) (*collector, error) {
	c := newCollector(merchantFeed)
	dec := xml.NewDecoder(r)
	depth := 0
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return c, nil
		}
		if err != nil {
			return nil, fault.Errorf("not a readable XML feed: %w", err)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if t.Name.Local != "item" && t.Name.Local != "entry" {
				if depth++; depth > maxDepth {
					return nil, tooDeep(dec)
				}
				continue
			}
			line, _ := dec.InputPos()
			a := article{place: fault.Errorf("line %d", line)}
			if err := a.readItem(dec); err != nil {
				return nil, err
			}
			if err := c.add(a); err != nil {
				return nil, err
			}
		case xml.EndElement:
			depth--
		}
	}
}

// Limits within one item.
const (
	maxDepth  = 30
	maxFields = 2000
	maxField  = 64 << 10 // [bytes]; descriptions are long
)

func tooDeep(dec *xml.Decoder) error {
	line, _ := dec.InputPos()
	return fault.Errorf("line %d: elements stand more than %d deep in one another; this is no product feed", line, maxDepth)
}

// readItem reads the fields of one item up to its end. Fields within fields,
// as of shipping, are passed over.
func (a *article) readItem(dec *xml.Decoder) error {
	depth, fields := 0, 0
	var field string
	var text strings.Builder
	for {
		tok, err := dec.Token()
		if err != nil {
			return fault.Errorf("%s: the item does not end: %w", a.place, err)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return tooDeep(dec)
			}
			if fields++; fields > maxFields {
				return fault.Errorf("%s: the item has more than %d fields", a.place, maxFields)
			}
			if depth == 1 {
				field = t.Name.Local
				text.Reset()
			}
		case xml.CharData:
			if depth == 1 && text.Len()+len(t) <= maxField {
				text.Write(t)
			}
		case xml.EndElement:
			if depth == 0 {
				return nil
			}
			if depth == 1 {
				a.set(field, text.String())
			}
			depth--
		}
	}
}

// readMerchantTable reads the tab-separated form: the first line names the
// fields, every other is an article.
func readMerchantTable(r io.Reader) (*collector, error) {
	c := newCollector(merchantFeed)
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, maxField), 16*maxField)
	var fields []string
	for n := 1; lines.Scan(); n++ {
		row := strings.Split(strings.TrimRight(lines.Text(), "\r"), "\t")
		if len(row) > maxFields {
			return nil, fault.Errorf("line %d has more than %d fields", n, maxFields)
		}
		if fields == nil {
			if fields = fieldNames(row); fields == nil {
				return nil, fault.Errorf("the first line does not name the field id; this is no Merchant feed")
			}
			continue
		}
		if len(row) == 1 && strings.TrimSpace(row[0]) == "" {
			continue
		}
		if len(row) > len(fields) {
			return nil, fault.Errorf("line %d has %d fields, the first line names %d", n, len(row), len(fields))
		}
		a := article{place: fault.Errorf("line %d", n)}
		for i, v := range row {
			a.set(fields[i], strings.Trim(v, `"`))
		}
		if err := c.add(a); err != nil {
			return nil, err
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fault.Errorf("not a readable table: %w", err)
	}
	return c, nil
}

// fieldNames are the names of the columns as they are written in XML; nil if
// there is no id among them.
func fieldNames(row []string) []string {
	out := make([]string, len(row))
	ok := false
	for i, name := range row {
		name = strings.ToLower(strings.TrimSpace(strings.Trim(strings.TrimSpace(name), `"`)))
		out[i] = strings.ReplaceAll(strings.TrimPrefix(name, "g:"), " ", "_")
		ok = ok || out[i] == "id"
	}
	if !ok {
		return nil
	}
	return out
}
