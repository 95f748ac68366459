package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"fitroom/api/sqldb/sqldbtest"
)

// kills is how often the service is killed; `make kill` kills it 50 times.
var kills = flag.Int("kills", 3, "how often the service is killed under load")

// asProgram makes the test binary the program itself, as a child to be killed.
const asProgram = "FITROOM_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
		defer stop()
		os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
	}
	flag.Parse()
	sqldbtest.Main(m)
}

// service is a child process that serves a data folder.
type service struct {
	cmd *exec.Cmd
	url string
}

func startService(t *testing.T, data, addr string, more ...string) *service {
	t.Helper()
	cmd := exec.Command(os.Args[0], append([]string{"serve", "--data", data, "--addr", addr, "--json", "--private-webhooks"}, more...)...)
	cmd.Env = append(os.Environ(), asProgram+"=1")
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := os.MkdirAll(data, 0o700); err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	log, err := os.OpenFile(filepath.Join(data, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	cmd.Stderr = log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var said struct{ URL string }
	if err := json.NewDecoder(bufio.NewReader(out)).Decode(&said); err != nil {
		cmd.Process.Kill()
		cmd.Wait()
		said, _ := os.ReadFile(filepath.Join(data, "log"))
		t.Fatalf("the service did not start: %v\n%s", err, said)
	}
	return &service{cmd, strings.TrimSuffix(said.URL, "/")}
}

func (s *service) kill() {
	s.cmd.Process.Kill()
	s.cmd.Wait()
}

// made is what `admin ... --json` prints.
func made(t *testing.T, args ...string) (id, token string) {
	t.Helper()
	code, out, errOut := invoke(append(args, "--json")...)
	var m struct{ ID, Token string }
	if err := json.Unmarshal([]byte(out), &m); err != nil || code != exitOK {
		t.Fatal(code, err, out, errOut)
	}
	return m.ID, m.Token
}

// freeAddress is one that a service can be started at again and again. It lies
// below the ports that systems give to outgoing connections (32768 and up): one
// of those may be taken while the service is down, even by a client that finds
// itself at the other end.
func freeAddress(t *testing.T) string {
	t.Helper()
	for range 100 {
		l, err := net.Listen("tcp", fmt.Sprint("127.0.0.1:", 20_000+rand.N(12_000)))
		if err == nil {
			defer l.Close()
			return l.Addr().String()
		}
	}
	t.Fatal("no port is free")
	return ""
}

// sendUntilHeard sends a request under one Idempotency-Key until it is
// answered with success, as a careful client does.
func sendUntilHeard(t *testing.T, url, token, once, body string) (answer []byte) {
	for end := time.Now().Add(5 * time.Minute); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		r, err := http.NewRequest("POST", url, bytes.NewReader([]byte(body)))
		if err != nil {
			t.Error(err)
			return nil
		}
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "Bearer "+token)
		r.Header.Set("Idempotency-Key", once)
		resp, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			continue // killed before or while it answered
		}
		data, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		switch {
		case err != nil:
			continue
		case resp.StatusCode/100 == 2:
			return data
		case resp.StatusCode != http.StatusServiceUnavailable:
			t.Errorf("%d %s", resp.StatusCode, data)
			return nil
		}
	}
	t.Error("never answered")
	return nil
}

func getJSON(t *testing.T, url, token string, into any) {
	t.Helper()
	r, err := http.NewRequest("GET", url, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if err := json.NewDecoder(resp.Body).Decode(into); err != nil || resp.StatusCode != 200 {
		t.Fatal(resp.StatusCode, err)
	}
}

// The service is killed (SIGKILL) again and again while clients bring styles
// and ask for fits. In the end each of them is there exactly once and its job
// is done: nothing accepted was lost, nothing sent twice was done twice.
func TestKilledServiceLosesNothing(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	org, _ := made(t, "admin", "org", "Shop", "--data", data)
	_, key := made(t, "admin", "key", "--org", org, "--data", data)
	addr := freeAddress(t)
	s := startService(t, data, addr)
	defer func() { s.kill() }()
	url := "http://" + addr + "/v1/"
	var sent atomic.Int64
	var clients sync.WaitGroup
	stop := make(chan struct{})
	for client := range 4 {
		clients.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				case <-time.After(15 * time.Millisecond):
				}
				name := fmt.Sprintf("s-%d-%d", client, n)
				style := fmt.Sprintf(`{"style": %q, "kind": "t-shirt", "population": "women", "sizes": ["M"], "primary": ["bust_girth"], "chart": {"bust_girth": {"unit": "cm", "bands": {"M": [88, 96]}}}}`, name)
				if sendUntilHeard(t, url+"styles", key, name, style) == nil {
					return
				}
				sent.Add(1)
			}
		})
	}
	for range *kills {
		time.Sleep(100*time.Millisecond + rand.N(300*time.Millisecond))
		s.kill()
		s = startService(t, data, addr)
	}
	close(stop)
	clients.Wait()
	names := awaitStyles(t, url, key)
	if int64(len(names)) != sent.Load() || sent.Load() == 0 {
		t.Errorf("%d styles were accepted, %d are there", sent.Load(), len(names))
	}
	for name, n := range names {
		if n != 1 {
			t.Errorf("style %s is there %d times", name, n)
		}
	}
	fitsSurvive(t, s, data, addr, url, key)
	t.Logf("%d kills, %d styles accepted, each there once and imported", *kills+1, sent.Load())
}

