package concierge

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"fitroom/api/blob"
	"fitroom/api/catalog"
	"fitroom/api/store"
	"fitroom/api/wire"
	"fitroom/garment/words"
)

// FeedReport is what the import of a feed found, in one language.
type FeedReport struct {
	Format   string      `json:"format,omitempty"` // as it showed
	Articles int         `json:"articles"`
	GTINs    int         `json:"gtins"` // good ones
	Styles   []FeedStyle `json:"styles"`
	Notes    []string    `json:"notes"` // what was left out, and why
	Error    string      `json:"error,omitempty"`
}

// FeedStyle is a style that a feed made or changed.
type FeedStyle struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// AddFeed takes a feed, to be made into styles by a job.
func (c *Concierge) AddFeed(ctx context.Context, who Who, upload []byte, o Once) (Made, error) {
	name := uploadName(who.Shop, upload)
	if err := c.blobs.PutIfAbsent(ctx, name, upload); err != nil {
		return Made{}, err
	}
	now := time.Now()
	f := store.Feed{ID: store.NewID("fee"), Shop: who.Shop, State: store.Queued, Upload: name, Report: "{}", Job: store.NewID(jobKind), Created: now, Changed: now}
	return c.once(ctx, who, o, func(tx *store.Tx) (Made, error) {
		if err := c.admit(ctx, tx); err != nil {
			return Made{}, err
		}
		job := store.Job{ID: f.Job, Kind: feedJob, Subject: f.ID, Shop: f.Shop, State: store.Queued, Stage: "waiting", Created: now, Changed: now}
		return Made{http.StatusAccepted, "/v1/feeds/" + f.ID, false}, errors.Join(tx.AddFeed(ctx, f), tx.AddJob(ctx, job), c.queue.Add(ctx, tx.Raw(), feedJob, f.Job))
	})
}

// Feed is a feed of the shop.
func (c *Concierge) Feed(ctx context.Context, who Who, id string) (store.Feed, error) {
	return c.store.Feed(ctx, who.Shop, id)
}

// Feeds lists the feeds of the shop.
func (c *Concierge) Feeds(ctx context.Context, who Who, p store.Page) ([]store.Feed, error) {
	return c.store.Feeds(ctx, who.Shop, p)
}

// workFeed makes styles of a feed. A style of the same name is changed, one
// that is as the feed has it already is left alone: a second run of the job
// does nothing.
func (c *Concierge) workFeed(ctx context.Context, id string) error {
	job, f, err := c.feedOf(ctx, id)
	if err != nil || job.State != store.Queued && job.State != store.Running {
		return gone(err)
	}
	data, err := blob.Read(ctx, c.blobs, f.Upload)
	if err != nil {
		return err
	}
	report := FeedReport{Styles: []FeedStyle{}}
	var notes []error
	var unusable error
	f.State, job.State, job.Done = store.Done, store.Done, 1000
	if read, err := catalog.Read(bytes.NewReader(data), "feed"); err != nil {
		unusable = err
		f.State, job.State, job.Problem = store.Failed, store.Failed, "feed-unusable"
	} else {
		styles, more := read.Wire()
		report.Format, report.Articles, report.GTINs, notes = read.Format, read.Articles, read.GTINs, slices.Concat(read.Notes, more)
		for _, sheet := range styles {
			made, err := c.styleOfFeed(ctx, f.Shop, sheet)
			if err != nil {
				return gone(err)
			}
			report.Styles = append(report.Styles, made)
		}
	}
	f.Report = everyLanguage(func(l *words.Language) FeedReport {
		told := report
		told.Format = l.Word(report.Format)
		told.Error, told.Notes = l.Tell(unusable), make([]string, len(notes))
		for i, n := range notes {
			told.Notes[i] = l.Tell(n)
		}
		return told
	})
	return gone(c.store.Update(ctx, func(tx *store.Tx) error { return errors.Join(tx.SetJob(ctx, job), tx.FinishFeed(ctx, f)) }))
}

// styleOfFeed keeps one style; it has been checked by the reader of the feed.
func (c *Concierge) styleOfFeed(ctx context.Context, shop string, sheet wire.Style) (FeedStyle, error) {
	style, err := sheet.Convert("", nil)
	if err != nil {
		return FeedStyle{}, fmt.Errorf("concierge: a style of a feed that was good before: %w", err)
	}
	data := []byte(text(sheet))
	name := uploadName(shop, data)
	if err := c.blobs.PutIfAbsent(ctx, name, data); err != nil {
		return FeedStyle{}, err
	}
	s := store.Style{ID: store.NewID("sty"), Shop: shop, Version: 1, State: store.Done, Name: style.ID, Upload: name, Card: text(card(style, sheet)),
		Report: everyLanguage(findings{notes: style.Notes, panels: map[string][]string{}}.in), Created: time.Now(), Changed: time.Now()}
	err = c.store.Update(ctx, func(tx *store.Tx) error {
		old, err := tx.StyleByName(ctx, shop, s.Name)
		switch {
		case errors.Is(err, store.ErrAbsent):
			err = tx.AddStyle(ctx, s)
		case err == nil && old.Upload == s.Upload:
			s.ID = old.ID
			return nil
		case err == nil:
			s.ID, s.Version = old.ID, old.Version+1
			err = errors.Join(tx.ReplaceStyle(ctx, s, old.Version), tx.FinishStyle(ctx, s))
		}
		if err != nil {
			return err
		}
		return tx.SetProducts(ctx, s.ID, products(s, sheet))
	})
	return FeedStyle{s.ID, s.Name}, err
}

func (c *Concierge) feedOf(ctx context.Context, id string) (store.Job, store.Feed, error) {
	job, err := c.store.Job(ctx, id)
	if err != nil {
		return job, store.Feed{}, err
	}
	f, err := c.store.Feed(ctx, job.Shop, job.Subject)
	return job, f, err
}

func (c *Concierge) giveUpFeed(ctx context.Context, id string) {
	job, f, err := c.feedOf(ctx, id)
	if err != nil {
		return
	}
	job.State, job.Problem, f.State = store.Failed, "internal", store.Failed
	c.noteFailure(ctx, func(tx *store.Tx) error { return errors.Join(tx.SetJob(ctx, job), tx.FinishFeed(ctx, f)) })
}
