package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strconv"
	"strings"
	"unicode"

	"fitroom/geometry/fault"
)

const (
	maxDepth  = 64 // of nested JSON; the deepest honest request, an inline pattern, has about 12
	MaxFaults = 20 // told at once; more help nobody
)

// ReadStrict decodes exactly one JSON value into a struct and names the place
// of every fault. It is stricter than encoding/json: unknown fields, fields in
// another case, fields given twice, values of another kind and null are all
// refused, so that nothing a customer sends is ignored in silence. at is the
// pointer of the value within its document.
func ReadStrict(at string, data []byte, into any) error {
	s := strict{d: json.NewDecoder(bytes.NewReader(data))}
	s.d.UseNumber()
	err := s.value(at, reflect.TypeOf(into).Elem(), 0)
	if err == nil {
		if _, more := s.d.Token(); more != io.EOF {
			err = Fault("", "The JSON goes on after its value ends")
		}
	}
	if err != nil {
		return malformed(err, data, s.d.InputOffset())
	}
	if len(s.faults) > 0 {
		return s.faults
	}
	if err := json.Unmarshal(data, into); err != nil { // a number beyond float64
		return Errors{{at, errors.New(strings.TrimPrefix(err.Error(), "json: "))}}
	}
	return nil
}

// NotJSON is the error of a document that is no JSON at all.
type NotJSON struct{ detail error }

func (e NotJSON) Error() string { return e.detail.Error() }

// Fault is its sentence.
func (e NotJSON) Fault() *fault.Fault { return fault.Phrase("%w", e.detail) }

// malformed says where a document stops being JSON: at what follows the last
// good token. (The offset of a json.SyntaxError counts from another place when
// tokens are read one by one.)
func malformed(err error, data []byte, last int64) error {
	var syntax *json.SyntaxError
	var field FieldError
	switch {
	case errors.As(err, &field):
		return NotJSON{field.Err}
	case !errors.As(err, &syntax):
		return NotJSON{fault.Errorf("The JSON ends in the middle of a value")}
	}
	rest := bytes.TrimLeft(data[last:], " \t\r\n,:")
	before := string(data[:len(data)-len(rest)])
	line := strings.Count(before, "\n") + 1
	return NotJSON{fault.Errorf("The JSON is broken at line %d, column %d: %w", line, len(before)-strings.LastIndexByte(before, '\n'), syntax)}
}

// strict walks the tokens of a document beside the type it should fill.
type strict struct {
	d      *json.Decoder
	faults Errors
}

func (s *strict) fault(at, format string, args ...any) { s.note(at, fault.Errorf(format, args...)) }

func (s *strict) note(at string, err error) {
	if len(s.faults) < MaxFaults {
		s.faults = append(s.faults, FieldError{at, err})
	}
}

// value walks one value; t is nil where any value may stand.
func (s *strict) value(at string, t reflect.Type, depth int) error {
	if depth > maxDepth {
		return Fault("", "The JSON is nested deeper than %d levels", maxDepth)
	}
	tok, err := s.d.Token()
	if err != nil {
		return err
	}
	t = plain(t)
	got := kindOf(tok)
	if want := wanted(t); want != "" && want != got {
		s.fault(at, "is %s; it must be %s", got, want)
		t = nil
	}
	switch tok {
	case json.Delim('{'):
		return s.object(at, t, depth)
	case json.Delim('['):
		return s.list(at, t, depth)
	}
	if n, ok := tok.(json.Number); ok && t != nil {
		if _, err := n.Float64(); err != nil {
			s.fault(at, "is a number too large to be true")
		}
	}
	return nil
}

// unknownField says that a field is not known.
func unknownField(known string) error {
	return fault.Errorf("is not known here; known are %s", known)
}

func (s *strict) object(at string, t reflect.Type, depth int) error {
	seen := map[string]bool{}
	for s.d.More() {
		tok, err := s.d.Token()
		if err != nil {
			return err
		}
		key := tok.(string) // the decoder lets nothing else stand here
		where := at + "/" + escape(key)
		if seen[key] {
			s.fault(where, "is given twice")
		}
		seen[key] = true
		inner, known := member(t, key)
		if !known {
			s.note(where, unknownField(strings.Join(members(t), ", ")))
		}
		if err := s.value(where, inner, depth+1); err != nil {
			return err
		}
	}
	_, err := s.d.Token()
	return err
}

func (s *strict) list(at string, t reflect.Type, depth int) error {
	var inner reflect.Type
	if t != nil {
		inner = t.Elem()
	}
	n := 0
	for ; s.d.More(); n++ {
		if err := s.value(at+"/"+strconv.Itoa(n), inner, depth+1); err != nil {
			return err
		}
	}
	if t != nil && t.Kind() == reflect.Array && n != t.Len() {
		s.fault(at, "holds %d values; it must hold %d", n, t.Len())
	}
	_, err := s.d.Token()
	return err
}

// plain looks through pointers; nil stands for raw JSON, decoded later.
func plain(t reflect.Type) reflect.Type {
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t == reflect.TypeFor[json.RawMessage]() || t != nil && t.Kind() == reflect.Interface {
		return nil
	}
	return t
}

// Kinds of values, in words.
const (
	anObject = fault.Word("an object")
	aList    = fault.Word("a list")
	aText    = fault.Word("a text")
	aTruth   = fault.Word("true or false")
	aNumber  = fault.Word("a number")
	aNull    = fault.Word("null")
)

// kindOf says in words what stands in the document.
func kindOf(tok json.Token) fault.Word {
	switch v := tok.(type) {
	case json.Delim:
		if v == '{' {
			return anObject
		}
		return aList
	case string:
		return aText
	case bool:
		return aTruth
	case json.Number:
		return aNumber
	}
	return aNull
}

// wanted says in words what should stand there.
func wanted(t reflect.Type) fault.Word {
	if t == nil {
		return ""
	}
	switch t.Kind() {
	case reflect.Struct, reflect.Map:
		return anObject
	case reflect.Slice, reflect.Array:
		return aList
	case reflect.String:
		return aText
	case reflect.Bool:
		return aTruth
	case reflect.Float64, reflect.Int:
		return aNumber
	}
	panic("wire: no JSON kind for " + t.String())
}

// member is the type of an object's member and whether it may have one so
// named.
func member(t reflect.Type, key string) (reflect.Type, bool) {
	if t == nil {
		return nil, true
	}
	if t.Kind() == reflect.Map {
		return t.Elem(), true
	}
	for f := range fieldsOf(t) {
		if f.name == key {
			return f.typ, true
		}
	}
	return nil, false
}

func members(t reflect.Type) []string {
	var names []string
	for f := range fieldsOf(t) {
		names = append(names, f.name)
	}
	return names
}

type jsonField struct {
	name string
	typ  reflect.Type
}

// fieldsOf lists the JSON fields of a struct in its order.
func fieldsOf(t reflect.Type) func(yield func(jsonField) bool) {
	return func(yield func(jsonField) bool) {
		for i := range t.NumField() {
			f := t.Field(i)
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if f.IsExported() && name != "-" && !yield(jsonField{name, f.Type}) {
				return
			}
		}
	}
}

// escape writes a key as one step of a JSON Pointer (RFC 6901, 3), cut where
// it is longer than any name should be, and without characters that would
// steer a terminal.
func escape(key string) string {
	if len(key) > 80 {
		key = strings.ToValidUTF8(key[:80], "") + "…"
	}
	key = strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return unicode.ReplacementChar
	}, key)
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(key)
}
