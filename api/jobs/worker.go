package jobs

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"fitroom/api/metrics"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

type typeOfSQL = *sql.Tx

// worker does the jobs of one kind.
type worker struct {
	kind    Kind
	name    string
	log     *slog.Logger
	metrics *metrics.Metrics
}

func (w *worker) Middleware(*rivertype.JobRow) []rivertype.WorkerMiddleware { return nil }
func (w *worker) Timeout(*river.Job[task]) time.Duration                    { return w.kind.Timeout } // 0: the client's

func (w *worker) NextRetry(job *river.Job[task]) time.Time {
	if n := job.Attempt - 1; n >= 0 && n < len(w.kind.Retry) {
		return time.Now().Add(w.kind.Retry[n])
	}
	return time.Now()
}

// Failure is an error whose text may be kept: it says what kind of thing went
// wrong and nothing of a person.
type Failure struct {
	Code  string
	Cause error
}

func (f *Failure) Error() string { return f.Code }
func (f *Failure) Unwrap() error { return f.Cause }

// Work runs one try. River keeps the text of an error in its table, and a
// panic's value; neither may hold what was worked on, so only kinds of errors
// leave here.
func (w *worker) Work(ctx context.Context, job *river.Job[task]) error {
	begun := time.Now()
	err := w.try(ctx, job.Args.ID)
	if err != nil && errors.Is(ctx.Err(), context.Canceled) {
		return river.JobSnooze(0) // the process stops: a try that was cut off is none
	}
	outcome := "done"
	if err != nil {
		outcome = err.Code
		if job.Attempt >= job.MaxAttempts && w.kind.GiveUp != nil {
			w.kind.GiveUp(context.WithoutCancel(ctx), job.Args.ID)
		}
	}
	w.metrics.Job(w.name, outcome, time.Since(begun))
	w.log.LogAttrs(ctx, slog.LevelInfo, "job", slog.String("kind", w.name), slog.String("id", job.Args.ID), slog.Int("try", job.Attempt),
		slog.String("outcome", outcome), slog.Duration("took", time.Since(begun).Round(time.Millisecond)))
	if err != nil {
		return err
	}
	return nil
}

func (w *worker) try(ctx context.Context, id string) (failed *Failure) {
	defer func() {
		if p := recover(); p != nil {
			w.log.LogAttrs(ctx, slog.LevelError, "panic in a job", slog.String("kind", w.name), slog.String("type", fmt.Sprintf("%T", p)), slog.String("stack", string(debug.Stack())))
			failed = &Failure{Code: "panic"}
		}
	}()
	err := w.kind.Work(ctx, id)
	if err == nil {
		return nil
	}
	if known, ok := err.(*Failure); ok {
		return &Failure{Code: known.Code}
	}
	if ctx.Err() != nil {
		return &Failure{Code: "interrupted"}
	}
	return &Failure{Code: fmt.Sprintf("%T", err)}
}
