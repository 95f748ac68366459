package store

import (
	"context"
	"time"

	"fitroom/api/sqldb"
)

// States of styles, fits and jobs.
const (
	Queued    = "queued"
	Running   = "running"
	Done      = "done"
	Failed    = "failed"
	Cancelled = "cancelled"
)

// Style is a garment of a shop.
type Style struct {
	ID, Shop         string
	Version          int64
	State            string // Queued while it is imported, Done, Failed
	Name             string // what style.json calls it; "" before the import
	Upload           string // blob of what was sent, named by its content
	Card, Report     string // JSON: what is shown of it; what the import found
	Job              string
	Created, Changed time.Time
}

const styleColumns = `id, shop, version, state, name, upload, card, report, job, created, changed`

func scanStyle(row sqldb.Row) (s Style, err error) {
	var created, changed int64
	err = one(row, &s.ID, &s.Shop, &s.Version, &s.State, &s.Name, &s.Upload, &s.Card, &s.Report, &s.Job, &created, &changed)
	s.Created, s.Changed = moment(created), moment(changed)
	return s, err
}

// AddStyle makes a style.
func (t *Tx) AddStyle(ctx context.Context, s Style) error {
	return t.exec(ctx, `INSERT INTO style (`+styleColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		s.ID, s.Shop, s.Version, s.State, s.Name, s.Upload, s.Card, s.Report, s.Job, stamp(s.Created), stamp(s.Changed))
}

// Style finds a style of a shop; shop "" finds it in any shop if it is ready,
// as customers see it.
func (v View) Style(ctx context.Context, shop, id string) (Style, error) {
	return scanStyle(v.r.QueryRow(ctx, `SELECT `+styleColumns+` FROM style WHERE id = $2 AND (shop = $1 OR ($1 = '' AND state = 'done'))`, shop, id))
}

// StyleAnyState finds a style for the import that works on it.
func (v View) StyleAnyState(ctx context.Context, id string) (Style, error) {
	return scanStyle(v.r.QueryRow(ctx, `SELECT `+styleColumns+` FROM style WHERE id = $1`, id))
}

// Styles lists the styles of a shop, or with shop "" every ready one.
func (v View) Styles(ctx context.Context, shop string, p Page) ([]Style, error) {
	return list(ctx, v, scanStyle, `SELECT `+styleColumns+` FROM style WHERE (shop = $1 OR ($1 = '' AND state = 'done')) AND id < $2 ORDER BY id DESC LIMIT $3`,
		shop, p.before(), p.Limit)
}

// ReplaceStyle puts another upload in the place of a style that is still of a
// version.
func (t *Tx) ReplaceStyle(ctx context.Context, s Style, was int64) error {
	err := t.exec(ctx, `UPDATE style SET version = $1, state = $2, upload = $3, job = $4, changed = $5 WHERE shop = $6 AND id = $7 AND version = $8`,
		was+1, s.State, s.Upload, s.Job, now(), s.Shop, s.ID, was)
	if err == ErrAbsent {
		return ErrChanged
	}
	return err
}

// FinishStyle notes what the import of a version came to.
func (t *Tx) FinishStyle(ctx context.Context, s Style) error {
	return t.exec(ctx, `UPDATE style SET state = $1, name = $2, card = $3, report = $4, changed = $5 WHERE id = $6 AND version = $7`,
		s.State, s.Name, s.Card, s.Report, now(), s.ID, s.Version)
}

// DropStyle removes a style and every fit of it.
func (t *Tx) DropStyle(ctx context.Context, shop, id string) error {
	if err := t.all(ctx, `DELETE FROM job WHERE shop = $1 AND (subject = $2 OR id IN (SELECT job FROM fit WHERE style = $2))`, shop, id); err != nil {
		return err
	}
	return t.exec(ctx, `DELETE FROM style WHERE shop = $1 AND id = $2`, shop, id)
}
