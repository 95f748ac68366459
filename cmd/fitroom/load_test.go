package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// load is how long the service is asked for what it knows already; `make load`
// asks for 20 s.
var load = flag.Duration("load", 0, "time to measure the service under load; 0 to leave it out")

// rate of requests [1/s].
const rate = 200

// Two hundred times a second a shop reads a verdict that is known while the
// same process drapes: how long does the slowest hundredth wait? Requests are
// sent at their time whether the ones before are answered or not, so that
// waiting is not hidden.
func TestLoad(t *testing.T) {
	if *load == 0 {
		t.Skip("a measurement, not a law: make load")
	}
	data := filepath.Join(t.TempDir(), "data")
	org, _ := made(t, "admin", "org", "Shop", "--data", data)
	_, key := made(t, "admin", "key", "--org", org, "--data", data)
	s := startService(t, data, "127.0.0.1:0")
	defer s.kill()
	url := s.url + "/v1/"
	sheet := func(name, more string) string {
		return fmt.Sprintf(`{"style": %q, "kind": "t-shirt", "population": "women", "sizes": ["S", "M"], "primary": ["bust_girth"], "chart": {"bust_girth": {"unit": "cm", "bands": {"S": [80, 88], "M": [88, 96]}}}%s}`, name, more)
	}
	known := fitOf(t, url, key, sheet("known", ""))
	awaitFit(t, url+"fits/"+known, key)
	for i := range 60 { // enough drapes for the whole time
		fitOf(t, url, key, sheet(fmt.Sprint("drape ", i), fmt.Sprintf(`, "pom": {"bust_girth": {"unit": "cm", "measure": "full", "values": {"S": 92, "M": %g}}, "body_length": {"unit": "cm", "measure": "full", "values": {"S": 60, "M": 62}}},
			"pattern": {"format": "template", "template": "tee"}, "fabric": {"preset": "jersey"}`, 100+float64(i)/100)))
	}
	times := readAt(t, url+"fits/"+known, key)
	slices.Sort(times)
	of := func(share float64) time.Duration {
		return times[int(share*float64(len(times)-1))].Round(100 * time.Microsecond)
	}
	var jobs struct {
		Jobs []struct{ State, Kind string }
	}
	getJSON(t, url+"jobs?limit=200", key, &jobs)
	done := 0
	for _, j := range jobs.Jobs {
		if j.Kind == "fit" && j.State == "done" {
			done++
		}
	}
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	_, peak, _ := strings.Cut(string(status), "VmHWM:")
	peak, _, _ = strings.Cut(strings.TrimSpace(peak), "\n")
	t.Logf("%d requests at %d/s: median %v, p95 %v, p99 %v, slowest %v; %d fits draped beside them; peak memory %s", len(times), rate, of(0.5), of(0.95), of(0.99), of(1), done, peak)
}

// fitOf brings a style and asks for a fit on its mannequin of size M.
func fitOf(t *testing.T, url, key, sheet string) string {
	t.Helper()
	var style, fit struct{ ID string }
	if err := json.Unmarshal(sendUntilHeard(t, url+"styles", key, sheet[:40], sheet), &style); err != nil {
		t.Fatal(err)
	}
	for state := ""; state != "done"; time.Sleep(10 * time.Millisecond) {
		var got struct{ State string }
		getJSON(t, url+"styles/"+style.ID, key, &got)
		if state = got.State; state == "failed" {
			t.Fatal("the style was not imported")
		}
	}
	if err := json.Unmarshal(sendUntilHeard(t, url+"fits", key, "fit"+sheet[:40], fmt.Sprintf(`{"style": %q, "mannequin": "M"}`, style.ID)), &fit); err != nil {
		t.Fatal(err)
	}
	return fit.ID
}

// readAt reads an address at the rate and returns how long each answer took
// from the time its request was due.
func readAt(t *testing.T, url, key string) []time.Duration {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: rate}, Timeout: 30 * time.Second}
	var mu sync.Mutex
	var times []time.Duration
	var all sync.WaitGroup
	begun := time.Now()
	for n := range int(load.Seconds() * rate) {
		due := begun.Add(time.Duration(n) * time.Second / rate)
		time.Sleep(time.Until(due))
		all.Go(func() {
			r, _ := http.NewRequest("GET", url, nil)
			r.Header.Set("Authorization", "Bearer "+key)
			resp, err := client.Do(r)
			if err != nil {
				t.Error(err)
				return
			}
			resp.Body.Close()
			if resp.StatusCode != 200 {
				t.Errorf("status %d", resp.StatusCode)
			}
			mu.Lock()
			times = append(times, time.Since(due))
			mu.Unlock()
		})
	}
	all.Wait()
	return times
}
