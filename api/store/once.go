package store

import (
	"context"
	"time"

	"fitroom/api/sqldb"
)

// Once remembers that a principal has sent a request under a key of its own,
// so that sending it again does nothing again.
type Once struct {
	Principal, Key string
	Request        []byte // keyed hash of what was asked
	Status         int    // of the answer
	Location       string // of what was made
	Created        time.Time
}

// BeginOnce notes a request, or finds the one of the same key. It stands in
// the transaction that does what was asked: of two equal requests at once the
// second waits for the first and then finds it. Keys older than keep are
// forgotten.
func (t *Tx) BeginOnce(ctx context.Context, o Once, keep time.Duration) (earlier Once, found bool, err error) {
	if err := t.all(ctx, `DELETE FROM idempotency WHERE created < $1`, stamp(time.Now().Add(-keep))); err != nil {
		return Once{}, false, err
	}
	n, err := t.tx.Exec(ctx, `INSERT INTO idempotency (principal, key, request, status, location, created) VALUES ($1, $2, $3, 0, '', $4) ON CONFLICT DO NOTHING`,
		o.Principal, o.Key, o.Request, now())
	if err != nil || n == 1 {
		return Once{}, false, err
	}
	earlier, err = scanOnce(t.r.QueryRow(ctx, `SELECT principal, key, request, status, location, created FROM idempotency WHERE principal = $1 AND key = $2`, o.Principal, o.Key))
	return earlier, err == nil, err
}

func scanOnce(row sqldb.Row) (o Once, err error) {
	var created int64
	err = one(row, &o.Principal, &o.Key, &o.Request, &o.Status, &o.Location, &created)
	o.Created = moment(created)
	return o, err
}

// EndOnce notes the answer of a request.
func (t *Tx) EndOnce(ctx context.Context, o Once) error {
	return t.exec(ctx, `UPDATE idempotency SET status = $1, location = $2 WHERE principal = $3 AND key = $4`, o.Status, o.Location, o.Principal, o.Key)
}
