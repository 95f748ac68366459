package concierge

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"fitroom/api/blob"
	"fitroom/api/hook"
	"fitroom/api/jobs"
	"fitroom/api/metrics"
	"fitroom/api/post"
	"fitroom/api/store"
	"fitroom/api/vault"
	"fitroom/garment/tryon"
	"fitroom/render"
)

// Options of a Concierge. Room, Database, Blobs, Master and Mail are needed;
// every other zero field means its default.
type Options struct {
	Room     *tryon.Room
	Database string // sqlite:PATH or postgres://...
	Blobs    string // a folder or s3://...
	Master   *vault.Master
	Mail     post.Sender

	Workers         int           // fittings at once; default 1, which uses all processors
	Idle            bool          // takes jobs and leaves them to other processes
	MostOpen        int           // jobs waiting or running before new ones are turned away; default 1000
	Patience        time.Duration // for running jobs at the stop; default 20 s
	PrivateWebhooks bool          // webhooks may name this machine and its network: for trying things out only

	Drawer  render.Drawer // of pictures, for all fittings at once; nil: the processor
	Engine  string        // named in every report; default "dev"
	Log     *slog.Logger
	Metrics *metrics.Metrics // may be nil
}

// Concierge serves shops and customers. It is safe for concurrent use.
type Concierge struct {
	store  *store.Store
	blobs  blob.Store
	master *vault.Master
	queue  *jobs.Queue
	room   *tryon.Room
	mail   post.Sender
	hooks  *hook.Sender

	drawer   render.Drawer
	engine   string
	mostOpen int
	log      *slog.Logger
	metrics  *metrics.Metrics
}

// Kinds of jobs.
const (
	fitJob    = "fit"
	importJob = "import"
	feedJob   = "feed"
	hookJob   = "hook"
	sweepJob  = "sweep"
)

// Waits after failures. A fitting fails by its input or by a fault of ours,
// seldom for the moment; a shop's server may be down for a day (the schedule
// of Standard Webhooks).
func workRetry() []time.Duration {
	return []time.Duration{2 * time.Second, 10 * time.Second, time.Minute}
}

func hookRetry() []time.Duration {
	return []time.Duration{5 * time.Second, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 5 * time.Hour, 10 * time.Hour, 14 * time.Hour, 20 * time.Hour, 24 * time.Hour}
}

// Open opens the service; Start lets it work.
func Open(ctx context.Context, o Options) (*Concierge, error) {
	if o.Engine == "" {
		o.Engine = "dev"
	}
	if o.MostOpen <= 0 {
		o.MostOpen = 1000
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	blobs, err := blob.Open(ctx, o.Blobs)
	if err != nil {
		return nil, err
	}
	s, err := store.Open(ctx, o.Database)
	if err != nil {
		return nil, err
	}
	c := &Concierge{
		store: s, blobs: blobs, master: o.Master, room: o.Room, mail: o.Mail, hooks: hook.NewSender(o.PrivateWebhooks),
		drawer: o.Drawer, engine: o.Engine, mostOpen: o.MostOpen, log: o.Log, metrics: o.Metrics,
	}
	c.queue, err = jobs.Open(ctx, s.DB(), jobs.Options{
		Idle: o.Idle, Patience: o.Patience, Log: o.Log, Metrics: o.Metrics,
		Kinds: map[string]jobs.Kind{
			fitJob:    {Work: c.workFit, GiveUp: c.giveUpFit, Retry: workRetry(), AtOnce: o.Workers},
			importJob: {Work: c.workImport, GiveUp: c.giveUpImport, Retry: workRetry()},
			feedJob:   {Work: c.workFeed, GiveUp: c.giveUpFeed, Retry: workRetry(), AtOnce: 1},
			hookJob:   {Work: c.workHook, GiveUp: c.giveUpHook, Retry: hookRetry(), Timeout: 30 * time.Second, AtOnce: 4},
			sweepJob:  {Work: c.workSweep, Retry: hookRetry(), AtOnce: 1},
		},
	})
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return c, nil
}

// Start begins to do jobs.
func (c *Concierge) Start(ctx context.Context) error { return c.queue.Start(ctx) }

// Stop ends the work, letting running jobs finish for a while, and closes the
// database.
func (c *Concierge) Stop(ctx context.Context) error {
	return errors.Join(c.queue.Stop(ctx), c.store.Close())
}

// Ready tells whether the database answers.
func (c *Concierge) Ready(ctx context.Context) error {
	if err := c.store.DB().Ping(ctx); err != nil {
		return fmt.Errorf("concierge: the database does not answer: %w", err)
	}
	return nil
}

// Open jobs, for metrics.
func (c *Concierge) OpenJobs(ctx context.Context) (int, error) { return c.store.CountJobs(ctx) }
