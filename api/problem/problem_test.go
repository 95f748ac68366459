package problem

import (
	"encoding/json"
	"errors"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"fitroom/garment/words"
)

// Every code has a title and a sentence in every language, and no language has
// one for a code there is not. That they fill the same places is words' own test.
func TestWordsAreComplete(t *testing.T) {
	for _, l := range words.All() {
		if len(l.Problems) != len(statuses()) {
			t.Errorf("%s: %d problems of %d", l.Code, len(l.Problems), len(statuses()))
		}
		for code, status := range statuses() {
			if s := l.Problems[code]; s.Title == "" || s.Detail == "" || status < 400 {
				t.Errorf("%s in %s: %d, %+v", code, l.Code, status, s)
			}
		}
	}
}

func TestAnswer(t *testing.T) {
	w := httptest.NewRecorder()
	p := Invalid(At("/email", "missing"), Field{Pointer: "/x", Err: errors.New("is odd")}, At("/y", "unlikely", 55.0, 110.25, "cm"))
	if err := p.Write(w, "de", "t1"); err != nil {
		t.Fatal(err)
	}
	var got answer
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	want := []fieldWord{{"/email", "fehlt"}, {"/x", "is odd"},
		{"/y", "passt nicht zu den anderen Maßen oder liegt außerhalb dessen, was anprobiert werden kann; 55,0 bis 110,2 cm würden passen"}}
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
