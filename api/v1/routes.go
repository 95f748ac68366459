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
	handle       func(*call) error
}

// Routes are all there are; a test holds the contract to them.
func Routes() []Route {
	customer := Access{Customer: true}
	scope := func(s string) Access { return Access{Scope: s} }
	both := func(s string) Access { return Access{Customer: true, Scope: s} }
	shopShown := Access{Scope: "styles:read", Browser: true}
	shown := Access{Customer: true, Scope: "styles:read", Browser: true}
	return []Route{
		{"POST", "/v1/login/codes", Access{Public: true}, postCode},
		{"POST", "/v1/login/sessions", Access{Public: true}, postSession},
		{"POST", "/v1/login/passkeys", Access{Public: true}, postLoginCeremony},
		{"POST", "/v1/login/passkeys/sessions", Access{Public: true}, postPasskeySession},
		{"DELETE", "/v1/login/sessions/current", customer, deleteSession},

		{"GET", "/v1/me", customer, getMe},
		{"DELETE", "/v1/me", customer, deleteMe},
		{"GET", "/v1/me/export", customer, getExport},
		{"GET", "/v1/me/accesses", customer, getAccesses},

		{"GET", "/v1/passkeys", customer, getPasskeys},
		{"POST", "/v1/passkeys", customer, postPasskey},
		{"POST", "/v1/passkeys/ceremonies", customer, postPasskeyCeremony},
		{"DELETE", "/v1/passkeys/{id}", customer, deletePasskey},

		{"GET", "/v1/avatars", customer, getAvatars},
		{"POST", "/v1/avatars", customer, postAvatar},
		{"GET", "/v1/avatars/{id}", customer, getAvatar},
		{"PUT", "/v1/avatars/{id}", customer, putAvatar},
		{"DELETE", "/v1/avatars/{id}", customer, deleteAvatar},
		{"GET", "/v1/avatars/{id}/model", customer, getModel},

		{"GET", "/v1/grants", both("grants:read"), getGrants},
		{"POST", "/v1/grants", customer, postGrant},
		{"GET", "/v1/grants/{id}", both("grants:read"), getGrant},
		{"DELETE", "/v1/grants/{id}", customer, deleteGrant},

		{"GET", "/v1/styles", shown, getStyles},
		{"OPTIONS", "/v1/styles", Access{Public: true}, preflight},
		{"OPTIONS", "/v1/styles/{id}", Access{Public: true}, preflight},
		{"POST", "/v1/styles", scope("styles:write"), postStyle},
		{"GET", "/v1/styles/{id}", shown, getStyle},
		{"PUT", "/v1/styles/{id}", scope("styles:write"), putStyle},
		{"DELETE", "/v1/styles/{id}", scope("styles:write"), deleteStyle},

		{"PUT", "/v1/styles/{id}/swatch", scope("styles:write"), putSwatch},
		{"DELETE", "/v1/styles/{id}/swatch", scope("styles:write"), deleteSwatch},
		{"PUT", "/v1/styles/{id}/prints/{name}", scope("styles:write"), putPrint},
		{"DELETE", "/v1/styles/{id}/prints/{name}", scope("styles:write"), deletePrint},

		{"GET", "/v1/feeds", scope("styles:read"), getFeeds},
		{"POST", "/v1/feeds", scope("styles:write"), postFeed},
		{"GET", "/v1/feeds/{id}", scope("styles:read"), getFeed},

		{"GET", "/v1/products", shopShown, getProducts},
		{"GET", "/v1/products/{gtin}", shopShown, getProduct},

		{"GET", "/v1/fits", both("fits:read"), getFits},
		{"POST", "/v1/fits", both("fits:write"), postFit},
		{"GET", "/v1/fits/{id}", both("fits:read"), getFit},
		{"DELETE", "/v1/fits/{id}", both("fits:write"), deleteFit},
		{"GET", "/v1/fits/{id}/files/{name}", both("fits:read"), getFitFile},

		{"GET", "/v1/jobs", both("fits:read"), getJobs},
		{"GET", "/v1/jobs/{id}", both("fits:read"), getJob},
		{"GET", "/v1/jobs/{id}/events", both("fits:read"), getJobEvents},
		{"DELETE", "/v1/jobs/{id}", both("fits:write"), deleteJob},

		{"GET", "/v1/webhooks", scope("webhooks:read"), getWebhooks},
		{"POST", "/v1/webhooks", scope("webhooks:write"), postWebhook},
		{"GET", "/v1/webhooks/{id}", scope("webhooks:read"), getWebhook},
		{"DELETE", "/v1/webhooks/{id}", scope("webhooks:write"), deleteWebhook},
		{"GET", "/v1/webhooks/{id}/deliveries", scope("webhooks:read"), getDeliveries},

		{"GET", "/v1/keys", scope("keys:read"), getKeys},
		{"POST", "/v1/keys", scope("keys:write"), postKey},
		{"GET", "/v1/keys/{id}", scope("keys:read"), getKey},
		{"DELETE", "/v1/keys/{id}", scope("keys:write"), deleteKey},
		{"POST", "/v1/keys/{id}/rotations", scope("keys:write"), postRotation},
	}
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
