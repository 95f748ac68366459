package store

import (
	"context"
	"strings"
	"time"

	"fitroom/api/sqldb"
)

// Webhook is where a shop wants to hear news.
type Webhook struct {
	ID, Shop, URL string
	Events        []string
	Sealed        []byte // the signing secret
	Created       time.Time
}

const webhookColumns = `id, shop, url, events, sealed, created`

func scanWebhook(row sqldb.Row) (w Webhook, err error) {
	var events string
	var created int64
	err = one(row, &w.ID, &w.Shop, &w.URL, &events, &w.Sealed, &created)
	w.Events, w.Created = strings.Fields(events), moment(created)
	return w, err
}

// AddWebhook makes a webhook.
func (t *Tx) AddWebhook(ctx context.Context, w Webhook) error {
	return t.exec(ctx, `INSERT INTO webhook (`+webhookColumns+`) VALUES ($1, $2, $3, $4, $5, $6)`, w.ID, w.Shop, w.URL, strings.Join(w.Events, " "), w.Sealed, stamp(w.Created))
}

// Webhook finds a webhook of a shop.
func (v View) Webhook(ctx context.Context, shop, id string) (Webhook, error) {
	return scanWebhook(v.r.QueryRow(ctx, `SELECT `+webhookColumns+` FROM webhook WHERE shop = $1 AND id = $2`, shop, id))
}

// WebhookByID finds a webhook for the delivery to it.
func (v View) WebhookByID(ctx context.Context, id string) (Webhook, error) {
	return scanWebhook(v.r.QueryRow(ctx, `SELECT `+webhookColumns+` FROM webhook WHERE id = $1`, id))
}

// Webhooks lists the webhooks of a shop.
func (v View) Webhooks(ctx context.Context, shop string, p Page) ([]Webhook, error) {
	return list(ctx, v, scanWebhook, `SELECT `+webhookColumns+` FROM webhook WHERE shop = $1 AND id < $2 ORDER BY id DESC LIMIT $3`, shop, p.before(), p.Limit)
}

// DropWebhook removes a webhook and what was to be delivered to it.
func (t *Tx) DropWebhook(ctx context.Context, shop, id string) error {
	return t.exec(ctx, `DELETE FROM webhook WHERE shop = $1 AND id = $2`, shop, id)
}

// States of a delivery beside Failed.
const (
	Pending   = "pending"
	Delivered = "delivered"
)

// Delivery is one piece of news for one webhook.
type Delivery struct {
	ID, Webhook, Consent, Event, Payload, State string
	Tries                                       int
	Answer                                      string // status or kind of failure of the last try
	Created, Changed                            time.Time
}

const deliveryRead = `id, webhook, COALESCE(consent, ''), event, payload, state, tries, answer, created, changed`

func scanDelivery(row sqldb.Row) (d Delivery, err error) {
	var created, changed int64
	err = one(row, &d.ID, &d.Webhook, &d.Consent, &d.Event, &d.Payload, &d.State, &d.Tries, &d.Answer, &created, &changed)
	d.Created, d.Changed = moment(created), moment(changed)
	return d, err
}

// AddDelivery puts news into the outbox.
func (t *Tx) AddDelivery(ctx context.Context, d Delivery) error {
	return t.exec(ctx, `INSERT INTO delivery (id, webhook, consent, event, payload, state, tries, answer, created, changed) VALUES ($1, $2, NULLIF($3, ''), $4, $5, 'pending', 0, '', $6, $6)`,
		d.ID, d.Webhook, d.Consent, d.Event, d.Payload, stamp(d.Created))
}

// Delivery finds a delivery.
func (v View) Delivery(ctx context.Context, id string) (Delivery, error) {
	return scanDelivery(v.r.QueryRow(ctx, `SELECT `+deliveryRead+` FROM delivery WHERE id = $1`, id))
}

// Deliveries lists what was sent to a webhook.
func (v View) Deliveries(ctx context.Context, webhook string, p Page) ([]Delivery, error) {
	return list(ctx, v, scanDelivery, `SELECT `+deliveryRead+` FROM delivery WHERE webhook = $1 AND id < $2 ORDER BY id DESC LIMIT $3`, webhook, p.before(), p.Limit)
}

// SetDelivery notes the outcome of a try.
func (t *Tx) SetDelivery(ctx context.Context, id, state, answer string) error {
	return t.exec(ctx, `UPDATE delivery SET state = $1, answer = $2, tries = tries + 1, changed = $3 WHERE id = $4`, state, answer, now(), id)
}
