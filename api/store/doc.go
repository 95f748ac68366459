// Package store keeps the records of the service: shops and their keys,
// customers and what they allowed, styles, fits, jobs, webhooks.
//
// Tenancy is part of every question: whoever asks for a record names whose it
// must be, and the statement says so, so that no caller can forget to compare.
// What is personal comes here sealed. Identifiers begin with the time, so that
// their order is the order of making and serves as the cursor of lists.
package store
