//go:build !(g3n && cgo && linux)

package gl

import (
	"errors"
	"io"
)

// Serve of a build without g3n says so and ends.
func Serve(_ io.Reader, out io.Writer) error {
	err := errors.New("this drawing program was built without g3n (tag g3n, cgo, Linux)")
	return errors.Join(err, newChannel(nil, out).sendHello(Hello{Version: protocol, Fault: err.Error()}))
}
