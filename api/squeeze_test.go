package api

import (
	"net/http"
	"testing"
)

// Who takes gzip and who refuses it, by RFC 9110.
func TestSqueezable(t *testing.T) {
	for accept, want := range map[string]bool{
		"": false, "gzip": true, "br, GZIP": true, "gzip;q=0": false, "gzip;q=0.5, br": true, "deflate": false, "gzip;q=x": false,
	} {
		r := &http.Request{Header: http.Header{"Accept-Encoding": {accept}}}
		if got := squeezable(r); got != want {
			t.Errorf("%q: %v", accept, got)
		}
	}
}
