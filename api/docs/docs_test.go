package docs

import (
	"os"
	"reflect"
	"testing"
)

// Everything the contract says is in the book: no operation without a chapter,
// no link without its form.
func TestBookOfTheContract(t *testing.T) {
	text, err := os.ReadFile("../openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	b, err := Read(text)
	if err != nil {
		t.Fatal(err)
	}
	forms := map[string]bool{}
	for _, s := range b.Schemas {
		forms[s.Name] = true
	}
	seen := 0
	for _, c := range b.Chapters {
		if len(c.Operations) == 0 || c.Description == "" {
			t.Errorf("chapter %s is empty", c.Name)
		}
		for _, o := range c.Operations {
			seen++
			if o.Summary == "" || len(o.Answers) == 0 || o.ID == "" {
				t.Errorf("%s %s says too little", o.Method, o.Path)
			}
			for _, a := range o.Answers {
				for _, content := range a.Content {
					if content.Ref != "" && !forms[content.Ref] {
						t.Errorf("%s links to %q", o.ID, content.Ref)
					}
				}
			}
		}
	}
	if want := (Prose{{{"Send ", false}, {"wait=N", true}, {" along.", false}}, {{"Next.", false}}}); !reflect.DeepEqual(prose("Send `wait=N`\nalong.\n\nNext.\n"), want) {
		t.Errorf("%v", prose("Send `wait=N`\nalong.\n\nNext.\n"))
	}
	if seen < 50 {
		t.Errorf("%d operations", seen)
	}
	if _, err := Read([]byte("no contract")); err == nil {
		t.Error("nonsense is read")
	}
}
