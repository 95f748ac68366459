package v1_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"fitroom/api/concierge"
)

// merchantFeed is a feed of the catalogue room's tests.
const merchantFeed = "../catalog/testdata/merchant.xml"

// feed sends a feed and waits for its import.
func (w *world) feed(key, file string) string {
	w.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		w.Fatal(err)
	}
	id := w.want(202, ask{method: "POST", path: "/v1/feeds", token: key, body: string(data), header: map[string]string{"Content-Type": "application/xml"}}).str(w, "id")
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if f := w.want(200, askFor("GET", "/v1/feeds/"+id, key, nil)); f.str(w, "state") != "queued" {
			return id
		}
	}
	w.Fatal("the feed was not imported")
	return ""
}

// A feed becomes styles whose articles are found by their numbers; sent again
// it makes nothing new; another shop sees none of it; nonsense fails with a
// report.
func TestFeeds(t *testing.T) {
	w := open(t, "", nil)
	_, key := w.shop("A")
	_, other := w.shop("B")
	count := func() int {
		return strings.Count(string(w.want(200, askFor("GET", "/v1/styles", key, nil)).data), `"state":"done"`)
	}
	first := w.want(200, askFor("GET", "/v1/feeds/"+w.feed(key, merchantFeed), key, nil))
	styles := count()
	if report := first.object(t)["report"].(map[string]any); first.str(t, "state") != "done" || styles == 0 || len(report["styles"].([]any)) != styles || report["gtins"].(float64) == 0 {
		t.Errorf("%d styles of %s", styles, first.data)
	}
	again := w.want(200, askFor("GET", "/v1/feeds/"+w.feed(key, merchantFeed), key, nil))
	if count() != styles || again.str(t, "state") != "done" {
		t.Errorf("sent twice: %d styles, then %d", styles, count())
	}
	for _, number := range []string{"4006381333931", "04006381333931", "4006381-333931"} {
		p := w.want(200, askFor("GET", "/v1/products/"+number, key, nil))
		if p.str(t, "gtin") != "04006381333931" || p.str(t, "size") != "S" || p.str(t, "colour") != "red" {
			t.Errorf("%s: %s", number, p.data)
		}
		w.want(200, askFor("GET", "/v1/styles/"+p.str(t, "style"), key, nil))
		w.want(404, askFor("GET", "/v1/products/"+number, other, nil))
	}
	w.want(422, askFor("GET", "/v1/products/4006381333932", key, nil)) // its check digit
	w.want(404, askFor("GET", "/v1/products/4006381333955", key, nil))
	if list := w.want(200, askFor("GET", "/v1/products?limit=1", key, nil)); !strings.Contains(string(list.data), `"next"`) {
		t.Errorf("%s", list.data)
	}
	browser := w.key(w.shopOf(key), concierge.KeyWish{Kind: "browser", Origins: []string{"https://a.example"}})
	w.want(200, ask{method: "GET", path: "/v1/products/4006381333931", token: browser, header: map[string]string{"Origin": "https://a.example"}})

	bad := w.want(202, ask{method: "POST", path: "/v1/feeds", token: key, body: "no feed", header: map[string]string{"Content-Type": "text/plain"}}).str(t, "id")
	for end := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		f := w.want(200, askFor("GET", "/v1/feeds/"+bad, key, nil))
		if f.str(t, "state") == "failed" && f.object(t)["report"].(map[string]any)["error"] != "" {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("%s", f.data)
		}
	}
	w.want(415, askFor("POST", "/v1/feeds", key, nil))
}

// shopOf is the shop of a key.
func (w *world) shopOf(key string) string {
	who, err := w.desk.Authenticate(w.Context(), key, "")
	if err != nil {
		w.Fatal(err)
	}
	return who.Shop
}
