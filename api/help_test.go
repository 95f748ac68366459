package api

import (
	"bytes"
	"encoding/json"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"fitroom/api/store"
	"fitroom/api/wire"
	"fitroom/assets"
	"fitroom/garment/tryon"

	"github.com/getkin/kin-openapi/routers"
	"github.com/labstack/echo/v4"
)

// testRoom is the real room with a coarse mesh, opened once for all tests.
var testRoom = sync.OnceValues(func() (*tryon.Room, error) {
	return tryon.Open(assets.FS, tryon.Settings{Edges: []float64{0.05}})
})

// testGarments are the bundled styles.
func testGarments(tb testing.TB) []Garment {
	tb.Helper()
	names, err := fs.Glob(assets.Demo(), "styles/*")
	if err != nil || len(names) == 0 {
		tb.Fatalf("no bundled styles: %v", err)
	}
	var all []Garment
	for _, name := range names {
		style, sheet, err := wire.OpenStyle(assets.Demo(), name)
		if err != nil {
			tb.Fatal(err)
		}
		all = append(all, Garment{Style: style, Sheet: sheet})
	}
	return all
}

// testServer is a server of the real room on a free port, and what it logged.
func testServer(tb testing.TB, o Options) (*httptest.Server, *Server, *logBook) {
	tb.Helper()
	room, err := testRoom()
	if err != nil {
		tb.Fatal(err)
	}
	if o.Garments == nil {
		o.Garments = testGarments(tb)
	}
	book := &logBook{}
	o.Log = slog.New(slog.NewJSONHandler(book, nil))
	o.Data = tb.TempDir()
	s, err := New(room, o)
	if err != nil {
		tb.Fatal(err)
	}
	srv := httptest.NewServer(s)
	tb.Cleanup(func() {
		srv.Close()
		if err := s.Close(); err != nil {
			tb.Error(err)
		}
	})
	return srv, s, book
}

// logBook keeps what was logged, for many goroutines.
type logBook struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *logBook) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *logBook) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// woman is a request of the bundled woman for one size of the T-shirt.
const woman = `{"body": {"population": "women", "measurements": {
	"height": {"value": 168, "unit": "cm"}, "weight": {"value": 64, "unit": "kg"},
	"bust_girth": {"value": 91.25, "unit": "cm", "method": "tape_trained"},
	"underbust_girth": {"value": 78, "unit": "cm"}, "waist_girth": {"value": 74, "unit": "cm"},
	"hip_girth": {"value": 99, "unit": "cm"}, "inside_leg_height": {"value": 77, "unit": "cm"}}},
	"style": "tee-women", "sizes": ["M"]}`

// post sends a JSON request and reads the whole answer.
func post(tb testing.TB, srv *httptest.Server, body string) (*http.Response, []byte) {
	tb.Helper()
	resp, err := http.Post(srv.URL+"/v1/try-ons", "application/json", strings.NewReader(body))
	if err != nil {
		tb.Fatal(err)
	}
	return resp, readAll(tb, resp)
}

func get(tb testing.TB, srv *httptest.Server, path string) (*http.Response, []byte) {
	tb.Helper()
	resp, err := http.Get(srv.URL + path)
	if err != nil {
		tb.Fatal(err)
	}
	return resp, readAll(tb, resp)
}

func readAll(tb testing.TB, resp *http.Response) []byte {
	tb.Helper()
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

func decode[T any](tb testing.TB, data []byte) T {
	tb.Helper()
	var v T
	if err := json.Unmarshal(data, &v); err != nil {
		tb.Fatalf("%v in %s", err, data)
	}
	return v
}

type (
	echoContext = echo.Context
	routeFound  = routers.Route
	styleType   = tryon.Style
)

// pageOf is the first part of a list.
func pageOf(limit int) store.Page { return store.Page{Limit: limit} }
