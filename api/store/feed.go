package store

import (
	"context"
	"time"

	"fitroom/api/sqldb"
)

// Feed is what a shop publishes of its goods, to be made into styles.
type Feed struct {
	ID, Shop         string
	State            string
	Upload           string // blob of what was sent
	Report           string // JSON: what the import found
	Job              string
	Created, Changed time.Time
}

const feedColumns = `id, shop, state, upload, report, job, created, changed`

func scanFeed(row sqldb.Row) (f Feed, err error) {
	var created, changed int64
	err = one(row, &f.ID, &f.Shop, &f.State, &f.Upload, &f.Report, &f.Job, &created, &changed)
	f.Created, f.Changed = moment(created), moment(changed)
	return f, err
}

// AddFeed makes a feed.
func (t *Tx) AddFeed(ctx context.Context, f Feed) error {
	return t.exec(ctx, `INSERT INTO feed (`+feedColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		f.ID, f.Shop, f.State, f.Upload, f.Report, f.Job, stamp(f.Created), stamp(f.Changed))
}

// Feed finds a feed of a shop.
func (v View) Feed(ctx context.Context, shop, id string) (Feed, error) {
	return scanFeed(v.r.QueryRow(ctx, `SELECT `+feedColumns+` FROM feed WHERE shop = $1 AND id = $2`, shop, id))
}

// Feeds lists the feeds of a shop.
func (v View) Feeds(ctx context.Context, shop string, p Page) ([]Feed, error) {
	return list(ctx, v, scanFeed, `SELECT `+feedColumns+` FROM feed WHERE shop = $1 AND id < $2 ORDER BY id DESC LIMIT $3`, shop, p.before(), p.Limit)
}

// FinishFeed notes what the import came to.
func (t *Tx) FinishFeed(ctx context.Context, f Feed) error {
	return t.exec(ctx, `UPDATE feed SET state = $1, report = $2, changed = $3 WHERE id = $4`, f.State, f.Report, now(), f.ID)
}
