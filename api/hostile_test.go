package api

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// served is the server on a real listener, with its real limits of time.
func served(t *testing.T) (address string) {
	t.Helper()
	_, s, _ := testServer(t, Options{MaxRequest: 64 << 10})
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- s.Serve(ctx, ln, time.Second) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return ln.Addr().String()
}

// Two hundred connections that dribble their headers are cut off, and nobody
// else waits for them meanwhile (slow-loris).
func TestDribblersAreCutOff(t *testing.T) {
	at := served(t)
	before := runtime.NumGoroutine()
	var all sync.WaitGroup
	cut := make(chan time.Duration, 200)
	for range cap(cut) {
		all.Go(func() {
			c, err := net.Dial("tcp", at)
			if err != nil {
				t.Error(err)
				return
			}
			defer c.Close()
			begun := time.Now()
			fmt.Fprint(c, "POST /v1/try-ons HTTP/1.1\r\nHost: localhost\r\n")
			for n := 0; time.Since(begun) < 4*headerTimeout; n++ {
				fmt.Fprintf(c, "X-%d: y\r\n", n) // what comes back tells when it is over
				c.SetReadDeadline(time.Now().Add(200 * time.Millisecond))
				if _, err := c.Read(make([]byte, 1)); err == nil || !strings.Contains(err.Error(), "timeout") {
					cut <- time.Since(begun)
					return
				}
			}
			t.Error("a dribbler is still there")
		})
	}
	for range 20 {
		begun := time.Now()
		resp, err := http.Get("http://" + at + "/livez")
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if took := time.Since(begun); resp.StatusCode != 200 || took > headerTimeout {
			t.Errorf("beside them an answer takes %v, status %d", took, resp.StatusCode)
		}
		time.Sleep(50 * time.Millisecond)
	}
	all.Wait()
	http.DefaultClient.CloseIdleConnections()
	for end := time.Now().Add(5 * time.Second); runtime.NumGoroutine() > before+5; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%d goroutines are left over from %d", runtime.NumGoroutine(), before)
		}
	}
}

// What is no HTTP, or too much of it, is refused with an answer of the 400s or
// none, and the server goes on.
func TestMalformedRequests(t *testing.T) {
	at := served(t)
	post := "POST /v1/try-ons HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
	for name, text := range map[string]string{
		"no HTTP":               "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello\r\n\r\n",
		"no host":               "GET / HTTP/1.1\r\n\r\n",
		"two hosts":             "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
		"odd version":           "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
		"odd method":            "G\x00T / HTTP/1.1\r\nHost: localhost\r\n\r\n",
		"header of 64 kB":       "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + strings.Repeat("x", 64<<10) + "\r\n\r\n",
		"10,000 headers":        "GET / HTTP/1.1\r\nHost: localhost\r\n" + strings.Repeat("X: y\r\n", 10_000) + "\r\n",
		"path of 64 kB":         "GET /" + strings.Repeat("x", 64<<10) + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
		"two lengths":           post + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
		"length and chunks":     post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
		"negative length":       post + "Content-Length: -1\r\n\r\n",
		"a terabyte announced":  post + "Content-Length: 1099511627776\r\n\r\n{}",
		"broken chunks":         post + "Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n",
		"chunks without end":    post + "Transfer-Encoding: chunked\r\n\r\n" + strings.Repeat("1000\r\n"+strings.Repeat("x", 0x1000)+"\r\n", 40),
		"folded header":         "GET / HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n: c\r\n\r\n",
		"line feed in the path": "GET /a\nb HTTP/1.1\r\nHost: localhost\r\n\r\n",
	} {
		c, err := net.Dial("tcp", at)
		if err != nil {
			t.Fatal(err)
		}
		c.SetDeadline(time.Now().Add(3 * time.Second))
		go io.WriteString(c, text) // the server may stop reading half-way
		resp, err := http.ReadResponse(bufio.NewReader(c), nil)
		if err == nil && (resp.StatusCode < 400 || resp.StatusCode >= 500 && resp.StatusCode != 505) {
			t.Errorf("%s: %d", name, resp.StatusCode)
		}
		c.Close()
		alive, err := http.Get("http://" + at + "/livez")
		if err != nil || alive.StatusCode != 200 {
			t.Fatalf("after %s the server is gone: %v", name, err)
		}
		alive.Body.Close()
	}
}
