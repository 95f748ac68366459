package catalog

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

func mustRead(t *testing.T, name string) *Catalog {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c, err := Read(f, name)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func has(t *testing.T, notes []error, want string) {
	t.Helper()
	if !strings.Contains(fmt.Sprint(notes), want) {
		t.Errorf("no note says %q: %q", want, notes)
	}
}

// The samples were written from the public descriptions of the fields.
func TestFeeds(t *testing.T) {
	for name, want := range map[string]struct{ id, population, system, sizes, variants, gtins string }{
		"merchant.xml": {"TEE", "women", "EU", "[XS S M]", "3", "1"},
		"merchant.tsv": {"PANTS", "men", "US", "[32/32 32/34 34/32]", "3", "2"},
		"shopify.json": {"skirt", "women", "", "[36 38]", "3", "2"},
		"schema.json":  {"DRESS 1", "women", "DE", "[38 40]", "2", "2"},
	} {
		t.Run(name, func(t *testing.T) {
			c := mustRead(t, name)
			s := c.Styles[0]
			got := struct{ id, population, system, sizes, variants, gtins string }{s.ID, s.Population, s.SizeSystem, fmt.Sprint(s.Sizes), fmt.Sprint(len(s.Variants)), fmt.Sprint(c.GTINs)}
			if got != want {
				t.Errorf("%+v; want %+v", got, want)
			}
			styles, _ := c.Wire()
			if len(styles) != len(c.Styles) {
				t.Errorf("%d styles of %d", len(styles), len(c.Styles))
			}
		})
	}
}

func TestMerchantDetails(t *testing.T) {
	c := mustRead(t, "merchant.xml")
	s := c.Styles[0]
	if s.Title != "Tee & more" || s.Kind != "T-shirts" || s.Material != "cotton" || s.Brand != "Own" || fmt.Sprint(s.SizeTypes) != "[regular]" {
		t.Errorf("%+v", s)
	}
	if v := s.Variants[0]; v.ID != "TEE-S-RED" || v.GTIN != "04006381333931" || v.Size != "S" || v.Colour != "red" {
		t.Errorf("%+v", v)
	}
	has(t, c.Notes, "check digit 0; 1 would be right")
	has(t, c.Notes, "stands at line 5 already")
	has(t, c.Notes, "age group kids")
	if len(c.Styles) != 2 || fmt.Sprint(c.Styles[1].Sizes) != "[one]" {
		t.Errorf("%d styles", len(c.Styles))
	}
}

// Size charts of schema.org become charts and measures, each in one unit.
func TestSizeSpecification(t *testing.T) {
	styles, notes := mustRead(t, "schema.json").Wire()
	w := styles[0]
	if w.Style != "DRESS-1" || w.Kind != "dresses" || w.Primary[0] != "bust_girth" || w.SizeSystem != "DE" || w.SizeTypes[0] != "Regular" {
		t.Errorf("%+v", w)
	}
	if b := w.Chart["bust_girth"]; b.Unit != "cm" || b.Bands["40"] != [2]float64{90, 94} || b.Bands["38"] != [2]float64{86, 90} {
		t.Errorf("bust %+v", b)
	}
	if b := w.Chart["waist_girth"]; b.Unit != "cm" || b.Bands["40"] != [2]float64{74, 78} {
		t.Errorf("waist %+v", b)
	}
	if p := w.POM["sleeve_length"]; p.Unit != "in" || p.Values["40"] != 24 || p.Measure != "full" {
		t.Errorf("sleeve %+v", p)
	}
	has(t, notes, "Cup")
}

func TestSizesInOrder(t *testing.T) {
	for want, in := range map[string][]string{
		"[3XS XXS XS S M L XL XXL 3XL 10XL]": {"XL", "3XL", "S", "M", "XXS", "10XL", "L", "XS", "XXL", "3XS"},
		"[36 38 104]":                        {"104", "38", "36"},
		"[S M 40 42]":                        {"42", "M", "S", "40"},
		"[tall short]":                       {"tall", "short"},
		"[W30/L32 W32/L30]":                  {"W32/L30", "W30/L32"},
	} {
		if sortSizes(in); fmt.Sprint(in) != want {
			t.Errorf("%v; want %s", in, want)
		}
	}
}

func TestBadFeeds(t *testing.T) {
	for want, text := range map[string]string{
		"empty":                    "",
		"none of the formats":      "hello",
		"no product":               "<rss><channel></channel></rss>",
		"not a readable XML":       "<rss><channel></rss>",
		"does not end":             "<rss><item><id>1</id>",
		"deep":                     strings.Repeat("<a>", 100),
		"invalid character entity": `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><item><id>&b;</id></item></rss>`,
		"neither an id":            "<rss><item><title>x</title></item></rss>",
		"not name the field id":    "a\tb\n1\t2\n",
		"line 2 has 3 fields":      "id\tb\n1\t2\t3\n",
		"at byte":                  `{"products": [}`,
		"neither Shopify":          `{"a": 1}`,
		"lacks a name or a unit":   `{"@type": "Product", "sku": "1", "size": {"suggestedMeasurement": {"name": "Waist", "value": 70}}}`,
		"rising positive":          `{"@type": "Product", "sku": "1", "size": {"suggestedMeasurement": {"name": "Waist", "minValue": 80, "maxValue": 70, "unitCode": "CMT"}}}`,
		"none of its 1 articles":   "id\tage group\n1\tinfant\n",
	} {
		if _, err := Read(strings.NewReader(text), "feed"); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "feed") {
			t.Errorf("%s: got %v", want, err)
		}
	}
}

// repeat reads as head and then the same text for ever.
type repeat struct {
	head, text string
	at         int
}

func (r *repeat) Read(p []byte) (int, error) {
	for n := range p {
		if r.at < len(r.head) {
			p[n] = r.head[r.at]
		} else {
			p[n] = r.text[(r.at-len(r.head))%len(r.text)]
		}
		r.at++
	}
	return len(p), nil
}

// Endless feeds end in an error, in bounded time and memory.
func TestEndlessFeeds(t *testing.T) {
	for want, r := range map[string]io.Reader{
		"more than 500000": &repeat{head: "id\tsize\n", text: "A\tS\n"},
		"no product feed":  &repeat{text: "<a>"},
		"fields":           &repeat{head: "<rss><item>", text: "<a></a>"},
		"too long":         &repeat{head: "id\tb\n", text: "1\t"},
		"larger than":      &repeat{head: `{"a": "`, text: "x"},
	} {
		start := time.Now()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := Read(r, "feed")
		runtime.ReadMemStats(&after)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v", want, err)
		}
		if took := time.Since(start); took > time.Minute {
			t.Errorf("%s: it took %v", want, took)
		}
		t.Log(err, time.Since(start).Round(time.Millisecond), (after.TotalAlloc-before.TotalAlloc)>>20, "MB")
	}
}

// FuzzRead: an error, or styles that are valid.
func FuzzRead(f *testing.F) {
	for _, name := range []string{"merchant.xml", "merchant.tsv", "shopify.json", "schema.json"} {
		data, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := Read(bytes.NewReader(data), "fuzz")
		if err != nil {
			return
		}
		styles, _ := c.Wire()
		for _, s := range styles {
			if _, err := s.Convert("", nil); err != nil {
				t.Fatalf("a style that is not valid: %v", err)
			}
		}
	})
}
