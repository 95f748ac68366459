package store

import (
	"context"
	"time"

	"fitroom/api/sqldb"
)

// Job is the public face of work under way.
type Job struct {
	ID, Kind, Subject string
	Shop, Customer    string // whose it is
	State             string
	Done              int // thousandths
	Stage, Problem    string
	Seq               int64 // of the last event
	Created, Changed  time.Time
}

const (
	jobColumns = `id, kind, subject, shop, customer, state, done, stage, problem, seq, created, changed`
	jobRead    = `id, kind, subject, COALESCE(shop, ''), COALESCE(customer, ''), state, done, stage, problem, seq, created, changed`
)

func scanJob(row sqldb.Row) (j Job, err error) {
	var created, changed int64
	err = one(row, &j.ID, &j.Kind, &j.Subject, &j.Shop, &j.Customer, &j.State, &j.Done, &j.Stage, &j.Problem, &j.Seq, &created, &changed)
	j.Created, j.Changed = moment(created), moment(changed)
	return j, err
}

// AddJob makes a job.
func (t *Tx) AddJob(ctx context.Context, j Job) error {
	if err := t.exec(ctx, `INSERT INTO job (`+jobColumns+`) VALUES ($1, $2, $3, NULLIF($4, ''), NULLIF($5, ''), $6, $7, $8, $9, 1, $10, $11)`,
		j.ID, j.Kind, j.Subject, j.Shop, j.Customer, j.State, j.Done, j.Stage, j.Problem, stamp(j.Created), stamp(j.Changed)); err != nil {
		return err
	}
	return t.exec(ctx, `INSERT INTO job_event (job, seq, state, done, stage) VALUES ($1, 1, $2, $3, $4)`, j.ID, j.State, j.Done, j.Stage)
}

// Job finds a job for the worker that does it.
func (v View) Job(ctx context.Context, id string) (Job, error) {
	return scanJob(v.r.QueryRow(ctx, `SELECT `+jobRead+` FROM job WHERE id = $1`, id))
}

// JobOf finds a job of a shop or of a customer; the other is "".
func (v View) JobOf(ctx context.Context, shop, customer, id string) (Job, error) {
	return scanJob(v.r.QueryRow(ctx, `SELECT `+jobRead+` FROM job WHERE id = $3 AND ((shop = $1 AND $1 <> '') OR (customer = $2 AND $2 <> ''))`, shop, customer, id))
}

// JobsOf lists the jobs of a shop or of a customer.
func (v View) JobsOf(ctx context.Context, shop, customer string, p Page) ([]Job, error) {
	return list(ctx, v, scanJob, `SELECT `+jobRead+` FROM job WHERE ((shop = $1 AND $1 <> '') OR (customer = $2 AND $2 <> '')) AND id < $3 ORDER BY id DESC LIMIT $4`,
		shop, customer, p.before(), p.Limit)
}

// SetJob notes how a job stands and makes an event of it, unless the job has
// ended already; then ErrAbsent.
func (t *Tx) SetJob(ctx context.Context, j Job) error {
	if err := t.exec(ctx, `UPDATE job SET state = $1, done = $2, stage = $3, problem = $4, seq = seq + 1, changed = $5 WHERE id = $6 AND state IN ('queued', 'running')`,
		j.State, j.Done, j.Stage, j.Problem, now(), j.ID); err != nil {
		return err
	}
	return t.exec(ctx, `INSERT INTO job_event (job, seq, state, done, stage) SELECT id, seq, state, done, stage FROM job WHERE id = $1`, j.ID)
}

// JobEvent is one step of a job.
type JobEvent struct {
	Seq   int64
	State string
	Done  int // thousandths
	Stage string
}

// JobEvents lists the events of a job after one.
func (v View) JobEvents(ctx context.Context, job string, after int64) ([]JobEvent, error) {
	return list(ctx, v, func(row sqldb.Row) (e JobEvent, err error) {
		err = row.Scan(&e.Seq, &e.State, &e.Done, &e.Stage)
		return e, err
	}, `SELECT seq, state, done, stage FROM job_event WHERE job = $1 AND seq > $2 ORDER BY seq LIMIT 1000`, job, after)
}

// CountJobs counts the jobs waiting or running.
func (v View) CountJobs(ctx context.Context) (n int, err error) {
	err = one(v.r.QueryRow(ctx, `SELECT COUNT(*) FROM job WHERE state IN ('queued', 'running')`), &n)
	return n, err
}
