package problem

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"fitroom/garment/words"
)

// Problem is an error with an answer. Code chooses the sentence, Args fill its
// places.
type Problem struct {
	Code       string
	Args       []any
	Fields     []Field
	RetryAfter time.Duration
}

// Field is one part of the request that is to blame. Its sentence is that of
// Code, or Err.
type Field struct {
	Pointer string // RFC 6901, into the request
	Code    string
	Args    []any
	Err     error // the sentence of whoever found the fault, where there is no code
}

// New makes a problem; a code without words is a fault of the program.
func New(code string, args ...any) *Problem {
	if _, ok := statuses()[code]; !ok {
		panic("problem: no status for the code " + code)
	}
	return &Problem{Code: code, Args: args}
}

// Invalid is the problem of fields that cannot be used.
func Invalid(fields ...Field) *Problem {
	p := New("invalid-request")
	p.Fields = fields
	return p
}

// Later is a problem that passes by itself.
func Later(code string, after time.Duration) *Problem {
	seconds := max(1, int((after+time.Second-1)/time.Second))
	p := New(code, seconds)
	p.RetryAfter = time.Duration(seconds) * time.Second
	return p
}

// At is a field at fault, in words of ours.
func At(pointer, code string, args ...any) Field {
	if words.In("en").Fields[code] == "" {
		panic("problem: no words for the fault " + code)
	}
	return Field{Pointer: pointer, Code: code, Args: args}
}

// Error is the code alone: errors are logged, and their words are for the
// customer only.
func (p *Problem) Error() string { return p.Code }

// Status is the HTTP status of the answer.
func (p *Problem) Status() int { return statuses()[p.Code] }

// As finds the problem behind an error; an error nobody foresaw is "internal"
// and says nothing of itself.
func As(err error) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	return New("internal")
}

// answer is the JSON of RFC 9457.
type answer struct {
	Type    string      `json:"type"`
	Title   string      `json:"title"`
	Status  int         `json:"status"`
	Code    string      `json:"code"`
	Detail  string      `json:"detail"`
	TraceID string      `json:"trace_id,omitempty"`
	Errors  []fieldWord `json:"errors,omitempty"`
}

type fieldWord struct {
	Pointer string `json:"pointer"`
	Detail  string `json:"detail"`
}

// JSON is the answer in a language; trace names the request in the log.
func (p *Problem) JSON(lang, trace string) []byte {
	said := words.In(lang).Problems[p.Code]
	a := answer{Type: "urn:fitroom:problem:" + p.Code, Title: said.Title, Status: p.Status(), Code: p.Code, Detail: p.Sentence(lang), TraceID: trace}
	for _, f := range p.Fields {
		a.Errors = append(a.Errors, fieldWord{f.Pointer, f.Sentence(lang)})
	}
	data, err := json.Marshal(a)
	if err != nil {
		panic("problem: " + err.Error()) // strings and numbers always marshal
	}
	return append(data, '\n')
}

// Sentence says in a language what is wrong with the field.
func (f Field) Sentence(lang string) string {
	if f.Code == "" {
		return strings.ReplaceAll(words.In(lang).Tell(f.Err), "\n", "; ")
	}
	l := words.In(lang)
	return l.Fill(l.Fields[f.Code], f.Args...)
}

// Sentence is the detail in a language, for a page.
func (p *Problem) Sentence(lang string) string {
	l := words.In(lang)
	return l.Fill(l.Problems[p.Code].Detail, p.Args...)
}

// Write answers with the problem.
func (p *Problem) Write(w http.ResponseWriter, lang, trace string) error {
	h := w.Header()
	h.Set("Content-Type", "application/problem+json")
	h.Set("Content-Language", lang)
	h.Set("Cache-Control", "no-store")
	if p.RetryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(int(p.RetryAfter/time.Second)))
	}
	if p.Status() == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", `Bearer realm="fitroom"`)
	}
	w.WriteHeader(p.Status())
	_, err := w.Write(p.JSON(lang, trace))
	return err
}
