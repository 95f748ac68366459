package problem

import (
	"encoding/json"
	"net/http/httptest"
	"regexp"
	"slices"
	"testing"
	"time"
)

// Every code has a title and a sentence in every language, with the same
// places to fill.
func TestWordsAreComplete(t *testing.T) {
	place := regexp.MustCompile(`%[a-z]`)
	en := words().lang["en"]
	for _, lang := range Languages() {
		said := words().lang[lang]
		if len(said.Problems) != len(words().status) || len(said.Fields) != len(en.Fields) {
			t.Errorf("%s: %d problems of %d, %d fields of %d", lang, len(said.Problems), len(words().status), len(said.Fields), len(en.Fields))
		}
		for code, status := range words().status {
			s := said.Problems[code]
			if s.Title == "" || s.Detail == "" || status < 400 || !slices.Equal(place.FindAllString(s.Detail, -1), place.FindAllString(en.Problems[code].Detail, -1)) {
				t.Errorf("%s in %s: %d, %+v", code, lang, status, s)
			}
		}
		for code, s := range en.Fields {
			if !slices.Equal(place.FindAllString(said.Fields[code], -1), place.FindAllString(s, -1)) {
				t.Errorf("field %s in %s: %q", code, lang, said.Fields[code])
			}
		}
	}
}

func TestAnswer(t *testing.T) {
	w := httptest.NewRecorder()
	p := Invalid(At("/email", "missing"), Field{Pointer: "/x", Detail: "is odd"})
	if err := p.Write(w, "de", "t1"); err != nil {
		t.Fatal(err)
	}
	var got answer
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	want := []fieldWord{{"/email", "fehlt"}, {"/x", "is odd"}}
	if w.Code != 422 || got.Type != "urn:fitroom:problem:invalid-request" || got.TraceID != "t1" || !slices.Equal(got.Errors, want) {
		t.Errorf("%d %+v", w.Code, got)
	}
	w = httptest.NewRecorder()
	Later("busy", 1500*time.Millisecond).Write(w, "fr", "")
	if w.Header().Get("Retry-After") != "2" || w.Code != 503 {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	w = httptest.NewRecorder()
	As(nil).Write(w, "en", "")
	if w.Code != 500 {
		t.Errorf("an unforeseen error answers %d", w.Code)
	}
}
