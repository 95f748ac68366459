package v1

import (
	"bytes"
	"context"
	"encoding/json"
	"mime"
	"net/http"
	"strings"
	"time"

	"fitroom/api/concierge"
	"fitroom/api/problem"
	"fitroom/api/store"
)

// last is the identifier at the end of a location.
func last(location string) string { return location[strings.LastIndex(location, "/")+1:] }

type styleJSON struct {
	concierge.Card
	ID      string          `json:"id"`
	Shop    string          `json:"shop"`
	State   string          `json:"state"`
	Version int64           `json:"version"`
	Job     string          `json:"job,omitempty"`
	Report  json.RawMessage `json:"report,omitempty"`
	Created *time.Time      `json:"created"`
	Changed *time.Time      `json:"changed"`
}

// showStyle leaves the import's job and report to the shop's own machines.
func (c *call) showStyle(s store.Style) (styleJSON, error) {
	j := styleJSON{ID: s.ID, Shop: s.Shop, State: s.State, Version: s.Version, Created: when(s.Created), Changed: when(s.Changed)}
	if c.who.Shop != "" && !c.who.Browser {
		j.Job, j.Report = s.Job, concierge.InLanguage(s.Report, c.lang)
	}
	j.Card = concierge.Card{Sizes: []string{}, Primary: []string{}, Title: map[string]string{}}
	return j, json.Unmarshal([]byte(s.Card), &j.Card)
}

func (c *call) listStyles() error {
	p, err := c.page()
	if err != nil {
		return err
	}
	styles, err := c.desk.Styles(c.r.Context(), c.who, p)
	if err != nil {
		return err
	}
	shown := make([]styleJSON, len(styles))
	for i, s := range styles {
		if shown[i], err = c.showStyle(s); err != nil {
			return err
		}
	}
	return list(c, "styles", p.Limit, shown, func(s styleJSON) string { return s.ID }, func(s styleJSON) styleJSON { return s })
}

func (c *call) preflightStyles() error { return c.preflight() }

func (c *call) preflightStyle(string) error { return c.preflight() }

// preflight lets browsers send a key from any page; whether the key is good
// for that page is decided when it comes (Fetch standard, CORS preflight).
func (c *call) preflight() error {
	h := c.w.Header()
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Allow-Methods", "GET")
	h.Set("Access-Control-Allow-Headers", "Authorization, If-None-Match")
	h.Set("Access-Control-Max-Age", "86400")
	return c.nothing()
}

// upload reads a style, which the import takes for a ZIP by its first bytes: one
// that is called a ZIP and begins otherwise is refused at once.
func (c *call) upload() ([]byte, error) {
	data, err := c.body(c.maxUpload, "application/json", "application/zip")
	if err != nil {
		return nil, err
	}
	if kind, _, _ := mime.ParseMediaType(c.r.Header.Get("Content-Type")); kind == "application/zip" && !bytes.HasPrefix(data, []byte("PK")) {
		return nil, problem.Invalid(problem.At("", "format", kind))
	}
	return data, nil
}

func (c *call) addStyle() error {
	data, err := c.upload()
	if err != nil {
		return err
	}
	once, err := c.once(data)
	if err != nil {
		return err
	}
	made, err := c.desk.AddStyle(c.r.Context(), c.who, data, once)
	return c.made(made, err, func(status int) error { return c.style(status, last(made.Location)) })
}

func (c *call) getStyle(id string) error { return c.style(http.StatusOK, id) }

func (c *call) style(status int, id string) error {
	s, err := c.desk.Style(c.r.Context(), c.who, id)
	if err != nil {
		return err
	}
	shown, err := c.showStyle(s)
	if err != nil {
		return err
	}
	if s.State == store.Queued {
		return c.json(status, shown) // the import changes it without a new version
	}
	return c.tagged(status, tag(s.ID, s.Version), shown)
}

func (c *call) replaceStyle(id string) error {
	was, err := c.version(id)
	if err != nil {
		return err
	}
	data, err := c.upload()
	if err != nil {
		return err
	}
	if err := c.desk.ReplaceStyle(c.r.Context(), c.who, id, was, data); err != nil {
		return err
	}
	return c.style(http.StatusAccepted, id)
}

func (c *call) dropStyle(id string) error { return drop(c, id, c.desk.DropStyle) }

