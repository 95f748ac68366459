package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"fitroom/api/concierge"
	"fitroom/api/consent"
	trouble "fitroom/api/problem"
	"fitroom/api/store"
	v1 "fitroom/api/v1"
	"fitroom/garment/words"

	"github.com/labstack/echo/v4"
)

// window is what <fit-room> opens beside a shop's page: here, on this server's
// own pages, the customer logs in, measures, consents and sees what the shop
// will see. Only then is it told to the shop's page, by postMessage to the
// origin that the shop's key was made for.
//
// It is a window and not a frame: a frame within another site has no login
// (SameSite=Strict), and whoever frames a page can lay something over it.
type window struct {
	asked   asked
	Shop    store.Shop
	Origin  string // of the shop's page
	Style   string // the garment's title
	StyleID string

	Step    string // login, measure, consent, show, wait, shown
	Email   string
	Me      *concierge.Me
	Avatars []concierge.Avatar
	Level   int
	Done    int    // percent
	Message string // what the page is told, JSON
	Bounce  string // where to go on, for a browser that left the login behind
}

// asked is what the shop's page asks for.
type asked struct{ key, origin, product, lang, fit string }

func readAsked(v url.Values) asked {
	return asked{v.Get("key"), v.Get("origin"), v.Get("product"), v.Get("lang"), v.Get("fit")}
}

// query is the address of the same question.
func (a asked) query() string {
	v := url.Values{"key": {a.key}, "origin": {a.origin}, "product": {a.product}, "lang": {a.lang}}
	if a.fit != "" {
		v.Set("fit", a.fit)
	}
	return "/fit?" + v.Encode()
}

// Hidden are the fields that carry the question through the forms.
func (w *window) Hidden() map[string]string {
	return map[string]string{"key": w.asked.key, "origin": w.asked.origin, "product": w.asked.product, "lang": w.asked.lang}
}

// Self is the address of the window, Product what the shop calls the garment.
func (w *window) Self() string    { return w.asked.query() }
func (w *window) Product() string { return w.asked.product }

// Levels a customer may choose from.
func (w *window) Levels() []int {
	return []int{consent.Verdict, consent.Ease, consent.Rounded, consent.Preview, consent.Avatar}
}

// Day writes a day as people do.
func (p *page) Day(t time.Time) string { return words.In(p.Lang).Date(t) }

// LevelText names a level of a grant.
func (p *page) LevelText(n int) string { return p.Say["level."+strconv.Itoa(n)] }

// letMessagesThrough keeps the tie to the page that opened the window, which
// the other pages cut.
func letMessagesThrough(c echo.Context) {
	c.Response().Header().Set("Cross-Origin-Opener-Policy", "unsafe-none")
	c.Response().Header().Set("Cache-Control", "private, no-store")
}

func (s *Server) serveFitWindow(c echo.Context) error {
	letMessagesThrough(c)
	a := readAsked(c.QueryParams())
	p, err := s.openWindow(c.Request().Context(), a, language(c.Request(), a.lang))
	if err != nil {
		return s.showWindowProblem(c, p, err)
	}
	who, known := s.visitor(c.Request())
	if !known && c.QueryParam("here") == "" && c.Request().Header.Get("Sec-Fetch-Site") == "cross-site" {
		p.Window.Bounce = a.query() + "&here=1" // from here on the browser sends the login along
		return s.showWindow(c, http.StatusOK, p)
	}
	if err := s.fillWindow(c.Request().Context(), p, who, known); err != nil {
		return s.showWindowProblem(c, p, err)
	}
	return s.showWindow(c, http.StatusOK, p)
}

// openWindow finds out who asks for what; the page it returns has no window
// where that fails.
func (s *Server) openWindow(ctx context.Context, a asked, lang string) (*page, error) {
	p := s.newPage(lang, form{}, "/")
	p.Others = nil // the shop's page chooses the language
	if s.desks == nil {
		return p, trouble.New("no-accounts")
	}
	shop, err := s.desks.PageShop(ctx, a.key, a.origin)
	if err != nil {
		return p, err
	}
	style, err := s.desks.Wanted(ctx, shop.ID, a.product)
	if err != nil {
		return p, err
	}
	p.Window = &window{asked: a, Shop: shop, Origin: a.origin, Style: titleOf(style, lang), StyleID: style.ID}
	return p, nil
}

