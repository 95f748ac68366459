package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
)

// The jobs of a service run in a process of their own, `fitroom worker`, at the
// lowest priority. A drape keeps a processor busy for seconds; in one process
// with the API, Go's scheduler gives every goroutine its turn alike, and a
// verdict that is known already would wait behind the drapes. Between processes
// the system decides, and it lets who has slept go first. Threads of different
// priority in one process were the other choice: a collection of garbage waits
// for all of them, for the slowest most of all.

// lowest priority a process can give itself (nice 19).
const lowest = 19

// Waits before a worker that ended is started again: its database may still be
// held by the one before.
const (
	firstWait = 200 * time.Millisecond
	mostWait  = 5 * time.Second
)

// apart is a worker in a process of its own, started again whenever it ends.
type apart struct {
	flags  *serviceFlags
	errOut io.Writer
	log    *slog.Logger
	admin  atomic.Value // string: where its metrics are
	done   chan struct{}
}

// startApart starts the worker and keeps it going until ctx ends; wait returns
// when it has finished its jobs.
func startApart(ctx context.Context, f *serviceFlags, errOut io.Writer, log *slog.Logger) *apart {
	a := &apart{flags: f, errOut: errOut, log: log, done: make(chan struct{})}
	a.admin.Store("")
	go func() {
		defer close(a.done)
		for wait := firstWait; ctx.Err() == nil; wait = min(2*wait, mostWait) {
			begun := time.Now()
			err := a.once(ctx)
			if ctx.Err() != nil {
				return
			}
			if time.Since(begun) > time.Minute {
				wait = firstWait
			}
			log.Warn("the worker ended and is started again", "after", time.Since(begun).Round(time.Millisecond), "exit", fmt.Sprint(err))
			select {
			case <-ctx.Done():
			case <-time.After(wait):
			}
		}
	}()
	return a
}

func (a *apart) wait() { <-a.done }

// environment hands the flags on; a command line could be read by everybody.
func (a *apart) environment() []string {
	f := a.flags
	flags := map[string]string{
		"db": f.db, "blobs": f.blobs, "master-key": f.master, "mail": f.mail, "workers": strconv.Itoa(f.workers),
		"most-open": strconv.Itoa(f.mostOpen), "private-webhooks": strconv.FormatBool(f.privateWebhooks), "renderer": f.by.name,
		"admin": map[bool]string{true: "127.0.0.1:0"}[f.admin != ""],
		"data":  "", "config": "", // what followed from them is above
	}
	var env []string
	for _, pair := range os.Environ() {
		name, _, _ := strings.Cut(pair, "=")
		flag := strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(name, envPrefix), "_", "-"))
		if _, ours := flags[flag]; !ours || !strings.HasPrefix(name, envPrefix) {
			env = append(env, pair)
		}
	}
	for flag, value := range flags {
		if value != "" {
			env = append(env, envPrefix+strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))+"="+value)
		}
	}
	return env
}

// once runs the worker until it ends. It stops by SIGTERM, and by itself when
// this process is gone: its standard input is then at its end.
func (a *apart) once(ctx context.Context) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.Command(self, "worker", "--json", "--until-eof")
	cmd.Env, cmd.Stderr = a.environment(), a.errOut
	alive, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	defer alive.Close()
	said, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := startLow(cmd); err != nil {
		return err
	}
	stopping := context.AfterFunc(ctx, func() {
		cmd.Process.Signal(syscall.SIGTERM)
		time.AfterFunc(drainTime+closing, func() { cmd.Process.Kill() })
	})
	defer stopping()
	var hello struct{ Admin string }
	if json.NewDecoder(bufio.NewReader(said)).Decode(&hello) == nil {
		a.admin.Store(hello.Admin)
	}
	io.Copy(io.Discard, said)
	return cmd.Wait()
}

// startLow starts a process at the lowest priority from its first thread on:
// children inherit that of the thread that starts them. The thread is not used
// again.
func startLow(cmd *exec.Cmd) error {
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		if err := syscall.Setpriority(syscall.PRIO_PROCESS, 0, lowest); err != nil {
			started <- fmt.Errorf("the worker's priority: %w", err)
			return
		}
		started <- cmd.Start()
	}()
	return <-started
}

// metricsOfWorker passes on what the worker counts.
func (a *apart) metricsOfWorker(w http.ResponseWriter, r *http.Request) {
	at, _ := a.admin.Load().(string)
	if at == "" {
		http.Error(w, "the worker has not begun", http.StatusServiceUnavailable)
		return
	}
	proxy := httputil.NewSingleHostReverseProxy(&url.URL{Scheme: "http", Host: at})
	r.URL.Path = "/metrics"
	proxy.ServeHTTP(w, r)
}
