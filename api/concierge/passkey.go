package concierge

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"fitroom/api/passkey"
	"fitroom/api/problem"
	"fitroom/api/store"
)

// Limits of passkeys.
const (
	ceremonyLife = 5 * time.Minute
	maxPasskeys  = 20
)

// AskedDevice is what the browser is to ask a device, and the word under which
// the answer is to be sent back.
type AskedDevice struct {
	Ceremony string
	Options  json.RawMessage
}

// holder is the customer as a device knows them: by the identifier, which says
// nothing of who they are, with the passkeys there are.
func (c *Concierge) holder(ctx context.Context, v store.View, id string) (passkey.Customer, []store.Passkey, error) {
	p := passkey.Customer{Handle: []byte(id), Name: "fitroom"}
	kept, err := v.Passkeys(ctx, id)
	if err != nil {
		return p, nil, err
	}
	key, err := c.key(ctx, v, id)
	if err != nil {
		return p, nil, err
	}
	for _, k := range kept {
		data, err := key.Open(k.Sealed, k.ID)
		if err != nil {
			return p, nil, err
		}
		p.Credentials = append(p.Credentials, data)
	}
	return p, kept, nil
}

// keepAsked keeps what was asked until the answer comes.
func (c *Concierge) keepAsked(ctx context.Context, customer string, a passkey.Asked) (AskedDevice, error) {
	word := strings.ToLower(rand.Text())
	hash := sha256.Sum256([]byte(word))
	sealed, err := c.master.Seal(a.Kept, "ceremony")
	if err != nil {
		return AskedDevice{}, err
	}
	err = c.store.Update(ctx, func(tx *store.Tx) error {
		return tx.AddCeremony(ctx, store.Ceremony{Hash: hash[:], Customer: customer, Asked: sealed, Expires: time.Now().Add(ceremonyLife)})
	})
	return AskedDevice{word, a.Options}, err
}

// asked takes what was kept; an answer counts once.
func (c *Concierge) asked(ctx context.Context, customer, word string) ([]byte, error) {
	hash := sha256.Sum256([]byte(word))
	var kept store.Ceremony
	err := c.store.Update(ctx, func(tx *store.Tx) (err error) {
		kept, err = tx.TakeCeremony(ctx, hash[:], customer)
		return err
	})
	if errors.Is(err, store.ErrAbsent) {
		return nil, problem.New("passkey-refused")
	}
	if err != nil {
		return nil, err
	}
	return c.master.Open(kept.Asked, "ceremony")
}

// AskPasskey begins to add a passkey of a device.
func (c *Concierge) AskPasskey(ctx context.Context, who Who, site *passkey.Site) (AskedDevice, error) {
	h, kept, err := c.holder(ctx, c.store.View, who.Customer)
	if err != nil {
		return AskedDevice{}, err
	}
	if len(kept) >= maxPasskeys {
		return AskedDevice{}, problem.New("passkey-refused")
	}
	a, err := site.Begin(h)
	if err != nil {
		return AskedDevice{}, err
	}
	return c.keepAsked(ctx, who.Customer, a)
}

// AddPasskey keeps the passkey that a device made.
func (c *Concierge) AddPasskey(ctx context.Context, who Who, site *passkey.Site, word string, answer []byte) (string, error) {
	kept, err := c.asked(ctx, who.Customer, word)
	if err != nil {
		return "", err
	}
	h, _, err := c.holder(ctx, c.store.View, who.Customer)
	if err != nil {
		return "", err
	}
	credential, id, err := site.Finish(h, kept, answer)
	if errors.Is(err, passkey.ErrRefused) {
		return "", problem.New("passkey-refused")
	}
	if err != nil {
		return "", err
	}
	p := store.Passkey{ID: store.NewID("pas"), Customer: who.Customer, Index: c.master.Index("passkey", id), Created: time.Now()}
	key, err := c.key(ctx, c.store.View, who.Customer)
	if err != nil {
		return "", err
	}
	if p.Sealed, err = key.Seal(credential, p.ID); err != nil {
		return "", err
	}
	return p.ID, c.store.Update(ctx, func(tx *store.Tx) error { return tx.AddPasskey(ctx, p) })
}

// Passkeys lists the customer's.
func (c *Concierge) Passkeys(ctx context.Context, who Who) ([]store.Passkey, error) {
	return c.store.Passkeys(ctx, who.Customer)
}

// DropPasskey removes one of the customer's.
func (c *Concierge) DropPasskey(ctx context.Context, who Who, id string) error {
	return c.store.Update(ctx, func(tx *store.Tx) error { return tx.DropPasskey(ctx, who.Customer, id) })
}

// AskLogin begins a login by whatever passkey a device has of this site.
func (c *Concierge) AskLogin(ctx context.Context, site *passkey.Site) (AskedDevice, error) {
	a, err := site.BeginLogin()
	if err != nil {
		return AskedDevice{}, err
	}
	return c.keepAsked(ctx, "", a)
}

// LoginByPasskey lets in whoever's device answered.
func (c *Concierge) LoginByPasskey(ctx context.Context, site *passkey.Site, word string, answer []byte) (token string, expires time.Time, err error) {
	kept, err := c.asked(ctx, "", word)
	if err != nil {
		return "", expires, err
	}
	var used store.Passkey
	credential, err := site.FinishLogin(kept, answer, func(id []byte) (passkey.Customer, error) {
		p, err := c.store.PasskeyByIndex(ctx, c.master.Index("passkey", id))
		if err != nil {
			return passkey.Customer{}, err
		}
		used = p
		h, _, err := c.holder(ctx, c.store.View, p.Customer)
		return h, err
	})
	if errors.Is(err, passkey.ErrRefused) {
		return "", expires, problem.New("passkey-refused")
	}
	if err != nil {
		return "", expires, err
	}
	key, err := c.key(ctx, c.store.View, used.Customer)
	if err != nil {
		return "", expires, err
	}
	if used.Sealed, err = key.Seal(credential, used.ID); err != nil {
		return "", expires, err
	}
	token, hash := newToken(loginPrefix)
	expires = time.Now().Add(sessionLife)
	return token, expires, c.store.Update(ctx, func(tx *store.Tx) error {
		return errors.Join(tx.UsePasskey(ctx, used), tx.AddSession(ctx, store.Session{Hash: hash, Customer: used.Customer, Created: time.Now(), Expires: expires}))
	})
}
