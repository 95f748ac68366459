package concierge

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"fitroom/api/consent"
	"fitroom/api/problem"
	"fitroom/api/store"
	"fitroom/api/wire"
	"fitroom/garment/fit"
	"fitroom/garment/tryon"
	"fitroom/geometry/body"
)

// FitWish asks for a fitting of a style on exactly one of: an avatar of the
// customer who asks; the avatar of a grant the shop holds; a mannequin of the
// size its chart means.
type FitWish struct {
	Style                    string
	Avatar, Grant, Mannequin string
	Sizes                    []string
	Under                    *wire.Under // what is worn beneath
	Lang                     string
}

// AskFit asks for a fitting. A result known already is there at once.
func (c *Concierge) AskFit(ctx context.Context, who Who, w FitWish, o Once) (Made, error) {
	f, err := c.wish(ctx, who, w)
	if err != nil {
		return Made{}, err
	}
	q, _, _, err := c.ask(ctx, f)
	if err != nil {
		return Made{}, err
	}
	key := c.keyOf(q)
	if _, err := c.store.Result(ctx, f.Customer, key); err == nil {
		f.State, f.Result = store.Done, key
	} else if !errors.Is(err, store.ErrAbsent) {
		return Made{}, err
	}
	c.metrics.Fit(f.State == store.Done)
	return c.once(ctx, who, o, func(tx *store.Tx) (Made, error) { return c.addFit(ctx, tx, who, f) })
}

func (c *Concierge) addFit(ctx context.Context, tx *store.Tx, who Who, f store.Fit) (Made, error) {
	made := Made{http.StatusOK, "/v1/fits/" + f.ID, false}
	if f.Consent != "" {
		// Once more, in the transaction: the grant may have ended since.
		g, err := tx.ConsentOfShop(ctx, who.Shop, f.Consent)
		if err == nil {
			err = c.logAccess(ctx, tx, g, "fit.asked", f.ID)
		}
		if err != nil {
			return made, err
		}
	}
	if f.State == store.Done {
		return made, tx.AddFit(ctx, f)
	}
	if err := c.admit(ctx, tx); err != nil {
		return made, err
	}
	made.Status = http.StatusAccepted
	f.Job = store.NewID(jobKind)
	job := store.Job{ID: f.Job, Kind: fitJob, Subject: f.ID, Shop: f.Shop, Customer: f.Customer, State: store.Queued, Stage: "waiting", Created: f.Created, Changed: f.Created}
	if f.Shop != "" {
		job.Customer = "" // the shop's job: it ends with the grant
	}
	return made, errors.Join(tx.AddFit(ctx, f), tx.AddJob(ctx, job), c.queue.Add(ctx, tx.Raw(), fitJob, f.Job))
}

// wish checks who may have what fitted on whom.
func (c *Concierge) wish(ctx context.Context, who Who, w FitWish) (store.Fit, error) {
	now := time.Now()
	f := store.Fit{ID: store.NewID("fit"), Style: w.Style, Mannequin: w.Mannequin, Sizes: "[]", Lang: w.Lang, State: store.Queued, Shop: who.Shop, Created: now, Changed: now}
	allowed, given := "grant, mannequin", count(w.Grant, w.Mannequin)
	if who.Customer != "" {
		allowed, given = "avatar", count(w.Avatar)
	}
	if given != 1 || count(w.Avatar, w.Grant, w.Mannequin) != 1 {
		return f, problem.Invalid(problem.At("", "just-one", allowed))
	}
	s, err := c.ready(ctx, who, w.Style, "")
	if err != nil {
		return f, err
	}
	if len(w.Sizes) > 0 {
		if f.Sizes, err = pickSizes(s, w.Sizes); err != nil {
			return f, err
		}
	}
	if w.Under != nil {
		f.UnderStyle, f.UnderSize = w.Under.Style, w.Under.Size
		if err = c.canWear(ctx, who, *w.Under); err != nil {
			return f, err
		}
	}
	switch {
	case w.Avatar != "":
		f.Customer, f.Avatar = who.Customer, w.Avatar
		_, err = c.store.Avatar(ctx, who.Customer, w.Avatar)
		err = noSuch(err, "/avatar")
	case w.Grant != "":
		var g store.Consent
		g, err = c.store.ConsentOfShop(ctx, who.Shop, w.Grant)
		err = noSuch(err, "/grant")
		f.Customer, f.Avatar, f.Consent = g.Customer, g.Avatar, g.ID
		if err == nil && g.Level < consent.Verdict {
			err = problem.New("not-granted", g.Level, consent.Verdict)
		}
	}
	return f, err
}

// ready finds a style that can be fitted; at names the part of the wish that
// holds it.
func (c *Concierge) ready(ctx context.Context, who Who, id, at string) (store.Style, error) {
	s, err := c.store.Style(ctx, who.Shop, id)
	if err == nil && s.State != store.Done {
		err = problem.New("not-ready", "style", s.State)
	}
	return s, noSuch(err, at+"/style")
}

