// Package v1 is the service over HTTP: the routes under /v1, who may use each,
// and the manners they share (problem documents, cursors, entity tags,
// idempotency keys, limits on haste).
//
// Rules of the room: a route says in the table who may use it, and nothing
// else decides that. What a request's JSON may hold is written in the contract,
// openapi.yaml, and checked against it before a handler sees it. Handlers
// convert and call the concierge; they decide nothing.
package v1
