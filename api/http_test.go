package api

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	_ "image/png"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"time"
)

// The way of a try-on: a report, its files, and the same again from memory.
func TestTryOn(t *testing.T) {
	srv, _, log := testServer(t, Options{Version: "test-7"})
	resp, data := post(t, srv, woman)
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("%d %s", resp.StatusCode, data)
	}
	a := decode[answer](t, data)
	if a.Status != "ok" || a.Style != "tee-women" || a.Engine != "test-7" || len(a.Sizes) != 1 || len(a.Sizes["M"].Zones) == 0 {
		t.Errorf("report: status %q, style %q, engine %q, %d sizes, %d zones", a.Status, a.Style, a.Engine, len(a.Sizes), len(a.Sizes["M"].Zones))
	}
	if got := resp.Header.Get("Cache-Control"); got != "private, no-store" {
		t.Errorf("Cache-Control %q", got)
	}
	if got := resp.Header.Get("Content-Location"); got != a.Links.Self {
		t.Errorf("Content-Location %q, want %q", got, a.Links.Self)
	}
	for _, kind := range []string{"front", "back", "fit", "glb"} {
		checkFile(t, srv, kind, a.Links.Files[a.Sizes["M"].Files[kind]])
	}
	again, repeated := post(t, srv, woman)
	if again.Header.Get("Cache-Status") != "fitroom; hit" || !bytes.Equal(data, repeated) {
		t.Errorf("the same request again: Cache-Status %q, same answer %v", again.Header.Get("Cache-Status"), bytes.Equal(data, repeated))
	}
	if _, got := get(t, srv, a.Links.Self); !bytes.Equal(got, data) {
		t.Error("the result's address answers something else than the try-on did")
	}
	if resp, page := get(t, srv, a.Links.Page+"?lang=de"); resp.StatusCode != http.StatusOK || !strings.Contains(string(page), "Größe M") {
		t.Errorf("the result's page answers %d", resp.StatusCode)
	}
	if secret := leak(log.String(), a.ID); secret != "" {
		t.Errorf("the log holds %q", secret)
	}
}

func checkFile(t *testing.T, srv *httptest.Server, kind, link string) {
	t.Helper()
	resp, data := get(t, srv, link)
	if resp.StatusCode != http.StatusOK || resp.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%s at %q: %d", kind, link, resp.StatusCode)
		return
	}
	if kind == "glb" {
		if !bytes.HasPrefix(data, []byte("glTF")) || resp.Header.Get("Content-Type") != "model/gltf-binary" {
			t.Errorf("the 3D file is %q, beginning %q", resp.Header.Get("Content-Type"), data[:min(4, len(data))])
		}
		return
	}
	if img, _, err := image.DecodeConfig(bytes.NewReader(data)); err != nil || img.Width < 300 || resp.Header.Get("Content-Type") != "image/png" {
		t.Errorf("picture %s: %v, %d px wide, %q", kind, err, img.Width, resp.Header.Get("Content-Type"))
	}
}

// leak finds a measurement or an id of the test requests in a text.
func leak(text, id string) string {
	for _, secret := range []string{"91.25", "91,25", "bust_girth", id} {
		if secret != "" && strings.Contains(text, secret) {
			return secret
		}
	}
	return ""
}

// chartOnly is an inline style without a pattern: advice and no drape.
const chartOnly = `{"style": "chart", "kind": "t-shirt", "population": "women", "sizes": ["S", "M"], "primary": ["bust_girth"],
	"chart": {"bust_girth": {"unit": "cm", "bands": {"S": [80, 88], "M": [88, 96]}}}}`