// canWear checks what is to be worn beneath.
func (c *Concierge) canWear(ctx context.Context, who Who, u wire.Under) error {
	s, err := c.ready(ctx, who, u.Style, "/under")
	if err != nil {
		return err
	}
	sizes, err := sizesOf(s)
	if err == nil && !slices.Contains(sizes, u.Size) {
		err = problem.Invalid(problem.At("/under/size", "no-such-size", strings.Join(sizes, ", ")))
	}
	return err
}

func noSuch(err error, pointer string) error {
	if errors.Is(err, store.ErrAbsent) {
		return problem.Invalid(problem.At(pointer, "no-such"))
	}
	return err
}

func count(words ...string) (n int) {
	for _, w := range words {
		if w != "" {
			n++
		}
	}
	return n
}

func sizesOf(s store.Style) ([]string, error) {
	var shown Card
	err := json.Unmarshal([]byte(s.Card), &shown)
	return shown.Sizes, err
}

// pickSizes puts the wanted sizes in the style's order.
func pickSizes(s store.Style, wanted []string) (string, error) {
	sizes, err := sizesOf(s)
	if err != nil {
		return "", err
	}
	for i, size := range wanted {
		if !slices.Contains(sizes, size) {
			return "", problem.Invalid(problem.At(fmt.Sprintf("/sizes/%d", i), "no-such-size", strings.Join(sizes, ", ")))
		}
	}
	picked := []string{}
	for _, size := range sizes {
		if slices.Contains(wanted, size) {
			picked = append(picked, size)
		}
	}
	return text(picked), nil
}

// dress holds the looks of the garment tried on and of what is worn beneath it.
type dress struct{ outer, beneath *wire.Look }

// ask makes the question of a fit and the request that answers it.
func (c *Concierge) ask(ctx context.Context, f store.Fit) (q question, r tryon.Request, l dress, err error) {
	q.lang = f.Lang
	if q.style, r.Style, l.outer, err = c.worn(ctx, f.Style); err != nil {
		return q, r, l, err
	}
	if f.UnderStyle != "" {
		r.Under = &tryon.Under{Size: f.UnderSize}
		q.underSize = f.UnderSize
		if q.under, r.Under.Style, l.beneath, err = c.worn(ctx, f.UnderStyle); err != nil {
			return q, r, l, err
		}
	}
	if err = json.Unmarshal([]byte(f.Sizes), &q.sizes); err != nil {
		return q, r, l, err
	}
	if f.Mannequin != "" {
		q.body, err = mannequin(r.Style, f.Mannequin)
	} else {
		var a Avatar
		a, err = c.avatar(ctx, f.Customer, f.Avatar)
		q.body = a.Body
	}
	if err == nil {
		r.Body, r.Ease, err = q.body.Convert("/body")
	}
	r.Sizes = q.sizes
	return q, r, l, err
}

// worn reads a style that a fit puts on somebody.
func (c *Concierge) worn(ctx context.Context, id string) (store.Style, *tryon.Style, *wire.Look, error) {
	kept, err := c.store.StyleAnyState(ctx, id)
	if err != nil {
		return kept, nil, nil, err
	}
	style, sheet, err := c.style(ctx, kept)
	return kept, style, sheet.Look, err
}

// Heights of mannequins where the chart does not state one [m]: about the
// middle of the surveys that the body's statistics come from.
const (
	womanHeight = 1.65
	manHeight   = 1.78
)

// mannequin is the body that a size of a style is made for, by its chart.
func mannequin(s *tryon.Style, size string) (wire.Body, error) {
	b := wire.Body{Population: string(s.Population), Measurements: map[string]wire.Measurement{}}
	put := func(key body.Key, metres float64) {
		value := 100 * metres
		b.Measurements[string(key)] = wire.Measurement{Value: &value, Unit: "cm"}
	}
	put(body.Height, womanHeight)
	if s.Population == body.Men {
		put(body.Height, manHeight)
	}
	known := false
	for key, chart := range s.Chart {
		if middle, ok := middleOf(chart, size); ok && key != body.Weight {
			put(key, middle)
			known = true
		}
	}
	if !known {
		return b, problem.Invalid(problem.At("/mannequin", "no-pattern-middle"))
	}
	return b, nil
}

func middleOf(c fit.Chart, size string) (float64, bool) {
	if centre, ok := c.Centre[size]; ok {
		return centre, true
	}
	band, ok := c.Bands[size]
	return (band[0] + band[1]) / 2, ok
}

// SeenFit is a fit as somebody may see it.
type SeenFit struct {
	store.Fit
	Level  int // of the grant; the highest for the customer and on mannequins
	Report *wire.Report
	Files  []string
}