// titleOf is a kept style's name for people.
func titleOf(s store.Style, lang string) string {
	var card concierge.Card
	if json.Unmarshal([]byte(s.Card), &card) != nil {
		return s.Name
	}
	return or(card.Title[lang], s.Name)
}

// fillWindow finds the step the customer is at.
func (s *Server) fillWindow(ctx context.Context, p *page, who concierge.Who, known bool) error {
	w := p.Window
	if !known {
		w.Step = "login"
		return nil
	}
	me, err1 := s.desks.Me(ctx, who)
	avatars, err2 := s.desks.Avatars(ctx, who, store.Page{Limit: accountList})
	grant, err3 := s.desks.Standing(ctx, who, w.Shop.ID)
	if errors.Is(err3, store.ErrAbsent) {
		err3 = nil
	}
	if err := errors.Join(err1, err2, err3); err != nil {
		return err
	}
	w.Me, w.Avatars, w.Level = &me, avatars, grant.Level
	switch {
	case len(avatars) == 0:
		w.Step = "measure"
	case grant.ID == "" || grant.Level < consent.Verdict:
		w.Step = "consent"
	case w.asked.fit == "":
		w.Step = "show"
	default:
		return s.fillFit(ctx, p, who)
	}
	return nil
}

// fillFit shows the fit, or how far it is.
func (s *Server) fillFit(ctx context.Context, p *page, who concierge.Who) error {
	w := p.Window
	f, err := s.desks.Fit(ctx, who, w.asked.fit)
	if err != nil {
		return err
	}
	if f.State == store.Queued || f.State == store.Running {
		w.Step = "wait"
		if job, err := s.desks.Job(ctx, who, f.Job); err == nil {
			w.Done = job.Done / 10
		}
		return nil
	}
	report, level, err := s.desks.Show(ctx, who, w.Shop.ID, f.ID)
	if err != nil {
		return err
	}
	w.Step, w.Level = "shown", level
	data, err := json.Marshal(map[string]any{"type": "fitroom:fit", "product": w.asked.product, "style": w.StyleID, "level": level, "report": report})
	if err != nil {
		return err
	}
	w.Message = string(data)
	p.Sheet = newSheet(&result{id: f.ID, report: report, title: map[string]string{p.Lang: w.Style}}, p.Lang, p.Say)
	if p.Sheet.Advice == "" {
		p.Sheet.Advice = fill(p.T("result.size"), "size", strings.Join(report.Advice.Sizes, " / "))
	}
	return nil
}

func (s *Server) showWindow(c echo.Context, status int, p *page) error {
	p.fillFields()
	var html bytes.Buffer
	if err := s.pages.ExecuteTemplate(&html, "fit.html", p); err != nil {
		return err
	}
	c.Response().Header().Set("Content-Language", p.Lang)
	return c.HTMLBlob(status, html.Bytes())
}

func (s *Server) showWindowProblem(c echo.Context, p *page, err error) error {
	if errors.Is(err, store.ErrAbsent) {
		err = trouble.New("not-found")
	}
	known := trouble.As(err)
	if known.Code == "internal" {
		return err
	}
	p.Alert = known.Sentence(p.Lang)
	return s.showWindow(c, known.Status(), p)
}

// serveSubmitFitWindow does what one of the window's forms asks for and goes on to the
// next step.
func (s *Server) serveSubmitFitWindow(c echo.Context) error {
	letMessagesThrough(c)
	r := c.Request()
	var origin http.CrossOriginProtection
	if origin.Check(r) != nil {
		return newProblem(http.StatusForbidden, "cross-origin", "Not from another site", "A page of another site sent this form; only pages of this server may.")
	}
	values, err := s.readPageForm(c)
	if err != nil {
		return err
	}
	a := readAsked(values)
	p, err := s.openWindow(r.Context(), a, language(r, a.lang))
	if err != nil {
		return s.showWindowProblem(c, p, err)
	}
	next, err := s.doWindow(c, p, values)
	if err == nil && next != "" {
		return c.Redirect(http.StatusSeeOther, next)
	}
	who, known := s.visitor(r)
	if err := errors.Join(err, s.fillWindow(r.Context(), p, who, known)); err != nil {
		return s.showWindowProblem(c, p, err)
	}
	status := http.StatusOK
	if len(p.Summary) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return s.showWindow(c, status, p)
}

