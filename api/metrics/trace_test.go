package metrics

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// With a collector named, requests and jobs arrive there as spans; without one
// nothing is sent anywhere.
func TestTrace(t *testing.T) {
	var mu sync.Mutex
	var got bytes.Buffer
	collector := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body io.Reader = r.Body
		if r.Header.Get("Content-Encoding") == "gzip" {
			if z, err := gzip.NewReader(r.Body); err == nil {
				body = z
			}
		}
		data, _ := io.ReadAll(body)
		mu.Lock()
		defer mu.Unlock()
		got.WriteString(r.URL.Path)
		got.Write(data)
	}))
	defer collector.Close()
	for _, endpoint := range []string{"", collector.URL} {
		t.Setenv(traceVariable, endpoint)
		m := New(nil)
		stop, err := m.Trace(t.Context(), "test")
		if err != nil {
			t.Fatal(err)
		}
		m.Request("/v1/fits", "GET", 200, time.Millisecond)
		m.Job("fit", "done", time.Second)
		if err := stop(t.Context()); err != nil {
			t.Error(err)
		}
		mu.Lock()
		text := got.String()
		mu.Unlock()
		for _, word := range []string{"/v1/traces", "GET /v1/fits", "job fit"} {
			if strings.Contains(text, word) != (endpoint != "") {
				t.Errorf("with the endpoint %q the collector got %q", endpoint, text)
			}
		}
	}
}
