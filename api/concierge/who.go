package concierge

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"slices"
	"strings"
	"time"

	"fitroom/api/problem"
	"fitroom/api/store"
)

// Who is somebody let in: a shop's program, a browser on a shop's page, or a
// customer.
type Who struct {
	Shop, Customer string // one of them
	Key            string // the shop's
	Browser        bool   // by a browser key
	Scopes         []string
	session        []byte // the customer's
}

// ID tells principals apart.
func (w Who) ID() string { return w.Shop + w.Customer }

// Kind names the principal for people.
func (w Who) Kind() string {
	switch {
	case w.Customer != "":
		return "customers"
	case w.Browser:
		return "browser keys"
	}
	return "shops"
}

// Scopes a key can have, and those of a browser key.
func Scopes() []string {
	return []string{"styles:read", "styles:write", "fits:read", "fits:write", "grants:read", "webhooks:read", "webhooks:write", "keys:read", "keys:write"}
}

func browserScopes() []string { return []string{"styles:read"} }

// Prefixes of tokens: what leaked is recognised by them.
const (
	secretPrefix  = "frk_live_"
	browserPrefix = "frp_live_"
	loginPrefix   = "frc_"
	keyKind       = "key"
)

// Authenticate finds who a token belongs to. origin is the Origin of the
// request, which a browser key must be made for.
func (c *Concierge) Authenticate(ctx context.Context, token, origin string) (Who, error) {
	if strings.HasPrefix(token, loginPrefix) {
		return c.customerOf(ctx, token)
	}
	kind, rest := store.SecretKey, strings.TrimPrefix(token, secretPrefix)
	if strings.HasPrefix(token, browserPrefix) {
		kind, rest = store.BrowserKey, strings.TrimPrefix(token, browserPrefix)
	}
	id, _, ok := strings.Cut(rest, "_")
	if !ok || rest == token || len(id) > 64 {
		return Who{}, problem.New("invalid-credentials")
	}
	key, err := c.store.KeyByID(ctx, keyKind+"_"+id)
	if errors.Is(err, store.ErrAbsent) {
		key.Hash = make([]byte, sha256.Size) // compared all the same: time tells nothing
	} else if err != nil {
		return Who{}, err
	}
	hash := sha256.Sum256([]byte(token))
	same := subtle.ConstantTimeCompare(hash[:], key.Hash) == 1
	if !same || key.Kind != kind || !key.Live(time.Now()) {
		return Who{}, problem.New("invalid-credentials")
	}
	if kind == store.BrowserKey && !slices.Contains(key.Origins, origin) {
		return Who{}, problem.New("wrong-origin")
	}
	return Who{Shop: key.Shop, Key: key.ID, Browser: kind == store.BrowserKey, Scopes: key.Scopes}, nil
}

func (c *Concierge) customerOf(ctx context.Context, token string) (Who, error) {
	hash := sha256.Sum256([]byte(token))
	s, err := c.store.Session(ctx, hash[:])
	if errors.Is(err, store.ErrAbsent) {
		return Who{}, problem.New("invalid-credentials")
	}
	return Who{Customer: s.Customer, session: hash[:]}, err
}

// newToken makes a secret nobody can guess: 26 characters of 5 bits.
func newToken(prefix string) (token string, hash []byte) {
	token = prefix + strings.ToLower(rand.Text())
	sum := sha256.Sum256([]byte(token))
	return token, sum[:]
}
