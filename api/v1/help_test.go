package v1_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"fitroom/api/concierge"
	"fitroom/api/post"
	"fitroom/api/sqldb/sqldbtest"
	v1 "fitroom/api/v1"
	"fitroom/api/vault"
	"fitroom/assets"
	"fitroom/garment/tryon"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
)

func TestMain(m *testing.M) { sqldbtest.Main(m) }

// room is the real room with a coarse mesh, opened once for all tests.
var room = sync.OnceValues(func() (*tryon.Room, error) {
	return tryon.Open(assets.FS, tryon.Settings{Edges: []float64{0.05}})
})

// contract is the router of openapi.yaml, and its text.
var contract = sync.OnceValues(func() (routers.Router, []byte) {
	text, err := os.ReadFile("../openapi.yaml")
	if err != nil {
		panic(err)
	}
	doc, err := openapi3.NewLoader().LoadFromData(text)
	if err != nil {
		panic(err)
	}
	doc.Servers = nil
	r, err := gorillamux.NewRouter(doc)
	if err != nil {
		panic(err)
	}
	return r, text
})

// world is a service with everything around it.
type world struct {
	*testing.T
	url  string
	desk *concierge.Concierge
	dir  string // all that is on the disk
	log  *book

	master *vault.Master
}

type book struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *book) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *book) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// open starts a service; database "" is a SQLite file.
func open(t *testing.T, database string, change func(*concierge.Options, *v1.Options)) *world {
	t.Helper()
	r, err := room()
	if err != nil {
		t.Fatal(err)
	}
	w := &world{T: t, dir: t.TempDir(), log: &book{}}
	if database == "" {
		database = "sqlite:" + filepath.Join(w.dir, "fitroom.db")
	}
	master, err := vault.OpenMaster("file:" + filepath.Join(w.dir, "master.key"))
	if err != nil {
		t.Fatal(err)
	}
	mail, err := post.Open("file:" + filepath.Join(w.dir, "mail"))
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.NewJSONHandler(w.log, nil))
	o := concierge.Options{Room: r, Database: database, Blobs: filepath.Join(w.dir, "blobs"), Master: master, Mail: mail, Workers: 2, PrivateWebhooks: true, Patience: time.Second, Engine: "test", Log: log}
	routes := v1.Options{PerMinute: 100000, ShopPerMinute: 100000, LoginPerMinute: 100000, Log: log}
	if change != nil {
		change(&o, &routes)
	}
	w.master = o.Master
	if w.desk, err = concierge.Open(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	if err := w.desk.Start(context.Background()); err != nil {
		t.Fatal(err)
	}
	_, text := contract()
	service, err := v1.New(w.desk, text, routes)
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	for _, r := range v1.Routes() {
		mux.HandleFunc(r.Method+" "+r.Path, service.Handler(r))
	}
	srv := httptest.NewServer(mux)
	w.url = srv.URL
	t.Cleanup(func() {
		srv.Close()
		if err := w.desk.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return w
}

// ask is one request; reply its answer.
type ask struct {
	method, path, token string
	body                any // marshalled, or sent as it is where it is a string
	header              map[string]string
}

type reply struct {
	status int
	header http.Header
	data   []byte
}

func (r reply) object(t testing.TB) map[string]any {
	t.Helper()
	var v map[string]any
	if err := json.Unmarshal(r.data, &v); err != nil {
		t.Fatalf("%v in %d %s", err, r.status, r.data)
	}
	return v
}

func (r reply) str(t testing.TB, key string) string {
	t.Helper()
	s, _ := r.object(t)[key].(string)
	return s
}

// do sends a request and holds the answer against the contract.
func (w *world) do(a ask) reply {
	w.Helper()
	var body []byte
	if text, ok := a.body.(string); ok {
		body = []byte(text)
	} else if a.body != nil {
		var err error
		if body, err = json.Marshal(a.body); err != nil {
			w.Fatal(err)
		}
	}
	r, err := http.NewRequest(a.method, w.url+a.path, bytes.NewReader(body))
	if err != nil {
		w.Fatal(err)
	}
	if a.body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if a.token != "" {
		r.Header.Set("Authorization", "Bearer "+a.token)
	}
	for k, v := range a.header {
		r.Header.Set(k, v)
	}
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		w.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		w.Fatal(err)
	}
	w.keepsContract(r, resp, data)
	return reply{resp.StatusCode, resp.Header, data}
}

func (w *world) keepsContract(r *http.Request, resp *http.Response, data []byte) {
	w.Helper()
	router, _ := contract()
	route, params, err := router.FindRoute(r)
	if err != nil {
		return // no route: the mux has answered
	}
	options := &openapi3filter.Options{IncludeResponseStatus: true, MultiError: true, AuthenticationFunc: openapi3filter.NoopAuthenticationFunc,
		ExcludeResponseBody: !strings.Contains(resp.Header.Get("Content-Type"), "json") || resp.StatusCode == http.StatusNotModified || resp.StatusCode == http.StatusPartialContent}
	in := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: r, PathParams: params, Route: route, Options: options},
		Status:                 resp.StatusCode, Header: resp.Header, Body: io.NopCloser(bytes.NewReader(data)), Options: options,
	}
	if err := openapi3filter.ValidateResponse(context.Background(), in); err != nil {
		w.Errorf("%s %s: the answer against the contract: %v\n%.500s", r.Method, r.URL.Path, err, data)
	}
}

