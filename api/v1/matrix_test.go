package v1_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"fitroom/api/concierge"
	v1 "fitroom/api/v1"
)

// role is somebody who might ask.
type role struct {
	name   string
	header map[string]string
	// can tells whether the table lets this role use a route at all.
	can func(v1.Access) bool
	// own tells whether the records of the matrix are this role's.
	own func(path string) bool
}

func bearer(token string) map[string]string {
	return map[string]string{"Authorization": "Bearer " + token}
}

// matrix has the records of shop A and customer A, and everybody who might
// ask for them.
func matrix(t *testing.T) (*world, []role, map[string]string) {
	w := open(t, "", nil)
	shopA, keyA := w.shop("A")
	shopB, keyB := w.shop("B")
	customerA, customerB := w.customer("a@example.org"), w.customer("b@example.org")
	style, avatar := w.style(keyA, chartStyle), w.avatar(customerA)
	grant := w.grant(customerA, shopA, avatar, 5)
	fit := w.fit(keyA, map[string]any{"style": style, "grant": grant, "sizes": []string{"M"}})
	mine := w.fit(customerA, map[string]any{"style": style, "avatar": avatar})
	hook := w.want(201, ask{method: "POST", path: "/v1/webhooks", token: keyA, body: map[string]any{"url": "http://localhost:1/none"}}).str(w, "id")
	key := w.want(201, ask{method: "POST", path: "/v1/keys", token: keyA, body: map[string]any{"label": "second"}}).str(w, "id")
	feed := w.feed(keyA, merchantFeed)
	expired := strings.Replace(keyA, "_", "_x", 1)
	records := map[string]string{
		"styles": style, "avatars": avatar, "grants": grant, "fits": fit.str(t, "id"), "jobs": mine.str(t, "job"), "webhooks": hook, "keys": key, "feeds": feed, "products": "4006381333931", "passkeys": "pas_other",
		"jobs of the shop": fit.str(t, "job"),
	}
	shop := func(a v1.Access) bool { return a.Scope != "" }
	customer := func(a v1.Access) bool { return a.Customer }
	nobody := func(v1.Access) bool { return false }
	none := func(string) bool { return false }
	return w, []role{
		{"nobody", nil, nobody, none},
		{"a wrong word", map[string]string{"Authorization": "Bearer wrong"}, nobody, none},
		{"another scheme", map[string]string{"Authorization": "Basic " + keyA}, nobody, none},
		{"a key cut short", bearer(keyA[:len(keyA)-1]), nobody, none},
		{"a key of another kind", bearer(expired), nobody, none},
		{"shop A", bearer(keyA), shop, func(p string) bool {
			return !strings.HasPrefix(p, "/v1/avatars") && (!strings.HasPrefix(p, "/v1/jobs") || strings.HasPrefix(p, "/v1/jobs/"+records["jobs of the shop"]))
		}},
		{"shop B", bearer(keyB), shop, none},
		{"shop A without scopes", bearer(w.key(shopA, concierge.KeyWish{Scopes: []string{"webhooks:read"}})), func(a v1.Access) bool { return a.Scope == "webhooks:read" }, func(string) bool { return true }},
		{"browser of shop B", map[string]string{"Authorization": "Bearer " + w.key(shopB, concierge.KeyWish{Kind: "browser", Origins: []string{"https://b.example"}}), "Origin": "https://b.example"},
			func(a v1.Access) bool { return a.Browser }, none},
		{"browser from elsewhere", map[string]string{"Authorization": "Bearer " + w.key(shopB, concierge.KeyWish{Kind: "browser", Origins: []string{"https://b.example"}}), "Origin": "https://c.example"},
			nobody, none},
		{"customer A", bearer(customerA), customer, func(p string) bool { return !strings.HasPrefix(p, "/v1/jobs/"+records["jobs of the shop"]) }},
		{"customer B", bearer(customerB), customer, func(p string) bool { return strings.HasPrefix(p, "/v1/styles") }},
	}, records
}

// Every route is asked by every role for the records of one shop and one
// customer. Whoever the table does not name gets 401 or 403; whoever it names
// but whose record it is not gets 404, which is also what a record that does
// not exist gets; nobody gets a record of another's, and nothing breaks.
func TestMatrixOfRoutesRolesAndTenants(t *testing.T) {
	w, roles, records := matrix(t)
	cells := 0
	for _, r := range roles {
		for _, route := range v1.Routes() {
			if route.Access.Public {
				continue
			}
			for _, path := range paths(route, records) {
				if harmful(route, r) {
					continue
				}
				cells++
				got := w.do(ask{method: route.Method, path: path, header: r.header}).status
				if err := judge(got, route, r, path); err != "" {
					t.Errorf("%s asks %s %s: %s", r.name, route.Method, route.Path, err)
				}
			}
		}
	}
	t.Logf("%d cells: %d routes, %d roles", cells, len(v1.Routes()), len(roles))
}

// paths fills a route with the record there is and with one there is not.
func paths(route v1.Route, records map[string]string) []string {
	if !strings.Contains(route.Path, "{") {
		return []string{route.Path}
	}
	kind := strings.Split(route.Path, "/")[2]
	path := strings.NewReplacer("{name}", "report.json", "{gtin}", "{id}").Replace(route.Path)
	all := []string{strings.Replace(path, "{id}", records[kind], 1), strings.Replace(path, "{id}", absent(kind, records[kind]), 1)}
	if kind == "jobs" {
		all = append(all, strings.Replace(path, "{id}", records["jobs of the shop"], 1))
	}
	return all
}

// absent names a record there is not.
func absent(kind, record string) string {
	if kind == "products" {
		return "4006381333955"
	}
	return record[:3] + "_none"
}

