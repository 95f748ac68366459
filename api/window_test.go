package api

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"fitroom/api/concierge"

	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const shopSheet = `{"style": "shop-tee", "kind": "t-shirt", "population": "women", "sizes": ["S", "M"], "primary": ["bust_girth"],
	"chart": {"bust_girth": {"unit": "cm", "bands": {"S": [80, 88], "M": [88, 96]}}}, "text": {"en": "Shop tee", "de": "Laden-Shirt"},
	"variants": [{"gtin": "4006381333931", "size": "M"}]}`

// aShop makes a shop with a style and a browser key for an origin.
func aShop(t *testing.T, desk *concierge.Concierge, name, origin string) (shop, style, key string) {
	t.Helper()
	s, err := desk.AddShop(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	k, err := desk.KeyForShop(t.Context(), s.ID, concierge.KeyWish{Kind: "browser", Origins: []string{origin}})
	if err != nil {
		t.Fatal(err)
	}
	who := concierge.Who{Shop: s.ID}
	made, err := desk.AddStyle(t.Context(), who, []byte(strings.Replace(shopSheet, "shop-tee", "tee of "+name, 1)), concierge.Once{})
	if err != nil {
		t.Fatal(err)
	}
	style = made.Location[strings.LastIndex(made.Location, "/")+1:]
	for range 400 {
		if got, err := desk.Style(t.Context(), who, style); err == nil && got.State == "done" {
			return s.ID, style, k.Token
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("the style was not imported")
	return "", "", ""
}

// shopPage is a shop on a site of its own, with our element on its page.
func shopPage(t *testing.T, server, product string, key *string) *httptest.Server {
	t.Helper()
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!doctype html><html lang="en"><title>Shop</title><script src="%s/static/fit-room.js" data-key="%s" defer></script>
			<body><main><h1>Shop tee</h1><fit-room product="%s" lang="de"></fit-room></main>
			<script>addEventListener("fitroom-fit", e => { document.body.dataset.heard = JSON.stringify(e.detail) })</script>`, server, *key, product)
	}))
}

// A customer asks on a shop's page of another site whether a garment fits, logs
// in, measures and consents in our window, by keyboard alone; the shop's page
// hears what was granted and nothing else, and only from that window. axe-core
// has no objection to either on the way.
func TestShopPage(t *testing.T) {
	srv, desk, mail := accountServer(t)
	key := ""
	shopSite := shopPage(t, srv.URL, "4006381333931", &key)
	defer shopSite.Close()
	home := strings.Replace(shopSite.URL, "127.0.0.1", "localhost", 1) // another site to the browser
	shop, _, k := aShop(t, desk, "A", home)
	key = k
	axe := fetchAxe(t)
	v := visit{t, browser(t), "shop"}
	v.run(chromedp.EmulateViewport(1280, 800), chromedp.Navigate(home), chromedp.WaitVisible(chromedp.CSS("fit-room")))
	opened := chromedp.WaitNewTarget(v.ctx, func(*target.Info) bool { return true })
	v.waitFor(`document.querySelector("fit-room").shadowRoot?.querySelector("button")`)
	v.judge(axe, "the element")
	v.press(kb.Tab)
	v.press(kb.Enter)
	var id target.ID
	select {
	case id = <-opened:
	case <-time.After(time.Minute):
		t.Fatal("no window opened")
	}
	ctx, cancel := chromedp.NewContext(v.ctx, chromedp.WithTargetID(id))
	defer cancel()
	if err := chromedp.Do(ctx); err != nil { // the first call ties the window to its context
		t.Fatal(err)
	}
	w := visit{t, ctx, "window"}
	w.run(chromedp.EmulateViewport(360, 760), chromedp.WaitVisible(chromedp.CSS("#email")))
	w.passWindow(axe, func() string { return letter(t, mail) })
	v.waitFor(`document.body.dataset.heard`)
	heard := learn(v, chromedp.Evaluate[string](`document.body.dataset.heard`))
	if !strings.Contains(heard, `"verdict":"as_designed"`) || !strings.Contains(heard, `"sizes":["M"]`) {
		t.Errorf("the page heard %s", heard)
	}
	// Values as whole numbers: a style's random id may hold the same digits.
	for _, secret := range []string{`\b91\b`, `\b168\b`, `ease_cm`, `probability":\{"`, `body_cm`} {
		if regexp.MustCompile(secret).MatchString(heard) {
			t.Errorf("at level 1 the page heard %s: %s", secret, heard)
		}
	}
	if shown := learn(v, chromedp.Evaluate[string](`document.querySelector("fit-room").shadowRoot.textContent`)); !strings.Contains(shown, "Ihre Größe") || !strings.Contains(shown, "wie entworfen") {
		t.Errorf("the element shows %q", shown)
	}
	// "Back to the shop" ends the window while it answers, which is no fault.
	_ = chromedp.Do(w.ctx, chromedp.KeyEvent(kb.Enter))
	if focus := learn(v, chromedp.Evaluate[string](`document.querySelector("fit-room").shadowRoot.activeElement?.localName ?? "nothing"`)); focus != "button" {
		t.Errorf("back in the shop the focus is on %s, want the button it was on", focus)
	}
	v.number(`document.querySelector("fit-room").shadowRoot.querySelector("details").open = true, 1`)
	v.judge(axe, "the element with a verdict")
	v.look("heard", 1280)
	v.run(chromedp.Navigate(home), chromedp.WaitVisible(chromedp.CSS("fit-room")))
	forged := learn(v, chromedp.Evaluate[string](`new Promise(done => {
		postMessage({type: "fitroom:fit", product: "4006381333931", report: {advice: {outcome: "one", sizes: ["XS"]}}}, "*");
		setTimeout(() => done(document.querySelector("fit-room").shadowRoot.textContent), 300) })`, chromedp.EvalAwaitPromise))
	if strings.Contains(forged, "XS") {
		t.Errorf("a message of the page itself is believed: %q", forged)
	}
	checkLogged(t, desk, shop)
}

// passWindow logs in, measures and consents, from the window's first field to
// its last button, and touches nothing but keys.
func (v visit) passWindow(axe string, code func() string) {
	v.t.Helper()
	step := func(page, field, typed, next string) {
		v.t.Helper()
		v.judge(axe, page)
		v.look(page, 360)
		v.tabTo(field)
		v.run(chromedp.KeyEvent(typed+"\r"), chromedp.WaitVisible(chromedp.CSS(next)))
	}
	step("login", "#email", "ada@example.org", "#code")
	step("code", "#code", code(), "#m-height")
	v.tabTo("#m-height")
	v.run(chromedp.KeyEvent("168"))
	step("measure", "#m-bust_girth", "91", "[name=level]")
	v.judge(axe, "consent")
	v.look("consent", 360)
	v.tabTo("[name=level]")
	if level := learn(v, chromedp.Value(chromedp.CSS("[name=level]:checked"))); level != "1" {
		v.t.Errorf("level %s is proposed, want the lowest that tells anything", level)
	}
	v.tabTo("button[type=submit]")
	v.press(kb.Enter)
	v.waitFor(`document.querySelector("#told")`)
	v.judge(axe, "shown")
	v.look("shown", 360)
	v.tabTo("button[data-close]")
}

// checkLogged: the customer's log has the look of the shop.
func checkLogged(t *testing.T, desk *concierge.Concierge, shop string) {
	t.Helper()
	grants, err := desk.Grants(t.Context(), concierge.Who{Shop: shop}, pageOf(10))
	if err != nil || len(grants) != 1 || grants[0].Level != 1 {
		t.Fatalf("grants %v, %v", grants, err)
	}
	log, err := desk.Accesses(t.Context(), concierge.Who{Customer: grants[0].Customer}, pageOf(10))
	if err != nil || len(log) != 1 || log[0].What != "fit.read" || log[0].Shop != shop {
		t.Errorf("the log has %v, %v", log, err)
	}
}

// The window opens for the page a key was made for, and for no other.
func TestWindowChecksTheOrigin(t *testing.T) {
	srv, desk, _ := accountServer(t)
	_, style, key := aShop(t, desk, "A", "https://a.example")
	_, foreign, _ := aShop(t, desk, "B", "https://b.example")
	secret, err := desk.KeyForShop(t.Context(), shopOf(t, desk, key, "https://a.example"), concierge.KeyWish{})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		key, origin, product string
		status               int
	}{
		"its page":               {key, "https://a.example", style, 200},
		"by name":                {key, "https://a.example", "tee of A", 200},
		"by number":              {key, "https://a.example", "4006381333931", 200},
		"another page":           {key, "https://b.example", style, 403},
		"another shop's garment": {key, "https://a.example", foreign, 404},
		"no such garment":        {key, "https://a.example", "toga", 404},
		"a wrong key":            {"frp_live_x_y", "https://a.example", style, 401},
		"a secret key":           {secret.Token, "https://a.example", style, 401},
		"nothing":                {"", "", "", 401},
	} {
		resp, page := get(t, srv, "/fit?"+url.Values{"key": {c.key}, "origin": {c.origin}, "product": {c.product}}.Encode())
		if resp.StatusCode != c.status {
			t.Errorf("%s: %d, want %d: %.200s", name, resp.StatusCode, c.status, page)
		}
		if resp.Header.Get("Cross-Origin-Opener-Policy") != "unsafe-none" || !strings.Contains(resp.Header.Get("Content-Security-Policy"), "frame-ancestors 'none'") {
			t.Errorf("%s: headers %v", name, resp.Header)
		}
		if c.status != 200 && strings.Contains(string(page), "<form") {
			t.Errorf("%s: a form for nobody", name)
		}
	}
}

func shopOf(t *testing.T, desk *concierge.Concierge, key, origin string) string {
	t.Helper()
	who, err := desk.Authenticate(t.Context(), key, origin)
	if err != nil {
		t.Fatal(err)
	}
	return who.Shop
}

// The demo page explains itself without a key and shows the element with one,
// where the keyboard leads to its button; axe-core has no objection.
func TestShopDemo(t *testing.T) {
	srv, desk, _ := accountServer(t)
	if _, page := get(t, srv, "/shop-demo"); !strings.Contains(string(page), "fitroom admin key") {
		t.Errorf("without a key: %s", page)
	}
	_, style, key := aShop(t, desk, "A", strings.Replace(srv.URL, "127.0.0.1", "localhost", 1))
	at := url.Values{"key": {key}, "product": {style}, "lang": {"de"}}.Encode()
	if _, page := get(t, srv, "/shop-demo?"+at); strings.Contains(string(page), "<fit-room product") {
		t.Error("at an address the key was not made for the element shows")
	}
	axe := fetchAxe(t)
	v := visit{t, browser(t), "demo"}
	for _, width := range []int{1280, 360} {
		v.name = fmt.Sprint("demo-", width)
		v.run(chromedp.EmulateViewport(int64(width), 800), chromedp.Navigate(strings.Replace(srv.URL, "127.0.0.1", "localhost", 1)+"/shop-demo?"+at), chromedp.WaitVisible(chromedp.CSS("fit-room")))
		v.waitFor(`document.querySelector("fit-room").shadowRoot?.querySelector("button")?.textContent === "Passt mir das?"`)
		v.judge(axe, "shop")
		v.look("shop", width)
		v.tabTo("fit-room")
	}
}
