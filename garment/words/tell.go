package words

import (
	"fmt"
	"strconv"
	"strings"

	"fitroom/geometry/body"
	"fitroom/geometry/fault"
)

// Tell says an error in the language. What is no fault is another program's
// sentence and stays as it is.
func (l *Language) Tell(err error) string {
	switch {
	case err == nil:
		return ""
	case l.Code == source:
		return err.Error()
	}
	if f := asFault(err); f != nil {
		return l.fill(f)
	}
	if many, ok := err.(interface{ Unwrap() []error }); ok { // as errors.Join prints them
		var lines []string
		for _, one := range many.Unwrap() {
			lines = append(lines, l.Tell(one))
		}
		return strings.Join(lines, "\n")
	}
	return err.Error()
}

// Fill puts values into a sentence of the language.
func (l *Language) Fill(said string, values ...any) string {
	return l.Tell(fault.Phrase(said, values...))
}

// asFault is what an error itself is told by; nil for an error of another kind.
func asFault(err error) *fault.Fault {
	switch e := err.(type) {
	case *fault.Fault:
		return e
	case fault.Teller:
		return e.Fault()
	}
	return nil
}

// Has reports whether the language has the sentence of a fault.
func (l *Language) Has(english string) bool {
	return l.Code == source || l.Faults[english] != "" || !speaks(english)
}

// speaks reports whether a sentence holds words besides its places.
func speaks(sentence string) bool {
	return strings.ContainsFunc(verb.ReplaceAllString(sentence, ""), func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
	})
}

func (l *Language) fill(f *fault.Fault) string {
	sentence := f.Format
	if said := l.Faults[sentence]; said != "" {
		sentence = said
	}
	next, at := 0, 0
	var out strings.Builder
	for _, m := range verb.FindAllStringSubmatchIndex(sentence, -1) {
		out.WriteString(sentence[at:m[0]])
		at = m[1]
		how := sentence[m[6]:m[7]]
		if how == "%" {
			out.WriteByte('%')
			continue
		}
		k := next
		if m[4] >= 0 {
			k, _ = strconv.Atoi(sentence[m[4]:m[5]]) // digits by the expression
			k--
		}
		next = k + 1
		out.WriteString(l.value(how, f.Args[k]))
	}
	return out.String() + sentence[at:]
}

// value prints one value of a fault.
func (l *Language) value(how string, v any) string {
	switch v := v.(type) {
	case error:
		return l.Tell(v)
	case fault.Word:
		return l.Word(string(v))
	case body.Key:
		if said := l.Measures[string(v)]; said != "" {
			return said
		}
	case float64, float32:
		return strings.Replace(fmt.Sprintf("%"+how, v), ".", l.Decimal, 1)
	}
	return fmt.Sprintf("%"+strings.ReplaceAll(how, "w", "v"), v)
}

// Word is an English word of the catalogue in the language.
func (l *Language) Word(english string) string {
	if said := l.Faults[english]; said != "" {
		return said
	}
	return english
}

// TellAll says an error in every language; nil if there is none.
func TellAll(err error) map[string]string {
	if err == nil {
		return nil
	}
	told := make(map[string]string, len(all()))
	for _, l := range all() {
		told[l.Code] = l.Tell(err)
	}
	return told
}
