package v1_test

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"fitroom/api/concierge"
	"fitroom/api/problem"
	v1 "fitroom/api/v1"

	standard "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

// A request under the same key is done once, however often and however close
// together it is sent; under the same key with other content it is refused.
func TestIdempotency(t *testing.T) {
	w := open(t, "", nil)
	_, key := w.shop("A")
	send := func(body, once string) reply {
		return w.do(ask{method: "POST", path: "/v1/styles", token: key, body: body, header: map[string]string{"Idempotency-Key": once}})
	}
	var all sync.WaitGroup
	ids := make([]string, 6)
	for i := range ids {
		all.Go(func() { ids[i] = send(chartStyle, "one").str(t, "id") })
	}
	all.Wait()
	for _, id := range ids {
		if id == "" || id != ids[0] {
			t.Errorf("made %v", ids)
		}
	}
	if again := send(chartStyle, "one"); again.header.Get("Idempotency-Replayed") != "true" || !strings.HasSuffix(again.header.Get("Location"), ids[0]) {
		t.Errorf("%v", again.header)
	}
	if r := send(strings.Replace(chartStyle, "chart", "other", 1), "one"); r.status != 422 || r.str(t, "code") != "idempotency-mismatch" {
		t.Errorf("other content: %d %s", r.status, r.data)
	}
	if other := send(chartStyle, "two"); other.str(t, "id") == ids[0] {
		t.Error("another key gave the same style")
	}
	_, second := w.shop("B")
	r := w.do(ask{method: "POST", path: "/v1/styles", token: second, body: chartStyle, header: map[string]string{"Idempotency-Key": "one"}})
	if r.status != 202 || r.str(t, "id") == ids[0] {
		t.Errorf("another shop's key of the same name: %d %s", r.status, r.data)
	}
}

// A secret that is told once is not told again.
func TestSecretsAreToldOnce(t *testing.T) {
	w := open(t, "", nil)
	_, key := w.shop("A")
	for path, c := range map[string]struct {
		body   map[string]any
		secret string
	}{"/v1/keys": {map[string]any{}, "token"}, "/v1/webhooks": {map[string]any{"url": "http://localhost:1/x"}, "secret"}} {
		a := ask{method: "POST", path: path, token: key, body: c.body, header: map[string]string{"Idempotency-Key": path}}
		if first, again := w.want(201, a), w.want(201, a); first.str(t, c.secret) == "" || again.str(t, c.secret) != "" || first.str(t, "id") != again.str(t, "id") {
			t.Errorf("%s: %s then %s", path, first.data, again.data)
		}
	}
}

// Lists come in parts that follow one another.
func TestCursors(t *testing.T) {
	w := open(t, "", nil)
	me := w.customer("ada@example.org")
	for range 3 {
		w.avatar(me)
	}
	seen := map[string]bool{}
	path, parts := "/v1/avatars?limit=2", 0
	for path != "" {
		parts++
		r := w.want(200, askFor("GET", path, me, nil))
		for _, a := range r.object(t)["avatars"].([]any) {
			seen[a.(map[string]any)["id"].(string)] = true
		}
		link := r.header.Get("Link")
		path, _, _ = strings.Cut(strings.TrimPrefix(link, "<"), ">")
	}
	if len(seen) != 3 || parts != 2 {
		t.Errorf("%d avatars in %d parts", len(seen), parts)
	}
	for _, query := range []string{"limit=0", "limit=201", "limit=x", "cursor=!!", "cursor=" + strings.Repeat("a", 200)} {
		w.want(422, askFor("GET", "/v1/avatars?"+query, me, nil))
	}
}

// A change needs the version it changes; reading again what has not changed
// costs nothing.
func TestEntityTags(t *testing.T) {
	w := open(t, "", nil)
	me := w.customer("ada@example.org")
	id := w.avatar(me)
	path := "/v1/avatars/" + id
	tag := w.want(200, askFor("GET", path, me, nil)).header.Get("ETag")
	with := func(method, name, value string) ask {
		return ask{method: method, path: path, token: me, body: strings.Replace(profile, `"Me"`, `"Myself"`, 1), header: map[string]string{name: value}}
	}
	w.want(304, ask{method: "GET", path: path, token: me, header: map[string]string{"If-None-Match": tag}})
	w.want(428, ask{method: "PUT", path: path, token: me, body: profile})
	w.want(412, with("PUT", "If-Match", `"`+id+`-7"`))
	changed := w.want(200, with("PUT", "If-Match", tag))
	if changed.str(t, "name") != "Myself" || changed.header.Get("ETag") == tag {
		t.Errorf("%s %s", changed.header.Get("ETag"), changed.data)
	}
	w.want(412, with("PUT", "If-Match", tag))
}