type webhookJSON struct {
	ID      string     `json:"id"`
	URL     string     `json:"url"`
	Events  []string   `json:"events"`
	Secret  string     `json:"secret,omitempty"`
	Created *time.Time `json:"created"`
}

func showWebhook(h store.Webhook) webhookJSON {
	return webhookJSON{h.ID, h.URL, h.Events, "", when(h.Created)}
}

func (c *call) listWebhooks() error {
	return listed(c, "webhooks", c.desk.Webhooks, func(h store.Webhook) string { return h.ID }, showWebhook)
}

func (c *call) addWebhook(ask webhookRequest) error {
	once, err := c.once(c.sent)
	if err != nil {
		return err
	}
	secret, made, err := c.desk.AddWebhook(c.r.Context(), c.who, concierge.WebhookWish{URL: ask.URL, Events: ask.Events}, once)
	return c.made(made, err, func(status int) error {
		h, err := c.desk.Webhook(c.r.Context(), c.who, last(made.Location))
		if err != nil {
			return err
		}
		shown := showWebhook(h)
		if !made.Again {
			shown.Secret = secret
		}
		return c.json(status, shown)
	})
}

func (c *call) getWebhook(id string) error { return one(c, id, c.desk.Webhook, showWebhook) }

func (c *call) dropWebhook(id string) error { return drop(c, id, c.desk.DropWebhook) }

type deliveryJSON struct {
	ID      string     `json:"id"`
	Event   string     `json:"event"`
	State   string     `json:"state"`
	Tries   int        `json:"tries"`
	Answer  string     `json:"answer,omitempty"`
	Created *time.Time `json:"created"`
	Changed *time.Time `json:"changed"`
}

func (c *call) listDeliveries(id string) error {
	return listed(c, "deliveries", func(ctx context.Context, who concierge.Who, p store.Page) ([]store.Delivery, error) {
		return c.desk.Deliveries(ctx, who, id, p)
	}, func(d store.Delivery) string { return d.ID }, func(d store.Delivery) deliveryJSON {
		return deliveryJSON{d.ID, d.Event, d.State, d.Tries, d.Answer, when(d.Created), when(d.Changed)}
	})
}

type keyJSON struct {
	ID      string     `json:"id"`
	Kind    string     `json:"kind"`
	Label   string     `json:"label"`
	Scopes  []string   `json:"scopes"`
	Origins []string   `json:"origins"`
	Token   string     `json:"token,omitempty"`
	Live    bool       `json:"live"`
	Created *time.Time `json:"created"`
	Expires *time.Time `json:"expires,omitempty"`
	Revoked *time.Time `json:"revoked,omitempty"`
}

func showKey(k store.Key) keyJSON {
	return keyJSON{k.ID, k.Kind, k.Label, append([]string{}, k.Scopes...), append([]string{}, k.Origins...), "", k.Live(time.Now()), when(k.Created), when(k.Expires), when(k.Revoked)}
}

func (c *call) listKeys() error {
	return listed(c, "keys", c.desk.Keys, func(k store.Key) string { return k.ID }, showKey)
}

func (c *call) addKey(ask keyRequest) error {
	once, err := c.once(c.sent)
	if err != nil {
		return err
	}
	key, made, err := c.desk.AddKey(c.r.Context(), c.who, concierge.KeyWish{Kind: ask.Kind, Label: ask.Label, Scopes: ask.Scopes, Origins: ask.Origins, Days: ask.Days}, once)
	return c.made(made, err, func(status int) error {
		k, err := c.desk.Key(c.r.Context(), c.who, last(made.Location))
		if err != nil {
			return err
		}
		shown := showKey(k)
		if !made.Again {
			shown.Token = key.Token
		}
		return c.json(status, shown)
	})
}

func (c *call) getKey(id string) error { return one(c, id, c.desk.Key, showKey) }

func (c *call) revokeKey(id string) error { return drop(c, id, c.desk.RevokeKey) }

func (c *call) rotateKey(id string, ask rotationRequest) error {
	key, err := c.desk.RotateKey(c.r.Context(), c.who, id, time.Duration(ask.OverlapHours)*time.Hour)
	if err != nil {
		return err
	}
	shown := showKey(key.Key)
	shown.Token = key.Token
	c.w.Header().Set("Location", "/v1/keys/"+key.ID)
	return c.json(http.StatusCreated, shown)
}
