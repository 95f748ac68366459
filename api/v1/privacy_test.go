package v1_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"fitroom/api/concierge"
	"fitroom/api/consent"
	"fitroom/api/sqldb/sqldbtest"
	v1 "fitroom/api/v1"
)

// The whole way of a customer on both databases: what a shop sees at each
// level, who saw it in the log, revoking, exporting, erasing; and at the end
// nothing that was written anywhere holds a measurement.
func TestACustomersWay(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, url string) {
		if strings.HasPrefix(url, "sqlite:") {
			url = "" // in the world's own folder, which is searched
		}
		w := open(t, url, nil)
		shop, key := w.shop("A")
		me := w.customer("ada@example.org")
		avatar, style := w.avatar(me), w.style(key, chartStyle)
		mine := w.fit(me, map[string]any{"style": style, "avatar": avatar})
		if !strings.Contains(string(mine.data), "91.26") {
			t.Errorf("the customer's own report does not name the measurement: %.300s", mine.data)
		}
		var fits []string
		for level := consent.Nothing; level <= consent.Highest; level++ {
			fits = append(fits, w.seen(t, me, key, shop, avatar, style, level))
		}
		w.revoked(t, me, key, fits[2])
		w.exported(t, me)
		if found := leaks(t, w.dir, secrets()); len(found) > 0 {
			t.Errorf("written in the clear: %v", found)
		}
		for _, secret := range append(secrets(), "ada@example.org", me, key) {
			if holds([]byte(w.log.String()), secret) {
				t.Errorf("the log holds %s", secret)
			}
		}
		w.erased(t, me, key, avatar)
	})
}

// seen has the shop ask for a fit under a grant of a level.
func (w *world) seen(t *testing.T, me, key, shop, avatar, style string, level int) (fit string) {
	t.Helper()
	grant := w.grant(me, shop, avatar, level)
	ask := map[string]any{"style": style, "grant": grant}
	if level == consent.Nothing {
		if r := w.do(askFor("POST", "/v1/fits", key, ask)); r.status != 403 || r.str(t, "code") != "not-granted" {
			t.Errorf("level 0: %d %s", r.status, r.data)
		}
		return ""
	}
	r := w.fit(key, ask)
	text := string(r.data)
	for shown, from := range map[string]int{`"verdict":"as_designed"`: consent.Verdict, `"ease_cm"`: consent.Ease, `"body_cm":91`: consent.Rounded, "91.26": consent.Avatar, "report.json": consent.Avatar} {
		if strings.Contains(text, shown) && level < from || !strings.Contains(text, shown) && level >= from && shown != `"ease_cm"` {
			t.Errorf("level %d shows %s: %v\n%s", level, shown, strings.Contains(text, shown), text)
		}
	}
	if strings.Contains(text, avatar) {
		t.Error("the shop is told the avatar's id")
	}
	id := r.str(t, "id")
	want := http.StatusNotFound
	if level == consent.Avatar {
		want = http.StatusOK
	}
	w.want(want, askFor("GET", "/v1/fits/"+id+"/files/report.json", key, nil))
	return id
}

func askFor(method, path, token string, body any) ask {
	return ask{method: method, path: path, token: token, body: body}
}

// revoked revokes the grant of a fit.
func (w *world) revoked(t *testing.T, me, key, fit string) {
	t.Helper()
	grant := w.want(200, askFor("GET", "/v1/fits/"+fit, key, nil)).str(t, "grant")
	w.want(204, askFor("DELETE", "/v1/grants/"+grant, me, nil))
	w.want(404, askFor("GET", "/v1/fits/"+fit, key, nil))
	w.want(404, askFor("GET", "/v1/grants/"+grant, key, nil))
	w.want(404, askFor("DELETE", "/v1/grants/"+grant, me, nil))
	if g := w.want(200, askFor("GET", "/v1/grants/"+grant, me, nil)).object(t); g["live"] != false || g["revoked"] == nil {
		t.Errorf("the customer sees %v", g)
	}
	if list := w.want(200, askFor("GET", "/v1/fits", key, nil)); strings.Contains(string(list.data), fit) {
		t.Error("the revoked fit is still listed")
	}
	log := string(w.want(200, askFor("GET", "/v1/me/accesses?limit=200", me, nil)).data)
	if n := strings.Count(log, fit); n < 3 || !strings.Contains(log, "fit.asked") || !strings.Contains(log, "file.read") {
		t.Errorf("the log names the fit %d times: %s", n, log)
	}
}

