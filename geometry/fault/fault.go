package fault

import (
	"fmt"
	"strings"
)

// Fault is an error told by a sentence of fmt's and its values, or a part of one:
// values may be faults themselves.
type Fault struct {
	Format string
	Args   []any
	err    error
}

// Errorf is fmt.Errorf, remembering sentence and values.
func Errorf(format string, args ...any) error {
	return &Fault{format, args, fmt.Errorf(format, args...)}
}

// Phrase is a part of a sentence; an empty format says nothing.
func Phrase(format string, args ...any) *Fault {
	return &Fault{format, args, fmt.Errorf(format, args...)}
}

// Error is the English sentence.
func (f *Fault) Error() string { return f.err.Error() }

// Unwrap leads to the errors given by %w.
func (f *Fault) Unwrap() error { return f.err }

// Teller is an error of a type of its own that is told as a fault.
type Teller interface {
	error
	Fault() *Fault
}

// Word is a value that is a word of English, not a name: it is told in the
// language of the sentence.
type Word string

// Join says several one after the other; sep holds no words.
func Join(sep string, parts ...error) *Fault {
	values := make([]any, len(parts))
	for i, p := range parts {
		values[i] = p
	}
	return Phrase(strings.TrimSuffix(strings.Repeat("%w"+sep, len(parts)), sep), values...)
}
