package wire

import (
	"encoding/json"
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
}

func (e FieldError) Error() string {
	if e.Pointer == "" {
		return e.Detail
	}
	return strings.ReplaceAll(strings.TrimPrefix(e.Pointer, "/"), "/", ".") + ": " + e.Detail
}

// Errors are all the faults found in one input.
type Errors []FieldError

func (e Errors) Error() string {
	all := make([]string, len(e))
	for i, f := range e {
		all[i] = f.Error()
	}
	return strings.Join(all, "; ")
}

// add notes a fault.
func (e *Errors) add(pointer, format string, args ...any) {
	*e = append(*e, FieldError{pointer, fmt.Sprintf(format, args...)})
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
		return FieldError{"", fmt.Sprintf("%s is larger than %d kB, the most that is read", what, limit>>10)}
	}
	return decodeBytes(data, what, into)
}

func decodeBytes(data []byte, what string, into any) error {
	d := json.NewDecoder(strings.NewReader(string(data)))
	d.DisallowUnknownFields()
	err := d.Decode(into)
	if err == nil {
		if _, more := d.Token(); more != io.EOF {
			return FieldError{"", what + " goes on after its JSON value ends"}
		}
		return nil
	}
	return FieldError{"", fmt.Sprintf("%s is not valid: %s", what, explain(err, data))}
}

// explain puts a decoder's error in words that name the place.
func explain(err error, data []byte) string {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Sprintf("%s at %s", syntax.Error(), place(data, syntax.Offset))
	case errors.As(err, &kind) && strings.HasPrefix(kind.Value, "number "):
		return fmt.Sprintf("field %q holds the %s, which is beyond any limit, at %s", kind.Field, kind.Value, place(data, kind.Offset))
	case errors.As(err, &kind):
		return fmt.Sprintf("field %q holds a %s where a %s belongs, at %s", kind.Field, kind.Value, kindName(kind.Type.Kind().String()), place(data, kind.Offset))
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return "it ends in the middle of a value"
	}
	return strings.TrimPrefix(err.Error(), "json: ")
}

func kindName(kind string) string {
	switch kind {
	case "float64", "int":
		return "number"
	case "struct", "map":
		return "object"
	case "slice":
		return "list"
	}
	return kind
}

func place(data []byte, offset int64) string {
	before := string(data[:min(int(offset), len(data))])
	line := strings.Count(before, "\n") + 1
	return fmt.Sprintf("line %d, column %d", line, len(before)-strings.LastIndexByte(before, '\n'))
}