// awaitStyles waits until no import is open and counts the styles by name.
func awaitStyles(t *testing.T, url, key string) map[string]int {
	t.Helper()
	for end := time.Now().Add(5 * time.Minute); ; time.Sleep(100 * time.Millisecond) {
		names, open := map[string]int{}, 0
		for cursor := ""; ; {
			var list struct {
				Styles []struct{ ID, Name, State string }
				Next   string
			}
			getJSON(t, url+"styles?limit=200&cursor="+cursor, key, &list)
			for _, s := range list.Styles {
				names[s.Name]++
				if s.State != "done" {
					open++
				}
			}
			if cursor = list.Next; cursor == "" {
				break
			}
		}
		if open == 0 {
			return names
		}
		if time.Now().After(end) {
			t.Fatalf("%d styles are not imported", open)
		}
	}
}

// fitsSurvive asks for fits, kills the service while it is at them, and finds
// them done by the next.
func fitsSurvive(t *testing.T, s *service, data, addr, url, key string) {
	t.Helper()
	var list struct{ Styles []struct{ ID string } }
	getJSON(t, url+"styles?limit=2", key, &list)
	var fits []string
	for i, style := range list.Styles {
		var fit struct{ ID string }
		body := fmt.Sprintf(`{"style": %q, "mannequin": "M"}`, style.ID)
		if err := json.Unmarshal(sendUntilHeard(t, url+"fits", key, fmt.Sprint("fit ", i), body), &fit); err != nil {
			t.Fatal(err)
		}
		fits = append(fits, fit.ID)
	}
	s.kill()
	*s = *startService(t, data, addr)
	for _, id := range fits {
		awaitFit(t, url+"fits/"+id, key)
	}
}

// awaitFit waits until a fit has a report.
func awaitFit(t *testing.T, url, key string) {
	t.Helper()
	var fit struct {
		State  string
		Report json.RawMessage
	}
	for end := time.Now().Add(5 * time.Minute); fit.State != "done"; time.Sleep(50 * time.Millisecond) {
		getJSON(t, url, key, &fit)
		if time.Now().After(end) {
			t.Fatalf("the fit is %s", fit.State)
		}
	}
	if len(fit.Report) == 0 {
		t.Error("the fit has no report")
	}
}

// Told to stop, the service finishes what it is at and ends well; a second
// process at the same work is refused.
func TestServiceDrains(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	admin := freeAddress(t)
	s := startService(t, data, "127.0.0.1:0", "--workers", "1", "--admin", admin)
	resp, err := http.Get("http://" + admin + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	if figures, _ := io.ReadAll(resp.Body); !strings.Contains(string(figures), "fitroom_jobs_open 0") {
		t.Errorf("metrics: %.300s", figures)
	}
	resp.Body.Close()
	awaitWorker(t, "http://"+admin+"/metrics/worker")
	if code, _, errOut := invoke("worker", "--data", data); code != exitFailed || !strings.Contains(errOut, "another process does the work") {
		t.Errorf("a second worker: exit %d, %s", code, errOut)
	}
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Wait(); err != nil {
		t.Error(err)
	}
}

// awaitWorker waits until the worker apart counts: it holds the work then.
func awaitWorker(t *testing.T, url string) {
	t.Helper()
	for end := time.Now().Add(5 * time.Minute); ; time.Sleep(50 * time.Millisecond) {
		resp, err := http.Get(url)
		if err == nil {
			resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return
			}
		}
		if time.Now().After(end) {
			t.Fatal("the worker does not begin")
		}
	}
}
