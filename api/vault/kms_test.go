package vault

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tink-crypto/tink-go/v2/core/registry"
	"github.com/tink-crypto/tink-go/v2/testing/fakekms"
)

// A master key under a KMS is made once, lies sealed, and is the same again;
// another key of the KMS does not open it; an unknown KMS is said to be one.
func TestMasterUnderKMS(t *testing.T) {
	uri, err := fakekms.NewKeyURI()
	if err != nil {
		t.Fatal(err)
	}
	other, err := fakekms.NewKeyURI()
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range []string{uri, other} {
		client, err := fakekms.NewClient(u)
		if err != nil {
			t.Fatal(err)
		}
		registry.RegisterKMSClient(client)
	}
	t.Cleanup(registry.ClearKMSClients)
	path := filepath.Join(t.TempDir(), "master.sealed")
	first, err := OpenMaster("kms:" + uri + ",file:" + path)
	if err != nil {
		t.Fatal(err)
	}
	second, err := OpenMaster("kms:" + uri + ",file:" + path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first.Index("x", []byte("y")), second.Index("x", []byte("y"))) {
		t.Error("the master key is another one the second time")
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 || info.Size() <= keySize {
		t.Errorf("the sealed key: %v, %v", info, err)
	}
	for place, want := range map[string]string{
		"kms:" + other + ",file:" + path:           "does not open",
		"kms:aws-kms://arn:aws:kms:x,file:" + path: "no KMS for aws-kms://",
		"kms:" + uri:   "kms:URI,file:PATH",
		"vault:secret": "file:PATH, env:NAME or kms:",
		"kms:" + uri + ",file:" + path + "/no/such/dir": "",
	} {
		if _, err := OpenMaster(place); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", place, err, want)
		}
	}
}
