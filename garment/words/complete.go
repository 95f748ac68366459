package words

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
)

// complete holds a language against the first: the same entries, with the same
// places to fill.
func (l *Language) complete(base *Language) error {
	var faults []error
	if len(l.Decimal) != 1 || l.Name == "" || !tellsDays(l.Day) || len(l.Forbidden) == 0 || len(l.ForbiddenOfBodies) == 0 {
		faults = append(faults, errors.New("name, decimal (one character), day (2 January 2006 as Go lays it out), forbidden and forbidden_of_bodies are needed"))
	}
	own, wanted := l.sections(), base.sections()
	for _, name := range slices.Sorted(maps.Keys(wanted)) {
		faults = append(faults, compare(name, own[name], wanted[name])...)
	}
	for _, english := range slices.Sorted(maps.Keys(l.Faults)) {
		if a, b := verbs(english), verbs(l.Faults[english]); !slices.Equal(a, b) {
			faults = append(faults, fmt.Errorf("faults: %q fills %v, not %v", l.Faults[english], b, a))
		}
	}
	return errors.Join(faults...)
}

// tellsDays tells whether a layout tells every day from another.
func tellsDays(layout string) bool {
	day := time.Date(2031, 12, 30, 0, 0, 0, 0, time.UTC)
	back, err := time.Parse(layout, day.Format(layout))
	return err == nil && back.Equal(day)
}

// sections are the entries that every language has, by their section of the file.
func (l *Language) sections() map[string]map[string]string {
	pictured, told := map[string]string{}, map[string]string{}
	for kind, m := range l.Maps {
		pictured[kind] = m.Title
		for k, class := range m.Classes {
			pictured[fmt.Sprint(kind, ".", k)] = class
		}
	}
	for code, p := range l.Problems {
		told[code], told[code+".detail"] = p.Title, p.Detail
	}
	return map[string]map[string]string{
		"zones": l.Zones, "verdicts": l.Verdicts, "measures": l.Measures, "fabrics": l.Fabrics, "report": l.Report,
		"maps": pictured, "captions": l.Captions, "pages": l.Pages, "problems": told, "fields": l.Fields,
		"letter": {"subject": l.Letter.Subject, "text": l.Letter.Text},
	}
}

func compare(section string, own, wanted map[string]string) (faults []error) {
	for _, key := range slices.Sorted(maps.Keys(wanted)) {
		switch said, ok := own[key]; {
		case !ok || said == "" && wanted[key] != "":
			faults = append(faults, fmt.Errorf("%s: %q is missing", section, key))
		case !slices.Equal(names(said), names(wanted[key])) || !slices.Equal(verbs(said), verbs(wanted[key])):
			faults = append(faults, fmt.Errorf("%s: %q has other places to fill: %q", section, key, said))
		}
	}
	for _, key := range slices.Sorted(maps.Keys(own)) {
		if _, ok := wanted[key]; !ok {
			faults = append(faults, fmt.Errorf("%s: %q is in no other language", section, key))
		}
	}
	return faults
}

var (
	named = regexp.MustCompile(`\{[a-z]+\}`)
	// verb is a place to fill of fmt's, with its argument's number if it is not the
	// next one. "100 %" and "5 % of" hold none: a space is no flag here.
	verb = regexp.MustCompile(`%(\[(\d+)\])?([-+#0]*\d*(?:\.\d+)?[a-zA-Z%])`)
)

// names are the {places} of a sentence, in a fixed order.
func names(sentence string) []string {
	found := named.FindAllString(sentence, -1)
	slices.Sort(found)
	return found
}

// verbs are the places fmt fills, by the argument each takes.
func verbs(sentence string) []string {
	var found []string
	for k, m := range verb.FindAllStringSubmatch(sentence, -1) {
		number := m[2]
		if number == "" {
			number = fmt.Sprint(k + 1)
		}
		found = append(found, strings.Repeat("0", 3-min(3, len(number)))+number+m[3])
	}
	slices.Sort(found)
	return found
}
