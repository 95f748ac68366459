package vault

import (
	"bytes"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/aead/subtle"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// keySize of the master key and of what is derived from it [byte].
const keySize = 32

// ErrSealed says that something cannot be opened: it was sealed under another
// key or for another place, or it was changed.
var ErrSealed = errors.New("vault: cannot be opened with this key")

// Master is the key above all others. It is safe for concurrent use.
type Master struct {
	aead  tink.AEAD
	index []byte
}

// OpenMaster reads the master key from `file:PATH` or `env:NAME`, where it
// stands as 32 bytes in base64, or from `kms:URI,file:PATH`, where a key
// management service has sealed it. A file that does not exist is made, readable
// by its owner alone.
func OpenMaster(place string) (*Master, error) {
	kind, name, _ := strings.Cut(place, ":")
	var text string
	var err error
	switch kind {
	case "env":
		text = os.Getenv(name)
	case "file":
		text, err = readOrMake(name)
	case "kms":
		text, err = fromKMS(name)
	default:
		return nil, fmt.Errorf("master key %q: must be file:PATH, env:NAME or kms:URI,file:PATH", kind)
	}
	if err != nil {
		return nil, fmt.Errorf("master key: %w", err)
	}
	key, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil || len(key) != keySize {
		return nil, fmt.Errorf("master key %s: must hold %d bytes in base64", place, keySize)
	}
	return NewMaster(key)
}

// readOrMake reads the key's file; the first of two processes at once makes it.
func readOrMake(path string) (string, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		data, err := os.ReadFile(path)
		return string(data), err
	}
	if err != nil {
		return "", err
	}
	key := make([]byte, keySize)
	rand.Read(key)
	text := base64.StdEncoding.EncodeToString(key) + "\n"
	_, err = f.WriteString(text)
	return text, errors.Join(err, f.Sync(), f.Close())
}

// NewMaster makes a master of 32 secret bytes.
func NewMaster(key []byte) (*Master, error) {
	wrap, err := derive(key, "wrap")
	if err != nil {
		return nil, err
	}
	index, err := derive(key, "index")
	if err != nil {
		return nil, err
	}
	a, err := subtle.NewAESGCM(wrap)
	if err != nil {
		return nil, err
	}
	return &Master{a, index}, nil
}

// derive makes a key for one purpose (HKDF, RFC 5869), so that the same bytes
// never serve two algorithms.
func derive(key []byte, purpose string) ([]byte, error) {
	return hkdf.Key(sha256.New, key, nil, "fitroom/"+purpose, keySize)
}

// Index is a name for a value that tells nothing of it to who has no master
// key, and finds it again: HMAC-SHA-256. purpose keeps names of different
// things apart.
func (m *Master) Index(purpose string, value []byte) []byte {
	mac := hmac.New(sha256.New, m.index)
	fmt.Fprintf(mac, "%d:%s", len(purpose), purpose)
	mac.Write(value)
	return mac.Sum(nil)
}

// Seal seals something that is not a customer's, for one place.
func (m *Master) Seal(data []byte, place string) ([]byte, error) {
	return m.aead.Encrypt(data, []byte(place))
}

// Open opens what Seal sealed.
func (m *Master) Open(sealed []byte, place string) ([]byte, error) {
	return open(m.aead, sealed, place)
}

// Key is one customer's key.
type Key struct{ aead tink.AEAD }

// NewKey makes a key for a customer, and its wrapped form, to be kept.
func (m *Master) NewKey(customer string) (*Key, []byte, error) {
	handle, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, nil, err
	}
	var wrapped bytes.Buffer
	if err := handle.WriteWithAssociatedData(keyset.NewBinaryWriter(&wrapped), m.aead, []byte(customer)); err != nil {
		return nil, nil, err
	}
	k, err := newKey(handle)
	return k, wrapped.Bytes(), err
}

// Unwrap opens a customer's wrapped key.
func (m *Master) Unwrap(wrapped []byte, customer string) (*Key, error) {
	handle, err := keyset.ReadWithAssociatedData(keyset.NewBinaryReader(bytes.NewReader(wrapped)), m.aead, []byte(customer))
	if err != nil {
		return nil, ErrSealed
	}
	return newKey(handle)
}

func newKey(handle *keyset.Handle) (*Key, error) {
	a, err := aead.New(handle)
	if err != nil {
		return nil, err
	}
	return &Key{a}, nil
}

// Seal seals data for one place, such as the id of its record.
func (k *Key) Seal(data []byte, place string) ([]byte, error) {
	return k.aead.Encrypt(data, []byte(place))
}

// Open opens what Seal sealed for the same place.
func (k *Key) Open(sealed []byte, place string) ([]byte, error) { return open(k.aead, sealed, place) }

func open(a tink.AEAD, sealed []byte, place string) ([]byte, error) {
	data, err := a.Decrypt(sealed, []byte(place))
	if err != nil {
		return nil, ErrSealed
	}
	return data, nil
}
