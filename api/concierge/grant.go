package concierge

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"fitroom/api/consent"
	"fitroom/api/problem"
	"fitroom/api/store"
)

// GrantWish is leave a customer wants to give.
type GrantWish struct {
	Shop, Avatar, Purpose string
	Level, Days           int
}

// AddGrant gives a shop leave to learn something of an avatar.
func (c *Concierge) AddGrant(ctx context.Context, who Who, w GrantWish, o Once) (Made, error) {
	if _, err := c.store.Shop(ctx, w.Shop); err != nil {
		return Made{}, noSuch(err, "/shop")
	}
	if _, err := c.store.Avatar(ctx, who.Customer, w.Avatar); err != nil {
		return Made{}, noSuch(err, "/avatar")
	}
	if w.Level < consent.Nothing || w.Level > consent.Highest {
		return Made{}, problem.Invalid(problem.At("/level", "at-most", fmt.Sprint(consent.Highest)))
	}
	now := time.Now()
	g := store.Consent{ID: store.NewID("gra"), Customer: who.Customer, Shop: w.Shop, Avatar: w.Avatar, Purpose: w.Purpose, Level: w.Level, Created: now, Expires: now.AddDate(0, 0, w.Days)}
	return c.once(ctx, who, o, func(tx *store.Tx) (Made, error) {
		return Made{http.StatusCreated, "/v1/grants/" + g.ID, false},
			errors.Join(tx.AddConsent(ctx, g), c.tell(ctx, tx, news{Shop: g.Shop, Consent: g.ID, Event: "grant.given", Subject: g.ID}))
	})
}

// Grant is one the customer gave, standing or not, or one the shop holds,
// while it stands.
func (c *Concierge) Grant(ctx context.Context, who Who, id string) (store.Consent, error) {
	if who.Customer != "" {
		return c.store.ConsentOfCustomer(ctx, who.Customer, id)
	}
	return c.store.ConsentOfShop(ctx, who.Shop, id)
}

// Grants lists those the customer gave or the shop holds.
func (c *Concierge) Grants(ctx context.Context, who Who, p store.Page) ([]store.Consent, error) {
	if who.Customer != "" {
		return c.store.ConsentsOfCustomer(ctx, who.Customer, p)
	}
	return c.store.ConsentsOfShop(ctx, who.Shop, p)
}

// Revoke ends a grant and everything that hung on it, at once. The shop hears
// of it, without the grant: that news is all that is left of it.
func (c *Concierge) Revoke(ctx context.Context, who Who, id string) error {
	return c.store.Update(ctx, func(tx *store.Tx) error {
		g, err := tx.ConsentOfCustomer(ctx, who.Customer, id)
		if err != nil {
			return err
		}
		if err := tx.RevokeConsent(ctx, who.Customer, id); err != nil {
			return err
		}
		return c.tell(ctx, tx, news{Shop: g.Shop, Event: "grant.revoked", Subject: id})
	})
}

func (c *Concierge) logAccess(ctx context.Context, tx *store.Tx, g store.Consent, what, subject string) error {
	return tx.AddAccess(ctx, store.Access{ID: store.NewID("acc"), Customer: g.Customer, Shop: g.Shop, Consent: g.ID, What: what, Subject: subject, Level: g.Level, At: time.Now()})
}

// Accesses lists who saw what of the customer, when, under which grant.
func (c *Concierge) Accesses(ctx context.Context, who Who, p store.Page) ([]store.Access, error) {
	return c.store.Accesses(ctx, who.Customer, p)
}
