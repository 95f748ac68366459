package sqldb

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
)

// migrationLock is the advisory lock that lets one process of a fleet migrate
// while the others wait. Any number will do that nobody else takes.
const migrationLock = 0x666974726f6f6d // "fitroom"

func openPostgres(ctx context.Context, url string, migrations fs.FS) (*DB, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, errors.New("database postgres: the URL cannot be read; it must look like postgres://user:password@host:5432/name")
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("database postgres: %w", err)
	}
	if err := migratePostgres(ctx, pool, migrations); err != nil {
		pool.Close()
		return nil, fmt.Errorf("database postgres at %s: %w", config.ConnConfig.Host, err)
	}
	return &DB{pool: pool}, nil
}

func migratePostgres(ctx context.Context, pool *pgxpool.Pool, migrations fs.FS) error {
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock($1)", int64(migrationLock)); err != nil {
		return err
	}
	defer conn.Exec(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", int64(migrationLock))
	own, err := fs.Sub(migrations, "postgres")
	if err != nil {
		return err
	}
	db := stdlib.OpenDBFromPool(pool)
	defer db.Close()
	steps, err := goose.NewProvider(goose.DialectPostgres, db, own)
	if err != nil {
		return err
	}
	if _, err := steps.Up(ctx); err != nil {
		return err
	}
	queue, err := rivermigrate.New(riverpgxv5.New(pool), &rivermigrate.Config{Logger: quiet()})
	if err != nil {
		return err
	}
	_, err = queue.Migrate(ctx, rivermigrate.DirectionUp, nil)
	return err
}

// quiet hears the migrations' chatter and says nothing; their errors are
// returned.
func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

// pgRunner is what a pool and a transaction have in common.
type pgRunner interface {
	Query(ctx context.Context, statement string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, statement string, args ...any) pgx.Row
	Exec(ctx context.Context, statement string, args ...any) (pgconn.CommandTag, error)
}

type pgReader struct{ on pgRunner }

func (r pgReader) Query(ctx context.Context, statement string, args ...any) (Rows, error) {
	return r.on.Query(ctx, statement, args...)
}

func (r pgReader) QueryRow(ctx context.Context, statement string, args ...any) Row {
	return pgRow{r.on.QueryRow(ctx, statement, args...)}
}

type pgRow struct{ pgx.Row }

func (r pgRow) Scan(into ...any) error {
	err := r.Row.Scan(into...)
	if errors.Is(err, pgx.ErrNoRows) {
		return ErrNoRows
	}
	return err
}

type pgTx struct {
	pgReader
	tx pgx.Tx
}

func (t pgTx) Native() any { return t.tx }

func (t pgTx) Exec(ctx context.Context, statement string, args ...any) (int64, error) {
	tag, err := t.tx.Exec(ctx, statement, args...)
	return tag.RowsAffected(), err
}

func updatePostgres(ctx context.Context, pool *pgxpool.Pool, f func(Tx) error) error {
	return pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error { return f(pgTx{pgReader{tx}, tx}) })
}