// What the contract does not allow is refused with the place of every fault,
// in the customer's language, and without the value.
func TestRefusals(t *testing.T) {
	w := open(t, "", nil)
	me := w.customer("ada@example.org")
	change := func(old, now string) string { return strings.Replace(profile, old, now, 1) }
	for name, c := range map[string]struct {
		body, at, says string
		status         int
	}{
		"broken":            {"{", "", "JSON", 400},
		"unknown field":     {change(`"name"`, `"nick"`), "/nick", "", 422},
		"missing body":      {`{"name": "x"}`, "/body", "fehlt", 422},
		"unknown measure":   {change("waist_girth", "waist_grith"), "/body/measurements/waist_grith", "", 422},
		"unknown unit":      {change(`74.319, "unit": "cm"`, `74.319, "unit": "ell"`), "/body/measurements/waist_girth/unit", "muss eines von diesen sein: cm", 422},
		"below 0":           {change("74.319", "-74.319"), "/body/measurements/waist_girth/value", "muss größer als 0 sein", 422},
		"a text":            {change("74.319", `"74"`), "/body/measurements/waist_girth/value", "", 422},
		"absurd":            {change("74.319", "743.19"), "/body/measurements/waist_girth", ",0 cm würden passen", 422},
		"day of no measure": {change(`{"height": "2026`, `{"hip_girth": "2026`), "/taken/hip_girth", "", 422},
		"no day":            {change("2026-01-02", "yesterday"), "/taken/height", "YYYY-MM-DD", 422},
	} {
		r := w.do(ask{method: "POST", path: "/v1/avatars", token: me, body: c.body, header: map[string]string{"Accept-Language": "de-AT,en;q=0.5"}})
		if r.status != c.status || !strings.Contains(string(r.data), c.says) || c.at != "" && !strings.Contains(string(r.data), `"pointer":"`+c.at+`"`) || r.header.Get("Content-Language") != "de" {
			t.Errorf("%s: %d %s; want %d on %s saying %q", name, r.status, r.data, c.status, c.at, c.says)
		}
		if r.str(t, "trace_id") == "" || r.str(t, "trace_id") != r.header.Get("X-Trace-Id") {
			t.Errorf("%s: trace %q", name, r.str(t, "trace_id"))
		}
	}
	w.want(415, ask{method: "POST", path: "/v1/avatars", token: me, body: profile, header: map[string]string{"Content-Type": "text/plain"}})
	w.want(413, ask{method: "POST", path: "/v1/avatars", token: me, body: profile + strings.Repeat(" ", 300<<10)})
}

// A bad style is imported to a report that says what is wrong, in the reader's
// language.
func TestImportReport(t *testing.T) {
	w := open(t, "", nil)
	_, key := w.shop("A")
	for upload, german := range map[string]string{strings.Replace(chartStyle, "women", "cats", 1): `ist \"cats\"; erlaubt ist women, men oder unspecified`, "PK\x03\x04 no zip": "das ZIP ist nicht lesbar", `{"style": "x"`: ""} {
		id := w.style(key, upload)
		told := w.want(200, ask{method: "GET", path: "/v1/styles/" + id, token: key, header: map[string]string{"Accept-Language": "de"}})
		if !strings.Contains(string(told.data), german) || strings.Contains(string(told.data), `"german"`) {
			t.Errorf("%.40s: in German %s", upload, told.data)
		}
		s := w.want(200, askFor("GET", "/v1/styles/"+id, key, nil))
		if report := s.object(t)["report"].(map[string]any); s.str(t, "state") != "failed" || len(report["errors"].([]any)) == 0 {
			t.Errorf("%.40s: %s", upload, s.data)
		}
		if r := w.do(askFor("POST", "/v1/fits", key, map[string]any{"style": id, "mannequin": "M"})); r.status != 409 {
			t.Errorf("a fit of it: %d %s", r.status, r.data)
		}
	}
	noZIP := ask{method: "POST", path: "/v1/styles", token: key, body: chartStyle, header: map[string]string{"Content-Type": "application/zip"}}
	if r := w.do(noZIP); r.status != 422 || !strings.Contains(string(r.data), "application/zip") {
		t.Errorf("what is no ZIP, called one: %d %s", r.status, r.data)
	}
}

// The steps of a job are a stream that can be taken up again, and cancelling
// ends it. The queue is idle, so that the job waits.
func TestEventsAndCancel(t *testing.T) {
	w := open(t, "", func(o *concierge.Options, _ *v1.Options) { o.Idle = true })
	_, key := w.shop("A")
	job := w.want(202, askFor("POST", "/v1/styles", key, chartStyle)).str(t, "job")
	lines := make(chan string, 100)
	go follow(t, w.url+"/v1/jobs/"+job+"/events", key, "", lines)
	if first := <-lines; first != "id: 1 queued" {
		t.Errorf("first event %q", first)
	}
	w.want(204, askFor("DELETE", "/v1/jobs/"+job, key, nil))
	if second, more := <-lines; second != "id: 2 cancelled" || !more {
		t.Errorf("second event %q", second)
	}
	if _, more := <-lines; more {
		t.Error("the stream goes on after the end")
	}
	again := make(chan string, 100)
	follow(t, w.url+"/v1/jobs/"+job+"/events", key, "1", again)
	if got := <-again; got != "id: 2 cancelled" {
		t.Errorf("taken up after 1: %q", got)
	}
	w.want(204, askFor("DELETE", "/v1/jobs/"+job, key, nil))
	if j := w.want(200, askFor("GET", "/v1/jobs/"+job, key, nil)); j.str(t, "state") != "cancelled" {
		t.Errorf("%s", j.data)
	}
}

