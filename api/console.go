package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"fitroom/api/concierge"
	trouble "fitroom/api/problem"
	"fitroom/api/store"
	v1 "fitroom/api/v1"
	"fitroom/api/wire"
	flat "fitroom/garment/pattern/sheet"
	"fitroom/garment/words"

	"github.com/labstack/echo/v4"
)

// consolePage is what a shop's people see: their styles, one of them, or the
// way in.
type consolePage struct {
	accountWords
	Kept        bool // the server keeps accounts
	Inside      bool
	Can         map[string]bool // by scope
	Styles      []consoleStyle
	Feeds       []consoleFeed
	One         *consoleStyle
	Fits        []store.Fit // of the one style, on mannequins
	Alert, Note string
	Version     string
}

// accountWords are the language of a page and its words.
type accountWords struct {
	Lang   string
	Say    map[string]string
	Others []otherLanguage
}

func (p *accountWords) T(key string) string { return p.Say[key] }

func (p *accountWords) F(key string, pairs ...string) string { return fill(p.Say[key], pairs...) }

func (p *accountWords) Day(t time.Time) string { return words.In(p.Lang).Date(t) }

func (p *accountWords) State(state string) string { return p.Say["state."+state] }

// consoleStyle is a style with what its import found.
type consoleStyle struct {
	store.Style
	Card   concierge.Card
	Report concierge.ImportReport
	Sheet  wire.Style
	Drawn  []string // sizes whose panels can be shown
}

// Title of a style for people.
func (s consoleStyle) Title(lang string) string { return or(or(s.Card.Title[lang], s.Name), s.ID) }

// consoleFeed is a feed with what its import found.
type consoleFeed struct {
	store.Feed
	Report concierge.FeedReport
}

// shopCookie holds the key of a shop's people while they are at the console.
const shopCookie = "fitroom_shop"

// consoleTime is how long a key is held [s].
const consoleTime = 12 * 3600

func (s *Server) newConsolePage(lang, path string) *consolePage {
	p := &consolePage{accountWords: accountWords{Lang: lang, Say: words.In(lang).Pages}, Kept: s.desks != nil, Version: s.version, Can: map[string]bool{}}
	for _, other := range words.Codes() {
		if other != lang {
			p.Others = append(p.Others, otherLanguage{other, words.In(other).Name, path + "?lang=" + other})
		}
	}
	return p
}

// shopVisitor is the shop whose key the browser holds.
func (s *Server) shopVisitor(r *http.Request) (concierge.Who, error) {
	cookie, err := r.Cookie(shopCookie)
	if err != nil || s.desks == nil {
		return concierge.Who{}, trouble.New("login-required")
	}
	return s.desks.Authenticate(r.Context(), cookie.Value, "")
}

// may is the shop at the console, if its key has a scope.
func (s *Server) may(r *http.Request, scope string) (concierge.Who, error) {
	who, err := s.shopVisitor(r)
	if err != nil {
		return who, err
	}
	if who.Shop == "" || who.Browser {
		return who, trouble.New("invalid-credentials")
	}
	if !slices.Contains(who.Scopes, scope) {
		return who, trouble.New("missing-scope", scope)
	}
	return who, nil
}

func (s *Server) serveConsolePage(c echo.Context) error {
	p := s.newConsolePage(language(c.Request(), c.QueryParam("lang")), "/shop")
	if note := c.QueryParam("note"); note != "" {
		p.Note = p.Say["note."+note]
	}
	return s.showConsole(c, http.StatusOK, p)
}

// showConsole fills in what the shop has and answers.
func (s *Server) showConsole(c echo.Context, status int, p *consolePage) error {
	who, err := s.may(c.Request(), "styles:read")
	switch {
	case err == nil:
		p.Inside = true
		for _, scope := range who.Scopes {
			p.Can[scope] = true
		}
		if p.One == nil {
			if err := s.fillConsole(c.Request().Context(), p, who); err != nil {
				return err
			}
		}
	case trouble.As(err).Code != "login-required" && p.Alert == "":
		p.Alert, status = trouble.As(err).Sentence(p.Lang), trouble.As(err).Status()
	}
	var html bytes.Buffer
	if err := s.pages.ExecuteTemplate(&html, "console.html", p); err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("Cache-Control", "private, no-store")
	h.Set("Content-Language", p.Lang)
	return c.HTMLBlob(status, html.Bytes())
}

func (s *Server) fillConsole(ctx context.Context, p *consolePage, who concierge.Who) error {
	styles, err1 := s.desks.Styles(ctx, who, store.Page{Limit: accountList})
	feeds, err2 := s.desks.Feeds(ctx, who, store.Page{Limit: 10})
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	for _, style := range styles {
		one, err := readConsoleStyle(style, p.Lang)
		if err != nil {
			return err
		}
		p.Styles = append(p.Styles, one)
	}
	for _, f := range feeds {
		one := consoleFeed{Feed: f}
		if err := json.Unmarshal(concierge.InLanguage(f.Report, p.Lang), &one.Report); err != nil {
			return err
		}
		p.Feeds = append(p.Feeds, one)
	}
	return nil
}

