package api

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"fitroom/api/concierge"
	"fitroom/api/consent"
	trouble "fitroom/api/problem"
	"fitroom/api/store"
	v1 "fitroom/api/v1"
	"fitroom/garment/words"
	"fitroom/geometry/body"

	"github.com/labstack/echo/v4"
)

// accountPage is what a customer sees of the own data.
type accountPage struct {
	Lang        string
	Say         map[string]string
	Others      []otherLanguage
	Kept        bool // the server keeps accounts
	Email       string
	Me          *concierge.Me
	Avatars     []concierge.Avatar
	Grants      []store.Consent
	Accesses    []store.Access
	Passkeys    []store.Passkey
	Fits        []store.Fit
	Styles      []choice // that can be tried on
	Shops       []choice
	titles      map[string]string // of styles by id
	shops       map[string]string // names by id
	Alert, Note string
	Version     string
}

// choice is one of several, in a form.
type choice struct{ ID, Name string }

// Style is the title of a style, or its id where it is gone.
func (p *accountPage) Style(id string) string { return or(p.titles[id], id) }

func (p *accountPage) State(state string) string { return p.Say["state."+state] }

// Figure names an avatar in a list.
func (p *accountPage) Figure(a concierge.Avatar) string {
	return or(a.Name, p.T("account.unnamed")+", "+p.Day(a.Changed))
}

// Levels a customer may choose from.
func (p *accountPage) Levels() []int { return (&window{}).Levels() }

// accountList is how many of each kind the page shows; the export has all.
const accountList = 100

func (p *accountPage) T(key string) string { return p.Say[key] }

func (p *accountPage) F(key string, pairs ...string) string { return fill(p.Say[key], pairs...) }

func (p *accountPage) Day(t time.Time) string { return words.In(p.Lang).Date(t) }

func (p *accountPage) Minute(t time.Time) string { return p.Day(t) + ", " + t.Format("15:04") }

func (p *accountPage) Level(n int) string { return p.Say["level."+strconv.Itoa(n)] }

func (p *accountPage) What(code string) string { return p.Say["saw."+code] }

func (p *accountPage) Purpose(code string) string { return p.Say["purpose."+code] }

func (p *accountPage) Live(g store.Consent) bool { return g.Live(time.Now()) }

// Shop is a shop's name, or its id where it is gone.
func (p *accountPage) Shop(id string) string { return or(p.shops[id], id) }

// day is a day as the contract writes it, for people.
func (p *accountPage) day(iso string) string {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return iso
	}
	return p.Day(t)
}

// keptMeasure is one line of an avatar's table.
type keptMeasure struct{ Name, Value, Method, Taken string }

// Measures are the measurements of an avatar, from the whole to its parts.
func (p *accountPage) Measures(a concierge.Avatar) []keptMeasure {
	var all []keptMeasure
	known := body.Keys()
	place := func(key string) int { // another name of a measure, as sent, comes last
		if at := slices.Index(known, body.Key(key)); at >= 0 {
			return at
		}
		return len(known)
	}
	keys := slices.SortedFunc(maps.Keys(a.Body.Measurements), func(x, y string) int {
		return cmp.Or(cmp.Compare(place(x), place(y)), cmp.Compare(x, y))
	})
	for _, key := range keys {
		m := a.Body.Measurements[key]
		name := or(p.Say["m."+key], or(words.In(p.Lang).Measures[key], key))
		line := keptMeasure{Name: name, Method: p.Say["method."+m.Method], Taken: p.day(a.Taken[key])}
		if m.Value != nil {
			line.Value = strconv.FormatFloat(*m.Value, 'f', -1, 64) + " " + m.Unit
			line.Value = strings.Replace(line.Value, ".", words.In(p.Lang).Decimal, 1)
		}
		all = append(all, line)
	}
	return all
}

func (s *Server) newAccountPage(lang string) *accountPage {
	p := &accountPage{Lang: lang, Say: words.In(lang).Pages, Kept: s.desks != nil, Version: s.version, shops: map[string]string{}}
	for _, other := range words.Codes() {
		if other != lang {
			p.Others = append(p.Others, otherLanguage{other, words.In(other).Name, "/account?lang=" + other})
		}
	}
	return p
}

// visitor is the customer whose login the browser holds; none is no error.
func (s *Server) visitor(r *http.Request) (concierge.Who, bool) {
	cookie, err := r.Cookie(v1.Cookie)
	if err != nil || s.desks == nil {
		return concierge.Who{}, false
	}
	who, err := s.desks.Authenticate(r.Context(), cookie.Value, "")
	return who, err == nil && who.Customer != ""
}

func (s *Server) serveAccountPage(c echo.Context) error {
	p := s.newAccountPage(language(c.Request(), c.QueryParam("lang")))
	if note := c.QueryParam("note"); note != "" {
		p.Note = p.Say["note."+note] // an unknown one says nothing
	}
	return s.showAccount(c, http.StatusOK, p)
}

// showAccount fills in what the visitor may see and answers.
func (s *Server) showAccount(c echo.Context, status int, p *accountPage) error {
	if who, ok := s.visitor(c.Request()); ok {
		if err := s.fillAccount(c.Request().Context(), p, who); err != nil {
			return err
		}
	}
	var html bytes.Buffer
	if err := s.pages.ExecuteTemplate(&html, "account.html", p); err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("Cache-Control", "private, no-store")
	h.Set("Content-Language", p.Lang)
	return c.HTMLBlob(status, html.Bytes())
}

