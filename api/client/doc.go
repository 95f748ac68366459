// Package client speaks the service's API from Go. All of it but this page is
// generated from the contract, api/openapi.yaml, by `make client`.
package client
