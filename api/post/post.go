// Package post sends e-mail: over SMTP, or into a folder where no mail server
// is at hand.
package post

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"fmt"
	"mime"
	"mime/quotedprintable"
	"net"
	netmail "net/mail"
	"net/smtp"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Letter is one plain-text message.
type Letter struct{ To, Subject, Text string }

// Sender sends letters.
type Sender interface {
	Send(ctx context.Context, l Letter) error
}

// Open makes a sender of an address: a folder (`file:DIR`), or
// smtp://USER:PASSWORD@host:port?from=ADDRESS with STARTTLS (smtps:// for TLS
// from the start; ?tls=0 without, for a server on this machine).
func Open(address string) (Sender, error) {
	if dir, ok := strings.CutPrefix(address, "file:"); ok {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, fmt.Errorf("mail: %w", err)
		}
		return folder(dir), nil
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "smtp" && u.Scheme != "smtps" || u.Port() == "" {
		return nil, errors.New("mail: must be file:DIR or smtp://USER:PASSWORD@host:port?from=ADDRESS")
	}
	from, err := netmail.ParseAddress(u.Query().Get("from"))
	if err != nil {
		return nil, errors.New("mail: ?from= must be an e-mail address")
	}
	s := server{address: u.Host, host: u.Hostname(), from: from.Address, plain: u.Query().Get("tls") == "0", tls: u.Scheme == "smtps"}
	if u.User != nil {
		password, _ := u.User.Password()
		s.login = smtp.PlainAuth("", u.User.Username(), password, s.host)
	}
	return s, nil
}

// Address is the plain form of an e-mail address: what is compared and sent to.
func Address(text string) (string, error) {
	a, err := netmail.ParseAddress(strings.TrimSpace(text))
	if err != nil || a.Name != "" || len(a.Address) > 254 || strings.ContainsAny(a.Address, "\r\n \"") {
		return "", errors.New("mail: not an e-mail address")
	}
	return strings.ToLower(a.Address), nil
}

// message writes a letter after RFC 5322.
func message(from string, l Letter) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "From: <%s>\r\nTo: <%s>\r\nSubject: %s\r\nDate: %s\r\nMessage-ID: <%s@fitroom>\r\n", from, l.To,
		mime.QEncoding.Encode("utf-8", l.Subject), time.Now().Format(time.RFC1123Z), rand.Text())
	b.WriteString("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n")
	w := quotedprintable.NewWriter(&b)
	w.Write([]byte(l.Text))
	w.Close()
	return b.Bytes()
}

// folder puts each letter into a file.
type folder string

func (f folder) Send(_ context.Context, l Letter) error {
	name := fmt.Sprintf("%s-%s.eml", time.Now().UTC().Format("20060102T150405.000000"), rand.Text()[:6])
	return os.WriteFile(filepath.Join(string(f), name), message("fitroom@localhost", l), 0o600)
}

// patience with a mail server.
const patience = 20 * time.Second

// server is a mail server.
type server struct {
	address, host, from string
	plain, tls          bool
	login               smtp.Auth
}

func (s server) Send(ctx context.Context, l Letter) error {
	conn, err := (&net.Dialer{Timeout: patience}).DialContext(ctx, "tcp", s.address)
	if err != nil {
		return err
	}
	conn.SetDeadline(time.Now().Add(patience))
	if s.tls {
		conn = tls.Client(conn, &tls.Config{ServerName: s.host})
	}
	c, err := smtp.NewClient(conn, s.host)
	if err != nil {
		return errors.Join(err, conn.Close())
	}
	defer c.Close()
	if !s.tls && !s.plain {
		if err := c.StartTLS(&tls.Config{ServerName: s.host}); err != nil {
			return err
		}
	}
	return s.deliver(c, l)
}

func (s server) deliver(c *smtp.Client, l Letter) error {
	if s.login != nil {
		if err := c.Auth(s.login); err != nil {
			return err
		}
	}
	if err := errors.Join(c.Mail(s.from), c.Rcpt(l.To)); err != nil {
		return err
	}
	w, err := c.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write(message(s.from, l)); err != nil {
		return err
	}
	return errors.Join(w.Close(), c.Quit())
}
