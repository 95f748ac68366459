package api

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"fitroom/api/concierge"
	trouble "fitroom/api/problem"
	"fitroom/api/store"

	"github.com/labstack/echo/v4"
)

// showKeptFit shows a fit that is kept, as the dressing room shows a fresh one.
// Its files are below root and its id; back is where it is left for.
func (s *Server) showKeptFit(c echo.Context, who concierge.Who, lang, root, back string) error {
	c.Response().Header().Set("Cache-Control", "private, no-store")
	p := s.newPage(lang, form{}, root+url.PathEscape(c.Param("id")))
	p.Alone, p.Back = true, back+"?lang="+lang
	f, err := s.desks.Fit(c.Request().Context(), who, c.Param("id"))
	if errors.Is(err, store.ErrAbsent) {
		p.Alert = trouble.New("not-found").Sentence(lang)
		return s.show(c, http.StatusNotFound, p)
	}
	if err != nil {
		return err
	}
	switch f.State {
	case store.Queued, store.Running:
		p.Waiting = true
	case store.Done:
		size := map[string]int64{}
		for _, name := range f.Files {
			size[name] = 1 // there is such a file; how large it is nobody asks here
		}
		title := f.Report.Style
		if style, err := s.desks.Style(c.Request().Context(), concierge.Who{Shop: who.Shop}, f.Style); err == nil {
			title = titleOf(style, lang)
		}
		if f.Mannequin != "" {
			title += " " + fill(p.T("console.on"), "size", f.Mannequin)
		}
		p.Sheet = newSheet(&result{id: f.ID, base: root + f.ID, report: *f.Report, files: size, title: map[string]string{lang: title}}, lang, p.Say)
	default:
		p.Alert = or(p.Say["error."+f.Problem], p.T("error.other"))
	}
	return s.show(c, http.StatusOK, p)
}

// serveWardrobePage shows one of the customer's own fits.
func (s *Server) serveWardrobePage(c echo.Context, id string) error {
	lang := language(c.Request(), c.QueryParam("lang"))
	who, ok := s.visitor(c.Request())
	if !ok {
		return c.Redirect(http.StatusSeeOther, "/account?lang="+lang)
	}
	return s.showKeptFit(c, who, lang, "/v1/fits/", "/account")
}

// serveFigurePage shows the form of measurements that are to be kept.
func (s *Server) serveFigurePage(c echo.Context) error {
	lang := language(c.Request(), c.QueryParam("lang"))
	if _, ok := s.visitor(c.Request()); !ok {
		return c.Redirect(http.StatusSeeOther, "/account?lang="+lang)
	}
	c.Response().Header().Set("Cache-Control", "private, no-store")
	return s.showFigure(c, http.StatusOK, s.newPage(lang, form{}, "/account/figures"))
}

func (s *Server) showFigure(c echo.Context, status int, p *page) error {
	p.Alone, p.Back, p.Keeping = true, "/account?lang="+p.Lang, true
	return s.show(c, status, p)
}

// serveKeepFigure keeps measurements as a figure of the customer's.
func (s *Server) serveKeepFigure(c echo.Context) error {
	if err := sameSite(c); err != nil {
		return err
	}
	values, err := s.readPageForm(c)
	if err != nil {
		return err
	}
	f := readForm(values)
	f.Lang = language(c.Request(), f.Lang)
	who, ok := s.visitor(c.Request())
	if !ok {
		return c.Redirect(http.StatusSeeOther, "/account?lang="+f.Lang)
	}
	c.Response().Header().Set("Cache-Control", "private, no-store")
	p := s.newPage(f.Lang, f, "/account/figures")
	faults, err := s.keepFigure(c.Request().Context(), p, who, f, values.Get("name"))
	if err != nil {
		return s.asOldProblem(c, err)
	}
	if len(faults) > 0 {
		p.blame(faults)
		return s.showFigure(c, http.StatusUnprocessableEntity, p)
	}
	return c.Redirect(http.StatusSeeOther, "/account?note=kept&lang="+f.Lang)
}

// keepFigure keeps a form's measurements, or says what is at fault.
func (s *Server) keepFigure(ctx context.Context, p *page, who concierge.Who, f form, name string) (map[string]string, error) {
	b, faults := f.body(p.Say)
	if _, ok := b.Measurements["height"]; !ok && faults["height"] == "" {
		faults["height"] = p.T("fault.height")
	}
	if len(faults) > 0 {
		return faults, nil
	}
	if len(name) > maxFigureName {
		name = strings.ToValidUTF8(name[:maxFigureName], "")
	}
	_, err := s.desks.AddAvatar(ctx, who, concierge.Profile{Name: name, Body: b}, concierge.Once{})
	if faults = doubted(err, p.Lang); len(faults) > 0 {
		return faults, nil
	}
	return nil, err
}

// maxFigureName of a figure [byte].
const maxFigureName = 80

// doubted are the fields that a refused profile blames, with what to say of them.
func doubted(err error, lang string) map[string]string {
	faults := map[string]string{}
	if err == nil {
		return faults
	}
	for _, m := range trouble.As(err).Fields {
		faults[fieldOf(m.Pointer)] = m.Sentence(lang)
	}
	return faults
}
