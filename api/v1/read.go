package v1

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"fitroom/api/concierge"
	"fitroom/api/problem"
	"fitroom/api/store"
	"fitroom/api/wire"

	"github.com/getkin/kin-openapi/openapi3"
)

// maxJSON is many times what any JSON request but an upload needs [byte].
const maxJSON = 256 << 10

// body reads the request whole, as one of some media types.
func (c *call) body(most int64, types ...string) ([]byte, error) {
	got, _, err := mime.ParseMediaType(c.r.Header.Get("Content-Type"))
	if err != nil || !slices.Contains(types, got) {
		return nil, problem.New("unsupported-media-type", strings.Join(types, ", "))
	}
	if c.r.ContentLength > most {
		return nil, &http.MaxBytesError{Limit: most}
	}
	data, err := io.ReadAll(http.MaxBytesReader(c.w, c.r.Body, most))
	var large *http.MaxBytesError
	if err != nil && !errors.As(err, &large) {
		return nil, problem.New("incomplete")
	}
	return data, err
}

// read reads the request's JSON into a value, and keeps its bytes. What the
// contract does not allow is refused, every fault by its pointer.
func (c *call) read(into any) error {
	data, err := c.body(maxJSON, "application/json")
	if err != nil {
		return err
	}
	c.sent = data
	strict := wire.ReadStrict("", data, into)
	var broken wire.NotJSON
	if errors.As(strict, &broken) {
		return faults(strict)
	}
	var value any
	if err := json.Unmarshal(data, &value); err != nil {
		return problem.New("invalid-json", "it could not be read")
	}
	if !plainText(string(data)) || strings.Contains(string(data), `\u0000`) {
		return problem.New("invalid-json", "it holds a NUL or is not UTF-8")
	}
	// First the contract, whose faults are told in the caller's language, then
	// what the reader found besides.
	if schema := c.schemas[c.route.Method+" "+c.route.Path]; schema != nil {
		if err := schema.VisitJSON(value, openapi3.MultiErrors()); err != nil {
			return problem.Invalid(mergeFaults(schemaFaults(err), strict)...)
		}
	}
	if strict != nil {
		return faults(strict)
	}
	return nil
}

// faults turns what the JSON reader found into a problem.
func faults(err error) error {
	var broken wire.NotJSON
	if errors.As(err, &broken) {
		return problem.New("invalid-json", broken.Error())
	}
	all, ok := wire.AsErrors(err)
	if !ok {
		return err
	}
	var fields []problem.Field
	for _, f := range all {
		fields = append(fields, problem.Field{Pointer: f.Pointer, Err: f.Err})
	}
	return problem.Invalid(fields...)
}

// mergeFaults puts the reader's faults with those of the contract. Of fields
// that are not known the contract's checker names no place; the reader does.
func mergeFaults(all []problem.Field, strict error) []problem.Field {
	unknown := slices.ContainsFunc(all, func(f problem.Field) bool { return f.Code == "unknown" })
	all = slices.DeleteFunc(all, func(f problem.Field) bool { return f.Code == "unknown" && strict != nil })
	found, _ := wire.AsErrors(strict)
	for _, f := range found {
		switch {
		case slices.ContainsFunc(all, func(g problem.Field) bool { return g.Pointer == f.Pointer }):
		case unknown && f.Unknown():
			all = append(all, problem.At(f.Pointer, "unknown"))
		default:
			all = append(all, problem.Field{Pointer: f.Pointer, Err: f.Err})
		}
	}
	return all[:min(len(all), wire.MaxFaults)]
}

// schemaFaults names every place where a value is not as the contract says.
func schemaFaults(err error) []problem.Field {
	var many openapi3.MultiError
	if errors.As(err, &many) {
		var all []problem.Field
		for _, one := range many {
			all = append(all, schemaFaults(one)...)
		}
		return all[:min(len(all), wire.MaxFaults)]
	}
	var one *openapi3.SchemaError
	if !errors.As(err, &one) {
		return []problem.Field{problem.At("", "unusable")}
	}
	pointer := ""
	for _, part := range one.JSONPointer() {
		pointer += "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(part)
	}
	return []problem.Field{schemaFault(pointer, one)}
}

// schemaFault says in words of ours what the contract asks for; the value that
// was sent is not repeated.
func schemaFault(pointer string, e *openapi3.SchemaError) problem.Field {
	s := e.Schema
	number := func(x *float64) string { return strconv.FormatFloat(*x, 'g', -1, 64) }
	switch e.SchemaField {
	case "required":
		return problem.At(pointer, "missing")
	case "enum":
		var words []string
		for _, w := range s.Enum {
			words = append(words, fmt.Sprint(w))
		}
		return problem.At(pointer, "one-of", strings.Join(words, ", "))
	case "minimum":
		return problem.At(pointer, "at-least", number(s.Min))
	case "maximum":
		return problem.At(pointer, "at-most", number(s.Max))
	case "exclusiveMinimum":
		if s.ExclusiveMin.Value != nil {
			return problem.At(pointer, "above", number(s.ExclusiveMin.Value))
		}
	case "minLength", "minItems", "minProperties":
		return problem.At(pointer, "length-min", fmt.Sprint(max(s.MinLength, s.MinItems, s.MinProps)))
	case "maxLength":
		return problem.At(pointer, "length-max", fmt.Sprint(*s.MaxLength))
	case "maxItems":
		return problem.At(pointer, "length-max", fmt.Sprint(*s.MaxItems))
	case "pattern":
		return problem.At(pointer, "pattern")
	case "format":
		return problem.At(pointer, "format", s.Format)
	case "type":
		return problem.At(pointer, "kind", strings.Join(s.Type.Slice(), ", "))
	case "additionalProperties", "properties":
		return problem.At(pointer, "unknown")
	}
	return problem.At(pointer, "unusable")
}

// once is the caller's Idempotency-Key with all that was asked under it.
func (c *call) once(data []byte) (concierge.Once, error) {
	key := c.r.Header.Get("Idempotency-Key")
	if len(key) > 200 || !plainText(key) {
		return concierge.Once{}, problem.Invalid(problem.At("", "length-max", "200"))
	}
	return concierge.Once{Key: key, Request: append([]byte(c.route.Method+" "+c.r.URL.Path+"\n"), data...)}, nil
}

// Limits of a list's part.
const (
	usualLimit = 50
	mostLimit  = 200
)

// page is the part of a list that the query asks for.
func (c *call) page() (store.Page, error) {
	p := store.Page{Limit: usualLimit}
	query := c.r.URL.Query()
	if text := query.Get("limit"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > mostLimit {
			return p, problem.Invalid(problem.At("/limit", "at-most", fmt.Sprint(mostLimit)))
		}
		p.Limit = n
	}
	if text := query.Get("cursor"); text != "" {
		id, err := base64.RawURLEncoding.DecodeString(text)
		if err != nil || len(id) == 0 || len(id) > 64 || !plainText(string(id)) {
			return p, problem.Invalid(problem.At("/cursor", "unusable"))
		}
		p.Before = string(id)
	}
	return p, nil
}

func (c *call) id() string { return c.r.PathValue("id") }

// plainText tells text that every database takes: UTF-8 without NUL.
func plainText(text string) bool { return utf8.ValidString(text) && !strings.Contains(text, "\x00") }
