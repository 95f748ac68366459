package store

import (
	"context"
	"time"

	"fitroom/api/sqldb"
)

// Consent is a customer's leave for a shop to learn something of one avatar.
type Consent struct {
	ID, Customer, Shop, Avatar, Purpose string
	Level                               int
	Created, Expires, Revoked           time.Time
}

// Live tells whether the grant stands at a time.
func (c Consent) Live(at time.Time) bool { return c.Revoked.IsZero() && at.Before(c.Expires) }

const consentColumns = `id, customer, shop, avatar, purpose, level, created, expires, revoked`

func scanConsent(row sqldb.Row) (c Consent, err error) {
	var created, expires, revoked int64
	err = one(row, &c.ID, &c.Customer, &c.Shop, &c.Avatar, &c.Purpose, &c.Level, &created, &expires, &revoked)
	c.Created, c.Expires, c.Revoked = moment(created), moment(expires), moment(revoked)
	return c, err
}

// AddConsent makes a grant.
func (t *Tx) AddConsent(ctx context.Context, c Consent) error {
	return t.exec(ctx, `INSERT INTO consent (`+consentColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		c.ID, c.Customer, c.Shop, c.Avatar, c.Purpose, c.Level, stamp(c.Created), stamp(c.Expires), stamp(c.Revoked))
}

// ConsentOfCustomer finds a grant a customer gave, standing or not.
func (v View) ConsentOfCustomer(ctx context.Context, customer, id string) (Consent, error) {
	return scanConsent(v.r.QueryRow(ctx, `SELECT `+consentColumns+` FROM consent WHERE customer = $1 AND id = $2`, customer, id))
}

// ConsentsOfCustomer lists the grants a customer gave.
func (v View) ConsentsOfCustomer(ctx context.Context, customer string, p Page) ([]Consent, error) {
	return list(ctx, v, scanConsent, `SELECT `+consentColumns+` FROM consent WHERE customer = $1 AND id < $2 ORDER BY id DESC LIMIT $3`, customer, p.before(), p.Limit)
}

// ConsentOfShop finds a grant a shop holds, while it stands.
func (v View) ConsentOfShop(ctx context.Context, shop, id string) (Consent, error) {
	return scanConsent(v.r.QueryRow(ctx, `SELECT `+consentColumns+` FROM consent WHERE shop = $1 AND id = $2 AND revoked = 0 AND expires > $3`, shop, id, now()))
}

// ConsentsOfShop lists the grants a shop holds while they stand.
func (v View) ConsentsOfShop(ctx context.Context, shop string, p Page) ([]Consent, error) {
	return list(ctx, v, scanConsent, `SELECT `+consentColumns+` FROM consent WHERE shop = $1 AND id < $2 AND revoked = 0 AND expires > $3 ORDER BY id DESC LIMIT $4`,
		shop, p.before(), now(), p.Limit)
}

// RevokeConsent ends a grant, and in the same transaction all that hung on it:
// the shop's fits, their jobs, and the news of them not yet delivered.
func (t *Tx) RevokeConsent(ctx context.Context, customer, id string) error {
	if err := t.exec(ctx, `UPDATE consent SET revoked = $1 WHERE customer = $2 AND id = $3 AND revoked = 0`, now(), customer, id); err != nil {
		return err
	}
	for _, statement := range []string{
		`DELETE FROM job WHERE id IN (SELECT job FROM fit WHERE consent = $1)`,
		`DELETE FROM fit WHERE consent = $1`,
		`DELETE FROM delivery WHERE consent = $1 AND state = 'pending'`,
	} {
		if err := t.all(ctx, statement, id); err != nil {
			return err
		}
	}
	return nil
}

// Access is one line of the log a customer can read.
type Access struct {
	ID, Customer, Shop, Consent, What, Subject string
	Level                                      int
	At                                         time.Time
}

// AddAccess writes a line of the log.
func (t *Tx) AddAccess(ctx context.Context, a Access) error {
	return t.exec(ctx, `INSERT INTO access (id, customer, shop, consent, what, subject, level, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		a.ID, a.Customer, a.Shop, a.Consent, a.What, a.Subject, a.Level, stamp(a.At))
}

// Accesses lists the log of a customer.
func (v View) Accesses(ctx context.Context, customer string, p Page) ([]Access, error) {
	return list(ctx, v, func(row sqldb.Row) (a Access, err error) {
		var at int64
		err = row.Scan(&a.ID, &a.Customer, &a.Shop, &a.Consent, &a.What, &a.Subject, &a.Level, &at)
		a.At = moment(at)
		return a, err
	}, `SELECT id, customer, shop, consent, what, subject, level, at FROM access WHERE customer = $1 AND id < $2 ORDER BY id DESC LIMIT $3`, customer, p.before(), p.Limit)
}
