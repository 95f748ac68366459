package concierge

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"time"

	"fitroom/api/post"
	"fitroom/api/problem"
	"fitroom/api/store"
	"fitroom/garment/words"
)

// Limits on login codes: at these, a guesser has 25 guesses an hour at one
// address, each right once in a million.
const (
	codeDigits  = 6
	codeLife    = 10 * time.Minute
	codeTries   = 5
	codesPer    = time.Hour
	mostCodes   = 5
	sessionLife = 30 * 24 * time.Hour
)

// SendCode sends a login code to an address. It tells nobody whether there is
// an account.
func (c *Concierge) SendCode(ctx context.Context, address, lang string) error {
	address, err := post.Address(address)
	if err != nil {
		return problem.Invalid(problem.At("/email", "format", "name@host"))
	}
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		return err
	}
	digits := fmt.Sprintf("%0*d", codeDigits, n)
	index := c.master.Index("address", []byte(address))
	err = c.store.Update(ctx, func(tx *store.Tx) error {
		now := time.Now()
		code, err := tx.Code(ctx, index)
		if err != nil && !errors.Is(err, store.ErrAbsent) {
			return err
		}
		if now.Sub(code.Began) > codesPer {
			code.Sent, code.Began = 0, now
		}
		if code.Sent >= mostCodes {
			return problem.Later("too-many-requests", code.Began.Add(codesPer).Sub(now))
		}
		return tx.PutCode(ctx, store.Code{Index: index, Hash: c.codeHash(address, digits), Sent: code.Sent + 1, Began: code.Began, Expires: now.Add(codeLife)})
	})
	if err != nil {
		return err
	}
	if err := c.mail.Send(ctx, codeLetter(address, digits, lang)); err != nil {
		return problem.New("mail-failed")
	}
	return nil
}

func (c *Concierge) codeHash(address, digits string) []byte {
	return c.master.Index("code", []byte(address+" "+digits))
}

func codeLetter(address, digits, lang string) post.Letter {
	l := words.In(lang).Letter
	fill := strings.NewReplacer("{code}", digits)
	return post.Letter{To: address, Subject: fill.Replace(l.Subject), Text: fill.Replace(l.Text)}
}

// Login lets in who knows the code sent to an address, and makes the account
// at the first time.
func (c *Concierge) Login(ctx context.Context, address, digits string) (token string, expires time.Time, err error) {
	address, err = post.Address(address)
	if err != nil {
		return "", expires, problem.New("wrong-code")
	}
	index := c.master.Index("address", []byte(address))
	if err := c.tryCode(ctx, index, c.codeHash(address, digits)); err != nil {
		return "", expires, err
	}
	token, hash := newToken(loginPrefix)
	expires = time.Now().Add(sessionLife)
	err = c.store.Update(ctx, func(tx *store.Tx) error {
		id, err := c.account(ctx, tx, index, address)
		if err != nil {
			return err
		}
		if err := tx.DropCode(ctx, index); err != nil {
			return err
		}
		return tx.AddSession(ctx, store.Session{Hash: hash, Customer: id, Created: time.Now(), Expires: expires})
	})
	return token, expires, err
}

// tryCode counts the guess before it is compared, in a transaction of its own:
// guesses at once cannot be more than the limit.
func (c *Concierge) tryCode(ctx context.Context, index, hash []byte) error {
	if err := c.store.Update(ctx, func(tx *store.Tx) error { return tx.TryCode(ctx, index, codeTries) }); err != nil {
		if errors.Is(err, store.ErrAbsent) {
			return problem.New("wrong-code")
		}
		return err
	}
	code, err := c.store.Code(ctx, index)
	if err != nil && !errors.Is(err, store.ErrAbsent) {
		return err
	}
	if subtle.ConstantTimeCompare(code.Hash, hash) != 1 || time.Now().After(code.Expires) {
		return problem.New("wrong-code")
	}
	return nil
}

func (c *Concierge) account(ctx context.Context, tx *store.Tx, index []byte, address string) (string, error) {
	found, err := tx.CustomerByAddress(ctx, index)
	if err == nil || !errors.Is(err, store.ErrAbsent) {
		return found.ID, err
	}
	id := store.NewID("cus")
	key, wrapped, err := c.master.NewKey(id)
	if err != nil {
		return "", err
	}
	sealed, err := key.Seal([]byte(address), id)
	if err != nil {
		return "", err
	}
	return id, tx.AddCustomer(ctx, store.Customer{ID: id, Index: index, Sealed: sealed, Created: time.Now()}, wrapped)
}

// Logout ends the login it is called with.
func (c *Concierge) Logout(ctx context.Context, who Who) error {
	return c.store.Update(ctx, func(tx *store.Tx) error { return tx.EndSession(ctx, who.session) })
}
