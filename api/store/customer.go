package store

import (
	"context"
	"time"

	"fitroom/api/sqldb"
)

// Customer is a person with an account. The address is sealed under the
// customer's own key; Index, a keyed hash, finds it again.
type Customer struct {
	ID            string
	Index, Sealed []byte
	Created       time.Time
}

// AddCustomer makes an account with its wrapped key.
func (t *Tx) AddCustomer(ctx context.Context, c Customer, wrapped []byte) error {
	if err := t.exec(ctx, `INSERT INTO customer (id, address_index, sealed, created) VALUES ($1, $2, $3, $4)`, c.ID, c.Index, c.Sealed, stamp(c.Created)); err != nil {
		return err
	}
	return t.exec(ctx, `INSERT INTO customer_key (customer, wrapped) VALUES ($1, $2)`, c.ID, wrapped)
}

func scanCustomer(row sqldb.Row) (c Customer, err error) {
	var created int64
	err = one(row, &c.ID, &c.Index, &c.Sealed, &created)
	c.Created = moment(created)
	return c, err
}

// Customer finds an account.
func (v View) Customer(ctx context.Context, id string) (Customer, error) {
	return scanCustomer(v.r.QueryRow(ctx, `SELECT id, address_index, sealed, created FROM customer WHERE id = $1`, id))
}

// CustomerByAddress finds an account by the keyed hash of its address.
func (v View) CustomerByAddress(ctx context.Context, index []byte) (Customer, error) {
	return scanCustomer(v.r.QueryRow(ctx, `SELECT id, address_index, sealed, created FROM customer WHERE address_index = $1`, index))
}

// WrappedKey is the customer's key as it is kept.
func (v View) WrappedKey(ctx context.Context, customer string) (wrapped []byte, err error) {
	err = one(v.r.QueryRow(ctx, `SELECT wrapped FROM customer_key WHERE customer = $1`, customer), &wrapped)
	return wrapped, err
}

// EraseCustomer removes the account, its key and all that hangs on them.
func (t *Tx) EraseCustomer(ctx context.Context, id string) error {
	if err := t.exec(ctx, `UPDATE customer_key SET wrapped = $1 WHERE customer = $2`, make([]byte, 256), id); err != nil {
		return err
	}
	for _, statement := range []string{`DELETE FROM idempotency WHERE principal = $1`, `DELETE FROM job WHERE id IN (SELECT job FROM fit WHERE customer = $1)`} {
		if err := t.all(ctx, statement, id); err != nil {
			return err
		}
	}
	return t.exec(ctx, `DELETE FROM customer WHERE id = $1`, id)
}

// Code is a login code on its way. Hash is of the code, Sent counts the codes
// sent to the address since Began, Tries the wrong guesses at this one.
type Code struct {
	Index, Hash    []byte
	Tries, Sent    int
	Began, Expires time.Time
}

// Code finds the code of an address.
func (v View) Code(ctx context.Context, index []byte) (c Code, err error) {
	var began, expires int64
	err = one(v.r.QueryRow(ctx, `SELECT address_index, hash, tries, sent, began, expires FROM login_code WHERE address_index = $1`, index),
		&c.Index, &c.Hash, &c.Tries, &c.Sent, &began, &expires)
	c.Began, c.Expires = moment(began), moment(expires)
	return c, err
}

// PutCode replaces the code of an address.
func (t *Tx) PutCode(ctx context.Context, c Code) error {
	if err := t.DropCode(ctx, c.Index); err != nil {
		return err
	}
	return t.exec(ctx, `INSERT INTO login_code (address_index, hash, tries, sent, began, expires) VALUES ($1, $2, $3, $4, $5, $6)`,
		c.Index, c.Hash, c.Tries, c.Sent, stamp(c.Began), stamp(c.Expires))
}

// TryCode counts a guess if fewer than most were made; else ErrAbsent.
func (t *Tx) TryCode(ctx context.Context, index []byte, most int) error {
	return t.exec(ctx, `UPDATE login_code SET tries = tries + 1 WHERE address_index = $1 AND tries < $2`, index, most)
}

