package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"fitroom/api/album"
	"fitroom/api/wire"
	"fitroom/garment/tryon"

	"github.com/labstack/echo/v4"
)

// answer is the JSON of a try-on: the report of the contract, and where its
// files are to be had.
type answer struct {
	wire.Report
	ID    string `json:"id"`
	Links links  `json:"links"`
}

type links struct {
	Self  string            `json:"self"`
	Page  string            `json:"page"`
	Files map[string]string `json:"files"` // by the names that the report uses
}

func newAnswer(r *result) answer {
	a := answer{Report: r.report, ID: r.id, Links: links{Self: selfLink(r.id), Page: pageLink(r.id), Files: map[string]string{}}}
	for name := range r.files {
		a.Links.Files[name] = fileLink(r.id, name)
	}
	return a
}

func selfLink(id string) string       { return "/v1/try-ons/" + id }
func pageLink(id string) string       { return "/try-ons/" + id }
func fileLink(id, name string) string { return selfLink(id) + "/files/" + url.PathEscape(name) }

func (s *Server) serveTryOn(c echo.Context) error {
	if err := wantType(c.Request(), "application/json"); err != nil {
		return err
	}
	data, err := s.readBody(c)
	if err != nil {
		return err
	}
	o, err := s.read(data, language(c.Request(), ""), owner(c))
	if err != nil {
		return err
	}
	if wantsEvents(c.Request()) {
		return s.stream(c, o, answerEvent)
	}
	hit, ok := s.shelf.get(o.id)
	if !ok {
		if hit, err = s.fit(c, o, nil); err != nil {
			return err
		}
	}
	h := c.Response().Header()
	h.Set("Cache-Status", cacheStatus(ok))
	h.Set("Content-Location", selfLink(o.id))
	return c.JSON(http.StatusOK, newAnswer(hit))
}

// cacheStatus is RFC 9211's: whether the try-on had been done before.
func cacheStatus(hit bool) string {
	if hit {
		return "fitroom; hit"
	}
	return "fitroom; fwd=miss; stored"
}

// wantType refuses a request whose content is declared as something else.
func wantType(r *http.Request, want string) error {
	got, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err == nil && got == want {
		return nil
	}
	return newProblem(http.StatusUnsupportedMediaType, "unsupported-media-type", "Unsupported media type",
		"The request's Content-Type is %q; it must be %s.", clip(r.Header.Get("Content-Type")), want)
}

// readBody reads the whole request, at most as much as is allowed. A body
// declared too large is refused before it is sent.
func (s *Server) readBody(c echo.Context) ([]byte, error) {
	r := c.Request()
	if r.ContentLength > s.maxRequest {
		return nil, &http.MaxBytesError{Limit: s.maxRequest}
	}
	data, err := io.ReadAll(http.MaxBytesReader(c.Response(), r.Body, s.maxRequest))
	if err != nil {
		if large := asProblem(err); large.Status == http.StatusRequestEntityTooLarge {
			return nil, large
		}
		return nil, newProblem(http.StatusBadRequest, "incomplete", "Incomplete request",
			"The request ended before all of its content was read, or came too slowly: %s is the most it may take.", readTimeout)
	}
	return data, nil
}

// fit has the desk do the fitting while the customer waits; hear gets the
// news.
func (s *Server) fit(c echo.Context, o *order, hear func(news)) (*result, error) {
	// Waiting in line may take longer than reading and writing: their limits
	// rest meanwhile. A read limit left standing would cancel the request.
	conn := http.NewResponseController(c.Response())
	conn.SetReadDeadline(time.Time{})
	conn.SetWriteDeadline(time.Time{})
	defer func() { conn.SetWriteDeadline(time.Now().Add(writeTimeout)) }()
	return s.desk.do(c.Request().Context(), o.id, s.work(o), hear)
}

// draping is the part of a fitting's time that the room takes; drawing the
// pictures takes the rest.
const draping = 0.85

