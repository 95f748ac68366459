package wire

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Every sentence a fault is told with in these rooms has its German, with the
// same places to fill in the same order, and the list holds no other.
func TestEveryFaultHasItsGerman(t *testing.T) {
	place := regexp.MustCompile(`%[.0-9]*[a-z]`)
	said := map[string]bool{}
	for _, room := range []string{".", "../concierge"} {
		files, err := filepath.Glob(filepath.Join(room, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatal(room, err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			for _, format := range faultsIn(t, file) {
				said[format] = true
				if german, ok := german()[format]; !ok || !slices.Equal(place.FindAllString(german, -1), place.FindAllString(format, -1)) {
					t.Errorf("%s: %q in German: %q", file, format, german)
				}
			}
		}
	}
	if len(said) < 50 {
		t.Errorf("only %d sentences found", len(said))
	}
	for format := range maps.Keys(german()) {
		if !said[format] {
			t.Errorf("nobody says %q any more", format)
		}
	}
}

// faultsIn lists the sentences given to add, fault and Fault in a file.
func faultsIn(t *testing.T, file string) (all []string) {
	tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(tree, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) < 2 {
			return true
		}
		name := ""
		switch f := call.Fun.(type) {
		case *ast.Ident:
			name = f.Name
		case *ast.SelectorExpr:
			name = f.Sel.Name
		}
		if slices.Contains([]string{"add", "fault", "Fault"}, name) {
			if text := textOf(call.Args[1]); text != "" {
				all = append(all, text)
			}
		}
		return true
	})
	return all
}

// textOf is a string of literals and UnknownField; "" for anything else.
func textOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, _ := strconv.Unquote(e.Value)
		return text
	case *ast.Ident:
		if e.Name == "UnknownField" {
			return UnknownField
		}
	case *ast.BinaryExpr:
		return textOf(e.X) + textOf(e.Y)
	}
	return ""
}

// A fault within another's sentence, a suggestion and a kind of value are told in
// German too.
func TestGermanWithin(t *testing.T) {
	var faults Errors
	_, inside := CheckGTIN("12345678")
	faults.add("/gtin", "%v", inside)
	faults.add("/x", "%q is not a preset%s", "jersei", suggest("jersei", []string{"jersey"}))
	faults.add("/y", "is %s; it must be %s", word("a list"), word("a number"))
	want := []string{`"12345678" hat die Prüfziffer 8; richtig wäre 0`, `"jersei" ist keine Voreinstellung; meinten Sie jersey?`, "ist eine Liste; es muss eine Zahl sein"}
	for i, f := range faults {
		if f.In("de") != want[i] || f.In("en") == want[i] || f.In("fr") != f.Detail {
			t.Errorf("%q, %q; want %q", f.In("en"), f.In("de"), want[i])
		}
	}
}
