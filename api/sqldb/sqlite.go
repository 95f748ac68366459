package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"

	"github.com/pressly/goose/v3"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
	_ "modernc.org/sqlite" // the driver "sqlite"
)

// lite is a SQLite file: one connection writes, several read beside it.
type lite struct {
	path        string
	write, read *sql.DB
	claim       *os.File // the lock of the working process
}

// Pragmas of every connection. WAL lets readers go on while one writes;
// synchronous NORMAL survives the death of the process at any moment and loses
// at most the last transactions when the power goes; secure_delete overwrites
// what is deleted, which erasing a customer relies on.
var pragmas = []string{"busy_timeout(5000)", "journal_mode(WAL)", "synchronous(NORMAL)", "foreign_keys(1)", "secure_delete(1)"}

func openSQLite(ctx context.Context, path string, migrations fs.FS) (*DB, error) {
	if path == "" {
		return nil, errors.New("database sqlite: the path of the file is missing")
	}
	// SQLite would create the file readable by everybody.
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("database %s cannot be opened: %w", path, err)
	}
	f.Close()
	l := &lite{path: path}
	if l.write, err = connect(path, url.Values{"_txlock": {"immediate"}}); err != nil {
		return nil, err
	}
	l.write.SetMaxOpenConns(1)
	if l.read, err = connect(path, url.Values{"_query_only": {"1"}}); err != nil {
		return nil, errors.Join(err, l.write.Close())
	}
	l.read.SetMaxOpenConns(max(2, runtime.GOMAXPROCS(0)))
	if err := l.migrate(ctx, migrations); err != nil {
		return nil, errors.Join(fmt.Errorf("database %s: %w", path, err), l.close())
	}
	return &DB{lite: l}, nil
}

func connect(path string, options url.Values) (*sql.DB, error) {
	options["_pragma"] = append([]string{}, pragmas...)
	if options.Has("_query_only") {
		options.Del("_query_only")
		options["_pragma"] = append(options["_pragma"], "query_only(1)")
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	return sql.Open("sqlite", (&url.URL{Scheme: "file", Path: abs, RawQuery: options.Encode()}).String())
}

func (l *lite) close() error {
	err := errors.Join(l.read.Close(), l.write.Close())
	if l.claim != nil {
		err = errors.Join(err, l.claim.Close())
	}
	return err
}

func (l *lite) migrate(ctx context.Context, migrations fs.FS) error {
	own, err := fs.Sub(migrations, "sqlite")
	if err != nil {
		return err
	}
	steps, err := goose.NewProvider(goose.DialectSQLite3, l.write, own)
	if err != nil {
		return err
	}
	if _, err := steps.Up(ctx); err != nil {
		return err
	}
	queue, err := rivermigrate.New(riversqlite.New(l.write), &rivermigrate.Config{Logger: quiet()})
	if err != nil {
		return err
	}
	_, err = queue.Migrate(ctx, rivermigrate.DirectionUp, nil)
	return err
}

// sqlRunner is what *sql.DB and *sql.Tx have in common.
type sqlRunner interface {
	QueryContext(ctx context.Context, statement string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, statement string, args ...any) *sql.Row
}

type sqlReader struct{ sqlRunner }

func (r sqlReader) Query(ctx context.Context, statement string, args ...any) (Rows, error) {
	rows, err := r.QueryContext(ctx, statement, args...)
	if err != nil {
		return nil, err
	}
	return sqlRows{rows}, nil
}

func (r sqlReader) QueryRow(ctx context.Context, statement string, args ...any) Row {
	return sqlRow{r.QueryRowContext(ctx, statement, args...)}
}

type sqlRows struct{ *sql.Rows }

func (r sqlRows) Close() { r.Rows.Close() }

type sqlRow struct{ *sql.Row }

func (r sqlRow) Scan(into ...any) error {
	err := r.Row.Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNoRows
	}
	return err
}

type sqlTx struct {
	sqlReader
	tx *sql.Tx
}

func (t sqlTx) Native() any { return t.tx }

func (t sqlTx) Exec(ctx context.Context, statement string, args ...any) (int64, error) {
	result, err := t.tx.ExecContext(ctx, statement, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func updateSQLite(ctx context.Context, db *sql.DB, f func(Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing once committed
	if err := f(sqlTx{sqlReader{tx}, tx}); err != nil {
		return err
	}
	return tx.Commit()
}
