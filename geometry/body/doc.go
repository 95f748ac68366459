// Package body turns tape measurements into a body with named landmarks.
package body
