package words

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// sentences lists the English of every fault found in the code below a folder,
// with a file that says it, and every text that stands in those files.
func sentences(t *testing.T, root string) (said map[string]string, literals map[string]bool) {
	t.Helper()
	said, literals = map[string]string{}, map[string]bool{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		tree, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil || !speaksFaults(tree) {
			return err
		}
		where, _ := filepath.Rel(root, path)
		ast.Inspect(tree, func(n ast.Node) bool {
			for _, text := range saidBy(n) {
				said[text] = filepath.ToSlash(where)
			}
			if text, ok := n.(*ast.BasicLit); ok && text.Kind == token.STRING {
				word, _ := strconv.Unquote(text.Value)
				literals[word] = true
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return said, literals
}

// speaksFaults: a file says faults by geometry/fault, or by helpers of its room.
func speaksFaults(tree *ast.File) bool {
	return slices.ContainsFunc(tree.Imports, func(i *ast.ImportSpec) bool { return i.Path.Value == `"fitroom/geometry/fault"` }) ||
		slices.Contains([]string{"wire", "spec", "catalog", "dxf", "concierge", "api"}, tree.Name.Name)
}

// saidBy is the English in a node: the format of a call that makes a fault, or a
// word. The helpers of rooms that pass a format on are known by name; a call of
// another function of that name, as testing's, has no text of that kind.
func saidBy(n ast.Node) []string {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return nil
	}
	name, of := "", ""
	switch f := call.Fun.(type) {
	case *ast.Ident:
		name = f.Name
	case *ast.SelectorExpr:
		name = f.Sel.Name
		if x, ok := f.X.(*ast.Ident); ok {
			of = x.Name
		}
	}
	at := -1
	switch {
	case of == "fault" && slices.Contains([]string{"Errorf", "Phrase", "Word"}, name):
		at = 0
	case of == "fault" || of == "fmt" || of == "errors":
	case slices.Contains([]string{"warn", "note", "wrong", "add", "fault", "Fault", "assume"}, name):
		at = firstText(call.Args)
	}
	if at < 0 || at >= len(call.Args) {
		return nil
	}
	if text, ok := literal(call.Args[at]); ok && (speaks(text) || text == "null") {
		return []string{text}
	}
	return nil
}

// firstText is the first argument that is a text of several words; -1 if none is.
func firstText(args []ast.Expr) int {
	return slices.IndexFunc(args, func(e ast.Expr) bool {
		text, ok := literal(e)
		return ok && strings.Contains(text, " ") && !strings.HasPrefix(text, "/")
	})
}

func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil
}
