package store

import (
	"context"
	"strings"
	"time"

	"fitroom/api/sqldb"
)

// Shop is an organisation that sells.
type Shop struct {
	ID, Name string
	Created  time.Time
}

// Kinds of keys.
const (
	SecretKey  = "secret"  // for a shop's own machines
	BrowserKey = "browser" // may be seen by everybody; works from given origins only
)

// Key lets a shop's programs in. Of its secret only the hash is kept.
type Key struct {
	ID, Shop, Kind, Label     string
	Hash                      []byte
	Scopes, Origins           []string
	Created, Expires, Revoked time.Time
}

// Live tells whether the key lets anybody in at a time.
func (k Key) Live(at time.Time) bool {
	return k.Revoked.IsZero() && (k.Expires.IsZero() || at.Before(k.Expires))
}

// AddShop makes a shop.
func (t *Tx) AddShop(ctx context.Context, s Shop) error {
	return t.exec(ctx, `INSERT INTO shop (id, name, created) VALUES ($1, $2, $3)`, s.ID, s.Name, stamp(s.Created))
}

// Shop finds a shop.
func (v View) Shop(ctx context.Context, id string) (Shop, error) {
	return scanShop(v.r.QueryRow(ctx, `SELECT id, name, created FROM shop WHERE id = $1`, id))
}

// Shops lists all.
func (v View) Shops(ctx context.Context) ([]Shop, error) {
	return list(ctx, v, scanShop, `SELECT id, name, created FROM shop ORDER BY id`)
}

func scanShop(row sqldb.Row) (s Shop, err error) {
	var created int64
	err = one(row, &s.ID, &s.Name, &created)
	s.Created = moment(created)
	return s, err
}

const keyColumns = `id, shop, kind, label, hash, scopes, origins, created, expires, revoked`

func scanKey(row sqldb.Row) (k Key, err error) {
	var scopes, origins string
	var created, expires, revoked int64
	err = one(row, &k.ID, &k.Shop, &k.Kind, &k.Label, &k.Hash, &scopes, &origins, &created, &expires, &revoked)
	k.Scopes, k.Origins = strings.Fields(scopes), strings.Fields(origins)
	k.Created, k.Expires, k.Revoked = moment(created), moment(expires), moment(revoked)
	return k, err
}

// AddKey makes a key.
func (t *Tx) AddKey(ctx context.Context, k Key) error {
	return t.exec(ctx, `INSERT INTO api_key (`+keyColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		k.ID, k.Shop, k.Kind, k.Label, k.Hash, strings.Join(k.Scopes, " "), strings.Join(k.Origins, " "), stamp(k.Created), stamp(k.Expires), stamp(k.Revoked))
}

// KeyByID finds a key by its public part, to compare what came with it.
func (v View) KeyByID(ctx context.Context, id string) (Key, error) {
	return scanKey(v.r.QueryRow(ctx, `SELECT `+keyColumns+` FROM api_key WHERE id = $1`, id))
}

// Key finds a key of a shop.
func (v View) Key(ctx context.Context, shop, id string) (Key, error) {
	return scanKey(v.r.QueryRow(ctx, `SELECT `+keyColumns+` FROM api_key WHERE shop = $1 AND id = $2`, shop, id))
}

// Keys lists the keys of a shop.
func (v View) Keys(ctx context.Context, shop string, p Page) ([]Key, error) {
	return list(ctx, v, scanKey, `SELECT `+keyColumns+` FROM api_key WHERE shop = $1 AND id < $2 ORDER BY id DESC LIMIT $3`, shop, p.before(), p.Limit)
}

// RevokeKey ends a key at once.
func (t *Tx) RevokeKey(ctx context.Context, shop, id string) error {
	return t.exec(ctx, `UPDATE api_key SET revoked = $1 WHERE shop = $2 AND id = $3 AND revoked = 0`, now(), shop, id)
}

// ExpireKey lets a key end at a time, if that is sooner than it would.
func (t *Tx) ExpireKey(ctx context.Context, shop, id string, at time.Time) error {
	return t.exec(ctx, `UPDATE api_key SET expires = CASE WHEN expires = 0 OR expires > $1 THEN $1 ELSE expires END
		WHERE shop = $2 AND id = $3 AND revoked = 0`, stamp(at), shop, id)
}
