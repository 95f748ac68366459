package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// What is committed is what the contract gives: whoever changes one runs
// `make server`.
func TestGeneratedFilesAreFresh(t *testing.T) {
	root := filepath.Join("..", "..")
	files, err := generate(filepath.Join(root, "api", "openapi.yaml"))
	if err != nil || len(files) != 2 {
		t.Fatal(len(files), err)
	}
	for name, want := range files {
		if got, err := os.ReadFile(filepath.Join(root, name)); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what the contract gives; run make server (%v)", name, err)
		}
	}
}

// Every operation of the contract is in exactly one of the files, with its address
// and the parts of it.
func TestEveryOperationIsGenerated(t *testing.T) {
	contract := filepath.Join("..", "openapi.yaml")
	files, err := generate(contract)
	if err != nil {
		t.Fatal(err)
	}
	text := string(files["api/server.gen.go"]) + string(files["api/v1/server.gen.go"])
	doc, err := openapi3.NewLoader().LoadFromFile(contract)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for path, item := range doc.Paths.Map() {
		for method, o := range item.Operations() {
			n++
			if c := strings.Count(text, `{"`+method+`", "`+path+`", `); c != 1 {
				t.Errorf("%s %s is bound %d times", method, path, c)
			}
			if !strings.Contains(text, o.OperationID+"(") && !strings.Contains(text, "serve"+upper(o.OperationID)+"(") {
				t.Errorf("nobody is asked for %s", o.OperationID)
			}
		}
	}
	if got := strings.Count(text, ": true") + strings.Count(text, "Scope:"); n < 80 || got < n/2 {
		t.Errorf("%d operations, %d rights", n, got)
	}
}

func TestWhoMayUseAnOperation(t *testing.T) {
	for _, c := range []struct {
		security openapi3.SecurityRequirements
		want     access
		fault    string
	}{
		{nil, access{Public: true}, ""},
		{openapi3.SecurityRequirements{{"login": nil}, {"cookie": nil}}, access{Customer: true}, ""},
		{openapi3.SecurityRequirements{{"key": {"fits:read"}}, {"login": nil}}, access{Customer: true, Scope: "fits:read"}, ""},
		{openapi3.SecurityRequirements{{"key": {"styles:read"}}, {"browser_key": {"styles:read"}}}, access{Scope: "styles:read", Browser: true}, ""},
		{openapi3.SecurityRequirements{{"key": nil}}, access{}, "names the scopes []"},
		{openapi3.SecurityRequirements{{"key": {"a:read"}}, {"browser_key": {"b:read"}}}, access{}, "the same for every key"},
		{openapi3.SecurityRequirements{{"oauth": nil}}, access{}, "scheme oauth"},
	} {
		got, err := accessOf(c.security)
		if c.fault == "" && (err != nil || got != c.want) || c.fault != "" && (err == nil || !strings.Contains(err.Error(), c.fault)) {
			t.Errorf("%v: %+v, %v", c.security, got, err)
		}
	}
}

// A request becomes a type whose fields are those of its schema, and begins with
// the contract's defaults; a field without a simple type is refused.
func TestTypesOfRequests(t *testing.T) {
	read := func(fields string) (*request, error) {
		doc, err := openapi3.NewLoader().LoadFromData([]byte(`{"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {"/a": {"post": {"operationId": "a", "summary": "s", "tags": ["fits"],
			"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Ask"}}}}, "responses": {}}}},
			"components": {"schemas": {"Body": {"type": "object"}, "Ask": {"type": "object", "required": ["shop_url"], "properties": ` + fields + `}}}}`))
		if err != nil {
			t.Fatal(err)
		}
		all, err := operations(doc)
		if err != nil {
			return nil, err
		}
		return all[0].Asks, nil
	}
	got, err := read(`{"shop_url": {"type": "string"}, "level": {"type": "integer", "default": 1}, "body": {"$ref": "#/components/schemas/Body"},
		"taken": {"type": "object", "additionalProperties": {"type": "string"}}, "sizes": {"type": "array", "items": {"type": "string"}}, "free": {"type": "object"}, "ease": {"type": "number"}, "cookie": {"type": "boolean"}}`)
	if err != nil {
		t.Fatal(err)
	}
	want := []field{
		{"Body", "wire.Body", "`json:\"body,omitempty\"`", ""}, {"Cookie", "bool", "`json:\"cookie,omitempty\"`", ""}, {"Ease", "float64", "`json:\"ease,omitempty\"`", ""},
		{"Free", "json.RawMessage", "`json:\"free,omitempty\"`", ""}, {"Level", "int", "`json:\"level,omitempty\"`", "1"}, {"ShopURL", "string", "`json:\"shop_url\"`", ""},
		{"Sizes", "[]string", "`json:\"sizes,omitempty\"`", ""}, {"Taken", "map[string]string", "`json:\"taken,omitempty\"`", ""},
	}
	if got.Type() != "ask" || got.Zero() != "ask{Level: 1}" || !slices.Equal(got.Fields, want) {
		t.Errorf("%s, %s, %v", got.Type(), got.Zero(), got.Fields)
	}
	if _, err := read(`{"at": {"type": "object", "properties": {"x": {"type": "number"}}}}`); err == nil || !strings.Contains(err.Error(), "Ask, at: ") {
		t.Errorf("a nested object: %v", err)
	}
}
