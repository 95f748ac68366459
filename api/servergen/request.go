package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// request is what an operation is asked in JSON.
type request struct {
	Schema string // its name in the contract
	Fields []field
}

// Type is its name in Go.
func (r *request) Type() string { return strings.ToLower(r.Schema[:1]) + r.Schema[1:] }

// Zero is the value that a body is read over: with the contract's defaults.
func (r *request) Zero() string {
	var set []string
	for _, f := range r.Fields {
		if f.Default != "" {
			set = append(set, f.Name+": "+f.Default)
		}
	}
	return r.Type() + "{" + strings.Join(set, ", ") + "}"
}

// field of a request.
type field struct{ Name, Type, Tag, Default string }

// byHand are the schemas that are read into a type of another room.
var byHand = map[string]string{"Body": "wire.Body", "Under": "*wire.Under"}

// byUpload are the schemas that are kept as they come and read by a job: a style,
// in JSON or as a ZIP, and a feed, whose format is its maker's and has no name.
var byUpload = []string{"Style", ""}

// ask reads what an operation of the service is asked in JSON.
func (o *operation) ask(spec *openapi3.Operation) error {
	if slices.Contains(own, o.Tag) || spec.RequestBody == nil {
		return nil
	}
	media := spec.RequestBody.Value.Content["application/json"]
	if media == nil {
		return nil
	}
	name := nameOf(media.Schema)
	if slices.Contains(byUpload, name) {
		return nil
	}
	r := &request{Schema: name}
	schema := media.Schema.Value
	for key, property := range schema.Properties {
		f, err := fieldOf(key, property, slices.Contains(schema.Required, key))
		if err != nil {
			return fmt.Errorf("%s, %s: %w", name, key, err)
		}
		r.Fields = append(r.Fields, f)
	}
	slices.SortFunc(r.Fields, func(a, b field) int { return strings.Compare(a.Name, b.Name) })
	o.Asks = r
	return nil
}

// nameOf is the name of a schema that is used by reference.
func nameOf(s *openapi3.SchemaRef) string {
	name, _ := strings.CutPrefix(s.Ref, "#/components/schemas/")
	return name
}

func fieldOf(key string, s *openapi3.SchemaRef, required bool) (f field, err error) {
	f.Name, f.Tag = goName(key), "`json:\""+key+",omitempty\"`"
	if required {
		f.Tag = "`json:\"" + key + "\"`"
	}
	if s.Value.Default != nil {
		f.Default = fmt.Sprintf("%#v", s.Value.Default)
	}
	f.Type, err = typeOf(s)
	return f, err
}

// typeOf is the Go type of a schema that is simple enough to have one.
func typeOf(s *openapi3.SchemaRef) (string, error) {
	if name := nameOf(s); byHand[name] != "" {
		return byHand[name], nil
	}
	v := s.Value
	switch {
	case v.Type.Is("string"):
		return "string", nil
	case v.Type.Is("boolean"):
		return "bool", nil
	case v.Type.Is("integer"):
		return "int", nil
	case v.Type.Is("number"):
		return "float64", nil
	case v.Type.Is("array"):
		of, err := typeOf(v.Items)
		return "[]" + of, err
	case v.Type.Is("object") && v.AdditionalProperties.Schema != nil:
		of, err := typeOf(v.AdditionalProperties.Schema)
		return "map[string]" + of, err
	case v.Type.Is("object") && len(v.Properties) == 0:
		return "json.RawMessage", nil
	}
	return "", fmt.Errorf("a field of type %v has no Go type here", v.Type)
}

// goName is overlap_hours as OverlapHours, url as URL.
func goName(key string) string {
	var name strings.Builder
	for _, word := range strings.Split(key, "_") {
		if word == "url" || word == "id" {
			name.WriteString(strings.ToUpper(word))
		} else {
			name.WriteString(upper(word))
		}
	}
	return name.String()
}

// serviceFile is what the file of the service holds.
type serviceFile struct{ Operations []operation }

// Requests are those of the operations, each once, in the order of their names.
func (f serviceFile) Requests() []*request {
	var all []*request
	for _, o := range f.Operations {
		if o.Asks != nil && !slices.ContainsFunc(all, func(r *request) bool { return r.Schema == o.Asks.Schema }) {
			all = append(all, o.Asks)
		}
	}
	slices.SortFunc(all, func(a, b *request) int { return strings.Compare(a.Schema, b.Schema) })
	return all
}