// Ten customers at once, eight of them asking the same: every one is answered,
// one at a time is fitted, and equal requests have the same bytes.
func TestTenCustomers(t *testing.T) {
	srv, _, _ := testServer(t, Options{AtOnce: 2})
	requests := []string{woman, strings.Replace(woman, `"tee-women"`, chartOnly, 1), strings.Replace(woman, `"tee-women"`, strings.Replace(chartOnly, "96", "97", 1), 1)}
	answers := make([][]byte, 10)
	var all sync.WaitGroup
	for i := range answers {
		all.Go(func() {
			resp, data := post(t, srv, requests[max(0, i-7)])
			if resp.StatusCode != http.StatusOK {
				t.Errorf("customer %d: %d %s", i, resp.StatusCode, data)
			}
			answers[i] = data
		})
	}
	all.Wait()
	for i, a := range answers[:8] {
		if !bytes.Equal(a, answers[0]) {
			t.Errorf("customer %d of the same request got another answer", i)
		}
	}
	if bytes.Equal(answers[0], answers[8]) || bytes.Equal(answers[0], answers[9]) {
		t.Error("other requests got the same answer")
	}
}

// When all places are taken the next customer is told when to come again.
func TestBusy(t *testing.T) {
	srv, s, _ := testServer(t, Options{AtOnce: 1, Waiting: 1})
	ctx, leave := context.WithCancel(t.Context())
	release := make(chan struct{})
	var held sync.WaitGroup
	for i := range 2 { // the only place and the only seat
		held.Go(func() {
			s.desk.do(ctx, fmt.Sprint("guest ", i), func(ctx context.Context, tell func(float64, string)) (*result, error) {
				<-release
				return nil, errors.New("no garment")
			}, nil)
		})
	}
	for len(s.desk.line) < 2 {
		time.Sleep(time.Millisecond)
	}
	resp, data := post(t, srv, woman)
	if p := decode[problem](t, data); resp.StatusCode != 503 || p.Code != "busy" || resp.Header.Get("Retry-After") == "" {
		t.Errorf("%d %s, Retry-After %q; want 503 busy and a time", resp.StatusCode, data, resp.Header.Get("Retry-After"))
	}
	close(release)
	leave()
	held.Wait()
}

// A customer who goes away ends the fitting, and the place is free again.
func TestCancelledCustomer(t *testing.T) {
	srv, s, _ := testServer(t, Options{})
	ctx, leave := context.WithCancel(t.Context())
	all := strings.Replace(woman, `, "sizes": ["M"]`, "", 1)
	req, err := http.NewRequestWithContext(ctx, "POST", srv.URL+"/v1/try-ons", strings.NewReader(all))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "text/event-stream")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(resp.Body); lines.Scan(); {
		if strings.Contains(lines.Text(), `"size `) { // the cloth is being draped
			break
		}
	}
	leave()
	resp.Body.Close()
	deadline := time.Now().Add(20 * time.Second)
	for len(s.desk.line) > 0 && time.Now().Before(deadline) {
		time.Sleep(10 * time.Millisecond)
	}
	if n := len(s.desk.line); n != 0 {
		t.Errorf("%d fittings still at the desk after the customer left", n)
	}
	if len(s.shelf.results) != 0 {
		t.Error("a cancelled fitting left a result")
	}
}

// The stream tells of the progress and ends with the result.
func TestEvents(t *testing.T) {
	srv, _, _ := testServer(t, Options{})
	req, err := http.NewRequest("POST", srv.URL+"/v1/try-ons", strings.NewReader(woman))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "text/event-stream")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	events := strings.Split(strings.TrimSpace(string(readAll(t, resp))), "\n\n")
	last := events[len(events)-1]
	if len(events) < 3 || !strings.HasPrefix(last, "event: result\ndata: {") {
		t.Fatalf("%d events, the last is %.60q", len(events), last)
	}
	done := -1.0
	for _, e := range events[:len(events)-1] {
		_, data, _ := strings.Cut(e, "\ndata: ")
		n := decode[struct {
			Done  float64
			Stage string
		}](t, []byte(data))
		if n.Done < done || n.Done > 1 || n.Stage == "" {
			t.Errorf("progress %v after %v, stage %q", n.Done, done, n.Stage)
		}
		done = n.Done
	}
	_, data, _ := strings.Cut(last, "data: ")
	if a := decode[answer](t, []byte(data)); a.ID == "" || len(a.Sizes) != 1 {
		t.Errorf("the result has id %q and %d sizes", a.ID, len(a.Sizes))
	}
}