// want sends a request that must be answered with a status.
func (w *world) want(status int, a ask) reply {
	w.Helper()
	r := w.do(a)
	if r.status != status {
		w.Fatalf("%s %s: %d %s; want %d", a.method, a.path, r.status, r.data, status)
	}
	return r
}

// shop makes an organisation with a key that may do everything.
func (w *world) shop(name string) (id, key string) {
	w.Helper()
	s, err := w.desk.AddShop(w.Context(), name)
	if err != nil {
		w.Fatal(err)
	}
	return s.ID, w.key(s.ID, concierge.KeyWish{})
}

func (w *world) key(shop string, wish concierge.KeyWish) string {
	w.Helper()
	k, err := w.desk.KeyForShop(w.Context(), shop, wish)
	if err != nil {
		w.Fatal(err)
	}
	return k.Token
}

var codeOf = regexp.MustCompile(`\b(\d{6})\b`)

// code is the login code last sent to an address.
func (w *world) code(email string) string {
	w.Helper()
	files, _ := filepath.Glob(filepath.Join(w.dir, "mail", "*.eml"))
	for i := len(files) - 1; i >= 0; i-- {
		data, err := os.ReadFile(files[i])
		if err != nil {
			w.Fatal(err)
		}
		if strings.Contains(string(data), "To: <"+email+">") {
			return codeOf.FindString(string(data))
		}
	}
	w.Fatal("no letter to " + email)
	return ""
}

// customer logs somebody in.
func (w *world) customer(email string) (token string) {
	w.Helper()
	w.want(202, ask{method: "POST", path: "/v1/login/codes", body: map[string]string{"email": email}})
	return w.want(201, ask{method: "POST", path: "/v1/login/sessions", body: map[string]string{"email": email, "code": w.code(email)}}).str(w, "token")
}

// profile is a body with odd values that nothing else holds.
const profile = `{"name": "Me", "body": {"population": "women", "measurements": {
	"height": {"value": 168.317, "unit": "cm"}, "bust_girth": {"value": 91.257, "unit": "cm", "method": "tape_trained"},
	"waist_girth": {"value": 74.319, "unit": "cm"}}}, "taken": {"height": "2026-01-02"}}`

// secrets are the values of profile as they could be written anywhere.
func secrets() []string {
	return []string{"168.317", "91.257", "74.319", "1.68317", "0.91257", "0.74319"}
}

const chartStyle = `{"style": "chart", "kind": "t-shirt", "population": "women", "sizes": ["S", "M"], "primary": ["bust_girth"],
	"chart": {"bust_girth": {"unit": "cm", "bands": {"S": [80, 88], "M": [88, 96]}}}}`

// drapedStyle has a pattern, so that there are pictures of it.
const drapedStyle = `{"style": "tee", "kind": "t-shirt", "population": "women", "sizes": ["M"], "primary": ["bust_girth"],
	"chart": {"bust_girth": {"unit": "cm", "bands": {"M": [88, 96]}}},
	"pom": {"bust_girth": {"unit": "cm", "measure": "full", "values": {"M": 100}}, "body_length": {"unit": "cm", "measure": "full", "values": {"M": 62}}},
	"pattern": {"format": "template", "template": "tee"}, "fabric": {"preset": "jersey"}}`

func (w *world) avatar(token string) string {
	w.Helper()
	return w.want(201, ask{method: "POST", path: "/v1/avatars", token: token, body: profile}).str(w, "id")
}

// style brings a style and waits for its import.
func (w *world) style(key, sheet string) string {
	w.Helper()
	id := w.want(202, ask{method: "POST", path: "/v1/styles", token: key, body: sheet}).str(w, "id")
	w.imported(key, id)
	return id
}

// imported waits for the import of a style and reads it.
func (w *world) imported(key, id string) reply {
	w.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if s := w.want(200, ask{method: "GET", path: "/v1/styles/" + id, token: key}); s.str(w, "state") != "queued" {
			return s
		}
	}
	w.Fatal("the style was not imported")
	return reply{}
}

// fit asks for a fit and waits for its end.
func (w *world) fit(token string, body map[string]any) reply {
	w.Helper()
	return w.want(200, ask{method: "POST", path: "/v1/fits", token: token, body: body, header: map[string]string{"Prefer": "wait=50"}})
}

func (w *world) grant(token, shop, avatar string, level int) string {
	w.Helper()
	return w.want(201, ask{method: "POST", path: "/v1/grants", token: token,
		body: map[string]any{"shop": shop, "avatar": avatar, "purpose": "size_advice", "level": level, "days": 30}}).str(w, "id")
}

// holds tells whether a value stands in a text, other than as the seconds of a
// time of day, which a log line may happen to have.
func holds(text []byte, value string) bool {
	for at := 0; ; at++ {
		found := bytes.Index(text[at:], []byte(value))
		if found < 0 {
			return false
		}
		at += found
		if at < 2 || text[at-2] != ':' || text[at-1] < '0' || text[at-1] > '5' {
			return true
		}
	}
}

// leaks lists the files below a folder that hold one of the secrets.
func leaks(t *testing.T, dir string, secrets []string) (found []string) {
	t.Helper()
	err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if os.IsNotExist(err) {
			return nil
		}
		if err != nil || info.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		for _, s := range secrets {
			if holds(data, s) {
				found = append(found, fmt.Sprintf("%s in %s", s, path))
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