// follow reads a stream to its end, one line per event.
func follow(t *testing.T, url, key, last string, lines chan<- string) {
	defer close(lines)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, "GET", url, nil)
	if err != nil {
		t.Error(err)
		return
	}
	r.Header.Set("Authorization", "Bearer "+key)
	if last != "" {
		r.Header.Set("Last-Event-ID", last)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Error(err)
		return
	}
	defer resp.Body.Close()
	id := ""
	for in := bufio.NewScanner(resp.Body); in.Scan(); {
		if text, ok := strings.CutPrefix(in.Text(), "id: "); ok {
			id = text
		}
		if text, ok := strings.CutPrefix(in.Text(), "event: "); ok {
			lines <- "id: " + id + " " + text
		}
	}
}

// News reach a shop's server, signed; they name the record and nothing else.
func TestWebhooks(t *testing.T) {
	w := open(t, "", nil)
	shop, key := w.shop("A")
	type message struct {
		header http.Header
		body   []byte
	}
	got := make(chan message, 10)
	refuse := true
	srv := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got <- message{r.Header.Clone(), body}
		if refuse {
			refuse = false
			out.WriteHeader(http.StatusServiceUnavailable)
		}
	}))
	defer srv.Close()
	hook := w.want(201, askFor("POST", "/v1/webhooks", key, map[string]any{"url": srv.URL, "events": []string{"grant.given"}}))
	receiver, err := standard.NewWebhook(hook.str(t, "secret"))
	if err != nil {
		t.Fatal(err)
	}
	me := w.customer("ada@example.org")
	grant := w.grant(me, shop, w.avatar(me), 1)
	for i := range 2 { // refused at first, then repeated after 5 s
		select {
		case m := <-got:
			if err := receiver.Verify(m.body, m.header); err != nil {
				t.Error(err)
			}
			if !strings.Contains(string(m.body), grant) || strings.Contains(string(m.body), "avt_") {
				t.Errorf("%s", m.body)
			}
		case <-time.After(time.Minute):
			t.Fatalf("message %d did not come", i+1)
		}
	}
	for end := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		r := w.want(200, askFor("GET", "/v1/webhooks/"+hook.str(t, "id")+"/deliveries", key, nil))
		if strings.Contains(string(r.data), `"state":"delivered","tries":2`) {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("%s", r.data)
		}
	}
	w.want(422, askFor("POST", "/v1/webhooks", key, map[string]any{"url": "ftp://x"}))
}

// Revoking stops the news that are still waiting.
func TestRevokedNewsAreNotSent(t *testing.T) {
	w := open(t, "", func(o *concierge.Options, _ *v1.Options) { o.Idle = true })
	shop, key := w.shop("A")
	hook := w.want(201, askFor("POST", "/v1/webhooks", key, map[string]any{"url": "http://localhost:1/x"})).str(t, "id")
	me := w.customer("ada@example.org")
	grant := w.grant(me, shop, w.avatar(me), 1)
	w.want(204, askFor("DELETE", "/v1/grants/"+grant, me, nil))
	r := string(w.want(200, askFor("GET", "/v1/webhooks/"+hook+"/deliveries", key, nil)).data)
	if strings.Contains(r, "grant.given") || !strings.Contains(r, "grant.revoked") {
		t.Errorf("waiting: %s", r)
	}
}

// Without a data folder no login can be valid, on any route.
func TestWithoutAccounts(t *testing.T) {
	_, text := contract()
	s, err := v1.New(nil, text, v1.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, route := range v1.Routes() {
		out := httptest.NewRecorder()
		s.Handler(route)(out, httptest.NewRequest(route.Method, "http://localhost"+route.Path, nil))
		if out.Code != 401 || !strings.Contains(out.Body.String(), "no-accounts") {
			t.Errorf("%s %s: %d %s", route.Method, route.Path, out.Code, out.Body)
		}
	}
}

// Every code of a problem is in the contract.
func TestContractListsTheCodes(t *testing.T) {
	text, err := os.ReadFile("../openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for code := range problem.Codes() {
		if !strings.Contains(string(text), "- "+code+"\n") {
			t.Errorf("the contract lacks the code %s", code)
		}
	}
}
