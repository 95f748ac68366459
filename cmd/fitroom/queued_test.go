package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// queued is how many try-ons are queued; `make load` queues 1,000.
var queued = flag.Int("queued", 40, "how many try-ons are queued while workers are killed")

// workersOf are the worker processes of the service.
func (s *service) workersOf(t *testing.T) []int {
	t.Helper()
	lists, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", s.cmd.Process.Pid))
	if err != nil || len(lists) == 0 {
		t.Skip("this system does not tell a process's children")
	}
	var all []int
	for _, name := range lists {
		text, _ := os.ReadFile(name) // a thread may be gone by now
		for _, word := range strings.Fields(string(text)) {
			pid, err := strconv.Atoi(word)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, pid)
		}
	}
	return all
}

// chosen is the n-th way to choose from ten sizes: each is a question of its
// own, and one that costs no drape.
func chosen(n int) []string {
	var all []string
	for i := range 10 {
		if (n+1)>>i&1 == 1 {
			all = append(all, fmt.Sprint("s", i))
		}
	}
	return all
}

// Try-ons are queued while their workers, and now and then the whole service,
// are killed and start again. In the end each is done, once, with its own
// sizes.
func TestQueuedTryOnsSurviveTheirWorkers(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	org, _ := made(t, "admin", "org", "Shop", "--data", data)
	_, key := made(t, "admin", "key", "--org", org, "--data", data)
	addr := freeAddress(t)
	s := startService(t, data, addr, "--most-open", "2000")
	defer func() { s.kill() }()
	url := "http://" + addr + "/v1/"
	style := styleOfTenSizes(t, url, key)

	ids := make([]string, *queued)
	var clients sync.WaitGroup
	for client := range 4 {
		clients.Go(func() {
			for n := client; n < len(ids); n += 4 {
				body, _ := json.Marshal(map[string]any{"style": style, "mannequin": "s5", "sizes": chosen(n)})
				var fit struct{ ID string }
				if err := json.Unmarshal(sendUntilHeard(t, url+"fits", key, fmt.Sprint("fit ", n), string(body)), &fit); err != nil {
					t.Error(err)
					return
				}
				ids[n] = fit.ID
			}
		})
	}
	ended := make(chan struct{})
	go func() { clients.Wait(); close(ended) }()
	killed, restarted, worst := 0, 0, 0
	open := len(ids)
	patience := max(9*time.Minute, time.Duration(*queued)*time.Second) // of a busy machine
	for deadline := time.Now().Add(patience); open > 0; {
		time.Sleep(300*time.Millisecond + rand.N(time.Second))
		workers := s.workersOf(t)
		for _, pid := range workers {
			worst = max(worst, peakMemory(pid))
		}
		if killed < max(4, *queued/40) {
			for _, pid := range workers {
				if syscall.Kill(pid, syscall.SIGKILL) == nil {
					killed++
				}
			}
			if killed%5 == 4 {
				s.kill()
				s = startService(t, data, addr, "--most-open", "2000")
				restarted++
			}
		}
		select {
		case <-ended:
			open = openFits(t, url, key, len(ids))
		default:
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d of %d are still open", open, len(ids))
		}
	}
	seen := map[string]bool{}
	for n, id := range ids {
		var fit struct {
			State  string
			Report struct {
				SizeOrder []string `json:"size_order"`
			}
		}
		getJSON(t, url+"fits/"+id, key, &fit)
		if fit.State != "done" || seen[id] || strings.Join(fit.Report.SizeOrder, " ") != strings.Join(chosen(n), " ") {
			t.Errorf("fit %d (%s) is %s, of sizes %v; want %v", n, id, fit.State, fit.Report.SizeOrder, chosen(n))
		}
		seen[id] = true
	}
	t.Logf("%d try-ons, each done once; %d workers and %d services killed; peak memory of the last service %d MB, of the largest worker %d MB",
		len(ids), killed, restarted, peakMemory(s.cmd.Process.Pid)/1000, worst/1000)
}

// peakMemory is the most memory a process has held [kB]; 0 if it is gone.
func peakMemory(pid int) (kB int) {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	_, line, _ := strings.Cut(string(status), "VmHWM:")
	fmt.Sscan(line, &kB)
	return kB
}

func styleOfTenSizes(t *testing.T, url, key string) string {
	t.Helper()
	bands := map[string][2]int{}
	for i := range 10 {
		bands[fmt.Sprint("s", i)] = [2]int{76 + 4*i, 80 + 4*i}
	}
	sheet, err := json.Marshal(map[string]any{
		"style": "ten", "kind": "t-shirt", "population": "women", "sizes": []string{"s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9"},
		"primary": []string{"bust_girth"}, "chart": map[string]any{"bust_girth": map[string]any{"unit": "cm", "bands": bands}},
	})
	if err != nil {
		t.Fatal(err)
	}
	var style struct{ ID, State string }
	if err := json.Unmarshal(sendUntilHeard(t, url+"styles", key, "ten", string(sheet)), &style); err != nil {
		t.Fatal(err)
	}
	for style.State != "done" {
		time.Sleep(20 * time.Millisecond)
		getJSON(t, url+"styles/"+style.ID, key, &style)
		if style.State == "failed" {
			t.Fatal("the style was not imported")
		}
	}
	return style.ID
}

// openFits counts the shop's fits that are not done; there must be as many in
// all as were asked for.
func openFits(t *testing.T, url, key string, want int) int {
	t.Helper()
	open, all := 0, 0
	for cursor := ""; ; {
		var list struct {
			Fits []struct{ State string }
			Next string
		}
		getJSON(t, url+"fits?limit=200&cursor="+cursor, key, &list)
		for _, f := range list.Fits {
			all++
			if f.State != "done" {
				open++
			}
		}
		if cursor = list.Next; cursor == "" {
			break
		}
	}
	if all != want {
		t.Fatalf("%d fits are there, %d were accepted", all, want)
	}
	return open
}
