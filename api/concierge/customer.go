package concierge

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"fitroom/api/blob"
	"fitroom/api/problem"
	"fitroom/api/store"
	"fitroom/render"
	"fitroom/render/export"
)

// Me is what the service knows of the customer apart from the records listed
// elsewhere.
type Me struct {
	ID, Email string
	Created   time.Time
}

// Me is the customer's own account.
func (c *Concierge) Me(ctx context.Context, who Who) (Me, error) {
	account, err := c.store.Customer(ctx, who.Customer)
	if err != nil {
		return Me{}, err
	}
	key, err := c.key(ctx, c.store.View, who.Customer)
	if err != nil {
		return Me{}, err
	}
	email, err := key.Open(account.Sealed, account.ID)
	return Me{account.ID, string(email), account.Created}, err
}

// Erase removes everything of the customer. The key goes with the records in
// one transaction; from then on nobody can read what is left of the files, and
// a job removes those too.
func (c *Concierge) Erase(ctx context.Context, who Who) error {
	me, err := c.Me(ctx, who)
	if err != nil {
		return err
	}
	err = c.store.Update(ctx, func(tx *store.Tx) error {
		return errors.Join(tx.DropCode(ctx, c.master.Index("address", []byte(me.Email))), tx.EraseCustomer(ctx, who.Customer),
			c.queue.Add(ctx, tx.Raw(), sweepJob, who.Customer))
	})
	if err != nil {
		return err
	}
	return c.workSweep(ctx, who.Customer)
}

// workSweep removes the files of a customer that no result names any more, all
// of them after erasure, and what the database's journal still holds.
func (c *Concierge) workSweep(ctx context.Context, customer string) error {
	names, err := c.blobs.List(ctx, "c/"+customer+"/")
	if err != nil {
		return err
	}
	for _, name := range names {
		key := path.Base(path.Dir(name))
		if _, err := c.store.Result(ctx, customer, key); err == nil {
			continue
		} else if !errors.Is(err, store.ErrAbsent) {
			return err
		}
		if err := c.blobs.Delete(ctx, name); err != nil {
			return err
		}
	}
	return c.store.Forget(ctx)
}

// exportPage is how many records are read at a time.
const exportPage = 100

