package concierge

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"fitroom/api/problem"
	"fitroom/api/store"
)

// KeyWish is a key to be made. Days 0 lets it live for ever.
type KeyWish struct {
	Kind, Label     string
	Scopes, Origins []string
	Days            int
}

// MintedKey is a new key with its secret, which is told this once.
type MintedKey struct {
	store.Key
	Token string
}

// maxKeyDays bounds how long a key can be made to live.
const maxKeyDays = 3650

func (w *KeyWish) check() error {
	var fields []problem.Field
	if w.Kind == "" {
		w.Kind = store.SecretKey
	}
	allowed := Scopes()
	if w.Kind == store.BrowserKey {
		allowed = browserScopes()
		if len(w.Origins) == 0 {
			fields = append(fields, problem.At("/origins", "missing"))
		}
	} else if len(w.Origins) > 0 {
		fields = append(fields, problem.At("/origins", "unusable"))
	}
	for i, o := range w.Origins {
		if u, err := url.Parse(o); err != nil || u.Scheme+"://"+u.Host != o || u.Host == "" || u.Scheme != "https" && u.Hostname() != "localhost" {
			fields = append(fields, problem.At(fmt.Sprintf("/origins/%d", i), "no-origin"))
		}
	}
	for i, s := range w.Scopes {
		if !slices.Contains(allowed, s) {
			fields = append(fields, problem.At(fmt.Sprintf("/scopes/%d", i), "one-of", strings.Join(allowed, ", ")))
		}
	}
	if len(w.Scopes) == 0 {
		w.Scopes = allowed
	}
	if w.Days < 0 || w.Days > maxKeyDays {
		fields = append(fields, problem.At("/days", "at-most", fmt.Sprint(maxKeyDays)))
	}
	if len(fields) > 0 {
		return problem.Invalid(fields...)
	}
	return nil
}

func (w KeyWish) mint(shop string) MintedKey {
	id := store.NewID(keyKind)
	prefix := secretPrefix
	if w.Kind == store.BrowserKey {
		prefix = browserPrefix
	}
	token, hash := newToken(prefix + strings.TrimPrefix(id, keyKind+"_") + "_")
	k := store.Key{ID: id, Shop: shop, Kind: w.Kind, Label: w.Label, Hash: hash, Scopes: w.Scopes, Origins: w.Origins, Created: time.Now()}
	if w.Days > 0 {
		k.Expires = k.Created.AddDate(0, 0, w.Days)
	}
	return MintedKey{k, token}
}

// AddShop makes an organisation; only who runs the service can.
func (c *Concierge) AddShop(ctx context.Context, name string) (store.Shop, error) {
	s := store.Shop{ID: store.NewID("org"), Name: strings.TrimSpace(name), Created: time.Now()}
	if s.Name == "" || len(s.Name) > 200 {
		return s, fmt.Errorf("the organisation's name is %d characters long; it must be 1 to 200", len(s.Name))
	}
	return s, c.store.Update(ctx, func(tx *store.Tx) error { return tx.AddShop(ctx, s) })
}

// Shops lists the organisations, for who runs the service.
func (c *Concierge) Shops(ctx context.Context) ([]store.Shop, error) { return c.store.Shops(ctx) }

// KeyForShop makes a key for an organisation; only who runs the service can.
func (c *Concierge) KeyForShop(ctx context.Context, shop string, w KeyWish) (MintedKey, error) {
	if _, err := c.store.Shop(ctx, shop); err != nil {
		return MintedKey{}, fmt.Errorf("organisation %s: %w", shop, err)
	}
	if err := w.check(); err != nil {
		return MintedKey{}, err
	}
	k := w.mint(shop)
	return k, c.store.Update(ctx, func(tx *store.Tx) error { return tx.AddKey(ctx, k.Key) })
}

// AddKey makes a key that can do no more than the one it is made with.
func (c *Concierge) AddKey(ctx context.Context, who Who, w KeyWish, o Once) (MintedKey, Made, error) {
	if err := w.check(); err != nil {
		return MintedKey{}, Made{}, err
	}
	for _, s := range w.Scopes {
		if !slices.Contains(who.Scopes, s) {
			return MintedKey{}, Made{}, problem.New("missing-scope", s)
		}
	}
	k := w.mint(who.Shop)
	made, err := c.once(ctx, who, o, func(tx *store.Tx) (Made, error) {
		return Made{http.StatusCreated, "/v1/keys/" + k.ID, false}, tx.AddKey(ctx, k.Key)
	})
	return k, made, err
}

// RotateKey makes a key like another, which goes on to work for a while.
func (c *Concierge) RotateKey(ctx context.Context, who Who, id string, overlap time.Duration) (MintedKey, error) {
	var k MintedKey
	err := c.store.Update(ctx, func(tx *store.Tx) error {
		old, err := tx.Key(ctx, who.Shop, id)
		if err != nil {
			return err
		}
		if !old.Live(time.Now()) {
			return store.ErrAbsent
		}
		for _, s := range old.Scopes {
			if !slices.Contains(who.Scopes, s) {
				return problem.New("missing-scope", s)
			}
		}
		k = KeyWish{Kind: old.Kind, Label: old.Label, Scopes: old.Scopes, Origins: old.Origins}.mint(who.Shop)
		if !old.Expires.IsZero() {
			k.Expires = k.Created.Add(old.Expires.Sub(old.Created))
		}
		if err := tx.ExpireKey(ctx, who.Shop, id, time.Now().Add(overlap)); err != nil {
			return err
		}
		return tx.AddKey(ctx, k.Key)
	})
	return k, err
}

// Key is one key of the shop, without its secret.
func (c *Concierge) Key(ctx context.Context, who Who, id string) (store.Key, error) {
	return c.store.Key(ctx, who.Shop, id)
}

// Keys lists the keys of the shop.
func (c *Concierge) Keys(ctx context.Context, who Who, p store.Page) ([]store.Key, error) {
	return c.store.Keys(ctx, who.Shop, p)
}

// RevokeKey ends a key at once.
func (c *Concierge) RevokeKey(ctx context.Context, who Who, id string) error {
	return c.store.Update(ctx, func(tx *store.Tx) error { return tx.RevokeKey(ctx, who.Shop, id) })
}
