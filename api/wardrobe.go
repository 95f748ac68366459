package api

import (
	"errors"
	"net/http"
	"net/url"

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

// getWardrobe shows one of the customer's own fits.
func (s *Server) getWardrobe(c echo.Context) error {
	lang := language(c.Request(), c.QueryParam("lang"))
	who, ok := s.visitor(c.Request())
	if !ok {
		return c.Redirect(http.StatusSeeOther, "/account?lang="+lang)
	}
	return s.showKeptFit(c, who, lang, "/v1/fits/", "/account")
}
