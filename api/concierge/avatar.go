package concierge

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"

	"fitroom/api/problem"
	"fitroom/api/store"
	"fitroom/api/vault"
	"fitroom/api/wire"
	"fitroom/geometry/body"
)

// Profile is what a customer says of a body: measurements, each with its
// method, and the day each was taken.
type Profile struct {
	Name  string            `json:"name,omitempty"`
	Body  wire.Body         `json:"body"`
	Taken map[string]string `json:"taken,omitempty"` // YYYY-MM-DD by measurement
}

// Avatar is a profile that is kept.
type Avatar struct {
	store.Avatar
	Profile
}

// dateForm of Taken.
const dateForm = "2006-01-02"

// check tells whether a body can be built of the profile.
func (c *Concierge) check(ctx context.Context, p Profile) error {
	measures, _, err := p.Body.Convert("/body")
	if err != nil {
		return invalid(err)
	}
	var fields []problem.Field
	for _, name := range slices.Sorted(maps.Keys(p.Taken)) {
		day := p.Taken[name]
		at := "/taken/" + name
		if _, ok := p.Body.Measurements[name]; !ok {
			fields = append(fields, problem.At(at, "unknown"))
		} else if d, err := time.Parse(dateForm, day); err != nil || d.After(time.Now().AddDate(0, 0, 1)) {
			fields = append(fields, problem.At(at, "format", "YYYY-MM-DD"))
		}
	}
	if len(fields) > 0 {
		return problem.Invalid(fields...)
	}
	_, err = c.room.Body(ctx, measures)
	var one *body.MeasureError
	if errors.As(err, &one) {
		return refused(err)
	}
	if err != nil && ctx.Err() == nil {
		return problem.New("body-refused")
	}
	return err
}

// invalid turns the faults of an input into a problem.
func invalid(err error) error {
	all, ok := wire.AsErrors(err)
	if !ok {
		return err
	}
	var fields []problem.Field
	for _, f := range all {
		fields = append(fields, problem.Field{Pointer: f.Pointer, Err: f.Err})
	}
	return problem.Invalid(fields...)
}

// refused names every measurement that makes no body with the others. The
// sentences are for who sent the measurements and go nowhere else.
func refused(err error) *problem.Problem {
	p := problem.New("body-refused")
	for _, m := range measureErrors(err) {
		p.Fields = append(p.Fields, misfit(m))
	}
	return p
}

// misfit says which values would go with the others, where that is known.
func misfit(m *body.MeasureError) problem.Field {
	at := "/body/measurements/" + string(m.Key)
	if m.Hi == 0 {
		return problem.Field{Pointer: at, Err: m}
	}
	size, unit := 100.0, "cm"
	if m.Unit == "kg" {
		size, unit = 1, "kg"
	}
	return problem.At(at, "unlikely", size*m.Lo, size*m.Hi, unit)
}

func measureErrors(err error) []*body.MeasureError {
	switch e := err.(type) {
	case *body.MeasureError:
		return []*body.MeasureError{e}
	case interface{ Unwrap() []error }:
		var all []*body.MeasureError
		for _, one := range e.Unwrap() {
			all = append(all, measureErrors(one)...)
		}
		return all
	case interface{ Unwrap() error }:
		return measureErrors(e.Unwrap())
	}
	return nil
}

// key opens the customer's key.
func (c *Concierge) key(ctx context.Context, v store.View, customer string) (*vault.Key, error) {
	wrapped, err := v.WrappedKey(ctx, customer)
	if err != nil {
		return nil, err
	}
	return c.master.Unwrap(wrapped, customer)
}

// maxAvatars of one customer.
const maxAvatars = 20

// AddAvatar keeps a profile.
func (c *Concierge) AddAvatar(ctx context.Context, who Who, p Profile, o Once) (Made, error) {
	if err := c.check(ctx, p); err != nil {
		return Made{}, err
	}
	id := store.NewID("avt")
	sealed, err := c.seal(ctx, who.Customer, id, p)
	if err != nil {
		return Made{}, err
	}
	return c.once(ctx, who, o, func(tx *store.Tx) (Made, error) {
		all, err := tx.Avatars(ctx, who.Customer, store.Page{Limit: maxAvatars})
		if err == nil && len(all) == maxAvatars {
			err = problem.Invalid(problem.At("", "at-most", fmt.Sprint(maxAvatars)))
		}
		if err != nil {
			return Made{}, err
		}
		now := time.Now()
		return Made{http.StatusCreated, "/v1/avatars/" + id, false},
			tx.AddAvatar(ctx, store.Avatar{ID: id, Customer: who.Customer, Version: 1, Sealed: sealed, Created: now, Changed: now})
	})
}

func (c *Concierge) seal(ctx context.Context, customer, place string, v any) ([]byte, error) {
	key, err := c.key(ctx, c.store.View, customer)
	if err != nil {
		return nil, err
	}
	data, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return key.Seal(data, place)
}

func openAvatar(a store.Avatar, key *vault.Key) (Avatar, error) {
	out := Avatar{Avatar: a}
	data, err := key.Open(a.Sealed, a.ID)
	if err != nil {
		return out, err
	}
	return out, json.Unmarshal(data, &out.Profile)
}

// Avatar is one profile of the customer.
func (c *Concierge) Avatar(ctx context.Context, who Who, id string) (Avatar, error) {
	return c.avatar(ctx, who.Customer, id)
}

func (c *Concierge) avatar(ctx context.Context, customer, id string) (Avatar, error) {
	a, err := c.store.Avatar(ctx, customer, id)
	if err != nil {
		return Avatar{}, err
	}
	key, err := c.key(ctx, c.store.View, customer)
	if err != nil {
		return Avatar{}, err
	}
	return openAvatar(a, key)
}

// Avatars lists the profiles of the customer.
func (c *Concierge) Avatars(ctx context.Context, who Who, p store.Page) ([]Avatar, error) {
	all, err := c.store.Avatars(ctx, who.Customer, p)
	if err != nil || len(all) == 0 {
		return []Avatar{}, err
	}
	key, err := c.key(ctx, c.store.View, who.Customer)
	if err != nil {
		return nil, err
	}
	out := make([]Avatar, len(all))
	for i, a := range all {
		if out[i], err = openAvatar(a, key); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// ChangeAvatar replaces a profile that is still of a version.
func (c *Concierge) ChangeAvatar(ctx context.Context, who Who, id string, was int64, p Profile) error {
	if _, err := c.store.Avatar(ctx, who.Customer, id); err != nil {
		return err
	}
	if err := c.check(ctx, p); err != nil {
		return err
	}
	sealed, err := c.seal(ctx, who.Customer, id, p)
	if err != nil {
		return err
	}
	return c.store.Update(ctx, func(tx *store.Tx) error {
		return tx.ChangeAvatar(ctx, store.Avatar{ID: id, Customer: who.Customer, Sealed: sealed}, was)
	})
}

// DropAvatar removes a profile with its fits and the grants on it.
func (c *Concierge) DropAvatar(ctx context.Context, who Who, id string) error {
	return c.store.Update(ctx, func(tx *store.Tx) error {
		if err := tx.DropAvatar(ctx, who.Customer, id); err != nil {
			return err
		}
		return c.queue.Add(ctx, tx.Raw(), sweepJob, who.Customer)
	})
}
