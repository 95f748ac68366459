package concierge

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"time"

	"fitroom/api/album"
	"fitroom/api/blob"
	"fitroom/api/problem"
	"fitroom/api/store"
	"fitroom/api/vault"
	"fitroom/api/wire"
	"fitroom/garment/tryon"
)

// reportFile is the report among the files of a result.
const reportFile = "report.json"

// question is what decides a result: equal questions have equal results.
type question struct {
	body         wire.Body
	style, under store.Style
	underSize    string
	sizes        []string
	lang         string
}

// key names the question's result. It is keyed, so that it tells nothing of
// the measurements to who can only read the database.
func (c *Concierge) keyOf(q question) string {
	data := text([]any{c.engine, q.body, q.style.Upload, q.under.Upload, q.underSize, q.sizes, q.lang})
	return hex.EncodeToString(c.master.Index("result", []byte(data)))
}

// folderOf is where the files of a result are; all of a customer's are below
// one prefix.
func folderOf(customer, key string) string {
	if customer == "" {
		return "m/" + key + "/"
	}
	return "c/" + customer + "/" + key + "/"
}

// keep writes the files of a result, sealed where they are a customer's.
func (c *Concierge) keep(ctx context.Context, customer, key string, files map[string][]byte) error {
	var lock *vault.Key
	if customer != "" {
		var err error
		if lock, err = c.key(ctx, c.store.View, customer); err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		data, place := files[name], folderOf(customer, key)+name
		if lock != nil {
			var err error
			if data, err = lock.Seal(data, place); err != nil {
				return err
			}
		}
		if err := c.blobs.PutIfAbsent(ctx, place, data); err != nil {
			return err
		}
	}
	return nil
}

// file reads one file of a result.
func (c *Concierge) file(ctx context.Context, customer, key, name string) ([]byte, error) {
	place := folderOf(customer, key) + name
	data, err := blob.Read(ctx, c.blobs, place)
	if errors.Is(err, blob.ErrAbsent) {
		return nil, store.ErrAbsent
	}
	if err != nil || customer == "" {
		return data, err
	}
	lock, err := c.key(ctx, c.store.View, customer)
	if err != nil {
		return nil, err
	}
	return lock.Open(data, place)
}

func (c *Concierge) report(ctx context.Context, f store.Fit) (wire.Report, error) {
	var r wire.Report
	data, err := c.file(ctx, f.Customer, f.Result, reportFile)
	if err != nil {
		return r, err
	}
	return r, json.Unmarshal(data, &r)
}

// try does the fitting and draws its pictures, all in memory: what is a
// customer's reaches the disk sealed or not at all.
func (c *Concierge) try(ctx context.Context, request tryon.Request, l dress, lang string) (map[string][]byte, error) {
	tell := request.Progress
	request.Progress = func(done float64, stage string) { tell(draping*done, stage) }
	outcome, err := c.room.Try(ctx, request)
	if err != nil {
		return nil, err
	}
	report := wire.NewReport(outcome, c.engine)
	c.countVerdicts(report)
	folder := album.InMemory()
	draw := func(done float64, stage string) { tell(draping+(1-draping)*done, stage) }
	if err := folder.Write(ctx, outcome, &report, album.Options{Look: l.outer, Beneath: l.beneath, Lang: lang, Progress: draw, Drawer: c.drawer}); err != nil {
		return nil, err
	}
	return folder.Files(), nil
}

// countVerdicts counts what the fitting came to, by outcome alone.
func (c *Concierge) countVerdicts(r wire.Report) {
	judged, abstained := 0, 0
	for _, size := range r.Sizes {
		for _, z := range size.Zones {
			if z.Verdict == "cannot_judge" {
				abstained++
			} else {
				judged++
			}
		}
	}
	c.metrics.Advice(r.Advice.Outcome, judged, abstained)
}

// draping is the part of a fitting's time that the room takes; drawing the
// pictures takes the rest.
const draping = 0.85