func readConsoleStyle(style store.Style, lang string) (consoleStyle, error) {
	one := consoleStyle{Style: style}
	err := errors.Join(json.Unmarshal([]byte(style.Card), &one.Card), json.Unmarshal(concierge.InLanguage(style.Report, lang), &one.Report))
	return one, err
}

// showConsoleProblem shows the console again with what went wrong.
func (s *Server) showConsoleProblem(c echo.Context, p *consolePage, err error) error {
	if errors.Is(err, store.ErrAbsent) {
		err = trouble.New("not-found")
	}
	known := trouble.As(err)
	if known.Code == "internal" {
		return err
	}
	p.Alert, p.One = known.Sentence(p.Lang), nil
	return s.showConsole(c, known.Status(), p)
}

// serveEnterConsole lets a shop in by its key, or out.
func (s *Server) serveEnterConsole(c echo.Context) error {
	form, p, err := s.readConsoleForm(c, "/shop")
	if err != nil {
		return err
	}
	cookie := &http.Cookie{Name: shopCookie, Path: "/shop", HttpOnly: true, SameSite: http.SameSiteStrictMode, MaxAge: -1, Secure: requestOrigin(c.Request())[:5] == "https"}
	switch {
	case s.desks == nil:
		return s.showConsole(c, http.StatusNotFound, p)
	case form.Get("do") == "leave":
	case !s.service.CountLogin(c.Request()):
		return s.showConsoleProblem(c, p, trouble.Later("too-many-requests", time.Minute))
	default:
		key := strings.TrimSpace(form.Get("key"))
		who, err := s.desks.Authenticate(c.Request().Context(), key, "")
		if err == nil && who.Shop == "" {
			err = trouble.New("invalid-credentials")
		}
		if err != nil {
			return s.showConsoleProblem(c, p, err)
		}
		cookie.Value, cookie.MaxAge = key, consoleTime
	}
	http.SetCookie(c.Response(), cookie)
	return c.Redirect(http.StatusSeeOther, "/shop?lang="+p.Lang)
}

func (s *Server) readConsoleForm(c echo.Context, path string) (url.Values, *consolePage, error) {
	if err := sameSite(c); err != nil {
		return nil, nil, err
	}
	form, err := s.readPageForm(c)
	if err != nil {
		return nil, nil, err
	}
	return form, s.newConsolePage(language(c.Request(), form.Get("lang")), path), nil
}

// sameSite refuses forms that pages of other sites send.
func sameSite(c echo.Context) error {
	var origin http.CrossOriginProtection
	if origin.Check(c.Request()) != nil {
		return newProblem(http.StatusForbidden, "cross-origin", "Not from another site", "A page of another site sent this form; only pages of this server may.")
	}
	return nil
}

// maxConsoleUpload of a file [byte], as over the API.
const maxConsoleUpload = 64 << 20

// serveUpload takes a style or a feed from a form.
func (s *Server) serveUpload(c echo.Context) error {
	if err := sameSite(c); err != nil {
		return err
	}
	r := c.Request()
	p := s.newConsolePage(language(r, c.QueryParam("lang")), "/shop")
	who, err := s.may(r, "styles:write")
	if err != nil {
		return s.showConsoleProblem(c, p, err)
	}
	r.Body = http.MaxBytesReader(c.Response(), r.Body, maxConsoleUpload)
	file, _, err := r.FormFile("file") // parts beyond 32 MB lie in a temporary file
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return s.showConsoleProblem(c, p, trouble.New("too-large", large.Limit>>10))
	case err != nil:
		return s.showConsoleProblem(c, p, trouble.Invalid(trouble.At("/file", "missing")))
	}
	defer file.Close()
	defer r.MultipartForm.RemoveAll()
	data, err := io.ReadAll(file)
	if err != nil {
		return newProblem(http.StatusBadRequest, "incomplete", "Incomplete request", "The file ended before all of it was read.")
	}
	if r.FormValue("kind") == "feed" {
		_, err = s.desks.AddFeed(r.Context(), who, data, concierge.Once{})
	} else {
		var made concierge.Made
		if made, err = s.desks.AddStyle(r.Context(), who, data, concierge.Once{}); err == nil {
			return c.Redirect(http.StatusSeeOther, "/shop/styles/"+made.Location[strings.LastIndex(made.Location, "/")+1:]+"?lang="+p.Lang)
		}
	}
	if err != nil {
		return s.showConsoleProblem(c, p, err)
	}
	return c.Redirect(http.StatusSeeOther, "/shop?note=taken&lang="+p.Lang)
}

