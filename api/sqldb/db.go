package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/jackc/pgx/v5/pgxpool"
)

// ErrNoRows is what Row.Scan answers where the statement found nothing.
var ErrNoRows = errors.New("sqldb: no such row")

// DB is an open database. It is safe for concurrent use.
type DB struct {
	lite *lite         // nil for PostgreSQL
	pool *pgxpool.Pool // nil for SQLite
}

// Row is the answer of a statement that finds at most one.
type Row interface{ Scan(into ...any) error }

// Rows are walked with Next; Close may be called at any time.
type Rows interface {
	Next() bool
	Scan(into ...any) error
	Err() error
	Close()
}

// Reader answers questions.
type Reader interface {
	Query(ctx context.Context, statement string, args ...any) (Rows, error)
	QueryRow(ctx context.Context, statement string, args ...any) Row
}

// Tx is a transaction under way: all of it happens, or nothing.
type Tx interface {
	Reader
	// Exec tells how many rows were changed.
	Exec(ctx context.Context, statement string, args ...any) (int64, error)
	// Native is the driver's own transaction, a *sql.Tx or a pgx.Tx, for the
	// queue that writes its jobs into the same one.
	Native() any
}

// Open opens the database of a URL, `sqlite:PATH` or `postgres://...`, and
// brings its tables up to date. migrations holds a folder for each dialect,
// `sqlite` and `postgres`.
func Open(ctx context.Context, url string, migrations fs.FS) (*DB, error) {
	kind, rest, _ := strings.Cut(url, ":")
	switch kind {
	case "sqlite":
		return openSQLite(ctx, rest, migrations)
	case "postgres", "postgresql":
		return openPostgres(ctx, url, migrations)
	}
	return nil, fmt.Errorf("database %q: must be sqlite:PATH or postgres://user@host/name", kind)
}

// Close closes every connection.
func (db *DB) Close() error {
	if db.pool != nil {
		db.pool.Close()
		return nil
	}
	return db.lite.close()
}

// SQLite is the writing connection of a SQLite database, otherwise nil. It is
// the only one: whoever holds a transaction must not ask it for another.
func (db *DB) SQLite() *sql.DB {
	if db.lite == nil {
		return nil
	}
	return db.lite.write
}

// Postgres is the pool of a PostgreSQL database, otherwise nil.
func (db *DB) Postgres() *pgxpool.Pool { return db.pool }

// Read answers questions outside of any transaction.
func (db *DB) Read() Reader {
	if db.pool != nil {
		return pgReader{db.pool}
	}
	return sqlReader{db.lite.read}
}

// Update runs f in a transaction and commits it if f returns nil.
func (db *DB) Update(ctx context.Context, f func(Tx) error) error {
	if db.pool != nil {
		return updatePostgres(ctx, db.pool, f)
	}
	return updateSQLite(ctx, db.lite.write, f)
}

// Ping asks the database for a sign of life.
func (db *DB) Ping(ctx context.Context) error {
	if db.pool != nil {
		return db.pool.Ping(ctx)
	}
	return db.lite.read.PingContext(ctx)
}
