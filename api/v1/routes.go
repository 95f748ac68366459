package v1

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"fitroom/api/concierge"

	"github.com/getkin/kin-openapi/openapi3"
)

// Access says who may use a route.
type Access struct {
	Public   bool   // everybody
	Customer bool   // a customer who is logged in
	Scope    string // a shop's key with this scope
	Browser  bool   // and of those, browser keys too
}

// Route is one address of the service, written as in OpenAPI.
type Route struct {
	Method, Path string
	Access       Access
	handle       func(o operations, part func(name string) string, read func(into any) error) error
}

// Options of a Service; a zero field means its default.
type Options struct {
	PerMinute      int   // requests of one customer; default 600
	ShopPerMinute  int   // requests of one shop, all its keys together; default 30,000
	LoginPerMinute int   // login requests from one address; default 20
	MaxUpload      int64 // of a style [byte]; default 64 MB
	// Proxies are those that requests come through; the addresses they pass on
	// are believed.
	Proxies []netip.Prefix
	Log     *slog.Logger
}

// Service answers the routes. It is safe for concurrent use.
type Service struct {
	desk      *concierge.Concierge
	schemas   map[string]*openapi3.Schema // of JSON requests, by method and path
	calls     *limiter
	shopCalls *limiter
	logins    *limiter
	maxUpload int64
	proxies   []netip.Prefix
	log       *slog.Logger
}

// New makes a service on a concierge; without one every route that is not
// public answers that no login can be valid, and the public ones that there
// are no accounts. contract is openapi.yaml.
func New(desk *concierge.Concierge, contract []byte, o Options) (*Service, error) {
	doc, err := openapi3.NewLoader().LoadFromData(contract)
	if err != nil {
		return nil, fmt.Errorf("v1: the contract: %w", err)
	}
	if o.PerMinute <= 0 {
		o.PerMinute = 600
	}
	if o.ShopPerMinute <= 0 {
		o.ShopPerMinute = 30_000
	}
	if o.LoginPerMinute <= 0 {
		o.LoginPerMinute = 20
	}
	if o.MaxUpload <= 0 {
		o.MaxUpload = 64 << 20
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	s := &Service{desk: desk, schemas: map[string]*openapi3.Schema{}, calls: newLimiter(o.PerMinute, time.Minute), shopCalls: newLimiter(o.ShopPerMinute, time.Minute), logins: newLimiter(o.LoginPerMinute, time.Minute), maxUpload: o.MaxUpload, proxies: o.Proxies, log: o.Log}
	for _, r := range Routes() {
		item := doc.Paths.Find(r.Path)
		if item == nil || item.GetOperation(r.Method) == nil {
			return nil, fmt.Errorf("v1: the contract has no %s %s", r.Method, r.Path)
		}
		if body := item.GetOperation(r.Method).RequestBody; body != nil {
			if media := body.Value.Content["application/json"]; media != nil {
				s.schemas[r.Method+" "+r.Path] = media.Schema.Value
			}
		}
	}
	return s, nil
}

// Handler answers one route. The router before it sets the path's values.
func (s *Service) Handler(r Route) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) { s.serve(w, req, r) }
}