// Every wrong request is answered with its own problem, naming the place.
func TestProblems(t *testing.T) {
	srv, _, _ := testServer(t, Options{MaxRequest: 64 << 10})
	change := func(old, new string) string { return strings.Replace(woman, old, new, 1) }
	for _, c := range []struct {
		name, method, path, contentType, body string
		status                                int
		code, pointer, says                   string
	}{
		{"no JSON", "POST", "/v1/try-ons", "application/json", "hello", 400, "invalid-json", "", "column 1"},
		{"empty", "POST", "/v1/try-ons", "application/json", "", 400, "invalid-json", "", "middle"},
		{"cut short", "POST", "/v1/try-ons", "application/json", woman[:80], 400, "invalid-json", "", "middle"},
		{"two values", "POST", "/v1/try-ons", "application/json", woman + "{}", 400, "invalid-json", "", "after"},
		{"NaN", "POST", "/v1/try-ons", "application/json", change("91.25", "NaN"), 400, "invalid-json", "", "line 3"},
		{"deep", "POST", "/v1/try-ons", "application/json", strings.Repeat(`{"body":`, 100), 400, "invalid-json", "", "64"},
		{"a list", "POST", "/v1/try-ons", "application/json", "[]", 422, "invalid-request", "", "object"},
		{"infinite", "POST", "/v1/try-ons", "application/json", change("91.25", "1e999"), 422, "invalid-request", "/body/measurements/bust_girth/value", "large"},
		{"unknown field", "POST", "/v1/try-ons", "application/json", change(`"style"`, `"stile"`), 422, "invalid-request", "/stile", "style"},
		{"another case", "POST", "/v1/try-ons", "application/json", change(`"style"`, `"Style"`), 422, "invalid-request", "/Style", "style"},
		{"unknown inner field", "POST", "/v1/try-ons", "application/json", change(`"value": 64`, `"worth": 64`), 422, "invalid-request", "/body/measurements/weight/worth", "value"},
		{"given twice", "POST", "/v1/try-ons", "application/json", change(`"weight"`, `"height"`), 422, "invalid-request", "/body/measurements/height", "twice"},
		{"a text for a number", "POST", "/v1/try-ons", "application/json", change("91.25", `"91"`), 422, "invalid-request", "/body/measurements/bust_girth/value", "number"},
		{"null", "POST", "/v1/try-ons", "application/json", change("91.25", "null"), 422, "invalid-request", "/body/measurements/bust_girth/value", "number"},
		{"no body", "POST", "/v1/try-ons", "application/json", `{"style": "tee-women"}`, 422, "invalid-request", "/body", "missing"},
		{"no style", "POST", "/v1/try-ons", "application/json", change(`"style": "tee-women",`, ""), 422, "invalid-request", "/style", "tee-women"},
		{"unknown style", "POST", "/v1/try-ons", "application/json", change("tee-women", "toga"), 422, "invalid-request", "/style", "toga"},
		{"unknown size", "POST", "/v1/try-ons", "application/json", change(`["M"]`, `["M", "XXS"]`), 422, "invalid-request", "/sizes/1", "XXS"},
		{"unknown garment beneath", "POST", "/v1/try-ons", "application/json", change(`"sizes"`, `"under": {"style": "toga"}, "sizes"`), 422, "invalid-request", "/under/style", "toga"},
		{"unknown size beneath", "POST", "/v1/try-ons", "application/json", change(`"sizes"`, `"under": {"style": "tee-men", "size": "XXS"}, "sizes"`), 422, "invalid-request", "/under/size", "XXS"},
		{"no size beneath", "POST", "/v1/try-ons", "application/json", change(`"sizes"`, `"under": {"style": "tee-men"}, "sizes"`), 422, "invalid-request", "/under/size", "sizes are"},
		{"unknown measurement", "POST", "/v1/try-ons", "application/json", change("hip_girth", "hip_grith"), 422, "invalid-request", "/body/measurements/hip_grith", "hip_girth"},
		{"unknown unit", "POST", "/v1/try-ons", "application/json", change(`91.25, "unit": "cm"`, `91.25, "unit": "ell"`), 422, "invalid-request", "/body/measurements/bust_girth/unit", "ell"},
		{"negative", "POST", "/v1/try-ons", "application/json", change("91.25", "-91.25"), 422, "invalid-request", "/body/measurements/bust_girth/value", "greater"},
		{"absurd", "POST", "/v1/try-ons", "application/json", change("91.25", "912.5"), 422, "invalid-request", "/body/measurements/bust_girth", "outside"},
		{"contradictory", "POST", "/v1/try-ons", "application/json", change(`"waist_girth": {"value": 74`, `"waist_girth": {"value": 160`), 422, "invalid-request", "/body/measurements/waist_girth", "does not go"},
		{"inline style with a fault", "POST", "/v1/try-ons", "application/json", change(`"tee-women"`, `{"style": "x", "population": "cats", "sizes": ["M"]}`), 422, "invalid-request", "/style/population", "cats"},
		{"inline style with an odd look", "POST", "/v1/try-ons", "application/json", change(`"tee-women"`, `{"style": "x", "population": "women", "sizes": ["M"], "look": {"colour": "red"}}`), 422, "invalid-request", "/style/look/colour", "#rrggbb"},
		{"inline style naming a file", "POST", "/v1/try-ons", "application/json", change(`"tee-women"`, `{"style": "x", "population": "women", "sizes": ["M"], "pattern": {"format": "garmentcode", "files": {"M": "/etc/passwd"}}}`), 422, "invalid-request", "/style/pattern/files/M", "inline"},
		{"too large", "POST", "/v1/try-ons", "application/json", woman + strings.Repeat(" ", 64<<10), 413, "too-large", "", "64 kB"},
		{"form as JSON", "POST", "/v1/try-ons", "application/x-www-form-urlencoded", "a=b", 415, "unsupported-media-type", "", "application/json"},
		{"no type", "POST", "/v1/try-ons", "", woman, 415, "unsupported-media-type", "", "application/json"},
		{"JSON as form", "POST", "/try-ons", "application/json", woman, 415, "unsupported-media-type", "", "urlencoded"},
		{"unknown route", "GET", "/v1/wardrobes", "", "", 404, "not-found", "", ""},
		{"unknown method", "DELETE", "/v1/styles", "", "", 405, "method-not-allowed", "", "Allow"},
		{"unknown result", "GET", "/v1/try-ons/0123", "", "", 404, "no-such-try-on", "", "kept"},
		{"file of unknown result", "GET", "/v1/try-ons/0123/files/M.glb", "", "", 404, "no-such-try-on", "", ""},
		{"way out of the files", "GET", "/v1/try-ons/..%2f..%2fetc/files/passwd", "", "", 404, "no-such-try-on", "", ""},
		{"way out of the pages", "GET", "/static/..%2fwords%2fde.json", "", "", 404, "not-found", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			req, err := http.NewRequest(c.method, srv.URL+c.path, strings.NewReader(c.body))
			if err != nil {
				t.Fatal(err)
			}
			if c.contentType != "" {
				req.Header.Set("Content-Type", c.contentType)
			}
			resp, err := http.DefaultClient.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			data := readAll(t, resp)
			if resp.StatusCode != c.status || resp.Header.Get("Content-Type") != "application/problem+json" {
				t.Fatalf("%d %s: %.300s; want %d", resp.StatusCode, resp.Header.Get("Content-Type"), data, c.status)
			}
			p := decode[problem](t, data)
			if p.Code != c.code || p.Type != "urn:fitroom:problem:"+c.code || p.Status != c.status || p.Title == "" || !strings.Contains(string(data), c.says) {
				t.Errorf("%s; want %s saying %q", data, c.code, c.says)
			}
			if c.pointer != "" && (len(p.Errors) == 0 || p.Errors[0].Pointer != c.pointer) {
				t.Errorf("%s; want the blame on %s", data, c.pointer)
			}
			if c.status == 405 && resp.Header.Get("Allow") == "" {
				t.Error("no Allow header")
			}
		})
	}
}

