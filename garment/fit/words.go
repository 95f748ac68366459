package fit

import (
	"math"
	"strconv"
	"strings"
	"sync"

	"fitroom/geometry/body"
)

// language is one catalogue of sentences. Another language is one more file
// with such a value, listed in languages; the tests then ask it for the same
// entries, the same placeholders and none of its forbidden words.
//
// Rules: the subject is the garment, never the body; no praise, no consolation,
// no advice on looks; the same numbers in every language.
type language struct {
	code     string
	decimal  byte // mark between units and tenths
	small    bool // names of places are written small inside a sentence
	zones    map[string]string
	verdicts map[Verdict]string
	say      map[string]string // sentences with {placeholders}
	maps     map[string]mapWords
	captions map[string]string // of drawings
	// forbidden words no sentence may hold, in lower case.
	forbidden []string
}

func languages() []language { return catalogue() }

// catalogue is made at the first sentence and only read from then on.
var catalogue = sync.OnceValue(func() []language { return []language{german(), english()} })

// ZoneName is the catalogue's name of a zone in a language, English for one it
// does not have.
func ZoneName(lang, zone string) string {
	return languageOf(lang).zones[zone]
}

// mapWords explain a fit map: what it shows, and its classes by rising figure.
type mapWords struct {
	title   string
	classes []string
}

// MapWords is the title of a fit map ("gap", "strain", "tension", "pressure",
// "wrinkles") and the names of its classes, English for a language the
// catalogue does not have.
func MapWords(lang, kind string) (title string, classes []string) {
	w := languageOf(lang).maps[kind]
	return w.title, w.classes
}

// Caption is a text of the drawings.
func Caption(lang, key string) string { return languageOf(lang).captions[key] }

// Comma reports whether a language writes decimals after a comma.
func Comma(lang string) bool { return languageOf(lang).decimal == ',' }

func languageOf(code string) language {
	for _, l := range languages() {
		if l.code == code {
			return l
		}
	}
	return languages()[1]
}

// value fills one placeholder: a number with its decimals, a word of the
// catalogue, or a literal such as a size.
type value struct {
	name     string
	number   float64
	decimals int
	kind     byte // 'n' number, 'w' word of say, 'v' verdict, 'z' zone, 'm' zone inside a sentence, 't' literal
	text     string
}

func num(name string, v float64) value { return value{name: name, number: v, decimals: 1, kind: 'n'} }
func cm(name string, m float64) value  { return num(name, m*100) }
func lit(name, text string) value      { return value{name: name, text: text, kind: 't'} }
func word(name, key string) value      { return value{name: name, text: key, kind: 'w'} }
func zoneName(name, key string) value  { return value{name: name, text: key, kind: 'z'} }
func within(name, key string) value    { return value{name: name, text: key, kind: 'm'} }
func verdict(name string, v Verdict) value {
	return value{name: name, text: string(v), kind: 'v'}
}

// percent is a whole number of per cent.
func percent(name string, p float64) value {
	return value{name: name, number: p * 100, kind: 'n'}
}

// append writes the sentence of a key with its placeholders filled.
func (l *language) append(dst []byte, key string, vals []value) []byte {
	t, ok := l.say[key]
	if !ok {
		panic("fit: language " + l.code + " has no sentence " + key)
	}
	for {
		i := strings.IndexByte(t, '{')
		if i < 0 {
			return append(dst, t...)
		}
		dst = append(dst, t[:i]...)
		j := i + strings.IndexByte(t[i:], '}')
		dst = l.fill(dst, t[i+1:j], vals)
		t = t[j+1:]
	}
}

func (l *language) fill(dst []byte, name string, vals []value) []byte {
	for i := range vals {
		v := &vals[i]
		if v.name != name {
			continue
		}
		switch v.kind {
		case 'n':
			from := len(dst)
			dst = strconv.AppendFloat(dst, v.number, 'f', v.decimals, 64)
			if k := strings.IndexByte(string(dst[from:]), '.'); k >= 0 {
				dst[from+k] = l.decimal
			}
			return dst
		case 'w':
			return append(dst, l.say[v.text]...)
		case 'v':
			return append(dst, l.verdicts[Verdict(v.text)]...)
		case 'z':
			return append(dst, l.zones[v.text]...)
		case 'm':
			return append(dst, l.named(v.text)...)
		}
		return append(dst, v.text...)
	}
	panic("fit: no value for {" + name + "} in " + l.code)
}

