package api

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fitroom/api/concierge"
	"fitroom/api/store"
	"fitroom/garment/words"

	"github.com/chromedp/chromedp"
)

// tour walks through the pages as people find them: in every language, on a
// phone and at a desk.
type tour struct {
	visit
	home string
}

// see opens addresses ({lang} is the language) and looks at each page; after
// "#" stands what is clicked there first.
func (w tour) see(pages ...[2]string) {
	w.t.Helper()
	for i, l := range words.All() {
		for _, width := range []int{360, 1280} {
			if i > 0 && width > 360 && os.Getenv(screenshotsVar) == "" {
				continue // what fits a phone fits a desk
			}
			w.run(chromedp.EmulateViewport(int64(width), 800))
			for _, page := range pages {
				name := page[0]
				at, click, _ := strings.Cut(strings.ReplaceAll(page[1], "{lang}", l.Code), "#")
				v := w.visit
				v.name = fmt.Sprintf("page-%s-%d", l.Code, width)
				v.run(chromedp.Navigate(w.home+at), chromedp.WaitReady(chromedp.CSS("main")))
				if click != "" {
					v.click(click)
				}
				if got := learn(v, chromedp.Evaluate[string](`document.documentElement.lang + (/[{}]|<no value>/.test(document.body.innerText) ? " with a gap" : "")`)); got != l.Code {
					v.t.Errorf("%s, %s: the page is in %q", v.name, name, got)
				}
				v.look(name, width)
			}
		}
	}
}

// send sends a form of the page as its button would and says where it leads.
func (w tour) send(path string, form url.Values) string {
	w.t.Helper()
	script := fmt.Sprintf(`fetch(%q, {method: "POST", headers: {"Content-Type": "application/x-www-form-urlencoded"}, body: %q}).then(r => r.ok ? r.url : "refused: " + r.status)`, path, form.Encode())
	to := learn(w.visit, chromedp.Evaluate[string](script, chromedp.EvalAwaitPromise))
	at, here := strings.CutPrefix(to, w.home)
	if !here {
		w.t.Fatalf("%s: %s %s", w.name, path, to)
	}
	return at
}

// figureOf is the typed woman as the page's form sends her.
func figureOf(more ...string) url.Values {
	form := url.Values{"population": {"women"}, "units": {"metric"}}
	for _, m := range typedWoman {
		form.Set(m[0], m[1])
	}
	for i := 0; i < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	return form
}

// stocked is a style that a shop brings and that has been imported.
func stocked(t *testing.T, desk *concierge.Concierge, who concierge.Who, upload []byte) string {
	t.Helper()
	made, err := desk.AddStyle(t.Context(), who, upload, concierge.Once{})
	if err != nil {
		t.Fatal(err)
	}
	id := made.Location[strings.LastIndex(made.Location, "/")+1:]
	for range 1200 {
		if got, err := desk.Style(t.Context(), who, id); err == nil && got.State == store.Done {
			return id
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("the style was not imported within a minute")
	return ""
}

// Every page of the service, as strangers, customers and shops see it, is in the
// language that was asked for, has no gap in its sentences and is no wider than
// the screen.
func TestEveryPage(t *testing.T) {
	srv, desk, mail := accountServer(t)
	w := tour{visit{t, browser(t), "page"}, strings.Replace(srv.URL, "127.0.0.1", "localhost", 1)}
	shop, advised, key := aShop(t, desk, "Ada & Söhne", w.home) // a style without a pattern, answered at once
	seller := concierge.Who{Shop: shop}
	tee := stocked(t, desk, seller, zipped(t, "styles/tee-women"))
	asks := url.Values{"key": {key}, "origin": {w.home}, "product": {advised}}
	window := "/fit?" + asks.Encode() + "&lang={lang}"

	w.see([][2]string{
		{"room", "/?lang={lang}"}, {"account-login", "/account?lang={lang}"}, {"console-enter", "/shop?lang={lang}"},
		{"shop-demo", "/shop-demo?" + asks.Encode() + "&lang={lang}"}, {"shop-demo-empty", "/shop-demo?lang={lang}"},
		{"window-login", window}, {"window-refused", "/fit?lang={lang}"},
	}...)
	result, _, _ := strings.Cut(w.send("/try-ons", figureOf("style", "tee-women", "lang", "en")), "?")
	result += "?lang={lang}"
	w.see([][2]string{
		{"result", result}, {"result-fit", result + "#label:has(#view-fit)"}, {"result-sections", result + "#label:has(#view-sections)"},
		{"result-turn", result + "#.advised [data-show=turn]"},
	}...)

	w.send("/account", url.Values{"do": {"code"}, "email": {"ada@example.org"}})
	w.send("/account", url.Values{"do": {"login"}, "email": {"ada@example.org"}, "code": {letter(t, mail)}})
	w.see([][2]string{{"account-new", "/account?lang={lang}"}, {"figure", "/account/figures?lang={lang}"}, {"window-measure", window}}...)
	w.send("/account/figures", figureOf("lang", "en"))
	w.see([2]string{"window-consent", window})

	w.run(chromedp.Navigate(w.home+"/account?lang=en"), chromedp.WaitReady(chromedp.CSS("#on")))
	avatar := learn(w.visit, chromedp.Value(chromedp.CSS("#on")))
	w.send("/account", url.Values{"do": {"grant"}, "shop": {shop}, "avatar": {avatar}, "level": {"2"}, "days": {"30"}})
	w.see([2]string{"window-show", window})
	asks.Set("do", "show")
	shown := w.send("/fit", asks)
	w.run(chromedp.Navigate(w.home + shown))
	w.waitFor(`document.querySelector("#told")`)
	worn := w.send("/account", url.Values{"do": {"try"}, "style": {advised}, "avatar": {avatar}})
	w.run(chromedp.Navigate(w.home + worn))
	w.waitFor(`document.querySelector(".verdicts")`)
	w.see([][2]string{{"window-shown", inEvery(shown)}, {"kept-fit", inEvery(worn)}, {"account", "/account?lang={lang}#details.paper summary"}}...)

	secret, err := desk.KeyForShop(t.Context(), shop, concierge.KeyWish{})
	if err != nil {
		t.Fatal(err)
	}
	feed, err := os.ReadFile(filepath.Join("catalog", "testdata", "merchant.xml"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := desk.AddFeed(t.Context(), seller, feed, concierge.Once{}); err != nil {
		t.Fatal(err)
	}
	for range 400 {
		if all, err := desk.Feeds(t.Context(), seller, pageOf(1)); err != nil || len(all) == 1 && all[0].State == store.Done {
			break // the page shows whether it was
		}
		time.Sleep(50 * time.Millisecond)
	}
	w.send("/shop", url.Values{"key": {secret.Token}})
	w.see([][2]string{{"console", "/shop?lang={lang}#details.paper summary"}, {"console-style", "/shop/styles/" + tee + "?lang={lang}"}}...)
}

// inEvery is an address without the language it was answered in.
func inEvery(at string) string {
	u, err := url.Parse(at)
	if err != nil {
		panic("api: " + err.Error())
	}
	q := u.Query()
	q.Del("lang")
	return u.Path + "?" + q.Encode() + "&lang={lang}"
}
