// Servergen writes the server's side of the contract from api/openapi.yaml: for
// each room that answers requests the interface it must have, one method per
// operation with the parts of its address and what is asked in JSON, the types of
// what is asked, and the table of routes that binds them.
//
// A handler that is missing does not compile; an address or a field the contract
// does not have cannot be served. How a body is read is the room's: it is checked
// against the contract's schema, and every fault told by its place, in the
// caller's language, before the handler is called.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"go/format"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"text/template"

	"github.com/getkin/kin-openapi/openapi3"
)

func main() {
	if err := run("."); err != nil {
		fmt.Fprintln(os.Stderr, "servergen:", err)
		os.Exit(1)
	}
}

// run writes the files of a project.
func run(root string) error {
	files, err := generate(filepath.Join(root, "api", "openapi.yaml"))
	if err != nil {
		return err
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(root, name), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// operation is one of the contract.
type operation struct {
	ID, Method, Path, Summary string
	Tag                       string
	Parts                     []string // of the address, in order
	Access                    access
	Loopback                  bool // x-loopback: served to this machine alone, unless allowed
	Asks                      *request
}

// access says who may use an operation, after its security.
type access struct {
	Public, Customer, Browser bool
	Scope                     string
}

// own are the tags whose operations need no account: api serves them itself.
var own = []string{"pages", "operation", "try-ons"}

// generate is the content of every file, by its path in the project.
func generate(contract string) (map[string][]byte, error) {
	doc, err := openapi3.NewLoader().LoadFromFile(contract)
	if err != nil {
		return nil, err
	}
	all, err := operations(doc)
	if err != nil {
		return nil, err
	}
	var pages, service []operation
	for _, o := range all {
		if slices.Contains(own, o.Tag) {
			pages = append(pages, o)
		} else {
			service = append(service, o)
		}
	}
	files := map[string][]byte{}
	for _, f := range []struct {
		path, template string
		of             any
	}{{"api/server.gen.go", pagesText, pages}, {"api/v1/server.gen.go", serviceText, serviceFile{service}}} {
		var out bytes.Buffer
		text := template.Must(template.New(f.path).Funcs(template.FuncMap{"upper": upper, "args": args, "values": values}).Parse(f.template))
		if err := text.Execute(&out, f.of); err != nil {
			return nil, err
		}
		if files[f.path], err = format.Source(out.Bytes()); err != nil {
			return nil, fmt.Errorf("%s: %w", f.path, err)
		}
	}
	return files, nil
}

var part = regexp.MustCompile(`\{(\w+)\}`)

// operations lists those of a contract by address and method.
func operations(doc *openapi3.T) ([]operation, error) {
	var all []operation
	for path, item := range doc.Paths.Map() {
		for method, o := range item.Operations() {
			if o.OperationID == "" || len(o.Tags) != 1 || o.Summary == "" {
				return nil, fmt.Errorf("%s %s needs an operationId, one tag and a summary", method, path)
			}
			one := operation{ID: o.OperationID, Method: method, Path: path, Summary: o.Summary, Tag: o.Tags[0]}
			one.Loopback, _ = o.Extensions["x-loopback"].(bool)
			for _, m := range part.FindAllStringSubmatch(path, -1) {
				one.Parts = append(one.Parts, m[1])
			}
			if err := errors.Join(one.admit(doc, o), one.ask(o)); err != nil {
				return nil, fmt.Errorf("%s %s: %w", method, path, err)
			}
			all = append(all, one)
		}
	}
	slices.SortFunc(all, func(a, b operation) int {
		return strings.Compare(a.Path+" "+a.Method, b.Path+" "+b.Method)
	})
	return all, nil
}

// admit reads who may use an operation; those of api decide it themselves.
func (o *operation) admit(doc *openapi3.T, spec *openapi3.Operation) (err error) {
	security := &doc.Security
	if spec.Security != nil {
		security = spec.Security
	}
	if !slices.Contains(own, o.Tag) {
		o.Access, err = accessOf(*security)
	}
	return err
}

// accessOf reads the security of an operation: none at all is for everybody, else
// one requirement per kind of login; those of keys name the one scope they need.
func accessOf(security openapi3.SecurityRequirements) (a access, err error) {
	a.Public = len(security) == 0
	for _, requirement := range security {
		for scheme, scopes := range requirement {
			switch scheme {
			case "login", "cookie":
				a.Customer = true
			case "key", "browser_key":
				if len(scopes) != 1 || a.Scope != "" && a.Scope != scopes[0] {
					return a, fmt.Errorf("the requirement %s names the scopes %v; it needs one, the same for every key", scheme, scopes)
				}
				a.Scope, a.Browser = scopes[0], a.Browser || scheme == "browser_key"
			default:
				return a, fmt.Errorf("the security scheme %s is not one of key, browser_key, login, cookie", scheme)
			}
		}
	}
	return a, nil
}

func upper(name string) string { return strings.ToUpper(name[:1]) + name[1:] }

// args are the parts of an address as parameters.
func args(parts []string) string {
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, ", ") + " string"
}

// values are the parts of an address as a router gives them.
func values(parts []string, get string) string {
	var all []string
	for _, p := range parts {
		all = append(all, fmt.Sprintf("%s(%q)", get, p))
	}
	return strings.Join(all, ", ")
}