// named is the name of a zone within a sentence.
func (l *language) named(zone string) string {
	name := l.zones[zone]
	if l.small {
		return strings.ToLower(name)
	}
	return name
}

// speaker writes all sentences of one report.
type speaker struct {
	langs []language
	band  bool // the waist is the waistband of a garment for the lower body
	stiff bool // the fabric must not be stretched
	buf   []byte
	vals  []value
	parts []string
}

func newSpeaker(s *Style) *speaker {
	upper := false
	for _, k := range []body.Key{body.ChestGirth, body.BustGirth, body.NeckGirth, BodyLength} {
		_, charted := s.Chart[k]
		_, measured := s.POM[k]
		upper = upper || charted || measured
	}
	_, usable := hoop(s.Fabric)
	return &speaker{langs: languages(), band: !upper, stiff: usable < rigid}
}

// zoneKey is the catalogue's name of a zone.
func (sp *speaker) zoneKey(name string) string {
	if name == "waist" && sp.band {
		return "waistband"
	}
	return name
}

// sentences renders the parts in every language, joined by a space.
func (sp *speaker) sentences(parts []string) map[string]string {
	out := make(map[string]string, len(sp.langs))
	for i := range sp.langs {
		l := &sp.langs[i]
		sp.buf = sp.buf[:0]
		for n, key := range parts {
			if n > 0 {
				sp.buf = append(sp.buf, ' ')
			}
			sp.buf = l.append(sp.buf, key, sp.vals)
		}
		out[l.code] = string(sp.buf)
	}
	return out
}

func (sp *speaker) zones(zones []Zone, size string) {
	for i := range zones {
		z := &zones[i]
		sp.setValues(z, size)
		z.Text = sp.sentences(sp.zoneParts(z))
		if notes := notesOf(z); len(notes) > 0 {
			z.Notes = sp.sentences(notes)
			z.Note = z.Notes["en"]
		}
	}
}

// setValues makes every figure of a zone available to the sentences.
func (sp *speaker) setValues(z *Zone, size string) {
	given := "given"
	if z.Source == body.Predicted {
		given = "predicted"
	}
	missing := max(0, -z.Ease)
	sp.vals = append(sp.vals[:0],
		zoneName("zone", sp.zoneKey(z.Name)), verdict("verdict", z.Verdict),
		verdict("a", spoken(z)[0]), verdict("b", spoken(z)[1]), lit("size", size), word("given", given),
		cm("garment", z.Garment), cm("body", z.Body), cm("low", z.Band[0]), cm("high", z.Band[1]),
		cm("ease", max(0, z.Ease)), cm("missing", missing), cm("pm", 1.96*z.Sigma),
		cm("design", math.Abs(z.Design)), cm("delta", math.Abs(z.Delta)),
		percent("strain", missing/z.Garment), percent("usable", z.Usable),
		num("kpa", z.presses()/1000), num("rigid", z.PressureMean/1000), cm("flat", z.Flat), cm("relaxed", z.Relaxed),
		cm("shift", math.Abs(z.Shift)), cm("slid", z.Slid),
		cm("own", z.Own), cm("off", math.Abs(z.OwnOff)), cm("uneven", z.OwnUneven), cm("bridged", z.Bridged),
	)
}

// spoken is the pair of a "between" in the order it is said: what was designed
// comes first.
func spoken(z *Zone) [2]Verdict {
	if z.Pair[1] == AsDesigned {
		return [2]Verdict{z.Pair[1], z.Pair[0]}
	}
	return z.Pair
}

