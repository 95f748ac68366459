package store

import (
	"context"
	"errors"
	"fmt"

	"fitroom/api/sqldb"
)

// CopyTo writes the database as it is at this moment into a new file, while
// others go on to use it. PostgreSQL has tools of its own for that.
func (s *Store) CopyTo(ctx context.Context, path string) error {
	lite := s.db.SQLite()
	if lite == nil {
		return errors.New("store: PostgreSQL is backed up by its own pg_dump")
	}
	if _, err := lite.ExecContext(ctx, `VACUUM INTO ?`, path); err != nil {
		return fmt.Errorf("store: the database could not be copied: %w", err)
	}
	return nil
}

type customerKey struct {
	customer string
	wrapped  []byte
}

// TakeKeys removes the customers' wrapped keys and returns them by customer.
func (s *Store) TakeKeys(ctx context.Context) (map[string][]byte, error) {
	all, err := list(ctx, s.View, func(row sqldb.Row) (k customerKey, err error) {
		return k, one(row, &k.customer, &k.wrapped)
	}, `SELECT customer, wrapped FROM customer_key ORDER BY customer`)
	if err != nil {
		return nil, err
	}
	keys := map[string][]byte{}
	for _, k := range all {
		keys[k.customer] = k.wrapped
	}
	return keys, s.Update(ctx, func(tx *Tx) error { return tx.all(ctx, `DELETE FROM customer_key`) })
}

// PutKeys gives customers their keys back, and erases those who have none any
// more. It returns how many have one.
func (s *Store) PutKeys(ctx context.Context, keys map[string][]byte) (int, error) {
	n := 0
	customers, err := list(ctx, s.View, func(row sqldb.Row) (id string, err error) { return id, one(row, &id) }, `SELECT id FROM customer ORDER BY id`)
	if err != nil {
		return 0, err
	}
	err = s.Update(ctx, func(tx *Tx) error {
		n = 0 // a transaction may be tried again
		for _, id := range customers {
			wrapped, ok := keys[id]
			if !ok {
				wrapped = make([]byte, 1) // for EraseCustomer to overwrite
			}
			if err := tx.exec(ctx, `INSERT INTO customer_key (customer, wrapped) VALUES ($1, $2)`, id, wrapped); err != nil {
				return err
			}
			if !ok {
				if err := tx.EraseCustomer(ctx, id); err != nil {
					return err
				}
				continue
			}
			n++
		}
		return nil
	})
	return n, err
}
