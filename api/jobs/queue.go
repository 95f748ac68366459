package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"time"

	"fitroom/api/metrics"
	"fitroom/api/sqldb"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"
)

// Timing of the queue. The cooldown bounds the jobs per second of one process
// at 200, far above what drapes allow; the poll is what finds a job on SQLite,
// which has no notification, and costs about 2 % of a processor when idle.
const (
	fetchCooldown = 5 * time.Millisecond
	fetchPoll     = 200 * time.Millisecond
	// rescueAfter is when a job is taken from a process that no longer answers
	// and given to another. It must be longer than any Timeout.
	rescueAfter = 5 * time.Minute
	maxTimeout  = 2 * time.Minute
)

// Kind is one kind of work.
type Kind struct {
	// Work does the job of an id; it must do no harm when it runs again.
	Work func(ctx context.Context, id string) error
	// GiveUp is told when the last try has failed.
	GiveUp func(ctx context.Context, id string)
	// Retry holds the waits after each failure; one more failure is the last.
	Retry []time.Duration
	// Timeout of one try; 0 is 2 minutes, the longest allowed.
	Timeout time.Duration
	// AtOnce is how many run side by side in one process; 0 is 1.
	AtOnce int
}

// Options of a Queue.
type Options struct {
	Kinds map[string]Kind
	// Idle makes a queue that only takes jobs; other processes do them.
	Idle bool
	// Patience is how long running jobs may finish after Stop; then their
	// context ends. 0 is 20 s.
	Patience time.Duration
	Metrics  *metrics.Metrics // may be nil
	Log      *slog.Logger
}

// Queue takes jobs and, once started, does them.
type Queue struct {
	engine engine
	kinds  map[string]Kind
	idle   bool
}

// task is a job's whole content.
type task struct {
	ID   string `json:"id"`
	kind string
}

func (t task) Kind() string { return t.kind }

// engine hides the type of transaction that River's client is made for.
type engine interface {
	insert(ctx context.Context, tx sqldb.Tx, t task, o *river.InsertOpts) error
	start(context.Context) error
	stop(context.Context) error
}

type client[T any] struct{ *river.Client[T] }

func (c client[T]) insert(ctx context.Context, tx sqldb.Tx, t task, o *river.InsertOpts) error {
	_, err := c.InsertTx(ctx, tx.Native().(T), t, o)
	return err
}

func (c client[T]) start(ctx context.Context) error { return c.Start(ctx) }
func (c client[T]) stop(ctx context.Context) error  { return c.Stop(ctx) }

// Open makes the queue of a database.
func Open(ctx context.Context, db *sqldb.DB, o Options) (*Queue, error) {
	q := &Queue{kinds: o.Kinds, idle: o.Idle}
	config := &river.Config{
		FetchCooldown: fetchCooldown, FetchPollInterval: fetchPoll, JobTimeout: maxTimeout, RescueStuckJobsAfter: rescueAfter,
		SoftStopTimeout: max(o.Patience, 0), SkipUnknownJobCheck: true,
		// River tells of failed jobs at length; what may be told, Work tells.
		Logger: slog.New(slog.DiscardHandler),
	}
	if o.Patience == 0 {
		config.SoftStopTimeout = 20 * time.Second
	}
	if !o.Idle {
		config.Workers, config.Queues = river.NewWorkers(), map[string]river.QueueConfig{}
		for _, name := range slices.Sorted(maps.Keys(o.Kinds)) {
			k := o.Kinds[name]
			if k.Timeout > maxTimeout {
				return nil, fmt.Errorf("jobs: %s may take %v; at most %v", name, k.Timeout, maxTimeout)
			}
			river.AddWorkerArgs(config.Workers, task{kind: name}, &worker{kind: k, log: o.Log, name: name, metrics: o.Metrics})
			config.Queues[name] = river.QueueConfig{MaxWorkers: max(k.AtOnce, 1)}
		}
	}
	var err error
	q.engine, err = newEngine(ctx, db, config)
	if err != nil {
		return nil, fmt.Errorf("jobs: %w", err)
	}
	return q, nil
}

func newEngine(ctx context.Context, db *sqldb.DB, config *river.Config) (engine, error) {
	if lite := db.SQLite(); lite != nil {
		if config.Workers != nil {
			if err := db.Claim(); err != nil {
				return nil, err
			}
			if err := takeBack(ctx, db); err != nil {
				return nil, err
			}
		}
		c, err := river.NewClient(riversqlite.New(lite), config)
		return client[typeOfSQL]{c}, err
	}
	c, err := river.NewClient(riverpgxv5.New(db.Postgres()), config)
	return client[pgx.Tx]{c}, err
}

// takeBack frees the jobs that a killed process was at. A SQLite file belongs
// to one working process at a time, so at its start nobody can be at them, and
// a try that was cut off is none.
func takeBack(ctx context.Context, db *sqldb.DB) error {
	return db.Update(ctx, func(tx sqldb.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE river_job SET state = 'available', attempt = max(attempt - 1, 0) WHERE state = 'running'`)
		return err
	})
}

// Add asks for a job within the transaction that writes its record.
func (q *Queue) Add(ctx context.Context, tx sqldb.Tx, kind, id string) error {
	k, ok := q.kinds[kind]
	if !ok {
		panic("jobs: no such kind: " + kind)
	}
	return q.engine.insert(ctx, tx, task{id, kind}, &river.InsertOpts{Queue: kind, MaxAttempts: len(k.Retry) + 1})
}

// Start begins to do jobs until Stop.
func (q *Queue) Start(ctx context.Context) error {
	if q.idle {
		return nil
	}
	return q.engine.start(ctx)
}

// Stop takes no further job, lets those running finish within the patience
// given, and returns when none runs.
func (q *Queue) Stop(ctx context.Context) error {
	if q.idle {
		return nil
	}
	err := q.engine.stop(ctx)
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("jobs: some were still running when the time to stop was over: %w", err)
	}
	return err
}
