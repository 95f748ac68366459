package api

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"sync/atomic"
	"time"

	"fitroom/api/concierge"
	"fitroom/api/metrics"
	v1 "fitroom/api/v1"
	"fitroom/api/web"
	"fitroom/api/wire"
	"fitroom/garment/tryon"
	"fitroom/render"

	"github.com/labstack/echo/v4"
)

// Garment is one style of the catalogue: what is tried on, and what its
// style.json says for people (title, colours).
type Garment struct {
	Style *tryon.Style
	Sheet wire.Style
}

// Options of a server; a zero field means its default.
type Options struct {
	Garments []Garment // the catalogue, in the order it is shown
	Version  string    // of the engine, told in every report; default "dev"

	AtOnce     int           // fittings at once; default 1, for one uses all cores
	Waiting    int           // customers in line beyond those; default 8
	MaxRequest int64         // [byte]; default 2 MB, an inline style of ten sizes
	TimeLimit  time.Duration // of one fitting; default 2 minutes

	Data        string        // folder for pictures and 3D files; default: a temporary one
	Keep        time.Duration // after which a result is deleted; default 1 hour
	MostResults int           // kept at a time; default 64
	MostBytes   int64         // kept at a time; default 1 GB

	// AllowRemote lets other machines try on without a login. Otherwise only
	// this machine may, because measurements are nobody else's business.
	AllowRemote bool

	// Concierge makes the server a service of shops and customers: try-ons by
	// the API then need a key or a login. Without one there are no accounts.
	Concierge *concierge.Concierge

	// Proxies are those that requests come through; the addresses they pass on
	// are believed.
	Proxies []netip.Prefix

	// Drawer draws the pictures, for all fittings at once; nil: the processor.
	Drawer render.Drawer

	Log     *slog.Logger     // default: slog.Default()
	Metrics *metrics.Metrics // may be nil
}

func (o Options) withDefaults() Options {
	o.Version = or(o.Version, "dev")
	o.AtOnce = or(o.AtOnce, 1)
	o.Waiting = or(o.Waiting, 8)
	o.MaxRequest = or(o.MaxRequest, 2<<20)
	o.TimeLimit = or(o.TimeLimit, 2*time.Minute)
	o.Keep = or(o.Keep, time.Hour)
	o.MostResults = or(o.MostResults, 64)
	o.MostBytes = or(o.MostBytes, 1<<30)
	o.Log = or(o.Log, slog.Default())
	return o
}

// or is v unless it is zero.
func or[T comparable](v, fallback T) T {
	var zero T
	if v == zero {
		return fallback
	}
	return v
}

// Server answers HTTP requests for fittings. It is safe for concurrent use;
// Close removes every result.
type Server struct {
	room     *tryon.Room
	garments []Garment
	version  string
	drawer   render.Drawer // nil: the processor
	key      []byte        // of the ids

	maxRequest int64
	keep       time.Duration
	desk       *desk[*result]
	shelf      *shelf
	draining   atomic.Bool
	remote     bool
	desks      *concierge.Concierge // nil: no accounts
	service    *v1.Service

	echo    *echo.Echo
	front   http.Handler // echo behind the guards
	pages   *template.Template
	statics map[string]static
	docs    []byte // the contract as a page
	log     *slog.Logger
	metrics *metrics.Metrics
}

// New makes a server for a room.
func New(room *tryon.Room, options Options) (*Server, error) {
	o := options.withDefaults()
	if o.AtOnce < 0 || o.Waiting < 0 || o.MaxRequest < 0 || o.TimeLimit < 0 || o.Keep < 0 || o.MostResults < 0 || o.MostBytes < 0 {
		return nil, errors.New("api: a limit in the options is negative; it must be greater than 0, or 0 for the default")
	}
	if err := checkCatalogue(o.Garments); err != nil {
		return nil, err
	}
	pages, err := template.ParseFS(web.Files, "page/*.html")
	if err != nil {
		return nil, fmt.Errorf("api: %w", err)
	}
	statics, err := readStatics()
	if err != nil {
		return nil, fmt.Errorf("api: %w", err)
	}
	shelf, err := openShelf(o.Data, o.MostResults, o.MostBytes, o.Keep)
	if err != nil {
		return nil, err
	}
	s := &Server{
		room: room, garments: o.Garments, version: o.Version, drawer: o.Drawer, key: make([]byte, 32),
		maxRequest: o.MaxRequest, keep: o.Keep, shelf: shelf, remote: o.AllowRemote,
		desk:  newDesk[*result](o.AtOnce, o.Waiting, o.TimeLimit),
		pages: pages, statics: statics, log: o.Log, metrics: o.Metrics,
	}
	rand.Read(s.key) // never fails, by its documentation
	s.desks = o.Concierge
	if s.service, err = v1.New(o.Concierge, contract, v1.Options{Log: o.Log, Proxies: o.Proxies}); err != nil {
		return nil, errors.Join(err, shelf.clear())
	}
	if s.docs, err = drawDocs(pages); err != nil {
		return nil, errors.Join(err, shelf.clear())
	}
	s.echo = s.newEcho()
	s.front = s.guard(s.echo)
	return s, nil
}

func checkCatalogue(garments []Garment) error {
	seen := map[string]bool{}
	for _, g := range garments {
		if seen[g.Style.ID] {
			return fmt.Errorf("api: style %q stands twice in the catalogue", g.Style.ID)
		}
		seen[g.Style.ID] = true
	}
	return nil
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.front.ServeHTTP(w, r) }

// Drain turns new try-ons away and reports not ready; those at the desk go on.
func (s *Server) Drain() {
	s.draining.Store(true)
	s.desk.stop()
}

// Close deletes every result. Call it when no request is being served.
func (s *Server) Close() error {
	s.Drain()
	return s.shelf.clear()
}

// route is one address of the server. Addresses are written as in OpenAPI.
type route struct {
	method, path string
	handle       echo.HandlerFunc
	personal     bool // deals with one person's fitting: see guardPersonal
}

// routes are all of the contract. Without accounts the catalogue is the one the
// server was started with.
func (s *Server) routes() []route {
	all := routesOf(s)
	for _, r := range v1.Routes() {
		handle := pass(s.service.Handler(r))
		if s.desks == nil && r.Method == http.MethodGet && r.Path == "/v1/styles" {
			handle = s.getStyles
		}
		all = append(all, route{r.Method, r.Path, handle, false})
	}
	return all
}

func (s *Server) newEcho() *echo.Echo {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.HTTPErrorHandler = s.answerError
	for _, r := range s.routes() {
		handle := r.handle
		if r.personal {
			handle = s.guardPersonal(handle)
		}
		e.Add(r.method, echoPath(r.path), handle)
	}
	return e
}

// answerError is where every error becomes an answer.
func (s *Server) answerError(err error, c echo.Context) {
	if c.Response().Committed {
		return // the customer already has half an answer; the connection tells
	}
	s.logInternal(c.Request(), err)
	if err := asProblem(err).write(c.Response()); err != nil {
		s.log.LogAttrs(context.Background(), slog.LevelDebug, "the customer left before the answer")
	}
}

// pass hands a request to a plain handler, with the path's values where
// net/http keeps them.
func pass(h http.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		for _, name := range c.ParamNames() {
			value, err := url.PathUnescape(c.Param(name))
			if err != nil {
				return echo.ErrNotFound
			}
			r.SetPathValue(name, value)
		}
		h(c.Response(), r)
		return nil
	}
}
