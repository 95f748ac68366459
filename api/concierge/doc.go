// Package concierge is the service without HTTP: shops bring their styles,
// customers their measurements, and a shop learns of a customer what that
// customer allowed, for as long as it is allowed.
//
// Rules of the room: every method that serves somebody takes Who, and refuses
// what that somebody may not do. Measurements leave a request only sealed
// under the customer's key. Work that takes long is a job; its arguments are
// identifiers. What a fitting came to is named by its content, so that the
// same question is answered once, and a job that runs twice does no harm.
package concierge
