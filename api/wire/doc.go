// Package wire is the JSON of the contract and its conversion to and from the
// domain types: the one place where centimetres become metres.
package wire
