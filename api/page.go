package api

import (
	"bytes"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"fitroom/api/store"
	"fitroom/garment/words"
	"fitroom/geometry/body"

	"github.com/labstack/echo/v4"
)

// page is all that the template shows.
type page struct {
	Lang    string
	Say     map[string]string
	Others  []otherLanguage
	Form    form
	Fields  []input
	More    []input
	MoreSet bool // one of the optional fields is filled in or at fault
	Styles  []styleCard
	Faults  map[string]string // by field name
	Summary []faultLink       // the same, in the page's order
	Alert   string            // what went wrong as a whole
	Confirm bool              // a value was doubted; the customer may stand by it
	Sheet   *sheet
	Window  *window // beside a shop's page
	Alone   bool    // a kept result, without the form
	Waiting bool    // for that result
	Keeping bool    // measurements are to be kept, not tried on
	Back    string  // where it is left for
	Keep    string
	Version string
	Kept    bool // there are accounts
}

type otherLanguage struct{ Lang, Name, Link string }

type faultLink struct{ Field, Label, Text string }

// input is one measurement field of the page.
type input struct {
	Key, Label, Help, Value, Fault string
	Metric, Imperial               string // units
	Class                          string
	For, Example                   string            // "e.g.", and an example
	Examples                       map[string]string // by population and units, for the script
}

// T is the sentence of a key in the page's language.
func (p *page) T(key string) string { return p.Say[key] }

// F is the same with its places filled in.
func (p *page) F(key string, pairs ...string) string { return fill(p.Say[key], pairs...) }

// Title of the garment cards.
func (c styleCard) For(lang string) string { return c.Title[lang] }

// Class of the garment cards, by whom they are for.
func (c styleCard) Class() string { return onlyFor(body.Population(c.Population)) }

// SizeList is every size, as one line.
func (c styleCard) SizeList() string { return strings.Join(c.Sizes, " · ") }

func (s *Server) newPage(lang string, f form, path string) *page {
	say := words.In(lang).Pages
	f.Lang = lang
	if f.Population == "" {
		f.Population = string(body.Women)
	}
	if f.Units != "imperial" {
		f.Units = "metric"
	}
	if f.Ease == "" {
		f.Ease = "designed"
	}
	p := &page{Lang: lang, Say: say, Form: f, Faults: map[string]string{}, Version: s.version, Kept: s.desks != nil, Keep: inWords(s.keep, lang), Styles: s.cards()}
	for _, other := range words.Codes() {
		if other != lang {
			p.Others = append(p.Others, otherLanguage{other, words.In(other).Name, path + "?lang=" + other})
		}
	}
	return p
}

// blame shows faults beside their fields; those of no field go to the alert.
func (p *page) blame(faults map[string]string) {
	p.Faults = faults
	for _, in := range fields() {
		if text := faults[string(in.Key)]; text != "" {
			p.Summary = append(p.Summary, faultLink{"m-" + string(in.Key), p.T("m." + string(in.Key)), text})
		}
	}
	if text := faults["style"]; text != "" {
		p.Summary = append(p.Summary, faultLink{"style", p.T("step.garment"), text})
	}
}

// fillFields makes the inputs from the form and its faults.
func (p *page) fillFields() {
	for _, f := range fields() {
		key := string(f.Key)
		metric, _ := f.unit("metric")
		imperial, _ := f.unit("imperial")
		in := input{
			Key: key, Label: p.T("m." + key), Help: p.T("help." + key), Value: p.Form.Values[key], Fault: p.Faults[key],
			Metric: metric, Imperial: imperial, Class: onlyFor(f.Only), For: p.T("example"), Example: f.example(p.Form, p.Lang), Examples: f.examples(p.Lang),
		}
		if f.More {
			p.More = append(p.More, in)
			p.MoreSet = p.MoreSet || in.Value != "" || in.Fault != ""
		} else {
			p.Fields = append(p.Fields, in)
		}
	}
}

func (in field) examples(lang string) map[string]string {
	all := map[string]string{}
	for _, system := range []string{"metric", "imperial"} {
		for _, who := range []body.Population{body.Women, body.Men, body.Unspecified} {
			all[string(who)+"-"+system] = in.example(form{Population: string(who), Units: system}, lang)
		}
	}
	return all
}

// inWords writes the time results are kept.
func inWords(d time.Duration, lang string) string {
	n, unit := int(d.Round(time.Minute)/time.Minute), "time.minute"
	if d >= time.Hour && d%time.Hour == 0 {
		n, unit = int(d/time.Hour), "time.hour"
	}
	if n != 1 {
		unit += "s"
	}
	return strconv.Itoa(n) + " " + words.In(lang).Pages[unit]
}

// language is the one asked for in the address, else the first of ours that
// the browser accepts.
func language(r *http.Request, asked string) string {
	if slices.Contains(words.Codes(), asked) {
		return asked
	}
	return words.Accepted(r.Header.Get("Accept-Language"))
}