// workFit does a fitting.
func (c *Concierge) workFit(ctx context.Context, id string) error {
	job, err := c.store.Job(ctx, id)
	if err != nil || job.State != store.Queued && job.State != store.Running {
		return gone(err)
	}
	f, err := c.store.Fit(ctx, job.Subject)
	if err != nil {
		return gone(err)
	}
	q, request, l, err := c.ask(ctx, f)
	if err != nil {
		return c.failFit(ctx, job, f, err)
	}
	key := c.keyOf(q)
	if _, err := c.store.Result(ctx, f.Customer, key); err == nil {
		return c.finishFit(ctx, job, f, key, nil)
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	request.Progress = c.progress(ctx, stop, job)
	files, err := c.try(ctx, request, l, f.Lang)
	if errors.Is(context.Cause(ctx), errTaken) {
		return nil
	}
	if err != nil {
		return c.failFit(ctx, job, f, err)
	}
	if err := c.keep(ctx, f.Customer, key, files); err != nil {
		return gone(err)
	}
	return c.finishFit(ctx, job, f, key, files)
}

// errTaken says that a fitting was cancelled, revoked or erased under way.
var errTaken = errors.New("concierge: the fitting is no longer wanted")

// progressEvery is how often news of a fitting are written at most.
const progressEvery = 300 * time.Millisecond

// progress writes how far the fitting is, and learns that way whether it is
// still wanted.
func (c *Concierge) progress(ctx context.Context, stop context.CancelCauseFunc, job store.Job) func(float64, string) {
	var last time.Time
	return func(done float64, stage string) {
		if time.Since(last) < progressEvery {
			return
		}
		last = time.Now()
		job.State, job.Done, job.Stage = store.Running, int(1000*min(done, 1)), stage
		err := c.store.Update(ctx, func(tx *store.Tx) error { return tx.SetJob(ctx, job) })
		if errors.Is(err, store.ErrAbsent) {
			stop(errTaken)
		}
	}
}

// finishFit notes the result. A fitting that was cancelled or erased meanwhile
// leaves none.
func (c *Concierge) finishFit(ctx context.Context, job store.Job, f store.Fit, key string, files map[string][]byte) error {
	job.State, job.Done, job.Stage = store.Done, 1000, ""
	err := c.store.Update(ctx, func(tx *store.Tx) error {
		if files != nil {
			if err := tx.AddResult(ctx, store.Result{Owner: f.Customer, Key: key, Files: text(slices.Sorted(maps.Keys(files))), Created: time.Now()}); err != nil {
				return err
			}
		}
		if err := errors.Join(tx.SetJob(ctx, job), tx.SetFit(ctx, f.ID, store.Done, "", key)); err != nil {
			return err
		}
		return c.tell(ctx, tx, news{Shop: f.Shop, Consent: f.Consent, Event: "fit.done", Subject: f.ID})
	})
	if err != nil && files != nil && f.Customer != "" {
		if _, kept := c.store.Result(context.WithoutCancel(ctx), f.Customer, key); errors.Is(kept, store.ErrAbsent) {
			return gone(errors.Join(err, blob.DeleteAll(context.WithoutCancel(ctx), c.blobs, folderOf(f.Customer, key))))
		}
	}
	if err == nil && files != nil {
		return c.keep(ctx, f.Customer, key, files) // again, in case a sweep came between
	}
	return gone(err)
}

// failFit notes why a fitting cannot be done; a fault of ours is tried again.
func (c *Concierge) failFit(ctx context.Context, job store.Job, f store.Fit, err error) error {
	code := ""
	switch _, faults := wire.AsErrors(err); {
	case ctx.Err() != nil && errors.Is(ctx.Err(), context.DeadlineExceeded):
		code = "time-limit"
	case ctx.Err() != nil:
		return ctx.Err()
	case len(measureErrors(err)) > 0:
		code = "body-refused"
	case faults:
		code = "style-unusable"
	case errors.Is(err, store.ErrAbsent):
		return nil
	default:
		return err
	}
	c.noteFailure(context.WithoutCancel(ctx), func(tx *store.Tx) error { return c.endFit(ctx, tx, job, f, store.Failed, code) })
	return nil
}

// endFit ends a fitting without a result.
func (c *Concierge) endFit(ctx context.Context, tx *store.Tx, job store.Job, f store.Fit, state, code string) error {
	ctx = context.WithoutCancel(ctx)
	job.State, job.Problem, job.Stage = state, code, ""
	if err := errors.Join(tx.SetJob(ctx, job), tx.SetFit(ctx, f.ID, state, code, "")); err != nil {
		return err
	}
	return c.tell(ctx, tx, news{Shop: f.Shop, Consent: f.Consent, Event: "fit." + state, Subject: f.ID})
}

func (c *Concierge) giveUpFit(ctx context.Context, id string) {
	job, err := c.store.Job(ctx, id)
	if err != nil {
		return
	}
	if f, err := c.store.Fit(ctx, job.Subject); err == nil {
		c.noteFailure(ctx, func(tx *store.Tx) error { return c.endFit(ctx, tx, job, f, store.Failed, "internal") })
	}
}

// noteFailure writes that something failed; where even that fails, the log
// has it.
func (c *Concierge) noteFailure(ctx context.Context, f func(*store.Tx) error) {
	if err := c.store.Update(ctx, f); err != nil && !errors.Is(err, store.ErrAbsent) {
		c.log.ErrorContext(ctx, "a failure could not be noted", "kind", kindOf(err))
	}
}

// unfit is the problem of a fit that has no result.
func unfit(f store.Fit) error {
	if f.State == store.Failed && f.Problem != "" {
		return problem.New(f.Problem)
	}
	return problem.New("not-ready", "fit", f.State)
}
