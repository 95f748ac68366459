package hook_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"fitroom/api/hook"

	standard "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

// A message sent here is accepted by the library that the standard's authors
// publish for receivers, and refused when anything of it was changed.
func TestAnIndependentReceiverAccepts(t *testing.T) {
	secret := hook.NewSecret()
	receiver, err := standard.NewWebhook(secret)
	if err != nil {
		t.Fatal(err)
	}
	heard := 0
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if err := receiver.Verify(body, r.Header); err != nil {
			t.Error(err)
		}
		if err := receiver.Verify(append(body, ' '), r.Header); err == nil {
			t.Error("a changed body was accepted")
		}
		heard++
		w.WriteHeader(http.StatusNoContent)
	}))
	defer srv.Close()
	status, err := hook.NewSender(true).Send(t.Context(), srv.URL, secret, "msg_1", time.Now(), []byte(`{"type":"fit.done"}`))
	if status != 204 || err != nil || heard != 1 {
		t.Errorf("status %d, %v, heard %d times", status, err, heard)
	}
}

// Nothing is sent to this machine or its network, however it is named.
func TestOnlyPublicAddresses(t *testing.T) {
	reached := false
	srv := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached = true }))
	defer srv.Close()
	s := hook.NewSender(false)
	port := srv.URL[strings.LastIndex(srv.URL, ":"):]
	for _, host := range []string{"127.0.0.1", "localhost.", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "[::]"} {
		if status, err := s.Send(t.Context(), "https://"+host+port, hook.NewSecret(), "m", time.Now(), nil); err == nil || status != 0 {
			t.Errorf("%s: %d, %v", host, status, err)
		}
	}
	if reached {
		t.Error("the private receiver was reached")
	}
	for address, ok := range map[string]bool{
		"https://shop.example/hooks": true, "https://93.184.216.34/": true, "https://[2606:2800:220:1::1]/x": true,
		"http://shop.example/": false, "https://localhost/": false, "https://intranet/": false, "https://10.0.0.1/": false, "https://192.168.1.1/": false,
		"https://169.254.169.254/latest": false, "https://[fd00::1]/": false, "https://[fe80::1]/": false, "https://100.64.1.1/": false, "https://[64:ff9b::7f00:1]/": false,
		"https://user:pass@shop.example/": false, "ftp://shop.example/": false, "https:///x": false, "://": false, "": false, "https://[::ffff:10.0.0.1]/": false,
	} {
		if err := s.Check(address); (err == nil) != ok || err != nil && !errors.Is(err, hook.ErrAddress) {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// A redirect is an answer, not a way to somewhere else.
func TestRedirectsAreNotFollowed(t *testing.T) {
	followed := false
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { followed = true }))
	defer other.Close()
	srv := httptest.NewServer(http.RedirectHandler(other.URL, http.StatusTemporaryRedirect))
	defer srv.Close()
	if status, err := hook.NewSender(true).Send(t.Context(), srv.URL, hook.NewSecret(), "m", time.Now(), nil); status != 307 || err != nil || followed {
		t.Errorf("%d, %v, followed %v", status, err, followed)
	}
}