// zoneParts chooses the sentences of a zone: verdict, figures, consequence.
func (sp *speaker) zoneParts(z *Zone) []string {
	parts := append(sp.parts[:0], "head")
	defer func() { sp.parts = parts }() // its room serves the next zone
	switch {
	case z.Verdict == CannotJudge && z.Reason == FreeZone:
		parts[0] = "head_free"
	case z.Verdict == CannotJudge && z.Reason == NoDesign:
		parts[0] = "head_design"
	case z.Verdict == CannotJudge:
		parts = append(parts, z.Reason)
	case z.Verdict == Between:
		parts[0] = "head_between"
	}
	if z.Length {
		return sp.lengthParts(parts, z)
	}
	hasG, hasB := !math.IsNaN(z.Garment), !math.IsNaN(z.Body)
	switch {
	case hasG && z.Reason == FreeZone:
		parts = append(parts, "garment_only")
	case z.Reason == FreeZone: // the verdict has said it
	case z.Reason == Clothed: // an ease from such a measure would be a guess
		if hasG {
			parts = append(parts, "garment_only")
		}
	case hasG && hasB:
		parts = append(parts, "measures")
		parts = append(parts, sp.easePart(z))
	case hasG:
		parts = append(parts, "garment_only")
	case hasB && !math.IsNaN(z.Band[0]):
		parts = append(parts, "band")
	}
	if z.Reason == HighPress && !math.IsNaN(z.PressureMean) {
		if z.Draped {
			parts = append(parts, "pressure_draped")
		} else {
			parts = append(parts, "pressure_flat")
		}
	}
	return parts
}

// easePart names ease against design ease; a stretched fabric is told apart
// from one that lacks width.
func (sp *speaker) easePart(z *Zone) string {
	part := [3]string{"ease", "ease_negative", "ease_designed"}
	if z.Ease < 0 {
		part = [3]string{"lack", "lack_negative", "lack_designed"}
		if !sp.stiff && z.Usable > 0 && z.Verdict != WillNotClose {
			part = [3]string{"stretch", "stretch_negative", "stretch_designed"}
		}
	}
	switch {
	case math.IsNaN(z.Design):
		return part[0]
	case z.Design < 0:
		return part[1]
	}
	return part[2]
}

func (sp *speaker) lengthParts(parts []string, z *Zone) []string {
	switch {
	case math.IsNaN(z.Delta):
		if !math.IsNaN(z.Garment) {
			parts = append(parts, "garment_only")
		}
	case math.Abs(z.Delta) < 0.0005:
		parts = append(parts, "length_same")
	case z.Delta < 0:
		parts = append(parts, "length_short")
	default:
		parts = append(parts, "length_long")
	}
	return parts
}

const (
	agreement = 0.005 // of flat and draped measure; beyond, both are named [m] (design/fit.md)
	shiftSeen = 0.004 // a tape moved less than one step lies where it should [m]
	slidFar   = 0.02  // an edge this far down has slid [m]
)

// whyDiffers says why the draped garment measures otherwise than the table: the
// tape lies elsewhere, or the table measures along a line of its own; how far
// off that lies is said where the pattern tells where it runs.
func whyDiffers(z *Zone) string {
	switch {
	case z.Bridged > 0:
		return "note_bridged"
	case z.OwnOff > shiftSeen:
		return "note_own_higher"
	case z.OwnOff < -shiftSeen:
		return "note_own_lower"
	case !math.IsNaN(z.OwnUneven):
		return "note_own_uneven"
	case z.Shift > shiftSeen:
		return "note_higher"
	case z.Shift < -shiftSeen:
		return "note_lower"
	case z.Length:
		return "note_own_line_length"
	}
	return "note_own_line"
}

// notesOf names what limits the figures of a zone.
func notesOf(z *Zone) []string {
	var notes []string
	if math.Abs(z.Flat-z.Relaxed) > agreement {
		notes = append(notes, "note_differs", whyDiffers(z))
	}
	if z.Slid > slidFar {
		notes = append(notes, "note_slid")
	}
	switch {
	case !(z.PressureMean >= negligible):
	case z.Draped && !math.IsNaN(z.PressureTissue):
		notes = append(notes, "note_tissue_draped")
	case !math.IsNaN(z.PressureTissue):
		notes = append(notes, "note_tissue")
	case z.Draped:
		notes = append(notes, "note_rigid_body")
	}
	switch {
	case z.Length:
	case z.unsettled:
		notes = append(notes, "note_not_at_rest")
	case z.unfound:
		notes = append(notes, "note_not_found")
	case !z.Draped && z.PressureMean > 0:
		notes = append(notes, "note_flat_pressure")
	}
	return notes
}

// listed joins size names in a language: "M or L", "S, M or L".
func (l *language) listed(names []string) string {
	switch n := len(names); n {
	case 0:
		return ""
	case 1:
		return names[0]
	default:
		return strings.Join(names[:n-1], ", ") + " " + l.say["or"] + " " + names[n-1]
	}
}
