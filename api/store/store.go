package store

import (
	"context"
	"crypto/rand"
	"embed"
	"encoding/base32"
	"encoding/binary"
	"errors"
	"io/fs"
	"strings"
	"time"

	"fitroom/api/sqldb"
)

//go:embed migrations
var migrations embed.FS

// ErrAbsent says that there is no such record, or that it is somebody else's:
// the difference is nobody's business.
var ErrAbsent = errors.New("store: no such record")

// ErrChanged says that the record is no longer as the caller believed.
var ErrChanged = errors.New("store: the record has changed meanwhile")

// Store is the open store.
type Store struct {
	db *sqldb.DB
	View
}

// Open opens the store in the database of a URL; see sqldb.Open.
func Open(ctx context.Context, url string) (*Store, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	db, err := sqldb.Open(ctx, url, files)
	if err != nil {
		return nil, err
	}
	return &Store{db, View{db.Read()}}, nil
}

// DB is the database below, for the queue that shares it.
func (s *Store) DB() *sqldb.DB { return s.db }

// Close closes the database.
func (s *Store) Close() error { return s.db.Close() }

// View answers questions.
type View struct{ r sqldb.Reader }

// Tx changes records: all of it happens, or nothing.
type Tx struct {
	View
	tx sqldb.Tx
}

// Raw is the transaction below, for the queue that writes into it.
func (t *Tx) Raw() sqldb.Tx { return t.tx }

// Update runs f in a transaction.
func (s *Store) Update(ctx context.Context, f func(*Tx) error) error {
	return s.db.Update(ctx, func(tx sqldb.Tx) error { return f(&Tx{View{tx}, tx}) })
}

// exec runs a change that must hit at least one row.
func (t *Tx) exec(ctx context.Context, statement string, args ...any) error {
	n, err := t.tx.Exec(ctx, statement, args...)
	if err == nil && n == 0 {
		return ErrAbsent
	}
	return err
}

// all runs a change that may hit any number of rows.
func (t *Tx) all(ctx context.Context, statement string, args ...any) error {
	_, err := t.tx.Exec(ctx, statement, args...)
	return err
}

// one reads at most one row.
func one(row sqldb.Row, into ...any) error {
	err := row.Scan(into...)
	if errors.Is(err, sqldb.ErrNoRows) {
		return ErrAbsent
	}
	return err
}

// list reads all rows of a statement.
func list[T any](ctx context.Context, v View, scan func(sqldb.Row) (T, error), statement string, args ...any) ([]T, error) {
	rows, err := v.r.Query(ctx, statement, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := []T{}
	for rows.Next() {
		x, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, x)
	}
	return all, rows.Err()
}

// Page asks for a part of a list, newest first.
type Page struct {
	Before string // the last id of the part before; "" for the first part
	Limit  int
}

// last is above every identifier in any collation.
const last = "zzzz"

func (p Page) before() string {
	if p.Before == "" {
		return last
	}
	return p.Before
}

// NewID makes an identifier of a kind, such as "fit": 48 bits of milliseconds
// and 80 random ones, in an alphabet whose order is that of the bits.
func NewID(kind string) string {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], uint64(time.Now().UnixMilli())<<16)
	rand.Read(b[6:])
	return kind + "_" + strings.ToLower(base32.HexEncoding.WithPadding(base32.NoPadding).EncodeToString(b[:]))
}

// stamp is a time as it is stored.
func stamp(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func moment(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}

func now() int64 { return time.Now().UnixMicro() }

// Forget makes sure that what was deleted is no longer in the files of the
// database: on SQLite, whose pages are overwritten on deletion, it moves the
// journal into the file and empties it. PostgreSQL frees dead rows by its own
// vacuum; there it is the destroyed key that makes them unreadable.
func (s *Store) Forget(ctx context.Context) error {
	lite := s.db.SQLite()
	if lite == nil {
		return nil
	}
	_, err := lite.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`)
	return err
}
