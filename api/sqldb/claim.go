package sqldb

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// Claim makes this process the one that works on a SQLite database until it
// ends; a second one is refused. PostgreSQL takes any number.
func (db *DB) Claim() error {
	if db.lite == nil || db.lite.claim != nil {
		return nil
	}
	f, err := os.OpenFile(db.lite.path+".worker", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	// The lock goes with the process, however that ends.
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return errors.Join(fmt.Errorf("another process does the work of %s already; a SQLite database takes one, PostgreSQL takes many", db.lite.path), f.Close())
	}
	db.lite.claim = f
	return nil
}