// exported reads the ZIP of everything.
func (w *world) exported(t *testing.T, me string) {
	t.Helper()
	r := w.want(200, askFor("GET", "/v1/me/export", me, nil))
	z, err := zip.NewReader(bytes.NewReader(r.data), int64(len(r.data)))
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]int{}
	for _, f := range z.File {
		kinds[path.Ext(f.Name)]++
		rc, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(rc)
		if err != nil || path.Ext(f.Name) == ".json" && !json.Valid(data) || path.Ext(f.Name) == ".glb" && !bytes.HasPrefix(data, []byte("glTF")) {
			t.Errorf("%s: %d bytes, %v", f.Name, len(data), err)
		}
		if strings.HasPrefix(f.Name, "avatars/") && path.Ext(f.Name) == ".json" && !bytes.Contains(data, []byte("91.257")) {
			t.Errorf("the exported avatar lacks its measurement: %s", data)
		}
	}
	// account, avatar, 6 receipts, log, report; the body
	if kinds[".json"] < 9 || kinds[".glb"] != 1 {
		t.Errorf("the export holds %v", slices.Collect(maps.Keys(kinds)))
	}
}

// erased erases and looks for what is left: nothing, not even sealed.
func (w *world) erased(t *testing.T, me, key, avatar string) {
	t.Helper()
	if len(leaks(t, w.dir+"/blobs", []string{""})) == 0 {
		t.Fatal("there are no blobs to erase")
	}
	w.want(204, askFor("DELETE", "/v1/me", me, nil))
	w.want(401, askFor("GET", "/v1/me", me, nil))
	if list := w.want(200, askFor("GET", "/v1/grants", key, nil)).object(t)["grants"].([]any); len(list) > 0 {
		t.Errorf("the shop still holds %v", list)
	}
	if found := leaks(t, w.dir+"/blobs/c", []string{""}); len(found) > 0 {
		t.Errorf("files of the customer are left: %v", found)
	}
	if found := leaks(t, w.dir, []string{avatar}); len(found) > 0 {
		t.Errorf("the avatar's id is left: %v", found)
	}
	again := w.customer("ada@example.org")
	if list := w.want(200, askFor("GET", "/v1/avatars", again, nil)).object(t)["avatars"].([]any); len(list) > 0 {
		t.Errorf("a new account of the same address finds %v", list)
	}
}

// A real garment, draped: pictures and 3D file come sealed to the disk and
// whole to the customer, and a shop without leave for pictures gets none.
func TestPicturesAreSealed(t *testing.T) {
	w := open(t, "", nil)
	shop, key := w.shop("A")
	me := w.customer("ada@example.org")
	avatar := w.avatar(me)
	style := w.style(key, drapedStyle)
	if s := w.want(200, askFor("GET", "/v1/styles/"+style, key, nil)); s.str(t, "state") != "done" {
		t.Fatalf("%s", s.data)
	}
	fit := w.fit(me, map[string]any{"style": style, "avatar": avatar})
	files, _ := fit.object(t)["files"].(map[string]any)
	if len(files) < 4 {
		t.Fatalf("files %v of %.500s", files, fit.data)
	}
	for name, link := range files {
		r := w.want(200, askFor("GET", link.(string), me, nil))
		again := w.do(ask{method: "GET", path: link.(string), token: me, header: map[string]string{"If-None-Match": r.header.Get("ETag")}})
		part := w.do(ask{method: "GET", path: link.(string), token: me, header: map[string]string{"Range": "bytes=1-3"}})
		if again.status != 304 || part.status != 206 || string(part.data) != string(r.data[1:4]) {
			t.Errorf("%s: again %d, a part %d", name, again.status, part.status)
		}
	}
	if found := leaks(t, w.dir+"/blobs/c", []string{"\x89PNG\r\n\x1a\n", "POSITION", "verdict"}); len(found) > 0 {
		t.Errorf("in the clear: %v", found)
	}
	grant := w.grant(me, shop, avatar, consent.Rounded)
	seen := w.fit(key, map[string]any{"style": style, "grant": grant})
	if seen.object(t)["files"] != nil {
		t.Errorf("a shop without leave for pictures is shown %v", seen.object(t)["files"])
	}
	for name := range files {
		w.want(404, askFor("GET", "/v1/fits/"+seen.str(t, "id")+"/files/"+name, key, nil))
	}
}

