package wire

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"fitroom/garment/words"
	"fitroom/geometry/fault"
)

// FieldError says which field of an input is at fault and why, in one
// sentence that names what was given and what is allowed.
type FieldError struct {
	Pointer string // RFC 6901, "" for the document as a whole
	Err     error  // the sentence, without the field
}

// Fault is a fault of a field, told in every language.
func Fault(pointer, format string, args ...any) FieldError {
	return FieldError{pointer, fault.Errorf(format, args...)}
}

// In says the fault in a language.
func (e FieldError) In(lang string) string {
	return strings.ReplaceAll(words.In(lang).Tell(e.Err), "\n", "; ")
}

// Fault is the sentence with the field.
func (e FieldError) Fault() *fault.Fault {
	if e.Pointer == "" {
		return fault.Phrase("%w", e.Err)
	}
	return fault.Phrase("%s: %w", strings.ReplaceAll(strings.TrimPrefix(e.Pointer, "/"), "/", "."), e.Err)
}

func (e FieldError) Error() string { return e.Fault().Error() }

// Unknown tells that the field is not one that is known.
func (e FieldError) Unknown() bool {
	f, ok := e.Err.(*fault.Fault)
	return ok && f.Format == unknownField("").(*fault.Fault).Format
}

// maxTold is how many faults one sentence lists.
const maxTold = 5

// Errors are all the faults found in one input.
type Errors []FieldError

// Fault lists the first of them in one sentence.
func (e Errors) Fault() *fault.Fault {
	var formats []string
	var told []any
	for i, f := range e {
		if i == maxTold {
			formats, told = append(formats, "%w"), append(told, fault.Errorf("and %d more", len(e)-i))
			break
		}
		formats, told = append(formats, "%w"), append(told, f)
	}
	return fault.Phrase(strings.Join(formats, "; "), told...)
}

func (e Errors) Error() string { return e.Fault().Error() }

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
	*e = append(*e, FieldError{pointer, err})
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
