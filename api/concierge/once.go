package concierge

import (
	"bytes"
	"context"
	"time"

	"fitroom/api/problem"
	"fitroom/api/store"
)

// Once is the key under which a caller may send a request again without its
// being done again (Idempotency-Key). Key "" is a request that is not.
type Once struct {
	Key     string
	Request []byte // everything that was asked
}

// keepOnce is how long a key is remembered.
const keepOnce = 24 * time.Hour

// Made says where what a request made is to be had. Again is set when it was
// made by an earlier request of the same key.
type Made struct {
	Status   int
	Location string
	Again    bool
}

// once runs f in a transaction, or finds what it did the first time. The key
// is noted in the same transaction as what it stands for, so that no crash can
// part them.
func (c *Concierge) once(ctx context.Context, who Who, o Once, f func(*store.Tx) (Made, error)) (made Made, err error) {
	err = c.store.Update(ctx, func(tx *store.Tx) error {
		if o.Key == "" {
			made, err = f(tx)
			return err
		}
		record := store.Once{Principal: who.ID(), Key: o.Key, Request: c.master.Index("once", o.Request)}
		earlier, found, err := tx.BeginOnce(ctx, record, keepOnce)
		if err != nil {
			return err
		}
		if found {
			if !bytes.Equal(earlier.Request, record.Request) {
				return problem.New("idempotency-mismatch")
			}
			made = Made{earlier.Status, earlier.Location, true}
			return nil
		}
		if made, err = f(tx); err != nil {
			return err
		}
		record.Status, record.Location = made.Status, made.Location
		return tx.EndOnce(ctx, record)
	})
	return made, err
}
