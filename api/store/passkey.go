package store

import (
	"context"
	"time"

	"fitroom/api/sqldb"
)

// Passkey is a customer's key on a device of theirs. Index is a keyed hash of
// the device's own name of it.
type Passkey struct {
	ID, Customer  string
	Index, Sealed []byte
	Created, Used time.Time
}

const passkeyColumns = `id, customer, credential_index, sealed, created, used`

func scanPasskey(row sqldb.Row) (p Passkey, err error) {
	var created, used int64
	err = one(row, &p.ID, &p.Customer, &p.Index, &p.Sealed, &created, &used)
	p.Created, p.Used = moment(created), moment(used)
	return p, err
}

// AddPasskey keeps a passkey.
func (t *Tx) AddPasskey(ctx context.Context, p Passkey) error {
	return t.exec(ctx, `INSERT INTO passkey (`+passkeyColumns+`) VALUES ($1, $2, $3, $4, $5, $6)`, p.ID, p.Customer, p.Index, p.Sealed, stamp(p.Created), stamp(p.Used))
}

// Passkeys lists those of a customer.
func (v View) Passkeys(ctx context.Context, customer string) ([]Passkey, error) {
	return list(ctx, v, scanPasskey, `SELECT `+passkeyColumns+` FROM passkey WHERE customer = $1 ORDER BY id`, customer)
}

// PasskeyByIndex finds a passkey by the hash of the device's name of it.
func (v View) PasskeyByIndex(ctx context.Context, index []byte) (Passkey, error) {
	return scanPasskey(v.r.QueryRow(ctx, `SELECT `+passkeyColumns+` FROM passkey WHERE credential_index = $1`, index))
}

// UsePasskey notes that it was used, with its counter as it stands now.
func (t *Tx) UsePasskey(ctx context.Context, p Passkey) error {
	return t.exec(ctx, `UPDATE passkey SET sealed = $1, used = $2 WHERE id = $3`, p.Sealed, now(), p.ID)
}

// DropPasskey removes one of a customer's.
func (t *Tx) DropPasskey(ctx context.Context, customer, id string) error {
	return t.exec(ctx, `DELETE FROM passkey WHERE customer = $1 AND id = $2`, customer, id)
}

// Ceremony is what was asked of a device, sealed, until it answers.
type Ceremony struct {
	Hash     []byte
	Customer string // "" at a login
	Asked    []byte
	Expires  time.Time
}

// AddCeremony keeps one and forgets those whose time is over.
func (t *Tx) AddCeremony(ctx context.Context, c Ceremony) error {
	if err := t.all(ctx, `DELETE FROM ceremony WHERE expires < $1`, now()); err != nil {
		return err
	}
	return t.exec(ctx, `INSERT INTO ceremony (hash, customer, asked, expires) VALUES ($1, NULLIF($2, ''), $3, $4)`, c.Hash, c.Customer, c.Asked, stamp(c.Expires))
}

// TakeCeremony finds one and removes it: an answer counts once.
func (t *Tx) TakeCeremony(ctx context.Context, hash []byte, customer string) (c Ceremony, err error) {
	var expires int64
	err = one(t.r.QueryRow(ctx, `SELECT hash, COALESCE(customer, ''), asked, expires FROM ceremony WHERE hash = $1 AND COALESCE(customer, '') = $2 AND expires > $3`, hash, customer, now()), &c.Hash, &c.Customer, &c.Asked, &expires)
	if err != nil {
		return c, err
	}
	c.Expires = moment(expires)
	return c, t.exec(ctx, `DELETE FROM ceremony WHERE hash = $1`, hash)
}
