// Package api serves fittings over HTTP: the only room that knows requests,
// answers and pages. Echo stays inside it.
//
// Rules of the room:
//   - openapi.yaml is the contract; a test holds routes and answers to it.
//   - Every error leaves as problem+json (RFC 9457) from one place, problem.go.
//   - No measurement enters a log line, an address or a file that outlives the
//     server: the id of a fitting is a keyed hash whose key dies with the process.
//   - A fitting lives no longer than a customer waits for it; equal requests
//     share one.
package api
