// Package docs lays the API contract out for people: what openapi.yaml says, in
// the order of its tags, ready for a page.
package docs

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// Book is the whole contract.
type Book struct {
	Title, Version string
	Description    Prose
	Chapters       []Chapter
	Schemas        []Schema
}

// Chapter is what stands under one tag.
type Chapter struct {
	Name, Description string
	Operations        []Operation
}

// Operation is one method of one address.
type Operation struct {
	ID, Method, Path, Summary string
	Description               Prose
	Needs                     string // what lets in; "" for nothing
	Parameters                []Field
	Body                      []Content
	Answers                   []Answer
}

// Field is a parameter or a property.
type Field struct {
	Name, In, Kind, Ref string
	Description         Prose
	Required            bool
}

// Content is a media type and what it holds.
type Content struct{ Type, Kind, Ref string }

// Answer is one answer of an operation.
type Answer struct {
	Status      string
	Description Prose
	Content     []Content
}

// Schema is a named form.
type Schema struct {
	Name, Kind  string
	Description Prose
	Fields      []Field
}

// Read lays out a contract.
func Read(contract []byte) (*Book, error) {
	doc, err := openapi3.NewLoader().LoadFromData(contract)
	if err != nil {
		return nil, fmt.Errorf("docs: the contract: %w", err)
	}
	b := &Book{Title: doc.Info.Title, Version: doc.Info.Version, Description: prose(doc.Info.Description)}
	for _, tag := range doc.Tags {
		b.Chapters = append(b.Chapters, Chapter{Name: tag.Name, Description: tag.Description})
	}
	for _, path := range doc.Paths.InMatchingOrder() {
		item := doc.Paths.Value(path)
		for _, method := range []string{"GET", "POST", "PUT", "DELETE"} {
			op := item.GetOperation(method)
			if op == nil {
				continue
			}
			i := slices.IndexFunc(b.Chapters, func(c Chapter) bool { return slices.Contains(op.Tags, c.Name) })
			if i < 0 {
				return nil, fmt.Errorf("docs: %s %s has no tag of the contract", method, path)
			}
			b.Chapters[i].Operations = append(b.Chapters[i].Operations, operation(doc, method, path, op))
		}
	}
	for i := range b.Chapters {
		slices.SortStableFunc(b.Chapters[i].Operations, func(x, y Operation) int { return strings.Compare(x.Path, y.Path) })
	}
	for _, name := range slices.Sorted(maps.Keys(doc.Components.Schemas)) {
		s := doc.Components.Schemas[name].Value
		b.Schemas = append(b.Schemas, Schema{Name: name, Kind: kind(&openapi3.SchemaRef{Value: s}), Description: prose(s.Description), Fields: fields(s)})
	}
	return b, nil
}

func operation(doc *openapi3.T, method, path string, op *openapi3.Operation) Operation {
	o := Operation{ID: op.OperationID, Method: method, Path: path, Summary: op.Summary, Description: prose(op.Description)}
	needs := doc.Security
	if op.Security != nil {
		needs = *op.Security
	}
	var ways []string
	for _, way := range needs {
		for _, scheme := range slices.Sorted(maps.Keys(way)) {
			name := strings.ReplaceAll(scheme, "_", " ")
			if scopes := way[scheme]; len(scopes) > 0 {
				name += " of scope " + strings.Join(scopes, " ")
			}
			ways = append(ways, name)
		}
	}
	o.Needs = strings.Join(ways, ", ")
	for _, p := range op.Parameters {
		f := Field{Name: p.Value.Name, In: p.Value.In, Required: p.Value.Required, Description: prose(p.Value.Description)}
		f.Kind, f.Ref = named(p.Value.Schema)
		o.Parameters = append(o.Parameters, f)
	}
	if op.RequestBody != nil {
		o.Body = contents(op.RequestBody.Value.Content)
	}
	answers := op.Responses.Map()
	for _, status := range slices.Sorted(maps.Keys(answers)) {
		a := Answer{Status: status, Content: contents(answers[status].Value.Content)}
		if answers[status].Value.Description != nil {
			a.Description = prose(*answers[status].Value.Description)
		}
		o.Answers = append(o.Answers, a)
	}
	return o
}

func contents(c openapi3.Content) []Content {
	var all []Content
	for _, media := range slices.Sorted(maps.Keys(c)) {
		one := Content{Type: media}
		one.Kind, one.Ref = named(c[media].Schema)
		all = append(all, one)
	}
	return all
}

func fields(s *openapi3.Schema) []Field {
	var all []Field
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		f := Field{Name: name, Required: slices.Contains(s.Required, name), Description: prose(s.Properties[name].Value.Description)}
		f.Kind, f.Ref = named(s.Properties[name])
		all = append(all, f)
	}
	return all
}

// named is the kind of a form in words, and the name of the schema it links to.
func named(r *openapi3.SchemaRef) (words, ref string) {
	if r == nil || r.Value == nil {
		return "", ""
	}
	if name, ok := strings.CutPrefix(r.Ref, "#/components/schemas/"); ok {
		return name, name
	}
	if r.Value.Type.Is("array") && r.Value.Items != nil {
		words, ref = named(r.Value.Items)
		return "list of " + words, ref
	}
	return kind(r), ""
}

func kind(r *openapi3.SchemaRef) string {
	s := r.Value
	var words []string
	if s.Type != nil {
		words = append(words, strings.Join(s.Type.Slice(), " or "))
	}
	if len(s.OneOf) > 0 {
		words = append(words, "one of several forms")
	}
	if s.Format != "" {
		words = append(words, s.Format)
	}
	if len(s.Enum) > 0 {
		var values []string
		for _, v := range s.Enum {
			values = append(values, fmt.Sprint(v))
		}
		words = append(words, "one of "+strings.Join(values, ", "))
	}
	if s.Min != nil {
		words = append(words, fmt.Sprintf("at least %g", *s.Min))
	}
	if s.Max != nil {
		words = append(words, fmt.Sprintf("at most %g", *s.Max))
	}
	return strings.Join(words, ", ")
}
