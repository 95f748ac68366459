package v1

import (
	"net/http"
	"time"

	"fitroom/api/concierge"
	"fitroom/api/passkey"
	"fitroom/api/problem"
	"fitroom/api/store"
)

// site is the site this request came to. Who sends another Host gets passkeys
// asked for that no browser has for it: the device signs the site it is at.
func (c *call) site() (*passkey.Site, error) {
	scheme := "http://"
	if c.r.TLS != nil || c.r.Header.Get("X-Forwarded-Proto") == "https" {
		scheme = "https://"
	}
	site, err := passkey.NewSite(scheme + c.r.Host)
	if err != nil {
		return nil, problem.New("passkey-refused")
	}
	return site, nil
}

func (c *call) showAsked(a concierge.AskedDevice, err error) error {
	if err != nil {
		return err
	}
	return c.json(http.StatusCreated, map[string]any{"ceremony": a.Ceremony, "options": a.Options})
}

func (c *call) askPasskey() error {
	site, err := c.site()
	if err != nil {
		return err
	}
	a, err := c.desk.AskPasskey(c.r.Context(), c.who, site)
	return c.showAsked(a, err)
}

func (c *call) askLogin() error {
	site, err := c.site()
	if err != nil {
		return err
	}
	a, err := c.desk.AskLogin(c.r.Context(), site)
	return c.showAsked(a, err)
}

type passkeyJSON struct {
	ID      string     `json:"id"`
	Created *time.Time `json:"created"`
	Used    *time.Time `json:"used,omitempty"`
}

func (c *call) addPasskey(ask deviceAnswer) error {
	site, err := c.site()
	if err != nil {
		return err
	}
	id, err := c.desk.AddPasskey(c.r.Context(), c.who, site, ask.Ceremony, ask.Credential)
	if err != nil {
		return err
	}
	c.w.Header().Set("Location", "/v1/passkeys/"+id)
	now := time.Now()
	return c.json(http.StatusCreated, passkeyJSON{ID: id, Created: &now})
}

func (c *call) listPasskeys() error {
	all, err := c.desk.Passkeys(c.r.Context(), c.who)
	if err != nil {
		return err
	}
	return list(c, "passkeys", len(all)+1, all, func(p store.Passkey) string { return p.ID }, func(p store.Passkey) passkeyJSON {
		return passkeyJSON{p.ID, when(p.Created), when(p.Used)}
	})
}

func (c *call) dropPasskey(id string) error { return drop(c, id, c.desk.DropPasskey) }

func (c *call) logInByPasskey(ask deviceAnswer) error {
	site, err := c.site()
	if err != nil {
		return err
	}
	token, expires, err := c.desk.LoginByPasskey(c.r.Context(), site, ask.Ceremony, ask.Credential)
	if err != nil {
		return err
	}
	if ask.Cookie {
		http.SetCookie(c.w, LoginCookie(c.r, token, expires))
		return c.json(http.StatusCreated, map[string]any{"expires": expires.UTC()})
	}
	return c.json(http.StatusCreated, map[string]any{"token": token, "expires": expires.UTC()})
}