func (s *Server) servePage(c echo.Context) error {
	lang := language(c.Request(), c.QueryParam("lang"))
	return s.show(c, http.StatusOK, s.newPage(lang, s.keptForm(c, lang), "/"))
}

// keptForm is filled in with the newest figure of whoever is logged in.
func (s *Server) keptForm(c echo.Context, lang string) form {
	who, ok := s.visitor(c.Request())
	if !ok {
		return form{}
	}
	c.Response().Header().Set("Cache-Control", "private, no-store")
	avatars, err := s.desks.Avatars(c.Request().Context(), who, store.Page{Limit: 1})
	if err != nil || len(avatars) == 0 {
		return form{} // the form is as good empty
	}
	return formOf(avatars[0].Body, "", lang)
}

func (s *Server) serveResultPage(c echo.Context, id string) error {
	lang := language(c.Request(), c.QueryParam("lang"))
	r, err := s.result(c, id)
	if err != nil {
		return s.showProblem(c, lang, form{}, err)
	}
	p := s.newPage(lang, formOf(r.body, r.report.Style, lang), pageLink(r.id))
	p.Sheet = newSheet(r, lang, p.Say)
	return s.show(c, http.StatusOK, p)
}

// readPageForm reads what a form of a page sent.
func (s *Server) readPageForm(c echo.Context) (url.Values, error) {
	if err := wantType(c.Request(), echo.MIMEApplicationForm); err != nil {
		return nil, err
	}
	data, err := s.readBody(c)
	if err != nil {
		return nil, err
	}
	values, err := url.ParseQuery(string(data))
	if err != nil {
		return nil, newProblem(http.StatusBadRequest, "bad-request", "Bad request", "The form could not be read.")
	}
	return values, nil
}

// serveSubmitForm takes the page's form. The script asks for events and goes to the
// result itself; without it the browser waits and is sent there.
func (s *Server) serveSubmitForm(c echo.Context) error {
	values, err := s.readPageForm(c)
	if err != nil {
		return err
	}
	f := readForm(values)
	lang := language(c.Request(), f.Lang)
	f.Lang = lang
	request, faults, err := f.request(s.garments, words.In(lang).Pages)
	if err != nil {
		return err
	}
	if faults != nil {
		return s.showFaults(c, lang, f, faults)
	}
	o, err := s.read(request, lang, owner(c), "turntable")
	if err != nil {
		return s.showProblem(c, lang, f, err)
	}
	location := pageLink(o.id) + "?lang=" + lang
	if wantsEvents(c.Request()) {
		return s.stream(c, o, func(_ *result, err error) (string, any) {
			if err == nil {
				return "result", map[string]string{"location": location}
			}
			html, _ := s.render(s.problemPage(lang, f, asProblem(err)))
			return "page", map[string]string{"html": string(html)}
		})
	}
	if _, ok := s.shelf.get(o.id); !ok {
		if _, err := s.fit(c, o, nil); err != nil {
			return s.showProblem(c, lang, f, err)
		}
	}
	return c.Redirect(http.StatusSeeOther, location)
}

// showFaults shows the form again with a sentence beside each field at fault.
func (s *Server) showFaults(c echo.Context, lang string, f form, faults map[string]string) error {
	p := s.newPage(lang, f, "/")
	p.blame(faults)
	return s.show(c, http.StatusUnprocessableEntity, p)
}

// showProblem shows the form again with what went wrong.
func (s *Server) showProblem(c echo.Context, lang string, f form, err error) error {
	s.logInternal(c.Request(), err)
	problem := asProblem(err)
	problem.headers(c.Response().Header())
	return s.show(c, problem.Status, s.problemPage(lang, f, problem))
}

func (s *Server) problemPage(lang string, f form, problem *problem) *page {
	p := s.newPage(lang, f, "/")
	p.Alert = or(p.Say["error."+problem.Code], p.T("error.other"))
	faults := map[string]string{}
	for _, fault := range problem.Errors {
		faults[fieldOf(fault.Pointer)] = fault.Detail
	}
	for _, m := range problem.measures {
		p.Confirm = p.Confirm || m.Confirm
		if text := unlikely(m, p.Form, p.Say); text != "" {
			faults[string(m.Key)] = text
		}
	}
	p.blame(faults)
	if problem.Status == http.StatusUnprocessableEntity && len(p.Summary) == 0 {
		p.Alert = p.T("error.refused") + " " + problem.in(p.Lang)
	}
	return p
}

func (s *Server) render(p *page) ([]byte, error) {
	p.fillFields()
	var out bytes.Buffer
	err := s.pages.ExecuteTemplate(&out, "page.html", p)
	return out.Bytes(), err
}

func (s *Server) show(c echo.Context, status int, p *page) error {
	html, err := s.render(p)
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("Vary", "Accept-Language, Accept-Encoding")
	h.Set("Content-Language", p.Lang)
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-cache")
	}
	if squeezable(c.Request()) {
		h.Set("Content-Encoding", "gzip")
		html = squeeze(html)
	}
	return c.HTMLBlob(status, html)
}