// Only this machine may try on, by its own name, from its own pages; a server
// opened to others lets others.
func TestOnlyFromThisMachine(t *testing.T) {
	_, shut, _ := testServer(t, Options{})
	_, open, _ := testServer(t, Options{AllowRemote: true})
	for _, c := range []struct {
		name, peer, host, site string
		shut, open             int // status, for a request that is refused later
	}{
		{"this machine", "127.0.0.1:5", "localhost:8080", "", 400, 400},
		{"this machine, IPv6", "[::1]:5", "[::1]:8080", "", 400, 400},
		{"another machine", "192.0.2.7:5", "fit.example", "", 403, 400},
		{"a rebound name", "127.0.0.1:5", "evil.example", "", 403, 400},
		{"own page", "127.0.0.1:5", "localhost", "same-origin", 400, 400},
		{"another site's page", "127.0.0.1:5", "localhost", "cross-site", 403, 403},
	} {
		for server, want := range map[*Server]int{shut: c.shut, open: c.open} {
			r := httptest.NewRequest("POST", "/v1/try-ons", strings.NewReader("{"))
			r.RemoteAddr, r.Host = c.peer, c.host
			r.Header.Set("Content-Type", "application/json")
			if c.site != "" {
				r.Header.Set("Sec-Fetch-Site", c.site)
			}
			w := httptest.NewRecorder()
			server.ServeHTTP(w, r)
			if w.Code != want {
				t.Errorf("%s: %d, want %d", c.name, w.Code, want)
			}
		}
	}
}