// doWindow does one step and says where to go on; "" stays.
func (s *Server) doWindow(c echo.Context, p *page, values url.Values) (next string, err error) {
	ctx, w := c.Request().Context(), p.Window
	who, known := s.visitor(c.Request())
	switch do := values.Get("do"); {
	case do == "code" || do == "login":
		if !s.service.CountLogin(c.Request()) {
			return "", trouble.Later("too-many-requests", time.Minute)
		}
		w.Email = values.Get("email")
		if do == "code" {
			return "", s.desks.SendCode(ctx, w.Email, p.Lang)
		}
		token, expires, err := s.desks.Login(ctx, w.Email, values.Get("code"))
		if err != nil {
			w.Step = "login"
			return "", err
		}
		http.SetCookie(c.Response(), v1.LoginCookie(c.Request(), token, expires))
	case !known:
		return "", trouble.New("login-required")
	case do == "measure":
		return s.measureInWindow(ctx, p, who, values)
	case do == "consent":
		level, _ := strconv.Atoi(values.Get("level"))
		days, _ := strconv.Atoi(values.Get("days"))
		if level < consent.Verdict || level > consent.Highest || days < 1 || days > 366 {
			return "", trouble.Invalid(trouble.At("/level", "unusable"))
		}
		if _, err := s.desks.AddGrant(ctx, who, concierge.GrantWish{Shop: w.Shop.ID, Avatar: values.Get("avatar"), Purpose: consent.SizeAdvice, Level: level, Days: days}, concierge.Once{}); err != nil {
			return "", err
		}
		return s.askInWindow(ctx, p, who)
	case do == "show":
		return s.askInWindow(ctx, p, who)
	default:
		return "", trouble.Invalid(trouble.At("/do", "unusable"))
	}
	return w.Self(), nil
}

// measureInWindow keeps the measurements of a customer who has none kept.
func (s *Server) measureInWindow(ctx context.Context, p *page, who concierge.Who, values url.Values) (string, error) {
	p.Form = readForm(values)
	p.Form.Lang = p.Lang
	faults, err := s.keepFigure(ctx, p, who, p.Form, "")
	if err != nil {
		return "", err
	}
	if len(faults) == 0 {
		return p.Window.Self(), nil
	}
	p.blame(faults)
	return "", nil
}

// askInWindow asks for the fit on the avatar of the standing grant.
func (s *Server) askInWindow(ctx context.Context, p *page, who concierge.Who) (string, error) {
	g, err := s.desks.Standing(ctx, who, p.Window.Shop.ID)
	if err != nil {
		return "", err
	}
	made, err := s.desks.AskFit(ctx, who, concierge.FitWish{Style: p.Window.StyleID, Avatar: g.Avatar, Lang: p.Lang}, concierge.Once{})
	if err != nil {
		return "", err
	}
	a := p.Window.asked
	a.fit = made.Location[strings.LastIndex(made.Location, "/")+1:]
	return a.query(), nil
}

// serveShopDemo shows a page as a shop might have it, with the <fit-room>
// element on it.
func (s *Server) serveShopDemo(c echo.Context) error {
	a := readAsked(c.QueryParams())
	a.origin = requestOrigin(c.Request())
	p, err := s.openWindow(c.Request().Context(), a, language(c.Request(), a.lang))
	if err != nil && trouble.As(err).Code == "internal" && !errors.Is(err, store.ErrAbsent) {
		return err
	}
	if p.Window == nil {
		p.Window = &window{asked: a, Origin: a.origin}
	}
	c.Response().Header().Set("Cross-Origin-Opener-Policy", "same-origin-allow-popups")
	c.Response().Header().Set("Cache-Control", "private, no-store")
	var html bytes.Buffer
	if err := s.pages.ExecuteTemplate(&html, "shop-demo.html", p); err != nil {
		return err
	}
	return c.HTMLBlob(http.StatusOK, html.Bytes())
}

// Key is the browser key of the page.
func (w *window) Key() string { return w.asked.key }

// requestOrigin is the origin of the server's own pages.
func requestOrigin(r *http.Request) string {
	if r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}
