package concierge

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"fitroom/api/hook"
	"fitroom/api/jobs"
	"fitroom/api/problem"
	"fitroom/api/store"
)

// Events a webhook can hear.
func Events() []string {
	return []string{"style.done", "style.failed", "fit.done", "fit.failed", "fit.cancelled", "grant.given", "grant.revoked"}
}

// WebhookWish is a webhook to be made.
type WebhookWish struct {
	URL    string
	Events []string
}

// AddWebhook makes a webhook and its signing secret.
func (c *Concierge) AddWebhook(ctx context.Context, who Who, w WebhookWish, o Once) (string, Made, error) {
	if c.hooks.Check(w.URL) != nil {
		return "", Made{}, problem.Invalid(problem.At("/url", "no-webhook-address"))
	}
	for i, e := range w.Events {
		if !slices.Contains(Events(), e) {
			return "", Made{}, problem.Invalid(problem.At(fmt.Sprintf("/events/%d", i), "one-of", strings.Join(Events(), ", ")))
		}
	}
	if len(w.Events) == 0 {
		w.Events = Events()
	}
	id, secret := store.NewID("web"), hook.NewSecret()
	sealed, err := c.master.Seal([]byte(secret), id)
	if err != nil {
		return "", Made{}, err
	}
	made, err := c.once(ctx, who, o, func(tx *store.Tx) (Made, error) {
		return Made{http.StatusCreated, "/v1/webhooks/" + id, false},
			tx.AddWebhook(ctx, store.Webhook{ID: id, Shop: who.Shop, URL: w.URL, Events: w.Events, Sealed: sealed, Created: time.Now()})
	})
	return secret, made, err
}

// Webhook is a webhook of the shop.
func (c *Concierge) Webhook(ctx context.Context, who Who, id string) (store.Webhook, error) {
	return c.store.Webhook(ctx, who.Shop, id)
}

// Webhooks lists the webhooks of the shop.
func (c *Concierge) Webhooks(ctx context.Context, who Who, p store.Page) ([]store.Webhook, error) {
	return c.store.Webhooks(ctx, who.Shop, p)
}

// Deliveries lists what was sent to a webhook.
func (c *Concierge) Deliveries(ctx context.Context, who Who, id string, p store.Page) ([]store.Delivery, error) {
	if _, err := c.store.Webhook(ctx, who.Shop, id); err != nil {
		return nil, err
	}
	return c.store.Deliveries(ctx, id, p)
}

// DropWebhook removes a webhook and what was to be delivered to it.
func (c *Concierge) DropWebhook(ctx context.Context, who Who, id string) error {
	return c.store.Update(ctx, func(tx *store.Tx) error { return tx.DropWebhook(ctx, who.Shop, id) })
}

// news is something a shop may want to hear: that it happened and to which
// record, never what is in it.
type news struct{ Shop, Consent, Event, Subject string }

// tell puts news into the outbox of every webhook that wants to hear it.
func (c *Concierge) tell(ctx context.Context, tx *store.Tx, n news) error {
	if n.Shop == "" {
		return nil
	}
	hooks, err := tx.Webhooks(ctx, n.Shop, store.Page{Limit: 100})
	if err != nil {
		return err
	}
	now := time.Now().UTC()
	payload, err := json.Marshal(map[string]any{"type": n.Event, "timestamp": now.Format(time.RFC3339), "data": map[string]string{"id": n.Subject}})
	if err != nil {
		return err
	}
	for _, h := range hooks {
		if !slices.Contains(h.Events, n.Event) {
			continue
		}
		id := store.NewID("msg")
		d := store.Delivery{ID: id, Webhook: h.ID, Consent: n.Consent, Event: n.Event, Payload: string(payload), Created: now}
		if err := errors.Join(tx.AddDelivery(ctx, d), c.queue.Add(ctx, tx.Raw(), hookJob, id)); err != nil {
			return err
		}
	}
	return nil
}

// workHook delivers one piece of news.
func (c *Concierge) workHook(ctx context.Context, id string) error {
	d, err := c.store.Delivery(ctx, id)
	if err != nil || d.State != store.Pending {
		return gone(err)
	}
	h, err := c.store.WebhookByID(ctx, d.Webhook)
	if err != nil {
		return gone(err)
	}
	secret, err := c.master.Open(h.Sealed, h.ID)
	if err != nil {
		return err
	}
	status, err := c.hooks.Send(ctx, h.URL, string(secret), d.ID, time.Now(), []byte(d.Payload))
	answer, state := strconv.Itoa(status), store.Delivered
	if err != nil || status < 200 || status > 299 {
		state = store.Pending
	}
	if err != nil {
		answer = "no answer"
	}
	if err := c.store.Update(ctx, func(tx *store.Tx) error { return tx.SetDelivery(ctx, id, state, answer) }); err != nil {
		return gone(err)
	}
	if state != store.Delivered {
		return &jobs.Failure{Code: "not delivered"}
	}
	return nil
}

func (c *Concierge) giveUpHook(ctx context.Context, id string) {
	c.noteFailure(ctx, func(tx *store.Tx) error { return tx.SetDelivery(ctx, id, store.Failed, "given up") })
}

// kindOf names an error without its words.
func kindOf(err error) string { return fmt.Sprintf("%T", err) }
