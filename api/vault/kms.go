package vault

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/tink-crypto/tink-go/v2/tink"
)

// boundTo ties what a KMS sealed to its purpose.
const boundTo = "fitroom/master"

// fromKMS reads the master key from a file in which a key management service
// has sealed it: URI,file:PATH, such as aws-kms://arn...,file:master.sealed. A
// file that does not exist is made. The service is asked once, at the start.
//
// A Vault is asked directly (hashicorp.go); other services a build registers with
// Tink in cmd/fitroom.
func fromKMS(place string) (string, error) {
	uri, path, ok := strings.Cut(place, ",file:")
	if !ok || path == "" {
		return "", errors.New("a key of a KMS is written kms:URI,file:PATH; the file holds the master key as the KMS sealed it")
	}
	client, err := kmsOf(uri)
	if err != nil {
		return "", err
	}
	lock, err := client.GetAEAD(uri)
	if err != nil {
		return "", fmt.Errorf("the KMS: %w", err)
	}
	sealed, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return newUnderKMS(lock, path)
	}
	if err != nil {
		return "", err
	}
	key, err := lock.Decrypt(sealed, []byte(boundTo))
	if err != nil {
		return "", fmt.Errorf("the KMS does not open %s: %w", path, err)
	}
	return base64.StdEncoding.EncodeToString(key), nil
}

func newUnderKMS(lock tink.AEAD, path string) (string, error) {
	key := make([]byte, keySize)
	rand.Read(key)
	sealed, err := lock.Encrypt(key, []byte(boundTo))
	if err != nil {
		return "", fmt.Errorf("the KMS does not seal a new master key: %w", err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", err
	}
	_, err = f.Write(sealed)
	return base64.StdEncoding.EncodeToString(key), errors.Join(err, f.Sync(), f.Close())
}