// Codes are few, short-lived, and wrong guesses end them.
func TestLoginIsGuarded(t *testing.T) {
	w := open(t, "", nil)
	send := askFor("POST", "/v1/login/codes", "", map[string]string{"email": "eve@example.org"})
	w.want(202, send)
	code := w.code("eve@example.org")
	wrong := "000000"
	if code == wrong {
		wrong = "000001"
	}
	login := func(code string) reply {
		return w.do(askFor("POST", "/v1/login/sessions", "", map[string]string{"email": "eve@example.org", "code": code}))
	}
	for range 5 {
		if r := login(wrong); r.status != 403 || r.str(t, "code") != "wrong-code" {
			t.Fatalf("%d %s", r.status, r.data)
		}
	}
	if r := login(code); r.status != 403 {
		t.Errorf("the right code after five wrong ones: %d", r.status)
	}
	for range 4 {
		w.want(202, send)
	}
	if r := w.do(send); r.status != 429 || r.header.Get("Retry-After") == "" {
		t.Errorf("the sixth code: %d %s", r.status, r.data)
	}
	w.want(403, askFor("POST", "/v1/login/sessions", "", map[string]string{"email": "nobody@example.org", "code": "123456"}))
	w.want(422, askFor("POST", "/v1/login/codes", "", map[string]string{"email": "not an address"}))
}

// A login in a cookie works on our own pages and for no other site.
func TestCookie(t *testing.T) {
	w := open(t, "", nil)
	w.want(202, askFor("POST", "/v1/login/codes", "", map[string]string{"email": "ada@example.org"}))
	r := w.want(201, askFor("POST", "/v1/login/sessions", "", map[string]any{"email": "ada@example.org", "code": w.code("ada@example.org"), "cookie": true}))
	set := r.header.Get("Set-Cookie")
	if r.object(t)["token"] != nil || !strings.Contains(set, "HttpOnly") || !strings.Contains(set, "SameSite=Strict") {
		t.Errorf("%s, cookie %s", r.data, set)
	}
	cookie, _, _ := strings.Cut(set, ";")
	for site, want := range map[string]int{"same-origin": 204, "cross-site": 403} {
		got := w.do(ask{method: "DELETE", path: "/v1/login/sessions/current", header: map[string]string{"Cookie": cookie, "Sec-Fetch-Site": site}})
		if site == "cross-site" && got.status != want && got.status != 401 { // the order of the two is open
			t.Errorf("%s: %d, want %d", site, got.status, want)
		}
	}
}

// Haste is told to wait, with the limits in the headers.
func TestRateLimit(t *testing.T) {
	w := open(t, "", func(_ *concierge.Options, o *v1.Options) { o.ShopPerMinute = 3 })
	_, key := w.shop("A")
	for left := 2; left >= 0; left-- {
		r := w.want(200, askFor("GET", "/v1/styles", key, nil))
		if r.header.Get("RateLimit-Limit") != "3" || r.header.Get("RateLimit-Remaining") != string(rune('0'+left)) {
			t.Errorf("headers %v", r.header)
		}
	}
	if r := w.do(askFor("GET", "/v1/styles", key, nil)); r.status != 429 || r.header.Get("Retry-After") == "" {
		t.Errorf("%d %s", r.status, r.data)
	}
	_, other := w.shop("B")
	w.want(200, askFor("GET", "/v1/styles", other, nil))
}

// Too much waiting work is turned away with the time to come again.
func TestBackPressure(t *testing.T) {
	w := open(t, "", func(o *concierge.Options, _ *v1.Options) { o.Idle, o.MostOpen = true, 2 })
	_, key := w.shop("A")
	for range 2 {
		w.want(202, askFor("POST", "/v1/styles", key, chartStyle))
	}
	if r := w.do(askFor("POST", "/v1/styles", key, chartStyle)); r.status != 503 || r.header.Get("Retry-After") != "10" || r.str(t, "code") != "busy" {
		t.Errorf("%d %v %s", r.status, r.header, r.data)
	}
	time.Sleep(time.Millisecond)
}
