// Package hook tells a shop's server of news: signed as Standard Webhooks
// says, and sent to public addresses only.
package hook

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// secretPrefix marks a signing secret, as Standard Webhooks says.
const secretPrefix = "whsec_"

// secretSize [byte]; Standard Webhooks asks for 24 to 64.
const secretSize = 32

// NewSecret makes a signing secret.
func NewSecret() string {
	b := make([]byte, secretSize)
	rand.Read(b)
	return secretPrefix + base64.StdEncoding.EncodeToString(b)
}

// Sign is the signature of a message: HMAC-SHA-256 over id, time and body.
func Sign(secret, id string, at time.Time, body []byte) (string, error) {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, secretPrefix))
	if err != nil || len(key) == 0 {
		return "", errors.New("hook: the secret is not base64")
	}
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "%s.%d.", id, at.Unix())
	mac.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)), nil
}

// Limits on a receiver.
const (
	patience  = 15 * time.Second
	maxAnswer = 64 << 10 // read of an answer, and thrown away [byte]
)

// Sender posts messages. AllowPrivate lets it reach this machine and its
// network, for trying things out; otherwise it would be a way in for whoever
// may name an address (SSRF).
type Sender struct {
	client       *http.Client
	allowPrivate bool
}

// NewSender makes a sender.
func NewSender(allowPrivate bool) *Sender {
	s := &Sender{allowPrivate: allowPrivate}
	dialer := &net.Dialer{Timeout: patience}
	if !allowPrivate {
		// The check is on the address dialled, after the name was resolved: a
		// name may resolve to another address than when it was checked.
		dialer.Control = func(_, address string, _ syscall.RawConn) error { return public(address) }
	}
	s.client = &http.Client{
		Timeout:       patience,
		Transport:     &http.Transport{DialContext: dialer.DialContext, Proxy: nil, DisableKeepAlives: true, TLSHandshakeTimeout: patience},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return s
}

// ErrAddress says that an address may not be sent to.
var ErrAddress = errors.New("hook: not an address of a public host")

// Check tells whether an address may be a webhook's: https, a host, no login.
func (s *Sender) Check(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.User != nil || u.Fragment != "" || len(address) > 2000 {
		return ErrAddress
	}
	if s.allowPrivate {
		if u.Scheme != "https" && u.Scheme != "http" {
			return ErrAddress
		}
		return nil
	}
	if u.Scheme != "https" || !strings.Contains(strings.Trim(u.Hostname(), "."), ".") && net.ParseIP(u.Hostname()) == nil {
		return ErrAddress
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil && !isPublic(ip) {
		return ErrAddress
	}
	return nil
}

func public(address string) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil || !isPublic(to.Addr()) {
		return ErrAddress
	}
	return nil
}

// special are ranges that netip knows no method for: this network, shared
// (RFC 6598), IETF, documentation, benchmarks, reserved, NAT64 and 6to4, which
// lead to IPv4 addresses inside.
func special() []netip.Prefix {
	var all []netip.Prefix
	for _, p := range []string{"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
		"64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16"} {
		all = append(all, netip.MustParsePrefix(p))
	}
	return all
}

func isPublic(ip netip.Addr) bool {
	ip = ip.Unmap()
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast() || ip.Zone() != "" {
		return false
	}
	for _, p := range special() {
		if p.Contains(ip) {
			return false
		}
	}
	return true
}

// Send posts a message and tells the status of the answer, 0 where none came.
// Any status from 200 to 299 means that it was heard.
func (s *Sender) Send(ctx context.Context, address, secret, id string, at time.Time, body []byte) (int, error) {
	signature, err := Sign(secret, id, at, body)
	if err != nil {
		return 0, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return 0, ErrAddress
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "fitroom")
	r.Header.Set("Webhook-Id", id)
	r.Header.Set("Webhook-Timestamp", strconv.FormatInt(at.Unix(), 10))
	r.Header.Set("Webhook-Signature", signature)
	answer, err := s.client.Do(r)
	if err != nil {
		if errors.Is(err, ErrAddress) {
			return 0, ErrAddress
		}
		return 0, errors.New("hook: no answer")
	}
	defer answer.Body.Close()
	io.Copy(io.Discard, io.LimitReader(answer.Body, maxAnswer))
	return answer.StatusCode, nil
}
