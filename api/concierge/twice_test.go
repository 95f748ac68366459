package concierge

import (
	"context"
	"log/slog"
	"path/filepath"
	"slices"
	"testing"

	"fitroom/api/post"
	"fitroom/api/sqldb/sqldbtest"
	"fitroom/api/store"
	"fitroom/api/vault"
	"fitroom/assets"
	"fitroom/garment/tryon"
)

func TestMain(m *testing.M) { sqldbtest.Main(m) }

// A job that runs again, or twice at once, leaves one result, one end and one
// piece of news.
func TestAJobRunTwiceDoesNoHarm(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, url string) {
		c := openIdle(t, url)
		ctx := t.Context()
		shop, err := c.AddShop(ctx, "A")
		if err != nil {
			t.Fatal(err)
		}
		who := Who{Shop: shop.ID, Scopes: Scopes()}
		if _, _, err := c.AddWebhook(ctx, who, WebhookWish{URL: "http://localhost:1/x", Events: []string{"fit.done", "style.done"}}, Once{}); err != nil {
			t.Fatal(err)
		}
		sheet := `{"style": "tee", "kind": "t-shirt", "population": "women", "sizes": ["S", "M"], "primary": ["bust_girth"], "chart": {"bust_girth": {"unit": "cm", "bands": {"S": [80, 88], "M": [88, 96]}}}}`
		if _, err := c.AddStyle(ctx, who, []byte(sheet), Once{}); err != nil {
			t.Fatal(err)
		}
		styles, err := c.Styles(ctx, who, store.Page{Limit: 1})
		if err != nil || len(styles) != 1 {
			t.Fatal(err, len(styles))
		}
		twiceAtOnce(t, func() error { return c.workImport(ctx, styles[0].Job) })
		if _, err := c.AskFit(ctx, who, FitWish{Style: styles[0].ID, Mannequin: "M", Lang: "en"}, Once{}); err != nil {
			t.Fatal(err)
		}
		fits, err := c.Fits(ctx, who, store.Page{Limit: 9})
		if err != nil || len(fits) != 1 {
			t.Fatal(err, len(fits))
		}
		twiceAtOnce(t, func() error { return c.workFit(ctx, fits[0].Job) })
		if err := c.workFit(ctx, fits[0].Job); err != nil {
			t.Errorf("the third time: %v", err)
		}
		once(t, c, who, fits[0])
	})
}

func twiceAtOnce(t *testing.T, work func() error) {
	t.Helper()
	errs := make(chan error)
	for range 2 {
		go func() { errs <- work() }()
	}
	for range 2 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}

// once looks at what two runs have left.
func once(t *testing.T, c *Concierge, who Who, fit store.Fit) {
	t.Helper()
	seen, err := c.Fit(t.Context(), who, fit.ID)
	if err != nil || seen.Report == nil || !slices.Equal(seen.Files, []string{reportFile}) {
		t.Errorf("%+v, %v", seen, err)
	}
	names, err := c.blobs.List(t.Context(), "m/")
	if err != nil || len(names) != 1 {
		t.Errorf("blobs %v, %v", names, err)
	}
	hooks, err := c.Webhooks(t.Context(), who, store.Page{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	news, err := c.Deliveries(t.Context(), who, hooks[0].ID, store.Page{Limit: 9})
	if err != nil || len(news) != 2 {
		t.Errorf("%d pieces of news, %v; want one of the style and one of the fit", len(news), err)
	}
	events, err := c.JobEvents(t.Context(), fit.Job, 0)
	ends := 0
	for _, e := range events {
		if e.State == store.Done {
			ends++
		}
	}
	if err != nil || ends != 1 {
		t.Errorf("%d ends in %+v, %v", ends, events, err)
	}
}

func openIdle(t *testing.T, url string) *Concierge {
	t.Helper()
	room, err := tryon.Open(assets.FS, tryon.Settings{Edges: []float64{0.05}})
	if err != nil {
		t.Fatal(err)
	}
	master, err := vault.NewMaster(make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	mail, err := post.Open("file:" + filepath.Join(t.TempDir(), "mail"))
	if err != nil {
		t.Fatal(err)
	}
	c, err := Open(t.Context(), Options{Room: room, Database: url, Blobs: filepath.Join(t.TempDir(), "blobs"), Master: master, Mail: mail, Idle: true, PrivateWebhooks: true, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return c
}
