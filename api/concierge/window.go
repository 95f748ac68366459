package concierge

import (
	"context"
	"time"

	"fitroom/api/consent"
	"fitroom/api/problem"
	"fitroom/api/store"
	"fitroom/api/wire"
)

// PageShop is the shop whose page of an origin sent a browser key along.
func (c *Concierge) PageShop(ctx context.Context, key, origin string) (store.Shop, error) {
	who, err := c.Authenticate(ctx, key, origin)
	if err != nil {
		return store.Shop{}, err
	}
	if !who.Browser {
		return store.Shop{}, problem.New("invalid-credentials") // a secret key has no business on a page
	}
	return c.store.Shop(ctx, who.Shop)
}

// Standing is the newest grant for size advice that a customer gave a shop and
// that stands, ErrAbsent without one.
func (c *Concierge) Standing(ctx context.Context, who Who, shop string) (store.Consent, error) {
	var found store.Consent
	now := time.Now()
	err := pages(func(p store.Page) ([]store.Consent, error) { return c.store.ConsentsOfCustomer(ctx, who.Customer, p) },
		func(g store.Consent) string { return g.ID },
		func(g store.Consent) error {
			if found.ID == "" && g.Shop == shop && g.Purpose == consent.SizeAdvice && g.Live(now) {
				found = g
			}
			return nil
		})
	if err == nil && found.ID == "" {
		err = store.ErrAbsent
	}
	return found, err
}

// Show is what a shop's page may see of a customer's own fit: as much as the
// standing grant on that avatar says. The look is logged as the shop's.
func (c *Concierge) Show(ctx context.Context, who Who, shop, fit string) (wire.Report, int, error) {
	f, err := c.store.FitOfCustomer(ctx, who.Customer, fit)
	if err != nil {
		return wire.Report{}, 0, err
	}
	s, err := c.store.Style(ctx, shop, f.Style)
	if err != nil {
		return wire.Report{}, 0, err // another shop's style is none of this shop's business
	}
	if f.State != store.Done {
		return wire.Report{}, 0, unfit(f)
	}
	report, err := c.report(ctx, f)
	if err != nil {
		return wire.Report{}, 0, err
	}
	level := 0
	err = c.store.Update(ctx, func(tx *store.Tx) error {
		g, err := c.Standing(ctx, who, s.Shop)
		if err != nil {
			return err
		}
		if g, err = tx.ConsentOfShop(ctx, shop, g.ID); err != nil {
			return err
		}
		if g.Avatar != f.Avatar || g.Level < consent.Verdict {
			return store.ErrAbsent
		}
		level = g.Level
		return c.logAccess(ctx, tx, g, "fit.read", f.ID)
	})
	return consent.Report(report, level), level, err
}
