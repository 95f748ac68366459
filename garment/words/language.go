package words

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Language is what is said in one language.
type Language struct {
	Code       string            `json:"-"`           // the file's name
	Name       string            `json:"name"`        // of the language, in itself
	Decimal    string            `json:"decimal"`     // mark between units and tenths
	Day        string            `json:"day"`         // how 2 January 2006 is written, in figures or English names of months
	SmallNames bool              `json:"small_names"` // names of places are written small inside a sentence
	Zones      map[string]string `json:"zones"`
	Verdicts   map[string]string `json:"verdicts"`
	Measures   map[string]string `json:"measures"` // of the body, by key
	Fabrics    map[string]string `json:"fabrics"`  // presets, by name
	Report     map[string]string `json:"report"`   // sentences with {names}
	Maps       map[string]Map    `json:"maps"`
	Captions   map[string]string `json:"captions"` // of drawings
	Pages      map[string]string `json:"pages"`
	Letter     Letter            `json:"letter"`
	Problems   map[string]Said   `json:"problems"` // answers of the API, by code
	Fields     map[string]string `json:"fields"`   // parts of a request at fault, by code
	Faults     map[string]string `json:"faults"`   // by the English sentence; English has none
	// Words no sentence may hold, and none on how a garment sits, in lower case.
	Forbidden         []string `json:"forbidden"`
	ForbiddenOfBodies []string `json:"forbidden_of_bodies"`
}

// Date is a day as people write it.
func (l *Language) Date(t time.Time) string { return t.Format(l.Day) }

// Map explains a fit map: what it shows, and its classes by rising figure.
type Map struct {
	Title   string   `json:"title"`
	Classes []string `json:"classes"`
}

// Said is a problem in words.
type Said struct {
	Title  string `json:"title"`
	Detail string `json:"detail"`
}

// Letter brings the code of a login; {code} is filled.
type Letter struct {
	Subject string `json:"subject"`
	Text    string `json:"text"`
}

//go:embed *.json
var files embed.FS

// source is the language of the code, and of whoever asks for one there is not.
const source = "en"

var all = sync.OnceValue(func() []*Language {
	languages, err := Read(files)
	if err != nil {
		panic("words: the embedded files: " + err.Error()) // the tests read them
	}
	return languages
})

// All lists the languages, English first, then by code. They are only read.
func All() []*Language { return all() }

// Codes are those of All.
func Codes() []string {
	var codes []string
	for _, l := range all() {
		codes = append(codes, l.Code)
	}
	return codes
}

// In is the language of a code, English for one there is not.
func In(code string) *Language {
	for _, l := range all() {
		if l.Code == code {
			return l
		}
	}
	return all()[0]
}

// Read reads one language per JSON file and refuses one that is not complete.
func Read(from fs.FS) ([]*Language, error) {
	names, err := fs.Glob(from, "*.json")
	if err != nil {
		return nil, err
	}
	var languages []*Language
	for _, name := range names {
		l := &Language{Code: strings.TrimSuffix(name, ".json")}
		data, err := fs.ReadFile(from, name)
		if err == nil {
			err = json.Unmarshal(data, l)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		languages = append(languages, l)
	}
	at := slices.IndexFunc(languages, func(l *Language) bool { return l.Code == source })
	if at < 0 {
		return nil, errors.New("there is no " + source + ".json")
	}
	base := languages[at]
	languages = append([]*Language{base}, slices.Delete(languages, at, at+1)...)
	for _, l := range languages {
		if err := l.complete(base); err != nil {
			return nil, fmt.Errorf("%s.json: %w", l.Code, err)
		}
	}
	return languages, nil
}

// Accepted is the code of the language that an Accept-Language header (RFC 9110,
// 12.5.4) weighs most among ours.
func Accepted(header string) string {
	best, most := source, 0.0
	for part := range strings.SplitSeq(header, ",") {
		tag, weight, weighted := strings.Cut(strings.TrimSpace(part), ";q=")
		q := 1.0
		if weighted {
			q, _ = strconv.ParseFloat(strings.TrimSpace(weight), 64) // what is no number weighs nothing
		}
		tag, _, _ = strings.Cut(strings.ToLower(tag), "-")
		if q > most && slices.Contains(Codes(), tag) {
			best, most = tag, q
		}
	}
	return best
}
