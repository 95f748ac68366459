package wire

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// FieldError says which field of an input is at fault and why, in one
// sentence that names what was given and what is allowed.
type FieldError struct {
	Pointer string // RFC 6901, "" for the document as a whole
	Detail  string
	German  string // the same; "" where there are no words for it
}

// Fault is a fault whose sentence has its German in the list of german.go.
func Fault(pointer, format string, args ...any) FieldError {
	return FieldError{pointer, fmt.Sprintf(format, args...), inGerman(format, args)}
}

// In says the fault in a language.
func (e FieldError) In(lang string) string {
	if lang == "de" && e.German != "" {
		return e.German
	}
	return e.Detail
}

func (e FieldError) Error() string {
	if e.Pointer == "" {
		return e.Detail
	}
	return strings.ReplaceAll(strings.TrimPrefix(e.Pointer, "/"), "/", ".") + ": " + e.Detail
}

// maxTold is how many faults one sentence lists.
const maxTold = 5

// Errors are all the faults found in one input.
type Errors []FieldError

func (e Errors) Error() string {
	all := make([]string, 0, maxTold+1)
	for i, f := range e {
		if i == maxTold {
			all = append(all, fmt.Sprintf("and %d more", len(e)-i))
			break
		}
		all = append(all, f.Error())
	}
	return strings.Join(all, "; ")
}

// add notes a fault.
func (e *Errors) add(pointer, format string, args ...any) {
	*e = append(*e, Fault(pointer, format, args...))
}

// join notes every fault of an error made by errors.Join, each in one line.
func (e *Errors) join(pointer string, err error) {
	if err == nil {
		return
	}
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		for _, one := range many.Unwrap() {
			e.join(pointer, one)
		}
		return
	}
	e.add(pointer, "%s", strings.ReplaceAll(err.Error(), "\n", "; "))
}

// err is nil if there are no faults.
func (e Errors) err() error {
	if len(e) == 0 {
		return nil
	}
	return e
}

// AsErrors unpacks the faults of any error of this package.
func AsErrors(err error) (Errors, bool) {
	var all Errors
	if errors.As(err, &all) {
		return all, true
	}
	var one FieldError
	if errors.As(err, &one) {
		return Errors{one}, true
	}
	return nil, false
}

// decode reads exactly one JSON value of at most limit bytes; fields the type
// does not have are refused by name, so that a typing error is never ignored.
func decode(r io.Reader, limit int64, what string, into any) error {
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	if int64(len(data)) > limit {
		return Fault("", "%s is larger than %d kB, the most that is read", what, limit>>10)
	}
	return decodeBytes(data, what, into)
}

// decodeBytes reads a file's text; a byte order mark, as some editors put
// before it, is passed over (RFC 8259, 8.1).
func decodeBytes(data []byte, what string, into any) error {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	err := ReadStrict("", data, into)
	var broken NotJSON
	if errors.As(err, &broken) {
		return Fault("", "%s cannot be read: %v", what, broken.detail)
	}
	return err
}
