// Package passkey lets customers in by a key pair that never leaves their
// device (W3C Web Authentication, level 3), by the library go-webauthn.
//
// What was asked of the device and what it left is passed on as bytes, for the
// rooms that keep them; this room keeps nothing.
package passkey
