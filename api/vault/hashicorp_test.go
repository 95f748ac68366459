package vault

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// transit answers as the transit engine of a Vault does for one key, whose cipher
// is the text with its purpose before it.
func transit(t *testing.T, token string) *httptest.Server {
	return httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var ask map[string]string
		if err := json.NewDecoder(r.Body).Decode(&ask); err != nil {
			t.Errorf("%s: %v", r.URL, err)
		}
		answer := map[string]string{}
		purpose := ask["associated_data"] + "|"
		switch {
		case r.Header.Get("X-Vault-Token") != token:
			http.Error(w, `{"errors": ["permission denied"]}`, http.StatusForbidden)
			return
		case r.URL.Path == "/v1/transit/encrypt/fitroom":
			answer["ciphertext"] = "vault:v1:" + base64.StdEncoding.EncodeToString([]byte(purpose+ask["plaintext"]))
		case r.URL.Path == "/v1/transit/decrypt/fitroom":
			sealed, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(ask["ciphertext"], "vault:v1:"))
			text, ours := strings.CutPrefix(string(sealed), purpose)
			if !ours {
				http.Error(w, `{"errors": ["cipher: message authentication failed"]}`, http.StatusBadRequest)
				return
			}
			answer["plaintext"] = text
		default:
			http.NotFound(w, r)
			return
		}
		json.NewEncoder(w).Encode(map[string]any{"data": answer})
	}))
}

// A master key is sealed by a Vault, and opened by it alone, with the token that
// it knows.
func TestMasterUnderAVault(t *testing.T) {
	s := transit(t, "s.right")
	defer s.Close()
	ca := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("VAULT_CACERT", ca)
	t.Setenv("VAULT_TOKEN", "s.right")
	path := filepath.Join(t.TempDir(), "master.sealed")
	place := "kms:hcvault://" + s.Listener.Addr().String() + "/transit/keys/fitroom,file:" + path
	first, err := OpenMaster(place)
	if err != nil {
		t.Fatal(err)
	}
	second, err := OpenMaster(place)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first.Index("x", []byte("y")), second.Index("x", []byte("y"))) {
		t.Error("the master key is another one the second time")
	}
	t.Setenv("VAULT_TOKEN", "s.wrong")
	t.Setenv("VAULT_MAX_RETRIES", "0")
	if _, err := OpenMaster(place); err == nil || !strings.Contains(err.Error(), "does not open") {
		t.Errorf("a wrong token: %v", err)
	}
}
