// Package vault seals what is personal under a key of each customer's own, and
// makes it unreadable for good by forgetting that key.
//
// A customer's key is a Tink keyset, kept only wrapped by the master key. The
// master key stands outside of the database and of its backups. Everything
// sealed is bound to its place by associated data, so that a record cannot be
// passed off as another.
package vault
