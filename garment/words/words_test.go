package words

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"fitroom/geometry/body"
	"fitroom/geometry/fault"
)

// Another language is one more file: read beside the others it is complete or
// refused, and told by its name.
func TestAnotherLanguageIsOneFile(t *testing.T) {
	disk := fstest.MapFS{}
	for _, name := range []string{"en.json", "de.json"} {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			t.Fatal(err)
		}
		disk[name] = &fstest.MapFile{Data: data}
	}
	english := string(disk["en.json"].Data)
	for change, want := range map[[2]string]string{
		{"", ""}:                                 "",
		{`"waist": "Waist"`, `"waist": ""`}:      `zones: "waist" is missing`,
		{`{zone}: {verdict}.`, `{zone}.`}:        `report: "head" has other places to fill`,
		{`"neck": "Neckline",`, ``}:              `zones: "neck" is missing`,
		{`"fields": {`, `"fields": {"odd":"x",`}: `fields: "odd" is in no other language`,
		{`"decimal": "."`, `"decimal": ""`}:      "decimal",
	} {
		disk["xx.json"] = &fstest.MapFile{Data: []byte(strings.Replace(english, change[0], change[1], 1))}
		got, err := Read(disk)
		if want == "" {
			if err != nil || len(got) != 3 || got[0].Code != "en" || got[2].Code != "xx" {
				t.Errorf("a third file: %v", err)
			}
		} else if err == nil || !strings.Contains(err.Error(), "xx.json") || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v; want %q", change, err, want)
		}
	}
	delete(disk, "en.json")
	if _, err := Read(disk); err == nil {
		t.Error("without English nobody knows what a sentence means")
	}
}

// No sentence of any kind holds a word that flatters, consoles or judges. Those
// of the report are held to the stricter list too, with their figures in them,
// by garment/fit.
func TestNoSentenceHoldsAForbiddenWord(t *testing.T) {
	found, _ := sentences(t, "../..")
	for _, l := range All() {
		n := 0
		said := l.sections()
		said["faults"] = map[string]string{}
		for english := range found { // in English as it stands in the code
			said["faults"][english] = english
			if l.Code != source {
				said["faults"][english] = l.Faults[english]
			}
		}
		for section, sentences := range said {
			for key, text := range sentences {
				n++
				for _, word := range l.Forbidden {
					if holds(text, word) {
						t.Errorf("%s: %s %q holds %q: %q", l.Code, section, key, word, text)
					}
				}
				if l.Code != source && section != "faults" && strings.Contains(text, "  ") {
					t.Errorf("%s: %s %q: %q", l.Code, section, key, text)
				}
			}
		}
		t.Logf("%s: %d sentences", l.Code, n)
	}
}

// holds reports whether a text has a word that starts so.
func holds(text, word string) bool {
	text = " " + strings.ToLower(text)
	for at := 0; ; {
		i := strings.Index(text[at:], word)
		if i < 0 {
			return false
		}
		if at += i; !unicode.IsLetter(rune(text[at-1])) {
			return true
		}
		at++
	}
}

// Every sentence a fault is found with has its words in every language, and no
// language has one that nobody says.
func TestEveryFaultIsToldInEveryLanguage(t *testing.T) {
	said, literals := sentences(t, "../..")
	if len(said) < 300 {
		t.Errorf("only %d sentences found", len(said))
	}
	for _, l := range All()[1:] {
		for _, english := range slices.Sorted(maps.Keys(said)) {
			if !l.Has(english) {
				t.Errorf("%s.json, faults: %q of %s is missing", l.Code, english, said[english])
			}
		}
		for _, english := range slices.Sorted(maps.Keys(l.Faults)) {
			if said[english] == "" && !literals[english] { // a word of a table is a literal
				t.Errorf("%s.json, faults: nobody says %q any more", l.Code, english)
			}
		}
	}
}

func TestTelling(t *testing.T) {
	plain := errors.New("unexpected EOF")
	inner := fault.Errorf("panel %q", "Ärmel")
	german := In("de")
	for _, c := range []struct {
		err  error
		want string
	}{
		{nil, ""},
		{plain, "unexpected EOF"},
		{inner, `Schnittteil "Ärmel"`},
		{fault.Errorf("%.1f cm", 12.25), fmt.Sprintf("%.1f cm", 12.25)[:2] + ",2 cm"},
		{fault.Errorf("size %s cannot be sewn: %w", "M", errors.Join(inner, plain)), "Größe M lässt sich nicht nähen: Schnittteil \"Ärmel\"\nunexpected EOF"},
		{fault.Errorf("is %s; it must be %s", fault.Word("a list"), fault.Word("a number")), "ist eine Liste; es muss eine Zahl sein"},
		{fault.Errorf("%s %w", body.HipGirth, plain), "Hüftumfang unexpected EOF"},
		{fault.Join("; ", inner, fault.Errorf("edge %d", 3)), `Schnittteil "Ärmel"; Kante 3`},
		{fault.Errorf("not a sentence of ours: %d %%", 5), "not a sentence of ours: 5 %"},
	} {
		if got := german.Tell(c.err); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
		if c.err != nil && In("en").Tell(c.err) != c.err.Error() {
			t.Errorf("in English: %q, want %q", In("en").Tell(c.err), c.err)
		}
		if c.err != nil && c.err != plain && c.err != inner && !errors.Is(c.err, c.err) {
			t.Errorf("%v", c.err)
		}
	}
	if wrapped := fault.Errorf("size %q: %w", "M", plain); !errors.Is(wrapped, plain) {
		t.Error("what is wrapped cannot be found")
	}
}

// Numbers are the same in every language: places that take a figure print it
// with the language's mark.
func TestFiguresOfFaults(t *testing.T) {
	if got := In("de").Tell(fault.Errorf("grain has length %g; a unit vector or zero is needed", 0.75)); !strings.Contains(got, "0,75") {
		t.Errorf("%q", got)
	}
}

func TestAccepted(t *testing.T) {
	for header, want := range map[string]string{
		"": "en", "de": "de", "de-AT,de;q=0.9": "de", "fr,de;q=0.3,en;q=0.2": "de", "fr": "en", "en;q=0.8, de;q=0.9": "de", "de;q=x": "en",
	} {
		if got := Accepted(header); got != want {
			t.Errorf("%q: %s, want %s", header, got, want)
		}
	}
}