// harmful would take away what the rest of the matrix needs.
func harmful(route v1.Route, r role) bool {
	return route.Method == "DELETE" && r.can(route.Access) && (r.name == "shop A" || r.name == "customer A" || strings.HasPrefix(route.Path, "/v1/me") || strings.HasPrefix(route.Path, "/v1/login"))
}

func judge(got int, route v1.Route, r role, path string) string {
	signed := r.can(v1.Access{Customer: true, Scope: "webhooks:read", Browser: true})
	switch {
	case !signed:
		if got != http.StatusUnauthorized && !(got == http.StatusForbidden && r.name == "browser from elsewhere") {
			return fmt.Sprintf("%d, want 401", got)
		}
	case !r.can(route.Access):
		if got != http.StatusForbidden {
			return fmt.Sprintf("%d, want 403", got)
		}
	case strings.Contains(route.Path, "{") && (!r.own(path) || strings.HasSuffix(path, "4006381333955") || strings.HasSuffix(path, "_none") || strings.Contains(path, "_none/")):
		// A change that is malformed or names no version may be refused before
		// it is known to be another's; it says nothing of the record.
		if got != http.StatusNotFound && got != http.StatusPreconditionRequired && !(route.Method != "GET" && route.Method != "DELETE" && got >= 400 && got < 500) {
			return fmt.Sprintf("%d, want 404", got)
		}
	case route.Method == "GET":
		if got != http.StatusOK && !(strings.HasPrefix(path, "/v1/jobs/") && got == http.StatusNotFound) {
			return fmt.Sprintf("%d, want 200", got)
		}
	case got >= 500 || got == 401 || got == 403:
		return fmt.Sprintf("%d for a route the table allows", got)
	}
	return ""
}

// A key stops at its end, at its revocation, and after the overlap of its
// rotation; a key makes no key that can do more than itself.
func TestKeys(t *testing.T) {
	w := open(t, "", nil)
	shop, key := w.shop("A")
	small := w.key(shop, concierge.KeyWish{Scopes: []string{"keys:write", "keys:read"}})
	w.want(403, ask{method: "POST", path: "/v1/keys", token: small, body: map[string]any{"scopes": []string{"styles:write"}}})
	for _, c := range []struct {
		body map[string]any
		at   string
	}{
		{map[string]any{"scopes": []string{"everything"}}, "/scopes/0"}, {map[string]any{"kind": "browser"}, "/origins"},
		{map[string]any{"kind": "browser", "origins": []string{"https://a.example/path"}}, "/origins/0"}, {map[string]any{"kind": "browser", "origins": []string{"http://a.example"}}, "/origins/0"},
		{map[string]any{"kind": "browser", "origins": []string{"https://a.example"}, "scopes": []string{"fits:write"}}, "/scopes/0"}, {map[string]any{"days": -1}, "/days"}, {map[string]any{"hat": 1}, "/hat"},
	} {
		if r := w.want(422, ask{method: "POST", path: "/v1/keys", token: key, body: c.body}); !strings.Contains(string(r.data), `"pointer":"`+c.at+`"`) {
			t.Errorf("%v: %s; want the blame on %s", c.body, r.data, c.at)
		}
	}
	made := w.want(201, ask{method: "POST", path: "/v1/keys", token: key, body: map[string]any{"label": "x", "days": 1}})
	second, id := made.str(t, "token"), made.str(t, "id")
	if shown := w.want(200, ask{method: "GET", path: "/v1/keys/" + id, token: second}); strings.Contains(string(shown.data), second) || shown.str(t, "expires") == "" {
		t.Errorf("%s", shown.data)
	}
	third := w.want(201, ask{method: "POST", path: "/v1/keys/" + id + "/rotations", token: key, body: map[string]any{"overlap_hours": 0}})
	w.want(401, ask{method: "GET", path: "/v1/keys", token: second})
	w.want(200, ask{method: "GET", path: "/v1/keys", token: third.str(t, "token")})
	w.want(204, ask{method: "DELETE", path: "/v1/keys/" + third.str(t, "id"), token: key})
	w.want(401, ask{method: "GET", path: "/v1/keys", token: third.str(t, "token")})
	if found := leaks(t, w.dir, []string{second, key, third.str(t, "token")}); len(found) > 0 {
		t.Errorf("the secret of a key is kept: %v", found)
	}
}

// A browser key works from the pages it was made for, as browsers ask.
func TestBrowserKey(t *testing.T) {
	w := open(t, "", nil)
	shop, key := w.shop("A")
	w.style(key, chartStyle)
	browser := w.key(shop, concierge.KeyWish{Kind: "browser", Origins: []string{"https://a.example"}})
	before := w.want(204, ask{method: "OPTIONS", path: "/v1/styles", header: map[string]string{"Origin": "https://a.example", "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "authorization"}})
	if before.header.Get("Access-Control-Allow-Origin") != "*" || !strings.Contains(before.header.Get("Access-Control-Allow-Headers"), "Authorization") {
		t.Errorf("preflight: %v", before.header)
	}
	r := w.want(200, ask{method: "GET", path: "/v1/styles", token: browser, header: map[string]string{"Origin": "https://a.example"}})
	if r.header.Get("Access-Control-Allow-Origin") != "https://a.example" || strings.Contains(string(r.data), "report") {
		t.Errorf("%v %s", r.header, r.data)
	}
	w.want(403, ask{method: "GET", path: "/v1/styles", token: browser, header: map[string]string{"Origin": "https://b.example"}})
	w.want(403, ask{method: "POST", path: "/v1/fits", token: browser, body: map[string]any{"style": "x", "mannequin": "M"}, header: map[string]string{"Origin": "https://a.example"}})
}