// work is one fitting from order to shelf.
func (s *Server) work(o *order) work[*result] {
	return func(ctx context.Context, tell func(float64, string)) (*result, error) {
		if done, ok := s.shelf.get(o.id); ok {
			return done, nil // done by a customer before us in line
		}
		request := o.request
		request.Progress = func(done float64, stage string) { tell(draping*done, stage) }
		outcome, err := s.room.Try(ctx, request)
		switch {
		case ctx.Err() != nil:
			return nil, context.Cause(ctx)
		case err != nil:
			return nil, &refusal{err}
		}
		return s.shelf.put(o.id, func(dir string) (*result, error) {
			report := wire.NewReport(outcome, s.version)
			draw := func(done float64, stage string) { tell(draping+(1-draping)*done, stage) }
			if err := drawAlbum(ctx, dir, outcome, &report, album.Options{Look: o.garment.Sheet.Look, Beneath: o.beneath.Sheet.Look, Lang: o.lang, Extras: o.extras, ExtrasOf: advised(report), Progress: draw, Drawer: s.drawer}); err != nil {
				return nil, err
			}
			return &result{owner: o.owner, title: title(o.garment), body: o.body, report: report}, nil
		})
	}
}

// advised are the sizes worth a look all round, which costs as much as a drape.
func advised(r wire.Report) []string { return append([]string{}, r.Advice.Sizes...) }

// drawAlbum writes pictures and 3D files into the folder and their names into
// the report.
func drawAlbum(ctx context.Context, dir string, o *tryon.Outcome, report *wire.Report, options album.Options) error {
	folder, err := album.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(folder.Write(ctx, o, report, options), folder.Close())
}

func (s *Server) result(c echo.Context, id string) (*result, error) {
	r, ok := s.shelf.get(id)
	if !ok || r.owner != owner(c) {
		return nil, newProblem(http.StatusNotFound, "no-such-try-on", "No such try-on",
			"There is no try-on of this id, or it has been deleted: results are kept for at most %s and never longer than the server runs.", s.keep)
	}
	return r, nil
}

func (s *Server) serveGetTryOn(c echo.Context, id string) error {
	r, err := s.result(c, id)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, newAnswer(r))
}

func (s *Server) serveGetFile(c echo.Context, id, name string) error {
	r, err := s.result(c, id)
	if err != nil {
		return err
	}
	name, err = url.PathUnescape(name)
	if err != nil {
		return echo.ErrNotFound
	}
	f, err := s.shelf.open(r, name)
	if err != nil {
		return newProblem(http.StatusNotFound, "no-such-file", "No such file",
			"This try-on has no file of that name; its links name those it has.")
	}
	defer f.Close()
	h := c.Response().Header()
	h.Set("Content-Type", wire.MediaType(name))
	if ext := path.Ext(name); ext != ".png" && ext != ".jpg" && ext != ".json" {
		h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": r.report.Style + "-" + name}))
	}
	http.ServeContent(c.Response(), c.Request(), "", time.Time{}, f)
	return nil
}

// wantsEvents tells a customer who wants to hear of the progress.
func wantsEvents(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Accept"), "text/event-stream")
}

// lastEvent is the event that ends a stream: of a result, or of an error.
type lastEvent func(*result, error) (name string, content any)

// answerEvent ends the API's streams.
func answerEvent(r *result, err error) (string, any) {
	if err != nil {
		return "problem", asProblem(err)
	}
	return "result", newAnswer(r)
}

// stream answers with server-sent events: "progress" as the fitting goes on,
// then a last one. Errors before the fitting begins are ordinary answers.
func (s *Server) stream(c echo.Context, o *order, last lastEvent) error {
	open := false
	r, ok := s.shelf.get(o.id)
	if !ok {
		var err error
		r, err = s.fit(c, o, func(n news) {
			if !open {
				openStream(c)
				open = true
			}
			sendEvent(c, "progress", map[string]any{"done": n.Done, "stage": n.Stage})
		})
		if err != nil && !open {
			return err
		}
		if err != nil {
			s.logInternal(c.Request(), err)
			name, content := last(nil, err)
			return sendEvent(c, name, content)
		}
	}
	if !open {
		openStream(c)
	}
	name, content := last(r, nil)
	return sendEvent(c, name, content)
}

func openStream(c echo.Context) {
	h := c.Response().Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("X-Accel-Buffering", "no") // a proxy in between shall not collect events
	c.Response().WriteHeader(http.StatusOK)
}

func sendEvent(c echo.Context, name string, content any) error {
	data, err := json.Marshal(content)
	if err != nil {
		return err
	}
	http.NewResponseController(c.Response()).SetWriteDeadline(time.Now().Add(writeTimeout))
	if _, err := fmt.Fprintf(c.Response(), "event: %s\ndata: %s\n\n", name, data); err != nil {
		return err
	}
	c.Response().Flush()
	return nil
}
