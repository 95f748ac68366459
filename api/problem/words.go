package problem

import (
	"embed"
	"encoding/json"
	"sync"
)

//go:embed words/*.json
var files embed.FS

// sentences of one language by code.
type sentences struct {
	Problems map[string]struct{ Title, Detail string }
	Fields   map[string]string
}

type dictionary struct {
	status map[string]int
	lang   map[string]sentences
}

// Languages lists those there are words in; the first is for everybody else.
func Languages() []string { return []string{"en", "de"} }

// words reads the embedded sentences once; a test holds them complete.
var words = sync.OnceValue(func() dictionary {
	d := dictionary{lang: map[string]sentences{}}
	read("status", &d.status)
	for _, lang := range Languages() {
		var s sentences
		read(lang, &s)
		d.lang[lang] = s
	}
	return d
})

func read(name string, into any) {
	data, err := files.ReadFile("words/" + name + ".json")
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		panic("problem: the embedded words: " + err.Error())
	}
}

func (d dictionary) in(lang string) sentences {
	if s, ok := d.lang[lang]; ok {
		return s
	}
	return d.lang[Languages()[0]]
}

// Codes lists every code there is, for the contract's test.
func Codes() map[string]int { return words().status }