// serveConsoleStyle shows one style: the report of its import, its panels with
// numbered seams, and how each size hangs on the figure it is made for.
func (s *Server) serveConsoleStyle(c echo.Context, id string) error {
	p := s.newConsolePage(language(c.Request(), c.QueryParam("lang")), "/shop/styles/"+url.PathEscape(id))
	who, err := s.may(c.Request(), "styles:read")
	if err != nil {
		return s.showConsoleProblem(c, p, err)
	}
	ctx := c.Request().Context()
	style, sent, patterns, err := s.desks.Imported(ctx, who, id)
	if err != nil {
		return s.showConsoleProblem(c, p, err)
	}
	one, err := readConsoleStyle(style, p.Lang)
	if err != nil {
		return err
	}
	one.Sheet = sent
	for _, size := range one.Card.Sizes {
		if patterns[size] != nil {
			one.Drawn = append(one.Drawn, size)
		}
	}
	p.One = &one
	fits, err := s.desks.Fits(ctx, who, store.Page{Limit: accountList})
	if err != nil {
		return err
	}
	for _, f := range fits {
		if f.Style == style.ID && f.Mannequin != "" {
			p.Fits = append(p.Fits, f)
		}
	}
	return s.showConsole(c, http.StatusOK, p)
}

// serveChangeStyle tries a style on a mannequin, or removes it.
func (s *Server) serveChangeStyle(c echo.Context, id string) error {
	form, p, err := s.readConsoleForm(c, "/shop")
	if err != nil {
		return err
	}
	ctx, id := c.Request().Context(), id
	switch form.Get("do") {
	case "preview":
		who, err := s.may(c.Request(), "fits:write")
		if err != nil {
			return s.showConsoleProblem(c, p, err)
		}
		made, err := s.desks.AskFit(ctx, who, concierge.FitWish{Style: id, Mannequin: form.Get("size"), Lang: p.Lang}, concierge.Once{})
		if err != nil {
			return s.showConsoleProblem(c, p, err)
		}
		return c.Redirect(http.StatusSeeOther, "/shop/fits/"+made.Location[strings.LastIndex(made.Location, "/")+1:]+"?lang="+p.Lang)
	case "drop":
		who, err := s.may(c.Request(), "styles:write")
		if err == nil {
			err = s.desks.DropStyle(ctx, who, id)
		}
		if err != nil {
			return s.showConsoleProblem(c, p, err)
		}
		return c.Redirect(http.StatusSeeOther, "/shop?note=dropped&lang="+p.Lang)
	}
	return s.showConsoleProblem(c, p, trouble.Invalid(trouble.At("/do", "unusable")))
}

// servePanels draws the panels of a size, every seam with its number.
func (s *Server) servePanels(c echo.Context, id string) error {
	who, err := s.may(c.Request(), "styles:read")
	if err != nil {
		return s.asOldProblem(c, err)
	}
	style, _, patterns, err := s.desks.Imported(c.Request().Context(), who, id)
	if err != nil {
		return s.asOldProblem(c, err)
	}
	p := patterns[c.QueryParam("size")]
	if p == nil {
		return echo.ErrNotFound
	}
	var out bytes.Buffer
	if err := flat.SVG(&out, p, flat.Options{Title: style.Name + " " + c.QueryParam("size")}); err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("Cache-Control", "private, no-store")
	h.Set("Content-Security-Policy", "default-src 'none'")
	return c.Blob(http.StatusOK, "image/svg+xml", out.Bytes())
}

// serveConsoleFit shows a style on a mannequin, all sizes side by side.
func (s *Server) serveConsoleFit(c echo.Context, id string) error {
	lang := language(c.Request(), c.QueryParam("lang"))
	who, err := s.may(c.Request(), "fits:read")
	if err != nil {
		return s.showConsoleProblem(c, s.newConsolePage(lang, "/shop"), err)
	}
	return s.showKeptFit(c, who, lang, "/shop/fits/", "/shop")
}

// serveConsoleFile is a file of a fit that the shop may see.
func (s *Server) serveConsoleFile(c echo.Context, id, name string) error {
	who, err := s.may(c.Request(), "fits:read")
	if err != nil {
		return s.asOldProblem(c, err)
	}
	data, tag, err := s.desks.FitFile(c.Request().Context(), who, id, name)
	if err != nil {
		return s.asOldProblem(c, err)
	}
	h := c.Response().Header()
	h.Set("ETag", `"`+tag+`"`)
	h.Set("Cache-Control", "private, no-cache, immutable")
	h.Set("Content-Type", wire.MediaType(name))
	http.ServeContent(c.Response(), c.Request(), "", time.Time{}, bytes.NewReader(data))
	return nil
}

// asOldProblem answers with a problem of the service.
func (s *Server) asOldProblem(c echo.Context, err error) error {
	if errors.Is(err, store.ErrAbsent) {
		err = trouble.New("not-found")
	}
	if trouble.As(err).Code == "internal" {
		return err
	}
	return trouble.As(err).Write(c.Response(), v1.Language(c.Request()), "")
}
