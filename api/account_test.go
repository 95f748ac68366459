package api

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"fitroom/api/concierge"
	mailing "fitroom/api/post"
	"fitroom/api/vault"
)

// accountServer is a server with accounts, and where its letters are.
func accountServer(tb testing.TB) (srv *httptest.Server, desk *concierge.Concierge, mail string) {
	tb.Helper()
	room, err := testRoom()
	if err != nil {
		tb.Fatal(err)
	}
	dir := tb.TempDir()
	mail = filepath.Join(dir, "mail")
	sender, err := mailing.Open("file:" + mail)
	if err != nil {
		tb.Fatal(err)
	}
	master, err := vault.NewMaster(make([]byte, 32))
	if err != nil {
		tb.Fatal(err)
	}
	desk, err = concierge.Open(tb.Context(), concierge.Options{Room: room, Database: "sqlite:" + filepath.Join(dir, "db"), Blobs: filepath.Join(dir, "blobs"), Master: master, Mail: sender, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { desk.Stop(context.Background()) })
	if err := desk.Start(context.Background()); err != nil {
		tb.Fatal(err)
	}
	srv, _, _ = testServer(tb, Options{Concierge: desk})
	return srv, desk, mail
}

// letter is the code in the last letter.
func letter(tb testing.TB, mail string) string {
	tb.Helper()
	files, _ := filepath.Glob(filepath.Join(mail, "*.eml"))
	if len(files) == 0 {
		tb.Fatal("no letter")
	}
	data, err := os.ReadFile(files[len(files)-1])
	if err != nil {
		tb.Fatal(err)
	}
	return regexp.MustCompile(`\b\d{6}\b`).FindString(string(data))
}

// guest is a customer with a browser that keeps cookies.
type guest struct {
	testing.TB
	client *http.Client
	url    string
}

func newGuest(tb testing.TB, url string) *guest {
	jar, _ := cookiejar.New(nil)
	return &guest{tb, &http.Client{Jar: jar}, url}
}

func (b *guest) send(status int, form url.Values) string {
	b.Helper()
	resp, err := b.client.PostForm(b.url+"/account", form)
	if err != nil {
		b.Fatal(err)
	}
	page := string(readAll(b, resp))
	if resp.StatusCode != status {
		b.Fatalf("%v: %d, want %d\n%s", form, resp.StatusCode, status, page)
	}
	return page
}

// The page of a customer's own data without any script: logging in, seeing
// measurements, grants and log, revoking, exporting, erasing.
func TestAccountPage(t *testing.T) {
	srv, desk, mail := accountServer(t)
	b := newGuest(t, srv.URL)
	b.send(422, url.Values{"do": {"code"}, "email": {"not an address"}})
	if page := b.send(200, url.Values{"do": {"code"}, "email": {"ada@example.org"}, "lang": {"de"}}); !strings.Contains(page, "Der Code, der an ada@example.org ging") {
		t.Errorf("after asking for a code: %s", page)
	}
	b.send(403, url.Values{"do": {"login"}, "email": {"ada@example.org"}, "code": {"x"}})
	b.send(401, url.Values{"do": {"erase"}, "sure": {"yes"}})
	if page := b.send(200, url.Values{"do": {"login"}, "email": {"ada@example.org"}, "code": {letter(t, mail)}, "lang": {"de"}}); !strings.Contains(page, "Angemeldet als ada@example.org") {
		t.Errorf("after logging in: %s", page)
	}
	shop, grant := giveSomething(t, b, desk)
	page := b.get("/account?lang=en")
	for _, want := range []string{"91.25 cm", "tape, trained", shop, "verdict and size", "size advice", "Nobody has looked"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if page := b.send(200, url.Values{"do": {"revoke"}, "grant": {grant}}); !strings.Contains(page, "Revoked.") || !strings.Contains(page, "over") {
		t.Errorf("after revoking: %s", page)
	}
	b.send(404, url.Values{"do": {"revoke"}, "grant": {grant}})
	if zip := b.get("/v1/me/export"); !strings.HasPrefix(zip, "PK") {
		t.Errorf("the export is %.40q", zip)
	}
	b.send(422, url.Values{"do": {"erase"}})
	if page := b.send(200, url.Values{"do": {"erase"}, "sure": {"yes"}}); !strings.Contains(page, "has been erased") || strings.Contains(page, "ada@example.org") {
		t.Errorf("after erasing: %s", page)
	}
}

func (b *guest) get(path string) string {
	b.Helper()
	resp, err := b.client.Get(b.url + path)
	if err != nil {
		b.Fatal(err)
	}
	return string(readAll(b, resp))
}

// giveSomething keeps an avatar and gives a shop leave, by the API and the
// cookie of the page.
func giveSomething(t *testing.T, b *guest, desk *concierge.Concierge) (name, grant string) {
	t.Helper()
	shop, err := desk.AddShop(t.Context(), "Ada & Söhne")
	if err != nil {
		t.Fatal(err)
	}
	body, _, _ := strings.Cut(strings.TrimPrefix(woman, `{"body": `), `, "style"`)
	body, _, _ = strings.Cut(body, ",\n\t\"style\"")
	avatar := decode[struct{ ID string }](t, b.post("/v1/avatars", `{"body": `+body+`, "taken": {"height": "2026-01-02"}}`)).ID
	given := decode[struct{ ID string }](t, b.post("/v1/grants", `{"shop": "`+shop.ID+`", "avatar": "`+avatar+`", "purpose": "size_advice", "days": 30}`))
	return "Ada &amp; Söhne", given.ID
}

func (b *guest) post(path, body string) []byte {
	b.Helper()
	resp, err := b.client.Post(b.url+path, "application/json", strings.NewReader(body))
	if err != nil {
		b.Fatal(err)
	}
	data := readAll(b, resp)
	if resp.StatusCode != http.StatusCreated {
		b.Fatalf("%s: %d %s", path, resp.StatusCode, data)
	}
	return data
}

// A form of another site is refused; a server without accounts says so.
func TestAccountPageIsGuarded(t *testing.T) {
	srv, _, _ := accountServer(t)
	r, err := http.NewRequest("POST", srv.URL+"/account", strings.NewReader("do=logout"))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	io.Copy(io.Discard, resp.Body)
	resp.Body.Close()
	if resp.StatusCode != 403 {
		t.Errorf("a form of another site: %d", resp.StatusCode)
	}
	without, _, _ := testServer(t, Options{})
	if resp, page := get(t, without, "/account"); resp.StatusCode != 200 || !strings.Contains(string(page), "keeps no accounts") {
		t.Errorf("without accounts: %d %s", resp.StatusCode, page)
	}
}

// A service lets nobody try on by the API without a key or a login; what one
// customer tried on, another does not see; the page goes on to serve this
// machine.
func TestTryOnsOfAService(t *testing.T) {
	srv, desk, _ := accountServer(t)
	request := strings.Replace(woman, `"tee-women"`, chartOnly, 1)
	if resp, _ := post(t, srv, request); resp.StatusCode != 401 {
		t.Errorf("without a key: %d", resp.StatusCode)
	}
	var tokens []string
	for _, name := range []string{"A", "B"} {
		shop, err := desk.AddShop(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		key, err := desk.KeyForShop(t.Context(), shop.ID, concierge.KeyWish{})
		if err != nil {
			t.Fatal(err)
		}
		tokens = append(tokens, key.Token)
	}
	send := func(method, path, token, body string) (int, []byte) {
		r, err := http.NewRequest(method, srv.URL+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/json")
		if token != "" {
			r.Header.Set("Authorization", "Bearer "+token)
		}
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, readAll(t, resp)
	}
	status, data := send("POST", "/v1/try-ons", tokens[0], request)
	if status != 200 {
		t.Fatalf("with a key: %d %s", status, data)
	}
	link := decode[answer](t, data).Links.Self
	for token, want := range map[string]int{tokens[0]: 200, tokens[1]: 404, "": 401} {
		if status, _ := send("GET", link, token, ""); status != want {
			t.Errorf("the result by %.16s: %d, want %d", token, status, want)
		}
	}
	resp, err := http.PostForm(srv.URL+"/try-ons", url.Values{"population": {"women"}, "units": {"metric"}, "style": {"tee-women"}, "height": {"400"}})
	if err != nil {
		t.Fatal(err)
	}
	if page := readAll(t, resp); resp.StatusCode != 422 {
		t.Errorf("the page on this machine: %d %.200s", resp.StatusCode, page)
	}
}