// Export writes a ZIP of everything the service has of the customer.
func (c *Concierge) Export(ctx context.Context, who Who, out io.Writer) error {
	me, err := c.Me(ctx, who)
	if err != nil {
		return err
	}
	z := zip.NewWriter(out)
	steps := []func() error{
		func() error {
			return zipJSON(z, "account.json", map[string]any{"id": me.ID, "email": me.Email, "created": me.Created})
		},
		func() error { return c.exportAvatars(ctx, who, z) },
		func() error { return c.exportGrants(ctx, who, z) },
		func() error { return c.exportAccesses(ctx, who, z) },
		func() error { return c.exportFits(ctx, who, z) },
		z.Close,
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func zipJSON(z *zip.Writer, name string, v any) error {
	w, err := z.Create(name)
	if err != nil {
		return err
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// pages calls read for every part of a list.
func pages[T any](read func(store.Page) ([]T, error), id func(T) string, each func(T) error) error {
	for p := (store.Page{Limit: exportPage}); ; {
		part, err := read(p)
		if err != nil {
			return err
		}
		for _, x := range part {
			if err := each(x); err != nil {
				return err
			}
		}
		if len(part) < exportPage {
			return nil
		}
		p.Before = id(part[len(part)-1])
	}
}

func (c *Concierge) exportAvatars(ctx context.Context, who Who, z *zip.Writer) error {
	return pages(func(p store.Page) ([]Avatar, error) { return c.Avatars(ctx, who, p) }, func(a Avatar) string { return a.ID }, func(a Avatar) error {
		if err := zipJSON(z, "avatars/"+a.ID+".json", a.Profile); err != nil {
			return err
		}
		model, err := c.Model(ctx, who, a.ID)
		if err != nil {
			return err
		}
		w, err := z.Create("avatars/" + a.ID + ".glb")
		if err != nil {
			return err
		}
		_, err = w.Write(model)
		return err
	})
}

// Model is the 3D file of an avatar.
func (c *Concierge) Model(ctx context.Context, who Who, id string) ([]byte, error) {
	a, err := c.Avatar(ctx, who, id)
	if err != nil {
		return nil, err
	}
	measures, _, err := a.Body.Convert("/body")
	if err != nil {
		return nil, invalid(err)
	}
	b, err := c.room.Body(ctx, measures)
	if err != nil {
		return nil, problem.New("body-refused")
	}
	var out bytes.Buffer
	err = export.GLB(&out, render.Scene{Objects: []render.Object{{Name: "body", Pos: b.Mesh.Verts, Tris: b.Mesh.Tris, Material: render.Mannequin()}}}, export.Float)
	return out.Bytes(), err
}

// receipt is the record of a consent, with the fields of ISO/IEC TS 27560 that
// this service has something to say to.
type receipt struct {
	ID             string     `json:"consent_id"`
	Principal      string     `json:"pii_principal_id"`
	Controller     string     `json:"pii_controller"`
	ControllerName string     `json:"pii_controller_name"`
	Purpose        string     `json:"purpose"`
	Category       string     `json:"pii_type"`
	Level          int        `json:"level"`
	Avatar         string     `json:"avatar"`
	Given          time.Time  `json:"given"`
	Expires        time.Time  `json:"expires"`
	Withdrawn      *time.Time `json:"withdrawn,omitempty"`
}

func (c *Concierge) exportGrants(ctx context.Context, who Who, z *zip.Writer) error {
	return pages(func(p store.Page) ([]store.Consent, error) { return c.Grants(ctx, who, p) }, func(g store.Consent) string { return g.ID }, func(g store.Consent) error {
		shop, err := c.store.Shop(ctx, g.Shop)
		if err != nil {
			return err
		}
		r := receipt{g.ID, g.Customer, g.Shop, shop.Name, g.Purpose, "body measurements", g.Level, g.Avatar, g.Created, g.Expires, nil}
		if !g.Revoked.IsZero() {
			r.Withdrawn = &g.Revoked
		}
		return zipJSON(z, "receipts/"+g.ID+".json", r)
	})
}

func (c *Concierge) exportAccesses(ctx context.Context, who Who, z *zip.Writer) error {
	all := []map[string]any{}
	err := pages(func(p store.Page) ([]store.Access, error) { return c.Accesses(ctx, who, p) }, func(a store.Access) string { return a.ID }, func(a store.Access) error {
		all = append(all, map[string]any{"at": a.At, "shop": a.Shop, "grant": a.Consent, "level": a.Level, "what": a.What, "subject": a.Subject})
		return nil
	})
	if err != nil {
		return err
	}
	return zipJSON(z, "access-log.json", all)
}

// exportFits adds every file of every fit; several fits may share a result,
// which is then written once.
func (c *Concierge) exportFits(ctx context.Context, who Who, z *zip.Writer) error {
	var written []string
	return pages(func(p store.Page) ([]store.Fit, error) { return c.Fits(ctx, who, p) }, func(f store.Fit) string { return f.ID }, func(f store.Fit) error {
		if f.State != store.Done || slices.Contains(written, f.Result) {
			return nil
		}
		written = append(written, f.Result)
		names, err := c.blobs.List(ctx, strings.TrimSuffix(folderOf(f.Customer, f.Result), "/")+"/")
		if err != nil {
			return err
		}
		for _, name := range names {
			data, err := c.file(ctx, f.Customer, f.Result, path.Base(name))
			if errors.Is(err, blob.ErrAbsent) || errors.Is(err, store.ErrAbsent) {
				continue
			}
			if err != nil {
				return err
			}
			w, err := z.Create("fits/" + f.ID + "/" + path.Base(name))
			if err == nil {
				_, err = w.Write(data)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}