// Fit is a fit of the customer or of the shop.
func (c *Concierge) Fit(ctx context.Context, who Who, id string) (SeenFit, error) {
	f, level, err := c.seen(ctx, who, id, "fit.read")
	out := SeenFit{Fit: f, Level: level}
	if err != nil || f.State != store.Done {
		return out, err
	}
	report, err := c.report(ctx, f)
	if err != nil {
		return out, err
	}
	result, err := c.store.Result(ctx, f.Customer, f.Result)
	if err != nil {
		return out, err
	}
	var files []string
	if err := json.Unmarshal([]byte(result.Files), &files); err != nil {
		return out, err
	}
	for _, name := range files {
		if consent.File(name, level) {
			out.Files = append(out.Files, name)
		}
	}
	shown := consent.Report(report, level)
	out.Report = &shown
	return out, nil
}

// seen finds a fit and the level somebody sees it at; a shop's look at a
// customer is logged.
func (c *Concierge) seen(ctx context.Context, who Who, id, what string) (store.Fit, int, error) {
	if who.Customer != "" {
		f, err := c.store.FitOfCustomer(ctx, who.Customer, id)
		return f, consent.Highest, err
	}
	f, err := c.store.FitOfShop(ctx, who.Shop, id)
	if err != nil || f.Consent == "" {
		return f, consent.Highest, err
	}
	if who.Browser {
		return f, consent.Nothing, store.ErrAbsent // a customer's fits are for the shop's own machines
	}
	g, err := c.store.ConsentOfShop(ctx, who.Shop, f.Consent)
	if err == nil && f.State == store.Done {
		err = c.store.Update(ctx, func(tx *store.Tx) error { return c.logAccess(ctx, tx, g, what, f.ID) })
	}
	return f, g.Level, err
}

// FitFile is one file of a fit.
func (c *Concierge) FitFile(ctx context.Context, who Who, id, name string) ([]byte, string, error) {
	f, level, err := c.seen(ctx, who, id, "file.read")
	switch {
	case err != nil:
		return nil, "", err
	case f.State != store.Done:
		return nil, "", unfit(f)
	case !consent.File(name, level):
		return nil, "", store.ErrAbsent
	}
	result, err := c.store.Result(ctx, f.Customer, f.Result)
	if err != nil {
		return nil, "", err
	}
	var files []string
	if err := json.Unmarshal([]byte(result.Files), &files); err != nil {
		return nil, "", err
	}
	if !slices.Contains(files, name) {
		return nil, "", store.ErrAbsent
	}
	data, err := c.file(ctx, f.Customer, f.Result, name)
	return data, f.Result + "-" + name, err
}

// Fits lists the fits on the customer or asked for by the shop.
func (c *Concierge) Fits(ctx context.Context, who Who, p store.Page) ([]store.Fit, error) {
	if who.Customer != "" {
		return c.store.FitsOfCustomer(ctx, who.Customer, p)
	}
	return c.store.FitsOfShop(ctx, who.Shop, p)
}

// CancelFit ends a fit that is not done.
func (c *Concierge) CancelFit(ctx context.Context, who Who, id string) error {
	f, _, err := c.seen(ctx, who, id, "fit.cancelled")
	if err != nil {
		return err
	}
	return c.CancelJob(ctx, who, f.Job)
}

// Job is a job of the customer or of the shop.
func (c *Concierge) Job(ctx context.Context, who Who, id string) (store.Job, error) {
	return c.store.JobOf(ctx, who.Shop, who.Customer, id)
}

// Jobs lists the jobs of the customer or of the shop.
func (c *Concierge) Jobs(ctx context.Context, who Who, p store.Page) ([]store.Job, error) {
	return c.store.JobsOf(ctx, who.Shop, who.Customer, p)
}

// JobEvents are the steps of a job after one.
func (c *Concierge) JobEvents(ctx context.Context, id string, after int64) ([]store.JobEvent, error) {
	return c.store.JobEvents(ctx, id, after)
}

// CancelJob ends a job that is not done; one that has ended stays as it is.
func (c *Concierge) CancelJob(ctx context.Context, who Who, id string) error {
	job, err := c.Job(ctx, who, id)
	if err != nil {
		return err
	}
	return gone(c.store.Update(ctx, func(tx *store.Tx) error {
		if job.Kind == feedJob {
			f, err := tx.Feed(ctx, job.Shop, job.Subject)
			job.State, f.State = store.Cancelled, store.Failed
			return errors.Join(err, tx.SetJob(ctx, job), tx.FinishFeed(ctx, f))
		}
		if job.Kind != fitJob {
			s, err := tx.StyleAnyState(ctx, job.Subject)
			job.State, s.State = store.Cancelled, store.Failed
			return errors.Join(err, tx.SetJob(ctx, job), tx.FinishStyle(ctx, s))
		}
		f, err := tx.Fit(ctx, job.Subject)
		if err != nil {
			return err
		}
		return c.endFit(ctx, tx, job, f, store.Cancelled, "")
	}))
}
