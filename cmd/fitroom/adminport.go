package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"fitroom/api/concierge"
	"fitroom/api/metrics"
)

// adminPort serves metrics and readiness on an address of its own, which is
// for the machine room and not for customers.
type adminPort struct {
	server *http.Server
	done   chan struct{}
	at     string
}

// countOf tells how many jobs are open; a database that does not answer shows
// as -1.
func countOf(c func() *concierge.Concierge) func() float64 {
	return func() float64 {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if c() == nil {
			return 0
		}
		n, err := c().OpenJobs(ctx)
		if err != nil {
			return -1
		}
		return float64(n)
	}
}

// openAdminPort serves until close; an empty address serves nowhere.
// worker passes on the metrics of a worker apart; nil where there is none.
func openAdminPort(address string, m *metrics.Metrics, ready func(context.Context) error, worker http.HandlerFunc) (*adminPort, error) {
	if address == "" {
		return nil, nil
	}
	ln, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("admin address: %w", err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", m.Handler())
	if worker != nil {
		mux.HandleFunc("GET /metrics/worker", worker)
	}
	mux.HandleFunc("GET /livez", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if err := ready(r.Context()); err != nil {
			http.Error(w, "not ready", http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "ok")
	})
	p := &adminPort{&http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: 30 * time.Second}, make(chan struct{}), ln.Addr().String()}
	go func() {
		defer close(p.done)
		p.server.Serve(ln) // ends with close
	}()
	return p, nil
}

// address is where it is; "" where it is not.
func (p *adminPort) address() string {
	if p == nil {
		return ""
	}
	return p.at
}

func (p *adminPort) close() error {
	if p == nil {
		return nil
	}
	err := p.server.Close()
	<-p.done
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}
