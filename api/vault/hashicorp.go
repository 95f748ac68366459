package vault

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/hashicorp/vault/api"
	"github.com/tink-crypto/tink-go-hcvault/v2/integration/hcvault"
	"github.com/tink-crypto/tink-go/v2/core/registry"
)

// hashicorpScheme is that of keys in the transit engine of a Vault (HashiCorp) or
// an OpenBao: hcvault://HOST:PORT/transit/keys/NAME. Token and certificates are
// taken from VAULT_TOKEN, VAULT_CACERT and their like, as Vault's own tools do.
const hashicorpScheme = "hcvault://"

// kmsOf is the client of the service that keeps a key.
func kmsOf(uri string) (registry.KMSClient, error) {
	if strings.HasPrefix(uri, hashicorpScheme) {
		client, err := hashicorp(uri)
		if err != nil {
			return nil, fmt.Errorf("the Vault at %s: %w", uri, err)
		}
		return client, nil
	}
	client, err := registry.GetKMSClient(uri)
	if err != nil {
		scheme, _, _ := strings.Cut(uri, "://")
		return nil, fmt.Errorf("this build knows no KMS for %s://, only %s; register a Tink client for it in cmd/fitroom, or keep the key in file:PATH or env:NAME", scheme, hashicorpScheme)
	}
	return client, nil
}

func hashicorp(uri string) (registry.KMSClient, error) {
	at, err := url.Parse(uri)
	if err != nil {
		return nil, err
	}
	cfg := api.DefaultConfig()
	if cfg.Error != nil {
		return nil, cfg.Error
	}
	cfg.Address = "https://" + at.Host
	client, err := api.NewClient(cfg)
	if err != nil {
		return nil, err
	}
	return hcvault.NewClientWithAEADOptions(hashicorpScheme+at.Host, client.Logical())
}