func (s *Server) fillAccount(ctx context.Context, p *accountPage, who concierge.Who) error {
	part := store.Page{Limit: accountList}
	me, err1 := s.desks.Me(ctx, who)
	avatars, err2 := s.desks.Avatars(ctx, who, part)
	grants, err3 := s.desks.Grants(ctx, who, part)
	accesses, err4 := s.desks.Accesses(ctx, who, part)
	shops, err5 := s.desks.Shops(ctx)
	keys, err6 := s.desks.Passkeys(ctx, who)
	fits, err7 := s.desks.Fits(ctx, who, part)
	styles, err8 := s.desks.Styles(ctx, concierge.Who{}, part)
	if err := errors.Join(err1, err2, err3, err4, err5, err6, err7, err8); err != nil {
		return err
	}
	p.Passkeys, p.titles = keys, map[string]string{}
	for _, style := range styles {
		p.titles[style.ID] = titleOf(style, p.Lang)
		p.Styles = append(p.Styles, choice{style.ID, p.titles[style.ID]})
	}
	for _, f := range fits {
		if f.Shop == "" {
			p.Fits = append(p.Fits, f)
		}
	}
	p.Me, p.Avatars, p.Grants, p.Accesses = &me, avatars, grants, accesses
	for _, shop := range shops {
		p.shops[shop.ID] = shop.Name
		p.Shops = append(p.Shops, choice{shop.ID, shop.Name})
	}
	return nil
}

// serveSubmitAccount does what one of the page's forms asks for.
func (s *Server) serveSubmitAccount(c echo.Context) error {
	r := c.Request()
	var origin http.CrossOriginProtection
	if origin.Check(r) != nil {
		return newProblem(http.StatusForbidden, "cross-origin", "Not from another site", "A page of another site sent this form; only pages of this server may.")
	}
	form, err := s.readPageForm(c)
	if err != nil {
		return err
	}
	p := s.newAccountPage(language(r, form.Get("lang")))
	if s.desks == nil {
		return s.showAccount(c, http.StatusNotFound, p)
	}
	note, err := s.account(c, p, form)
	if err != nil {
		return s.showAccountProblem(c, p, err)
	}
	if p.Email != "" {
		return s.showAccount(c, http.StatusOK, p)
	}
	if strings.HasPrefix(note, "/") {
		return c.Redirect(http.StatusSeeOther, note+"?lang="+p.Lang)
	}
	return c.Redirect(http.StatusSeeOther, "/account?"+url.Values{"lang": {p.Lang}, "note": {note}}.Encode())
}

// account does one action and names what to say of it, or where to go on.
func (s *Server) account(c echo.Context, p *accountPage, form url.Values) (note string, err error) {
	ctx := c.Request().Context()
	who, known := s.visitor(c.Request())
	switch do := form.Get("do"); {
	case do == "code":
		if !s.service.CountLogin(c.Request()) {
			return "", trouble.Later("too-many-requests", time.Minute)
		}
		if err := s.desks.SendCode(ctx, form.Get("email"), p.Lang); err != nil {
			return "", err
		}
		p.Email, p.Note = form.Get("email"), p.Say["note.sent"]
		return "", nil
	case do == "login":
		if !s.service.CountLogin(c.Request()) {
			return "", trouble.Later("too-many-requests", time.Minute)
		}
		token, expires, err := s.desks.Login(ctx, form.Get("email"), form.Get("code"))
		if err != nil {
			p.Email = form.Get("email")
			return "", err
		}
		http.SetCookie(c.Response(), v1.LoginCookie(c.Request(), token, expires))
		return "", nil
	case !known:
		return "", trouble.New("login-required")
	case do == "grant":
		level, _ := strconv.Atoi(form.Get("level"))
		days, _ := strconv.Atoi(form.Get("days"))
		if level < consent.Verdict || days < 1 || days > 366 {
			return "", trouble.Invalid(trouble.At("/level", "unusable"))
		}
		_, err := s.desks.AddGrant(ctx, who, concierge.GrantWish{Shop: form.Get("shop"), Avatar: form.Get("avatar"), Purpose: consent.SizeAdvice, Level: level, Days: days}, concierge.Once{})
		return "granted", err
	case do == "try":
		made, err := s.desks.AskFit(ctx, who, concierge.FitWish{Style: form.Get("style"), Avatar: form.Get("avatar"), Lang: p.Lang}, concierge.Once{})
		return "/account/fits/" + made.Location[strings.LastIndex(made.Location, "/")+1:], err
	case do == "forget":
		return "forgotten", s.desks.DropAvatar(ctx, who, form.Get("avatar"))
	case do == "unkey":
		return "unkeyed", s.desks.DropPasskey(ctx, who, form.Get("passkey"))
	case do == "revoke":
		return "revoked", s.desks.Revoke(ctx, who, form.Get("grant"))
	case do == "erase" && form.Get("sure") == "yes":
		note, err = "erased", s.desks.Erase(ctx, who)
	case do == "logout":
		note, err = "logout", s.desks.Logout(ctx, who)
	default:
		return "", trouble.Invalid(trouble.At("/do", "unusable"))
	}
	if err == nil {
		http.SetCookie(c.Response(), v1.LoginCookie(c.Request(), "", time.Unix(1, 0)))
	}
	return note, err
}

// showAccountProblem shows the page again with what went wrong.
func (s *Server) showAccountProblem(c echo.Context, p *accountPage, err error) error {
	if errors.Is(err, store.ErrAbsent) {
		err = trouble.New("not-found")
	}
	known := trouble.As(err)
	if known.Code == "internal" {
		return err
	}
	p.Alert = known.Sentence(p.Lang)
	if known.RetryAfter > 0 {
		c.Response().Header().Set("Retry-After", strconv.Itoa(int(known.RetryAfter/time.Second)))
	}
	return s.showAccount(c, known.Status(), p)
}
