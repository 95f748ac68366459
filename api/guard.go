package api

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	v1 "fitroom/api/v1"

	"github.com/labstack/echo/v4"
)

// policy lets the pages load nothing but what this server sends, and be
// framed by nobody. The textures of a 3D file are blobs of the page's own.
const policy = "default-src 'none'; img-src 'self' blob:; style-src 'self'; script-src 'self'; connect-src 'self' blob:; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// guard stands before every route: headers, time limits, the log line, and
// an answer even where a handler panics.
func (s *Server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun := time.Now()
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		out := &recorder{ResponseWriter: w}
		hurry := http.NewResponseController(w)
		hurry.SetReadDeadline(begun.Add(readTimeout)) // not supported by test recorders, and harmless there
		hurry.SetWriteDeadline(begun.Add(writeTimeout))
		defer func() {
			if p := recover(); p != nil {
				s.answerPanic(out, r, p)
			}
			s.logRequest(r, out, time.Since(begun))
		}()
		next.ServeHTTP(out, asGet(r))
	})
}

// asGet serves HEAD as GET; net/http leaves the body out.
func asGet(r *http.Request) *http.Request {
	if r.Method != http.MethodHead {
		return r
	}
	r = r.WithContext(r.Context())
	r.Method = http.MethodGet
	return r
}

// recorder remembers the status for the log line.
type recorder struct {
	http.ResponseWriter
	status int
}

func (w *recorder) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *recorder) Write(p []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(p)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (s *Server) answerPanic(w *recorder, r *http.Request, p any) {
	if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		panic(p)
	}
	err := &crash{p, debug.Stack()}
	s.logInternal(r, err)
	if w.status == 0 {
		asProblem(err).write(w)
	}
}

// logRequest writes one line that names neither address nor content: the
// address of a result is the key to it.
func (s *Server) logRequest(r *http.Request, answer *recorder, took time.Duration) {
	route := routeOf(r.URL.Path)
	s.metrics.Request(route, methodOf(r), answer.status, took)
	attrs := []slog.Attr{
		slog.String("method", methodOf(r)), slog.String("route", route),
		slog.Int("status", answer.status), slog.Duration("took", took.Round(time.Millisecond)),
	}
	if trace := answer.Header().Get("X-Trace-Id"); trace != "" {
		attrs = append(attrs, slog.String("trace_id", trace))
	}
	s.log.LogAttrs(context.Background(), slog.LevelInfo, "request", attrs...)
}

// methodOf is the method if it is one there is: what is counted and logged is
// of a known few.
func methodOf(r *http.Request) string {
	switch r.Method {
	case "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH":
		return r.Method
	}
	return "other"
}

// routeOf names the kind of address without what is personal in it.
func routeOf(path string) string {
	switch first, rest, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/"); {
	case first == "v1":
		second, _, _ := strings.Cut(rest, "/")
		for _, known := range []string{"styles", "try-ons", "login", "me", "avatars", "grants", "fits", "jobs", "webhooks", "keys", "feeds", "products", "passkeys"} {
			if second == known {
				return "/v1/" + second
			}
		}
	case first == "", first == "account", first == "plausibility", first == "fit", first == "shop", first == "docs", first == "shop-demo", first == "try-ons", first == "static", first == "livez", first == "readyz", first == "version", first == "openapi.yaml", first == "seams.schema.json":
		return "/" + first
	}
	return "other"
}

// logInternal writes what is needed to find a fault of ours; foreseen errors
// are the customer's to read and leave no trace. The value of a
// panic is only written where it is the runtime's own, which holds no
// measurement; neither is any other error's text.
func (s *Server) logInternal(r *http.Request, err error) {
	if asProblem(err).Status != http.StatusInternalServerError {
		return
	}
	attrs := []slog.Attr{slog.String("route", routeOf(r.URL.Path)), slog.String("kind", typeName(err))}
	var c *crash
	if errors.As(err, &c) {
		attrs = append(attrs, slog.String("stack", string(c.stack)))
		if value, ok := c.value.(runtime.Error); ok {
			attrs = append(attrs, slog.String("panic", value.Error()))
		}
	}
	s.log.LogAttrs(context.Background(), slog.LevelError, "internal error", attrs...)
}

// guardPersonal stands before the routes of one person's fitting. Without a
// login only this machine may use them; a page of another site may not make
// the browser do so either (cross-site posts, and names that were rebound to
// this machine). A service wants a key or a login on all that is under /v1;
// its page goes on to serve this machine.
func (s *Server) guardPersonal(next echo.HandlerFunc) echo.HandlerFunc {
	var origin http.CrossOriginProtection
	return func(c echo.Context) error {
		c.Response().Header().Set("Cache-Control", "private, no-store")
		r := c.Request()
		if s.desks != nil && (strings.HasPrefix(r.URL.Path, "/v1/") || hasLogin(r)) && !s.shownHere(c) {
			who, ok := s.service.Let(c.Response(), r, v1.Access{Customer: true, Scope: "fits:write"})
			if !ok {
				return nil // it has been answered
			}
			c.Set(ownerKey, who.ID())
			return next(c)
		}
		if !s.remote && !s.here(r) {
			return newProblem(http.StatusForbidden, "loopback-only", "Only from this machine",
				"Try-ons without a login are served to this machine only, at localhost; whoever runs the server can allow others.")
		}
		if origin.Check(r) != nil {
			return newProblem(http.StatusForbidden, "cross-origin", "Not from another site",
				"A page of another site asked for this try-on; only pages of this server may.")
		}
		return next(c)
	}
}

// ownerKey is where the guard leaves whom a try-on belongs to.
const ownerKey = "owner"

func owner(c echo.Context) string {
	id, _ := c.Get(ownerKey).(string)
	return id
}

func hasLogin(r *http.Request) bool {
	_, err := r.Cookie(v1.Cookie)
	return err == nil || r.Header.Get("Authorization") != ""
}

// here tells a request from this machine, by its own name, that no proxy has
// passed on.
func (s *Server) here(r *http.Request) bool {
	forwarded := r.Header.Get("Forwarded") != "" || r.Header.Get("X-Forwarded-For") != ""
	return loopbackPeer(r.RemoteAddr) && loopbackName(r.Host) && (s.desks == nil || !forwarded)
}

// shownHere tells a file that the page on this machine shows: the page's
// try-ons belong to nobody, and their addresses cannot be guessed.
func (s *Server) shownHere(c echo.Context) bool {
	r := c.Request()
	if r.Method != http.MethodGet || hasLogin(r) || !s.here(r) {
		return false
	}
	found, ok := s.shelf.get(c.Param("id"))
	return ok && found.owner == ""
}

func loopbackPeer(addr string) bool {
	peer, err := netip.ParseAddrPort(addr)
	return err == nil && peer.Addr().Unmap().IsLoopback()
}

func loopbackName(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	addr, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return strings.EqualFold(host, "localhost") || err == nil && addr.IsLoopback()
}
