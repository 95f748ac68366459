package v1

import (
	"net/http"
	"time"

	"fitroom/api/concierge"
	"fitroom/api/store"
	"fitroom/api/wire"
)

func (c *call) sendCode(ask codeRequest) error {
	if err := c.desk.SendCode(c.r.Context(), ask.Email, c.lang); err != nil {
		return err
	}
	return c.json(http.StatusAccepted, map[string]string{"status": "sent"})
}

func (c *call) logIn(ask sessionRequest) error {
	token, expires, err := c.desk.Login(c.r.Context(), ask.Email, ask.Code)
	if err != nil {
		return err
	}
	if ask.Cookie {
		http.SetCookie(c.w, LoginCookie(c.r, token, expires))
		return c.json(http.StatusCreated, map[string]any{"expires": expires.UTC()})
	}
	return c.json(http.StatusCreated, map[string]any{"token": token, "expires": expires.UTC()})
}

// LoginCookie holds a login on our pages: no script reads it, no other site's
// form sends it. It is Secure unless the page itself came over plain HTTP.
func LoginCookie(r *http.Request, token string, expires time.Time) *http.Cookie {
	secure := r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https"
	return &http.Cookie{Name: Cookie, Value: token, Path: "/", Expires: expires, HttpOnly: true, Secure: secure, SameSite: http.SameSiteStrictMode}
}

func (c *call) logOut() error {
	if err := c.desk.Logout(c.r.Context(), c.who); err != nil {
		return err
	}
	http.SetCookie(c.w, LoginCookie(c.r, "", time.Unix(1, 0)))
	return c.nothing()
}

func (c *call) getMe() error {
	me, err := c.desk.Me(c.r.Context(), c.who)
	if err != nil {
		return err
	}
	return c.json(http.StatusOK, map[string]any{"id": me.ID, "email": me.Email, "created": me.Created})
}

func (c *call) eraseMe() error {
	if err := c.desk.Erase(c.r.Context(), c.who); err != nil {
		return err
	}
	http.SetCookie(c.w, LoginCookie(c.r, "", time.Unix(1, 0)))
	return c.nothing()
}

func (c *call) exportMe() error {
	c.w.Header().Set("Content-Type", "application/zip")
	c.w.Header().Set("Content-Disposition", `attachment; filename="fitroom-export.zip"`)
	out := &started{ResponseWriter: c.w}
	err := c.desk.Export(c.r.Context(), c.who, out)
	if err != nil && out.any {
		panic(http.ErrAbortHandler) // half a ZIP must not look whole
	}
	return err
}

// started remembers whether anything was answered yet.
type started struct {
	http.ResponseWriter
	any bool
}

func (s *started) Write(p []byte) (int, error) {
	s.any = true
	return s.ResponseWriter.Write(p)
}

type accessJSON struct {
	ID      string     `json:"id"`
	At      *time.Time `json:"at"`
	Shop    string     `json:"shop"`
	Grant   string     `json:"grant"`
	Level   int        `json:"level"`
	What    string     `json:"what"`
	Subject string     `json:"subject"`
}

func (c *call) listAccesses() error {
	return listed(c, "accesses", c.desk.Accesses, func(a store.Access) string { return a.ID },
		func(a store.Access) accessJSON {
			return accessJSON{a.ID, when(a.At), a.Shop, a.Consent, a.Level, a.What, a.Subject}
		})
}

type avatarJSON struct {
	ID      string            `json:"id"`
	Name    string            `json:"name,omitempty"`
	Body    wire.Body         `json:"body"`
	Taken   map[string]string `json:"taken,omitempty"`
	Version int64             `json:"version"`
	Created *time.Time        `json:"created"`
	Changed *time.Time        `json:"changed"`
}

func showAvatar(a concierge.Avatar) avatarJSON {
	return avatarJSON{a.ID, a.Name, a.Body, a.Taken, a.Version, when(a.Created), when(a.Changed)}
}

func (c *call) listAvatars() error {
	return listed(c, "avatars", c.desk.Avatars, func(a concierge.Avatar) string { return a.ID }, showAvatar)
}

// profile is what is asked, for the desk.
func (ask profile) profile() concierge.Profile {
	return concierge.Profile{Name: ask.Name, Body: ask.Body, Taken: ask.Taken}
}

func (c *call) addAvatar(ask profile) error {
	once, err := c.once(c.sent)
	if err != nil {
		return err
	}
	made, err := c.desk.AddAvatar(c.r.Context(), c.who, ask.profile(), once)
	return c.made(made, err, func(status int) error { return c.avatar(status, last(made.Location)) })
}

func (c *call) getAvatar(id string) error { return c.avatar(http.StatusOK, id) }

func (c *call) avatar(status int, id string) error {
	a, err := c.desk.Avatar(c.r.Context(), c.who, id)
	if err != nil {
		return err
	}
	return c.tagged(status, tag(a.ID, a.Version), showAvatar(a))
}

func (c *call) changeAvatar(id string, ask profile) error {
	was, err := c.version(id)
	if err != nil {
		return err
	}
	if err := c.desk.ChangeAvatar(c.r.Context(), c.who, id, was, ask.profile()); err != nil {
		return err
	}
	return c.avatar(http.StatusOK, id)
}

func (c *call) dropAvatar(id string) error { return drop(c, id, c.desk.DropAvatar) }

func (c *call) getModel(id string) error {
	data, err := c.desk.Model(c.r.Context(), c.who, id)
	if err != nil {
		return err
	}
	c.w.Header().Set("Content-Type", "model/gltf-binary")
	c.w.Header().Set("Content-Disposition", `attachment; filename="avatar.glb"`)
	c.w.Write(data)
	return nil
}

type grantJSON struct {
	ID      string     `json:"id"`
	Shop    string     `json:"shop"`
	Avatar  string     `json:"avatar,omitempty"`
	Purpose string     `json:"purpose"`
	Level   int        `json:"level"`
	Live    bool       `json:"live"`
	Created *time.Time `json:"created"`
	Expires *time.Time `json:"expires"`
	Revoked *time.Time `json:"revoked,omitempty"`
}

// showGrant leaves the avatar's id to its owner.
func (c *call) showGrant(g store.Consent) grantJSON {
	j := grantJSON{g.ID, g.Shop, g.Avatar, g.Purpose, g.Level, g.Live(time.Now()), when(g.Created), when(g.Expires), when(g.Revoked)}
	if c.who.Customer == "" {
		j.Avatar = ""
	}
	return j
}

func (c *call) listGrants() error {
	return listed(c, "grants", c.desk.Grants, func(g store.Consent) string { return g.ID }, c.showGrant)
}

func (c *call) addGrant(ask grantRequest) error {
	once, err := c.once(c.sent)
	if err != nil {
		return err
	}
	made, err := c.desk.AddGrant(c.r.Context(), c.who, concierge.GrantWish{Shop: ask.Shop, Avatar: ask.Avatar, Purpose: ask.Purpose, Level: ask.Level, Days: ask.Days}, once)
	return c.made(made, err, func(status int) error { return c.grant(status, last(made.Location)) })
}

func (c *call) getGrant(id string) error { return c.grant(http.StatusOK, id) }

func (c *call) grant(status int, id string) error {
	g, err := c.desk.Grant(c.r.Context(), c.who, id)
	if err != nil {
		return err
	}
	return c.json(status, c.showGrant(g))
}

func (c *call) revokeGrant(id string) error { return drop(c, id, c.desk.Revoke) }