// DropCode removes the code of an address.
func (t *Tx) DropCode(ctx context.Context, index []byte) error {
	return t.all(ctx, `DELETE FROM login_code WHERE address_index = $1`, index)
}

// Session is a login under way; Hash is of its token.
type Session struct {
	Hash             []byte
	Customer         string
	Created, Expires time.Time
}

// AddSession begins a login.
func (t *Tx) AddSession(ctx context.Context, s Session) error {
	return t.exec(ctx, `INSERT INTO session (hash, customer, created, expires) VALUES ($1, $2, $3, $4)`, s.Hash, s.Customer, stamp(s.Created), stamp(s.Expires))
}

// Session finds a login that has not ended.
func (v View) Session(ctx context.Context, hash []byte) (s Session, err error) {
	var created, expires int64
	err = one(v.r.QueryRow(ctx, `SELECT hash, customer, created, expires FROM session WHERE hash = $1 AND expires > $2`, hash, now()),
		&s.Hash, &s.Customer, &created, &expires)
	s.Created, s.Expires = moment(created), moment(expires)
	return s, err
}

// EndSession ends a login.
func (t *Tx) EndSession(ctx context.Context, hash []byte) error {
	return t.all(ctx, `DELETE FROM session WHERE hash = $1`, hash)
}

// Avatar is a profile of measurements, sealed.
type Avatar struct {
	ID, Customer     string
	Version          int64
	Sealed           []byte
	Created, Changed time.Time
}

const avatarColumns = `id, customer, version, sealed, created, changed`

func scanAvatar(row sqldb.Row) (a Avatar, err error) {
	var created, changed int64
	err = one(row, &a.ID, &a.Customer, &a.Version, &a.Sealed, &created, &changed)
	a.Created, a.Changed = moment(created), moment(changed)
	return a, err
}

// AddAvatar makes a profile.
func (t *Tx) AddAvatar(ctx context.Context, a Avatar) error {
	return t.exec(ctx, `INSERT INTO avatar (`+avatarColumns+`) VALUES ($1, $2, $3, $4, $5, $6)`, a.ID, a.Customer, a.Version, a.Sealed, stamp(a.Created), stamp(a.Changed))
}

// Avatar finds a profile of a customer.
func (v View) Avatar(ctx context.Context, customer, id string) (Avatar, error) {
	return scanAvatar(v.r.QueryRow(ctx, `SELECT `+avatarColumns+` FROM avatar WHERE customer = $1 AND id = $2`, customer, id))
}

// Avatars lists the profiles of a customer.
func (v View) Avatars(ctx context.Context, customer string, p Page) ([]Avatar, error) {
	return list(ctx, v, scanAvatar, `SELECT `+avatarColumns+` FROM avatar WHERE customer = $1 AND id < $2 ORDER BY id DESC LIMIT $3`, customer, p.before(), p.Limit)
}

// ChangeAvatar replaces a profile that is still of a version.
func (t *Tx) ChangeAvatar(ctx context.Context, a Avatar, was int64) error {
	err := t.exec(ctx, `UPDATE avatar SET sealed = $1, version = $2, changed = $3 WHERE customer = $4 AND id = $5 AND version = $6`,
		a.Sealed, was+1, now(), a.Customer, a.ID, was)
	if err == ErrAbsent {
		return ErrChanged
	}
	return err
}

// DropAvatar removes a profile, its fits, the grants on it, and the results
// that no other fit has.
func (t *Tx) DropAvatar(ctx context.Context, customer, id string) error {
	if err := t.all(ctx, `DELETE FROM job WHERE id IN (SELECT job FROM fit WHERE customer = $1 AND avatar = $2)`, customer, id); err != nil {
		return err
	}
	if err := t.exec(ctx, `DELETE FROM avatar WHERE customer = $1 AND id = $2`, customer, id); err != nil {
		return err
	}
	return t.all(ctx, `DELETE FROM result WHERE owner = $1 AND key NOT IN (SELECT result FROM fit WHERE customer = $1)`, customer)
}
