package vault_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fitroom/api/vault"
)

func master(t *testing.T, seed byte) *vault.Master {
	t.Helper()
	m, err := vault.NewMaster(bytes.Repeat([]byte{seed}, 32))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// What was sealed opens with the same key at the same place, and nowhere else.
func TestSealedOpensOnlyInItsPlace(t *testing.T) {
	m := master(t, 1)
	k, wrapped, err := m.NewKey("c1")
	if err != nil {
		t.Fatal(err)
	}
	other, _, err := m.NewKey("c2")
	if err != nil {
		t.Fatal(err)
	}
	again, err := m.Unwrap(wrapped, "c1")
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := k.Seal([]byte("waist 74"), "a1")
	if err != nil || bytes.Contains(sealed, []byte("waist")) {
		t.Fatalf("%q, %v", sealed, err)
	}
	if got, err := again.Open(sealed, "a1"); string(got) != "waist 74" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	changed := bytes.Clone(sealed)
	changed[len(changed)-1] ^= 1
	for what, try := range map[string]func() ([]byte, error){
		"another place":   func() ([]byte, error) { return k.Open(sealed, "a2") },
		"another key":     func() ([]byte, error) { return other.Open(sealed, "a1") },
		"changed":         func() ([]byte, error) { return k.Open(changed, "a1") },
		"nothing":         func() ([]byte, error) { return k.Open(nil, "a1") },
		"the master":      func() ([]byte, error) { return m.Open(sealed, "a1") },
		"another's name":  func() ([]byte, error) { _, err := m.Unwrap(wrapped, "c2"); return nil, err },
		"another master":  func() ([]byte, error) { _, err := master(t, 2).Unwrap(wrapped, "c1"); return nil, err },
		"a destroyed key": func() ([]byte, error) { _, err := m.Unwrap(make([]byte, len(wrapped)), "c1"); return nil, err },
	} {
		if got, err := try(); !errors.Is(err, vault.ErrSealed) {
			t.Errorf("%s opened %q, %v", what, got, err)
		}
	}
}

// An index finds a value again and differs by value, purpose and master.
func TestIndex(t *testing.T) {
	m := master(t, 1)
	a := m.Index("address", []byte("ada@example.org"))
	for what, b := range map[string][]byte{
		"value": m.Index("address", []byte("bob@example.org")), "purpose": m.Index("code", []byte("ada@example.org")),
		"border": m.Index("addressa", []byte("da@example.org")), "master": master(t, 2).Index("address", []byte("ada@example.org")),
	} {
		if bytes.Equal(a, b) {
			t.Errorf("another %s has the same index", what)
		}
	}
	if !bytes.Equal(a, m.Index("address", []byte("ada@example.org"))) {
		t.Error("the same value has another index")
	}
}

func TestOpenMaster(t *testing.T) {
	path := filepath.Join(t.TempDir(), "master.key")
	first, err := vault.OpenMaster("file:" + path)
	if err != nil {
		t.Fatal(err)
	}
	second, err := vault.OpenMaster("file:" + path)
	if err != nil || !bytes.Equal(first.Index("x", nil), second.Index("x", nil)) {
		t.Errorf("the same file gives another key, %v", err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	t.Setenv("FITROOM_TEST_KEY", base64.StdEncoding.EncodeToString(make([]byte, 32)))
	if _, err := vault.OpenMaster("env:FITROOM_TEST_KEY"); err != nil {
		t.Error(err)
	}
	t.Setenv("FITROOM_TEST_KEY", "short")
	for place, want := range map[string]string{"env:FITROOM_TEST_KEY": "32 bytes", "kms://x": "file:PATH", "": "file:PATH", "file:" + t.TempDir() + "/none/key": "no such file"} {
		if _, err := vault.OpenMaster(place); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", place, err, want)
		}
	}
}