// A handler that panics answers "internal" and says nothing of why, neither to
// the customer nor, beyond the place, in the log.
func TestPanic(t *testing.T) {
	_, s, log := testServer(t, Options{})
	s.echo.GET("/broken", s.guardPersonal(func(echoContext) error { panic("bust_girth 91.25") }))
	r := httptest.NewRequest("GET", "http://localhost/broken", nil)
	r.RemoteAddr = "127.0.0.1:5"
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if p := decode[problem](t, w.Body.Bytes()); w.Code != 500 || p.Code != "internal" || leak(w.Body.String(), "") != "" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if text := log.String(); leak(text, "") != "" || !strings.Contains(text, "http_test.go") {
		t.Errorf("the log is to name the place and not the value: %s", text)
	}
}

// HEAD answers as GET does, without content; pages and results carry their
// guards.
func TestHeaders(t *testing.T) {
	srv, _, _ := testServer(t, Options{})
	for _, path := range []string{"/", "/livez", "/static/fitroom.css", "/openapi.yaml", "/v1/styles"} {
		resp, err := http.Head(srv.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		if data := readAll(t, resp); resp.StatusCode != 200 || len(data) != 0 {
			t.Errorf("HEAD %s: %d with %d bytes", path, resp.StatusCode, len(data))
		}
		for name, want := range map[string]string{
			"Content-Security-Policy": "frame-ancestors 'none'", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
		} {
			if !strings.Contains(resp.Header.Get(name), want) {
				t.Errorf("%s: %s is %q", path, name, resp.Header.Get(name))
			}
		}
	}
}

// Stopping: the fitting at the desk is finished, the next customer is turned
// away, and no result stays on the disk.
func TestServeDrains(t *testing.T) {
	_, s, _ := testServer(t, Options{})
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, ln, time.Minute) }()
	answered := make(chan int, 1)
	go func() { // a drape, so that the customer is still at the desk when somebody looks
		resp, err := http.Post("http://"+ln.Addr().String()+"/v1/try-ons", "application/json", strings.NewReader(woman))
		if err != nil {
			answered <- 0
			return
		}
		io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
		answered <- resp.StatusCode
	}()
	for len(s.desk.line) == 0 {
		time.Sleep(time.Millisecond)
	}
	stop()
	if got := <-answered; got != http.StatusOK {
		t.Errorf("the customer at the desk got %d, want 200", got)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(s.shelf.dir); !os.IsNotExist(err) {
		t.Error("results are still on the disk")
	}
	if _, err := s.desk.do(t.Context(), "late", nil, nil); !errors.Is(err, errStopping) {
		t.Errorf("a late customer got %v", err)
	}
}

