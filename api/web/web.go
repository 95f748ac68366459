package web

import (
	"embed"
	"encoding/json"
	"fmt"
)

// Files holds page/*.html and static/*.
//
//go:embed page static
var Files embed.FS

//go:embed words
var wordFiles embed.FS

// Languages lists the languages of the pages; the first is the one for people
// who ask for none of them.
func Languages() []string { return []string{"en", "de"} }

// Words are the sentences of one language by key.
type Words map[string]string

// ReadWords reads the sentences of every language and checks that they all
// have the same keys.
func ReadWords() (map[string]Words, error) {
	all := map[string]Words{}
	first := Languages()[0]
	for _, lang := range Languages() {
		data, err := wordFiles.ReadFile("words/" + lang + ".json")
		if err != nil {
			return nil, fmt.Errorf("web: %w", err)
		}
		var w Words
		if err := json.Unmarshal(data, &w); err != nil {
			return nil, fmt.Errorf("web: words of %s: %w", lang, err)
		}
		all[lang] = w
		if err := sameKeys(all[first], w); err != nil {
			return nil, fmt.Errorf("web: words of %s: %w", lang, err)
		}
	}
	return all, nil
}

func sameKeys(a, b Words) error {
	for key := range a {
		if b[key] == "" {
			return fmt.Errorf("%q is missing", key)
		}
	}
	for key := range b {
		if a[key] == "" {
			return fmt.Errorf("%q is in no other language", key)
		}
	}
	return nil
}
