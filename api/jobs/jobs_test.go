package jobs_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"fitroom/api/jobs"
	"fitroom/api/sqldb"
	"fitroom/api/sqldb/sqldbtest"
)

func TestMain(m *testing.M) { sqldbtest.Main(m) }

// ledger is what was worked, in the order it was.
type ledger struct {
	mu   sync.Mutex
	done map[string]int
}

func (l *ledger) work(_ context.Context, id string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.done == nil {
		l.done = map[string]int{}
	}
	l.done[id]++
	return nil
}

func (l *ledger) count(id string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.done[id]
}

func open(t *testing.T, url string) *sqldb.DB {
	t.Helper()
	none := fstest.MapFS{}
	for _, dialect := range []string{"sqlite", "postgres"} {
		none[dialect+"/00001_none.sql"] = &fstest.MapFile{Data: []byte("-- +goose Up\nCREATE TABLE empty (id text);\n")}
	}
	db, err := sqldb.Open(t.Context(), url, none)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func queue(t *testing.T, db *sqldb.DB, o jobs.Options) *jobs.Queue {
	t.Helper()
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	q, err := jobs.Open(t.Context(), db, o)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func start(t *testing.T, q *jobs.Queue) {
	t.Helper()
	if err := q.Start(context.Background()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := q.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
}

func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatal("waited in vain: " + what)
}

// A job of a committed transaction is done once; one of a transaction that was
// rolled back, never.
func TestCommittedJobsAreDone(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, url string) {
		var l ledger
		db := open(t, url)
		q := queue(t, db, jobs.Options{Kinds: map[string]jobs.Kind{"fit": {Work: l.work, AtOnce: 4}}})
		start(t, q)
		stop := errors.New("stop")
		for i := range 40 {
			err := db.Update(t.Context(), func(tx sqldb.Tx) error {
				if err := q.Add(t.Context(), tx, "fit", fmt.Sprint(i)); err != nil {
					t.Fatal(err)
				}
				if i%4 == 0 {
					return stop
				}
				return nil
			})
			if (err != nil) != (i%4 == 0) {
				t.Fatal(err)
			}
		}
		until(t, "30 jobs", func() bool { l.mu.Lock(); defer l.mu.Unlock(); return len(l.done) == 30 })
		for i := range 40 {
			if want := min(i%4, 1); l.count(fmt.Sprint(i)) != want {
				t.Errorf("job %d was done %d times, want %d", i, l.count(fmt.Sprint(i)), want)
			}
		}
	})
}

// A queue that is idle leaves the work to another, as in a fleet.
func TestIdleQueueOnlyTakes(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, url string) {
		var l ledger
		kinds := map[string]jobs.Kind{"fit": {Work: l.work}}
		db := open(t, url)
		idle := queue(t, db, jobs.Options{Kinds: kinds, Idle: true})
		start(t, idle)
		if err := db.Update(t.Context(), func(tx sqldb.Tx) error { return idle.Add(t.Context(), tx, "fit", "a") }); err != nil {
			t.Fatal(err)
		}
		time.Sleep(150 * time.Millisecond)
		if l.count("a") != 0 {
			t.Error("the idle queue worked")
		}
		start(t, queue(t, db, jobs.Options{Kinds: kinds}))
		until(t, "the job", func() bool { return l.count("a") == 1 })
	})
}

// A failed job is tried again as often as its kind says, then given up. What
// is kept and logged of a failure, even of a panic, is its kind alone.
func TestFailuresAreRetriedAndKeptWithoutWords(t *testing.T) {
	for _, secret := range []string{"panic", "error"} {
		sqldbtest.Each(t, func(t *testing.T, url string) {
			var l ledger
			var said bytes.Buffer
			given := make(chan string, 1)
			db := open(t, url)
			q := queue(t, db, jobs.Options{Log: slog.New(slog.NewJSONHandler(&said, nil)), Kinds: map[string]jobs.Kind{"fit": {
				Retry: []time.Duration{time.Millisecond, time.Millisecond},
				Work: func(ctx context.Context, id string) error {
					l.work(ctx, id)
					if secret == "panic" {
						panic("waist 74.25")
					}
					return errors.New("waist 74.25")
				},
				GiveUp: func(_ context.Context, id string) { given <- id },
			}}})
			if err := q.Start(context.Background()); err != nil {
				t.Fatal(err)
			}
			if err := db.Update(t.Context(), func(tx sqldb.Tx) error { return q.Add(t.Context(), tx, "fit", "a") }); err != nil {
				t.Fatal(err)
			}
			select {
			case id := <-given:
				if id != "a" || l.count("a") != 3 {
					t.Errorf("%s given up after %d tries, want a after 3", id, l.count("a"))
				}
			case <-time.After(time.Minute):
				t.Fatalf("not given up after %d tries", l.count("a"))
			}
			if err := q.Stop(context.Background()); err != nil {
				t.Error(err)
			}
			if strings.Contains(said.String(), "74.25") {
				t.Errorf("the log says %s", said.String())
			}
			if kept := everything(t, db); strings.Contains(kept, "74.25") || !strings.Contains(kept, "fit") {
				t.Errorf("the database keeps %s", kept)
			}
		})
	}
}

// everything is the job table as text.
func everything(t *testing.T, db *sqldb.DB) string {
	t.Helper()
	column := "errors::text"
	if db.SQLite() != nil {
		column = "CAST(errors AS text)"
	}
	rows, err := db.Read().Query(t.Context(), `SELECT kind || ' ' || COALESCE(`+column+`, '') FROM river_job`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var all strings.Builder
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		all.WriteString(line)
	}
	return all.String()
}

// Stopping waits for the job at hand; a job cut off at the end of the patience
// is done by the next process, and the cut-off try does not count.
func TestStopping(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, url string) {
		db := open(t, url)
		begun, cut := make(chan struct{}), make(chan struct{})
		q := queue(t, db, jobs.Options{Patience: 50 * time.Millisecond, Kinds: map[string]jobs.Kind{"fit": {Work: func(ctx context.Context, _ string) error {
			close(begun)
			<-ctx.Done()
			close(cut)
			return ctx.Err()
		}}}})
		if err := q.Start(context.Background()); err != nil {
			t.Fatal(err)
		}
		if err := db.Update(t.Context(), func(tx sqldb.Tx) error { return q.Add(t.Context(), tx, "fit", "a") }); err != nil {
			t.Fatal(err)
		}
		<-begun
		if err := q.Stop(context.Background()); err != nil {
			t.Error(err)
		}
		<-cut
		var l ledger
		start(t, queue(t, db, jobs.Options{Kinds: map[string]jobs.Kind{"fit": {Work: l.work}}}))
		until(t, "the job by the next process", func() bool { return l.count("a") == 1 })
	})
}

// The file of a SQLite database is nobody else's to read.
func TestDatabaseFileIsPrivate(t *testing.T) {
	path := t.TempDir() + "/private.db"
	open(t, "sqlite:"+path)
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}
