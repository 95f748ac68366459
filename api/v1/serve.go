package v1

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"fitroom/api/concierge"
	"fitroom/api/problem"
	"fitroom/api/store"
	"fitroom/garment/words"
)

// Cookie is the name of the cookie that holds a customer's login on pages.
const Cookie = "fitroom_login"

// call is one request being answered.
type call struct {
	*Service
	w     http.ResponseWriter
	r     *http.Request
	route Route
	who   concierge.Who
	lang  string
	trace string
	sent  []byte // what is asked in JSON, as it came
}

func (s *Service) serve(w http.ResponseWriter, r *http.Request, route Route) {
	c := &call{Service: s, w: w, r: r, route: route, lang: Language(r), trace: newTrace()}
	w.Header().Set("X-Trace-Id", c.trace)
	w.Header().Set("Cache-Control", "private, no-store")
	w.Header().Set("Vary", "Authorization, Cookie, Accept-Language, Origin")
	err := c.admit()
	if err == nil {
		err = route.handle(c, r.PathValue, c.read)
	}
	if err == nil || r.Context().Err() != nil {
		return
	}
	p := c.problem(err)
	if p.Status() >= http.StatusInternalServerError && p.RetryAfter == 0 {
		s.log.LogAttrs(r.Context(), slog.LevelError, "service error", slog.String("route", route.Method+" "+route.Path), slog.String("code", p.Code), slog.String("kind", fmt.Sprintf("%T", err)), slog.String("trace_id", c.trace))
	}
	p.Write(w, c.lang, c.trace)
}

// Let tells who asks, for a route of another room, or answers why not.
func (s *Service) Let(w http.ResponseWriter, r *http.Request, a Access) (concierge.Who, bool) {
	c := &call{Service: s, w: w, r: r, route: Route{Access: a}, lang: Language(r), trace: newTrace()}
	if err := c.admit(); err != nil {
		c.problem(err).Write(w, c.lang, c.trace)
		return concierge.Who{}, false
	}
	return c.who, true
}

// problem is the answer to an error: the one place that decides it.
func (c *call) problem(err error) *problem.Problem {
	var large *http.MaxBytesError
	switch {
	case errors.Is(err, store.ErrAbsent):
		return problem.New("not-found")
	case errors.Is(err, store.ErrChanged):
		return problem.New("changed")
	case errors.As(err, &large):
		return problem.New("too-large", large.Limit>>10)
	}
	return problem.As(err)
}

// newTrace names a request in the log and in its answer.
func newTrace() string {
	var b [8]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

// admit lets the request in, or says why not.
func (c *call) admit() error {
	a := c.route.Access
	if c.desk == nil {
		return problem.New("no-accounts")
	}
	if !plainText(c.id()) || !plainText(c.r.PathValue("name")) {
		return problem.New("not-found")
	}
	if c.route.Method == http.MethodOptions {
		return nil // browsers ask before they ask; that counts as nothing
	}
	if a.Public {
		return c.count(c.logins, c.peer(c.r))
	}
	who, err := c.authenticate()
	if err != nil {
		if limited := c.count(c.logins, "wrong "+c.peer(c.r)); limited != nil {
			return limited
		}
		return err
	}
	c.who = who
	limit := c.calls
	if who.Shop != "" {
		limit = c.shopCalls
	}
	if err := c.count(limit, who.ID()); err != nil {
		return err
	}
	switch {
	case who.Customer != "" && !a.Customer, who.Shop != "" && a.Scope == "", who.Browser && !a.Browser:
		return problem.New("not-for-this-login", who.Kind())
	case who.Shop != "" && !slices.Contains(who.Scopes, a.Scope):
		return problem.New("missing-scope", a.Scope)
	}
	return nil
}

// authenticate finds who asks, by the Authorization header or, from our own
// pages, by the cookie.
func (c *call) authenticate() (concierge.Who, error) {
	if header := c.r.Header.Get("Authorization"); header != "" {
		scheme, token, _ := strings.Cut(header, " ")
		if !strings.EqualFold(scheme, "Bearer") {
			return concierge.Who{}, problem.New("login-required")
		}
		who, err := c.desk.Authenticate(c.r.Context(), strings.TrimSpace(token), c.r.Header.Get("Origin"))
		if err == nil && who.Browser {
			c.w.Header().Set("Access-Control-Allow-Origin", c.r.Header.Get("Origin"))
		}
		return who, err
	}
	cookie, err := c.r.Cookie(Cookie)
	if err != nil {
		return concierge.Who{}, problem.New("login-required")
	}
	var origin http.CrossOriginProtection
	if origin.Check(c.r) != nil {
		return concierge.Who{}, problem.New("cross-origin")
	}
	who, err := c.desk.Authenticate(c.r.Context(), cookie.Value, "")
	if err == nil && who.Customer == "" {
		return concierge.Who{}, problem.New("invalid-credentials")
	}
	return who, err
}

// count takes one of the requests a principal may make, and says in the
// answer how many are left.
func (c *call) count(l *limiter, principal string) error {
	left, reset, ok := l.take(principal, time.Now())
	h := c.w.Header()
	h.Set("RateLimit-Limit", strconv.Itoa(l.most))
	h.Set("RateLimit-Remaining", strconv.Itoa(left))
	h.Set("RateLimit-Reset", strconv.Itoa(int((reset+time.Second-1)/time.Second)))
	if !ok {
		return problem.Later("too-many-requests", reset)
	}
	return nil
}

// CountLogin counts a login by a page and tells whether it may go on.
func (s *Service) CountLogin(r *http.Request) bool {
	_, _, ok := s.logins.take(s.peer(r), time.Now())
	return ok
}

// Language is the first of ours that the request accepts, by its weights.
func Language(r *http.Request) string { return words.Accepted(r.Header.Get("Accept-Language")) }
