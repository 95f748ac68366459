package store

import (
	"context"
	"time"

	"fitroom/api/sqldb"
)

// Fit is a wish to see a style on somebody. Customer is "" on a mannequin;
// Shop is "" where the customer asked; Consent is the grant a shop asked
// under.
type Fit struct {
	ID, Customer, Avatar, Shop, Consent, Style string
	Mannequin                                  string // the size it is made for
	Sizes                                      string // JSON list; [] for all
	UnderStyle, UnderSize                      string // what is worn beneath; "" for nothing
	Lang                                       string
	Result                                     string // key of the result, once done
	State, Problem, Job                        string
	Created, Changed                           time.Time
}

const (
	fitColumns = `id, customer, avatar, shop, consent, style, mannequin, sizes, under_style, under_size, lang, result, state, problem, job, created, changed`
	fitRead    = `id, COALESCE(customer, ''), COALESCE(avatar, ''), COALESCE(shop, ''), COALESCE(consent, ''), style, mannequin, sizes, COALESCE(under_style, ''), under_size, lang, result, state, problem, job, created, changed`
	// fitLive keeps a shop from fits whose grant has ended.
	fitLive = `(consent IS NULL OR EXISTS (SELECT 1 FROM consent c WHERE c.id = fit.consent AND c.revoked = 0 AND c.expires > $1))`
)

func scanFit(row sqldb.Row) (f Fit, err error) {
	var created, changed int64
	err = one(row, &f.ID, &f.Customer, &f.Avatar, &f.Shop, &f.Consent, &f.Style, &f.Mannequin, &f.Sizes, &f.UnderStyle, &f.UnderSize, &f.Lang, &f.Result, &f.State, &f.Problem, &f.Job, &created, &changed)
	f.Created, f.Changed = moment(created), moment(changed)
	return f, err
}

// AddFit makes a fit.
func (t *Tx) AddFit(ctx context.Context, f Fit) error {
	return t.exec(ctx, `INSERT INTO fit (`+fitColumns+`) VALUES ($1, NULLIF($2, ''), NULLIF($3, ''), NULLIF($4, ''), NULLIF($5, ''), $6, $7, $8, NULLIF($9, ''), $10, $11, $12, $13, $14, $15, $16, $17)`,
		f.ID, f.Customer, f.Avatar, f.Shop, f.Consent, f.Style, f.Mannequin, f.Sizes, f.UnderStyle, f.UnderSize, f.Lang, f.Result, f.State, f.Problem, f.Job, stamp(f.Created), stamp(f.Changed))
}

// Fit finds a fit for the worker that does it.
func (v View) Fit(ctx context.Context, id string) (Fit, error) {
	return scanFit(v.r.QueryRow(ctx, `SELECT `+fitRead+` FROM fit WHERE id = $1`, id))
}

// FitOfCustomer finds a fit on a customer, whoever asked for it.
func (v View) FitOfCustomer(ctx context.Context, customer, id string) (Fit, error) {
	return scanFit(v.r.QueryRow(ctx, `SELECT `+fitRead+` FROM fit WHERE customer = $1 AND id = $2`, customer, id))
}

// FitOfShop finds a fit a shop asked for, if its grant still stands.
func (v View) FitOfShop(ctx context.Context, shop, id string) (Fit, error) {
	return scanFit(v.r.QueryRow(ctx, `SELECT `+fitRead+` FROM fit WHERE shop = $2 AND id = $3 AND `+fitLive, now(), shop, id))
}

// FitsOfCustomer lists the fits on a customer.
func (v View) FitsOfCustomer(ctx context.Context, customer string, p Page) ([]Fit, error) {
	return list(ctx, v, scanFit, `SELECT `+fitRead+` FROM fit WHERE customer = $1 AND id < $2 ORDER BY id DESC LIMIT $3`, customer, p.before(), p.Limit)
}

// FitsOfShop lists the fits a shop asked for whose grants stand.
func (v View) FitsOfShop(ctx context.Context, shop string, p Page) ([]Fit, error) {
	return list(ctx, v, scanFit, `SELECT `+fitRead+` FROM fit WHERE shop = $2 AND id < $3 AND `+fitLive+` ORDER BY id DESC LIMIT $4`, now(), shop, p.before(), p.Limit)
}

// SetFit notes how a fit stands, unless it has ended already; then ErrAbsent.
func (t *Tx) SetFit(ctx context.Context, id, state, problem, result string) error {
	return t.exec(ctx, `UPDATE fit SET state = $1, problem = $2, result = $3, changed = $4 WHERE id = $5 AND state IN ('queued', 'running')`, state, problem, result, now(), id)
}

// Result is what a fitting came to; its files are blobs.
type Result struct {
	Owner   string // a customer, or "" for mannequins
	Key     string // by content
	Files   string // JSON list of their names
	Created time.Time
}

// Result finds a result.
func (v View) Result(ctx context.Context, owner, key string) (r Result, err error) {
	var created int64
	err = one(v.r.QueryRow(ctx, `SELECT owner, key, files, created FROM result WHERE owner = $1 AND key = $2`, owner, key), &r.Owner, &r.Key, &r.Files, &created)
	r.Created = moment(created)
	return r, err
}

// AddResult notes a result; noting it again changes nothing.
func (t *Tx) AddResult(ctx context.Context, r Result) error {
	return t.all(ctx, `INSERT INTO result (owner, key, customer, files, created) VALUES ($1, $2, NULLIF($1, ''), $3, $4) ON CONFLICT DO NOTHING`, r.Owner, r.Key, r.Files, stamp(r.Created))
}