// Patience ends: a fitting that goes on too long after the stop is cancelled.
func TestServeCancelsAtLast(t *testing.T) {
	_, s, _ := testServer(t, Options{})
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, ln, 10*time.Millisecond) }()
	s.echo.GET("/endless", func(c echoContext) error {
		stop()
		<-c.Request().Context().Done()
		return context.Cause(c.Request().Context())
	})
	resp, err := http.Get("http://" + ln.Addr().String() + "/endless")
	if err != nil {
		t.Fatal(err)
	}
	if p := decode[problem](t, readAll(t, resp)); resp.StatusCode != 503 || p.Code != "stopping" {
		t.Errorf("%d %s, want 503 stopping", resp.StatusCode, p.Code)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// The door takes anything: an answer or a problem, never a crash or a fault
// of ours. The seeds run as a test; `go test -fuzz` goes on from them.
func FuzzTryOn(f *testing.F) {
	_, s, _ := testServer(f, Options{TimeLimit: time.Second})
	for _, seed := range []string{
		woman, woman[:200], "", "null", "{}", `{"body":{}}`, `{"body":{"population":"men","measurements":{}},"style":{}}`,
		`{"body":null,"style":null,"sizes":null}`, `{"style":"","sizes":[""]}`, `{"sizes":[[[[]]]]}`, "\x00", "\"\\ud800\"", `{"":1}`,
		`{"body":{"population":"women","measurements":{"height":{"value":1e308,"unit":"m"}}},"style":"tee-women"}`,
		`{"body":{"population":"women","measurements":{"height":{"value":168,"unit":"cm","sigma":1e-300}}},"style":{"style":"a","population":"women","sizes":["M"],"chart":{"bust_girth":{"unit":"cm","bands":{"M":[1,2]}}}}}`,
		`{"body":{"population":"women","measurements":{"height":{"value":168,"unit":"cm"}}},"style":{"style":"a","population":"women","sizes":["M"],"pattern":{"format":"garmentcode","files":{"M":{"pattern":{"panels":{}}}}}}}`,
		`{"body":{"population":"women","measurements":{"height":{"value":168,"unit":"cm"}}},"style":{"style":"a","population":"women","sizes":["M"],"pattern":{"format":"template","template":"tee"}}}`,
		`{"body":{"population":"women","measurements":{"height":{"value":168,"unit":"cm"}}},"style":{"style":"a","population":"women","sizes":["M"],"fabric":{"density_g_m2":-1}}}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		r := httptest.NewRequest("POST", "http://localhost/v1/try-ons", bytes.NewReader(body))
		r.RemoteAddr = "127.0.0.1:5"
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code >= 500 && w.Code != 503 || !json.Valid(w.Body.Bytes()) {
			t.Errorf("%d %s for %q", w.Code, w.Body, body)
		}
	})
}
