package api

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// Limits on slow or silent customers. There is no limit on the whole of an
// answer, because a try-on may wait in line: each request sets its own.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 30 * time.Second // of a request's body
	writeTimeout  = 60 * time.Second // of an answer, once it stands
	idleTimeout   = 90 * time.Second
	maxHeader     = 32 << 10 // [byte]
)

// Serve answers requests on the listener until ctx ends. Then it takes no new
// ones, gives those being served the time drain, cancels what is left, deletes
// every result and returns nil.
func (s *Server) Serve(ctx context.Context, ln net.Listener, drain time.Duration) error {
	requests, cancel := context.WithCancelCause(context.Background())
	defer cancel(nil)
	srv := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: headerTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeader,
		BaseContext:       func(net.Listener) context.Context { return requests },
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(ln) }()
	select {
	case err := <-failed:
		return errors.Join(err, s.Close())
	case <-ctx.Done():
	}
	s.Drain()
	patience, done := context.WithTimeout(context.Background(), drain)
	defer done()
	err := srv.Shutdown(patience)
	if errors.Is(err, context.DeadlineExceeded) {
		cancel(errStopping)
		err = s.hurry(srv)
	}
	<-failed // http.ErrServerClosed: Serve has returned
	return errors.Join(err, s.Close())
}

// lastWords is how long cancelled fittings may take to notice and say so.
const lastWords = 5 * time.Second

func (s *Server) hurry(srv *http.Server) error {
	patience, done := context.WithTimeout(context.Background(), lastWords)
	defer done()
	if srv.Shutdown(patience) == nil {
		return nil
	}
	return srv.Close()
}
