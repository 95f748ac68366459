package passkey

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
)

// ErrRefused says that what the device answered proves nothing.
var ErrRefused = errors.New("passkey: the answer does not prove anything")

// Customer is whose passkey it is. Handle is told to the device; it must not
// say who somebody is.
type Customer struct {
	Handle      []byte
	Name        string
	Credentials [][]byte // as Finish returned them
}

// Asked is what a device is asked: for the browser, and to be kept until the
// answer comes.
type Asked struct {
	Options json.RawMessage // of navigator.credentials.create or get
	Kept    []byte
}

// user is a customer in the library's terms.
type user struct {
	Customer
	credentials []webauthn.Credential
}

func (u *user) WebAuthnID() []byte                         { return u.Handle }
func (u *user) WebAuthnName() string                       { return u.Name }
func (u *user) WebAuthnDisplayName() string                { return u.Name }
func (u *user) WebAuthnCredentials() []webauthn.Credential { return u.credentials }

func newUser(c Customer) (*user, error) {
	u := &user{Customer: c}
	for _, data := range c.Credentials {
		var credential webauthn.Credential
		if err := json.Unmarshal(data, &credential); err != nil {
			return nil, fmt.Errorf("passkey: a kept credential: %w", err)
		}
		u.credentials = append(u.credentials, credential)
	}
	return u, nil
}

// Site is the site whose passkeys they are: the origin of our own pages. A
// passkey of another site proves nothing here, because the device signs the
// site it was asked by.
type Site struct{ library *webauthn.WebAuthn }

// NewSite is the site of an origin such as https://fitroom.example.
func NewSite(origin string) (*Site, error) {
	u, err := url.Parse(origin)
	if err != nil || u.Hostname() == "" {
		return nil, fmt.Errorf("passkey: %q is no origin", origin)
	}
	library, err := webauthn.New(&webauthn.Config{RPID: u.Hostname(), RPDisplayName: "fitroom", RPOrigins: []string{origin}})
	if err != nil {
		return nil, fmt.Errorf("passkey: %w", err)
	}
	return &Site{library}, nil
}

func ask(options any, session *webauthn.SessionData, err error) (Asked, error) {
	if err != nil {
		return Asked{}, fmt.Errorf("passkey: %w", err)
	}
	shown, err1 := json.Marshal(options)
	kept, err2 := json.Marshal(session)
	return Asked{shown, kept}, errors.Join(err1, err2)
}

// Begin asks the customer's device for a new passkey, kept by the device and
// used with its lock (PIN, finger, face).
func (s *Site) Begin(c Customer) (Asked, error) {
	u, err := newUser(c)
	if err != nil {
		return Asked{}, err
	}
	var known []protocol.CredentialDescriptor
	for _, credential := range u.credentials {
		known = append(known, credential.Descriptor())
	}
	options, session, err := s.library.BeginRegistration(u, webauthn.WithExclusions(known), webauthn.WithAuthenticatorSelection(protocol.AuthenticatorSelection{
		ResidentKey: protocol.ResidentKeyRequirementRequired, UserVerification: protocol.VerificationRequired,
	}))
	return ask(options, session, err)
}

// Finish checks the device's answer and returns the passkey to be kept, and the
// device's own name of it.
func (s *Site) Finish(c Customer, kept, answer []byte) (credential, id []byte, err error) {
	var session webauthn.SessionData
	if err := json.Unmarshal(kept, &session); err != nil {
		return nil, nil, fmt.Errorf("passkey: what was asked: %w", err)
	}
	u, err := newUser(c)
	if err != nil {
		return nil, nil, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return nil, nil, ErrRefused
	}
	made, err := s.library.CreateCredential(u, session, parsed)
	if err != nil {
		return nil, nil, ErrRefused
	}
	credential, err = json.Marshal(made)
	return credential, made.ID, err
}

// BeginLogin asks any device for any passkey of this site.
func (s *Site) BeginLogin() (Asked, error) {
	options, session, err := s.library.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	return ask(options, session, err)
}

// FinishLogin checks the device's answer. find returns the customer of a passkey
// by the device's name of it; the passkey is returned as it is to be kept now.
func (s *Site) FinishLogin(kept, answer []byte, find func(id []byte) (Customer, error)) (credential []byte, err error) {
	var session webauthn.SessionData
	if err := json.Unmarshal(kept, &session); err != nil {
		return nil, fmt.Errorf("passkey: what was asked: %w", err)
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return nil, ErrRefused
	}
	_, used, err := s.library.ValidatePasskeyLogin(func(id, _ []byte) (webauthn.User, error) {
		c, err := find(id)
		if err != nil {
			return nil, err
		}
		return newUser(c)
	}, session, parsed)
	if err != nil || used.Authenticator.CloneWarning {
		return nil, ErrRefused // a counter that went back: there are two of a device
	}
	return json.Marshal(used)
}
