package v1

import (
	"encoding/json"
	"net/http"
	"time"

	"fitroom/api/concierge"
	"fitroom/api/store"
)

type feedJSON struct {
	ID      string          `json:"id"`
	State   string          `json:"state"`
	Job     string          `json:"job"`
	Report  json.RawMessage `json:"report"`
	Created *time.Time      `json:"created"`
	Changed *time.Time      `json:"changed"`
}

func (c *call) showFeed(f store.Feed) feedJSON {
	return feedJSON{f.ID, f.State, f.Job, concierge.InLanguage(f.Report, c.lang), when(f.Created), when(f.Changed)}
}

// feedTypes are what shops serve their feeds as.
func feedTypes() []string {
	return []string{"application/xml", "text/xml", "application/rss+xml", "application/atom+xml", "text/tab-separated-values", "text/plain", "application/json", "application/ld+json"}
}

func (c *call) addFeed() error {
	data, err := c.body(c.maxUpload, feedTypes()...)
	if err != nil {
		return err
	}
	once, err := c.once(data)
	if err != nil {
		return err
	}
	made, err := c.desk.AddFeed(c.r.Context(), c.who, data, once)
	return c.made(made, err, func(status int) error { return c.feed(status, last(made.Location)) })
}

func (c *call) listFeeds() error {
	return listed(c, "feeds", c.desk.Feeds, func(f store.Feed) string { return f.ID }, c.showFeed)
}

func (c *call) getFeed(id string) error { return c.feed(http.StatusOK, id) }

func (c *call) feed(status int, id string) error {
	f, err := c.desk.Feed(c.r.Context(), c.who, id)
	if err != nil {
		return err
	}
	return c.json(status, c.showFeed(f))
}

type productJSON struct {
	GTIN   string `json:"gtin"`
	Style  string `json:"style"`
	Size   string `json:"size"`
	SKU    string `json:"sku,omitempty"`
	Colour string `json:"colour,omitempty"`
}

func showProduct(p store.Product) productJSON {
	return productJSON{p.GTIN, p.Style, p.Size, p.SKU, p.Colour}
}

func (c *call) listProducts() error {
	return listed(c, "products", c.desk.Products, func(p store.Product) string { return p.GTIN }, showProduct)
}

func (c *call) getProduct(gtin string) error {
	p, err := c.desk.Product(c.r.Context(), c.who, gtin)
	if err != nil {
		return err
	}
	return c.json(http.StatusOK, showProduct(p))
}
