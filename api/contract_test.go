package api

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers/gorillamux"
)

func readContract(t *testing.T) *openapi3.T {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData(contract)
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(context.Background(), openapi3.IsOpenAPI31OrLater()); err != nil {
		t.Fatal(err)
	}
	return doc
}

// Every route is in the contract and every operation of the contract is a
// route.
func TestContractListsTheRoutes(t *testing.T) {
	doc := readContract(t)
	_, s, _ := testServer(t, Options{})
	served := map[string]bool{}
	for _, r := range s.routes() {
		served[r.method+" "+r.path] = true
		if item := doc.Paths.Find(r.path); item == nil || item.GetOperation(r.method) == nil {
			t.Errorf("%s %s is served but not in the contract", r.method, r.path)
		}
	}
	for path, item := range doc.Paths.Map() {
		for method := range item.Operations() {
			if !served[method+" "+path] {
				t.Errorf("%s %s is in the contract but not served", method, path)
			}
		}
	}
	if registered := len(s.echo.Routes()); registered != len(served) {
		t.Errorf("the router knows %d routes, the table %d", registered, len(served))
	}
}

// Real requests and answers are as the contract says: the fields, their
// kinds, the status, the media type.
func TestAnswersKeepTheContract(t *testing.T) {
	doc := readContract(t)
	doc.Servers = nil
	router, err := gorillamux.NewRouter(doc)
	if err != nil {
		t.Fatal(err)
	}
	srv, _, _ := testServer(t, Options{})
	_, data := post(t, srv, woman)
	a := decode[answer](t, data)
	for _, c := range []struct {
		method, path, contentType, body string
		status                          int
		wrong                           bool // the request itself breaks the contract
	}{
		{"POST", "/v1/try-ons", "application/json", woman, 200, false},
		{"POST", "/v1/try-ons", "application/json", strings.Replace(woman, "tee-women", "toga", 1), 422, false},
		{"POST", "/v1/try-ons", "application/json", strings.Replace(woman, "91.25", "400", 1), 422, false},
		{"POST", "/v1/try-ons", "application/json", strings.Replace(woman, `"tee-women"`, chartOnly, 1), 200, false},
		{"POST", "/v1/try-ons", "application/json", strings.Replace(woman, `"tee-women"`, `{"style": "bare", "population": "women", "sizes": ["M"]}`, 1), 200, false},
		{"POST", "/v1/try-ons", "application/json", "{", 400, true},
		{"POST", "/v1/try-ons", "text/plain", woman, 415, true},
		{"GET", a.Links.Self, "", "", 200, false},
		{"GET", "/v1/try-ons/none", "", "", 404, false},
		{"GET", a.Links.Files[a.Sizes["M"].Files["front"]], "", "", 200, false},
		{"GET", a.Links.Files[a.Sizes["M"].Files["glb"]], "", "", 200, false},
		{"GET", a.Links.Self + "/files/none.png", "", "", 404, false},
		{"GET", "/v1/styles", "", "", 200, false},
		{"GET", "/", "", "", 200, false},
		{"GET", a.Links.Page, "", "", 200, false},
		{"GET", "/try-ons/none", "", "", 404, false},
		{"POST", "/try-ons", "application/x-www-form-urlencoded", "population=women&height=168", 422, false},
		{"GET", "/static/fitroom.css", "", "", 200, false},
		{"GET", "/static/none.css", "", "", 404, false},
		{"GET", "/openapi.yaml", "", "", 200, false},
		{"GET", "/seams.schema.json", "", "", 200, false},
		{"GET", "/livez", "", "", 200, false},
		{"GET", "/readyz", "", "", 200, false},
		{"GET", "/version", "", "", 200, false},
	} {
		t.Run(c.method+" "+routeOf(c.path), func(t *testing.T) {
			req, err := http.NewRequest(c.method, srv.URL+c.path, strings.NewReader(c.body))
			if err != nil {
				t.Fatal(err)
			}
			if c.contentType != "" {
				req.Header.Set("Content-Type", c.contentType)
			}
			checkExchange(t, router, req, c.body, c.status, c.wrong)
		})
	}
}

type finder interface {
	FindRoute(*http.Request) (*routeFound, map[string]string, error)
}

func checkExchange(t *testing.T, router finder, req *http.Request, body string, status int, wrong bool) {
	t.Helper()
	found, params, err := router.FindRoute(req)
	if err != nil {
		t.Fatal(err)
	}
	options := &openapi3filter.Options{IncludeResponseStatus: true, MultiError: true, AuthenticationFunc: openapi3filter.NoopAuthenticationFunc}
	asked := &openapi3filter.RequestValidationInput{Request: req, PathParams: params, Route: found, Options: options}
	if err := openapi3filter.ValidateRequest(t.Context(), asked); (err != nil) != wrong {
		t.Errorf("the request against the contract: %v", err)
	}
	req.Body = io.NopCloser(strings.NewReader(body))
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	data := readAll(t, resp)
	if resp.StatusCode != status {
		t.Fatalf("%d %.300s, want %d", resp.StatusCode, data, status)
	}
	options.ExcludeResponseBody = !strings.Contains(resp.Header.Get("Content-Type"), "json")
	answered := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: asked, Status: resp.StatusCode, Header: resp.Header,
		Body: io.NopCloser(bytes.NewReader(data)), Options: options,
	}
	if err := openapi3filter.ValidateResponse(t.Context(), answered); err != nil {
		t.Errorf("the answer against the contract: %v\n%.600s", err, data)
	}
}

// The contract is served as it is.
func TestContractIsServed(t *testing.T) {
	_, s, _ := testServer(t, Options{})
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest("GET", "/openapi.yaml", nil))
	if !bytes.Equal(w.Body.Bytes(), contract) || w.Code != 200 {
		t.Errorf("%d, %d bytes of %d", w.Code, w.Body.Len(), len(contract))
	}
}
