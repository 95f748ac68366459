package v1_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"image"
	"image/png"
	"maps"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"testing"

	"fitroom/api/concierge"
	"fitroom/api/sqldb/sqldbtest"
	v1 "fitroom/api/v1"

	"github.com/getkin/kin-openapi/openapi3"
)

// requests is how many random requests are sent; `-requests 5000` sends 10,000 in all.
var requests = flag.Int("requests", 600, "random requests sent to the service")

// generator makes values that are nearly as the contract says.
type generator struct {
	*rand.Rand
	known []string // identifiers of records there are
}

// odd are values that somebody might send by mistake or on purpose.
func (g *generator) odd() any {
	all := []any{nil, true, "", "x", "\x00", "ß\u2028'\"--", strings.Repeat("a", 5000), -1.0, 0.0, 1e308, 3.5, []any{}, []any{nil}, map[string]any{}, map[string]any{"": nil}, "../../etc/passwd", "org_none", "1; DROP TABLE shop"}
	return all[g.IntN(len(all))]
}

func (g *generator) value(s *openapi3.Schema, depth int) any {
	if g.IntN(12) == 0 || depth > 6 {
		return g.odd()
	}
	switch {
	case len(s.OneOf) > 0:
		return g.value(s.OneOf[g.IntN(len(s.OneOf))].Value, depth+1)
	case len(s.Enum) > 0:
		return s.Enum[g.IntN(len(s.Enum))]
	case s.Type.Is("object"):
		return g.object(s, depth)
	case s.Type.Is("array"):
		all := []any{}
		for range g.IntN(3) {
			if s.Items != nil {
				all = append(all, g.value(s.Items.Value, depth+1))
			}
		}
		return all
	case s.Type.Is("number"), s.Type.Is("integer"):
		return float64(g.IntN(200))
	case s.Type.Is("boolean"):
		return g.IntN(2) == 0
	}
	words := append([]string{"M", "women", "cm", "2026-01-02", "ada@example.org", "123456", "https://a.example", "size_advice"}, g.known...)
	return words[g.IntN(len(words))]
}

func (g *generator) object(s *openapi3.Schema, depth int) any {
	out := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		if g.IntN(5) > 0 {
			out[name] = g.value(s.Properties[name].Value, depth+1)
		}
	}
	if more := s.AdditionalProperties.Schema; more != nil {
		for _, name := range []string{"height", "waist_girth", "bust_girth", "hat"} {
			if g.IntN(2) == 0 {
				out[name] = g.value(more.Value, depth+1)
			}
		}
	}
	if g.IntN(10) == 0 {
		out["surprise"] = g.odd()
	}
	return out
}

// Whatever is sent, the service answers within its contract and never with a
// fault of its own. Each answer's form is checked as in every test here.
func TestRandomRequests(t *testing.T) {
	sqldbtest.Each(t, randomRequests)
}

func randomRequests(t *testing.T, database string) {
	w := open(t, database, func(o *concierge.Options, _ *v1.Options) { o.Idle, o.MostOpen = true, 1<<30 })
	shop, key := w.shop("A")
	me := w.customer("ada@example.org")
	avatar := w.avatar(me)
	style := w.want(202, askFor("POST", "/v1/styles", key, chartStyle)).str(t, "id")
	grant := w.grant(me, shop, avatar, 3)
	_, text := contract()
	doc, err := openapi3.NewLoader().LoadFromData(text)
	if err != nil {
		t.Fatal(err)
	}
	g := &generator{rand.New(rand.NewPCG(1, 2)), []string{shop, avatar, style, grant}}
	statuses := map[int]int{}
	for n := range *requests {
		route := v1.Routes()[g.IntN(len(v1.Routes()))]
		if route.Method == "DELETE" && !strings.Contains(route.Path, "{id}") || strings.HasSuffix(route.Path, "/export") || strings.HasSuffix(route.Path, "/events") {
			continue // what ends the login, or takes long
		}
		r := w.do(g.request(doc, route, key, me))
		statuses[r.status]++
		if r.status >= 500 && r.status != 503 {
			t.Fatalf("request %d, %s %s: %d %s\n%s", n, route.Method, route.Path, r.status, r.data, w.log)
		}
	}
	t.Logf("%d requests: %v", *requests, statuses)
}

// picture is a small PNG, whole or with some bytes changed.
func (g *generator) picture() string {
	img := image.NewNRGBA(image.Rect(0, 0, 8+g.IntN(20), 8+g.IntN(20)))
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic(err)
	}
	data := b.Bytes()
	for range g.IntN(4) {
		data[g.IntN(len(data))] = byte(g.IntN(256))
	}
	return string(data)
}

// query has the numbers and words an operation asks for, some of them odd. What
// lists are asked for is left to the caller.
func (g *generator) query(o *openapi3.Operation) string {
	all := url.Values{}
	for _, p := range o.Parameters {
		if p.Value.In == "query" && p.Value.Name != "limit" && p.Value.Name != "cursor" && g.IntN(6) > 0 {
			all.Set(p.Value.Name, []string{"5", "0.5", "-18", "1e9", "NaN", "", "front", "\x00"}[g.IntN(8)])
		}
	}
	return all.Encode()
}

func (g *generator) request(doc *openapi3.T, route v1.Route, tokens ...string) ask {
	a := ask{method: route.Method, path: strings.Replace(route.Path, "{name}", []string{"report.json", "..%2f..%2fx", "a%00b"}[g.IntN(3)], 1), header: map[string]string{}}
	a.path = strings.Replace(a.path, "{id}", append([]string{"x", "%00", "..%2f", strings.Repeat("a", 300), "%ff"}, g.known...)[g.IntN(5+len(g.known))], 1)
	a.path = strings.Replace(a.path, "{gtin}", []string{"x", "%00", "4006381333931", "4006381333932"}[g.IntN(4)], 1)
	a.token = append(tokens, "", "frk_live_x_y", "frc_x")[g.IntN(len(tokens)+3)]
	if route.Access.Customer {
		a.token = tokens[1]
	} else if route.Access.Scope != "" {
		a.token = tokens[0]
	}
	operation := doc.Paths.Find(route.Path).GetOperation(route.Method)
	if body := operation.RequestBody; body != nil && body.Value.Content["image/png"] != nil {
		a.body, a.header["Content-Type"] = g.picture(), []string{"image/png", "image/jpeg"}[g.IntN(2)]
	} else if body != nil {
		data, _ := json.Marshal(g.value(body.Value.Content["application/json"].Schema.Value, 0))
		a.body = string(data)
		if g.IntN(20) == 0 {
			a.body = string(data[:g.IntN(len(data)+1)])
		}
	}
	odd := []string{"", "x", `"v-1"`, fmt.Sprintf(`"%s-%d"`, g.known[g.IntN(len(g.known))], 1+g.IntN(3)), "wait=0", "wait=x", "*", strings.Repeat("k", 300), "de;q=x", "bytes=5-1"}
	for _, name := range []string{"If-Match", "Prefer", "Idempotency-Key", "Accept-Language", "Range", "If-None-Match"} {
		if g.IntN(6) == 0 {
			a.header[name] = odd[g.IntN(len(odd))]
		}
	}
	if query := g.query(operation); query != "" {
		a.path += "?" + query
	} else if g.IntN(5) == 0 {
		a.path += "?limit=" + []string{"0", "1", "x", "-1", "999999999999999999999"}[g.IntN(5)] + "&cursor=" + []string{"", "!", "AAAA", "%ff"}[g.IntN(4)]
	}
	return a
}
