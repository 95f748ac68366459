package fit

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"fitroom/garment/words"
	"fitroom/geometry/body"
)

// language is the report's part of the catalogue (garment/words).
//
// Rules: the subject is the garment, never the body; no praise, no consolation,
// no advice on looks; the same numbers in every language.
type language struct {
	*words.Language
	decimal  byte
	verdicts map[Verdict]string
	pieces   map[string][]piece // the sentences, taken apart
}

// piece is a stretch of a sentence and the placeholder behind it, if any.
type piece struct {
	text, name string
	zone       int // the name's place among zoneFigures; -1 for other names
}

// takeApart fills pieces, so that no report searches for braces again.
func (l *language) takeApart() {
	l.pieces = make(map[string][]piece, len(l.Report))
	for key, t := range l.Report {
		var all []piece
		for {
			text, rest, found := strings.Cut(t, "{")
			if !found {
				l.pieces[key] = append(all, piece{text: text})
				break
			}
			name, after, _ := strings.Cut(rest, "}")
			zone := slices.IndexFunc(zoneFigures[:], func(f zoneFigure) bool { return f.name == name })
			all, t = append(all, piece{text, name, zone}), after
		}
	}
}

func languages() []language { return catalogue() }

// catalogue is made at the first sentence and only read from then on.
var catalogue = sync.OnceValue(func() []language {
	var all []language
	for _, w := range words.All() {
		l := language{Language: w, decimal: w.Decimal[0], verdicts: make(map[Verdict]string, len(w.Verdicts))}
		for v, said := range w.Verdicts {
			l.verdicts[Verdict(v)] = said
		}
		l.takeApart()
		all = append(all, l)
	}
	return all
})

// NoChartAtAll is the advice on a style that states neither chart nor measures,
// per language.
func NoChartAtAll() map[string]string {
	sp := speaker{langs: languages()}
	return sp.sentences([]string{"refuse_no_size_chart"})
}

// value is a figure laid out for the placeholder of a name.
type value struct {
	name string
	figure
}

// figure fills one placeholder: a number with its decimals, a word of the
// catalogue, or a literal such as a size.
type figure struct {
	number   float64
	text     string
	list     []string // of kinds 'Z' and 'M'
	kind     byte     // 'n' number, 'w' word of say, 'v' verdict, 'z' zone, 'm' zone inside a sentence, 't' literal, 'f' fabric, 'Z' zones, 'M' measurements
	decimals uint8
}

func number(x float64, decimals uint8) figure {
	return figure{number: x, decimals: decimals, kind: 'n'}
}
func centimetres(m float64) figure { return number(m*100, 1) }

func num(name string, v float64) value { return value{name, number(v, 1)} }
func cm(name string, m float64) value  { return value{name, centimetres(m)} }
func lit(name, text string) value      { return value{name, figure{text: text, kind: 't'}} }
func word(name, key string) value      { return value{name, figure{text: key, kind: 'w'}} }
func zoneName(name, key string) value  { return value{name, figure{text: key, kind: 'z'}} }
func clothName(name, key string) value { return value{name, figure{text: key, kind: 'f'}} }
func zoneList(name string, zones []string) value {
	return value{name, figure{list: zones, kind: 'Z'}}
}
func count(name string, n int) value        { return value{name, number(float64(n), 0)} }
func measure(name string, k body.Key) value { return measures(name, []body.Key{k}) }
func measures(name string, keys []body.Key) value {
	list := make([]string, len(keys))
	for i, k := range keys {
		list[i] = string(k)
	}
	return value{name, figure{list: list, kind: 'M'}}
}
func within(name, key string) value { return value{name, figure{text: key, kind: 'm'}} }

// percent is a whole number of per cent.
func percent(name string, p float64) value { return value{name, number(p*100, 0)} }

// say appends the sentence of a key with its placeholders filled.
func (sp *speaker) say(dst []byte, l *language, key string) []byte {
	all, ok := l.pieces[key]
	if !ok {
		panic("fit: language " + l.Code + " has no sentence " + key)
	}
	for i := range all {
		p := &all[i]
		dst = append(dst, p.text...)
		if p.name != "" {
			v := sp.figureOf(p)
			dst = l.fill(dst, &v)
		}
	}
	return dst
}

// figureOf fills a placeholder: with a figure of the zone that is spoken of, or
// with one of those laid out.
func (sp *speaker) figureOf(p *piece) figure {
	if sp.zone != nil && p.zone >= 0 {
		return zoneFigures[p.zone].of(sp, sp.zone)
	}
	for i := range sp.vals {
		if sp.vals[i].name == p.name {
			return sp.vals[i].figure
		}
	}
	panic("fit: no value for {" + p.name + "}")
}

func (l *language) fill(dst []byte, v *figure) []byte {
	switch v.kind {
	case 'n':
		from := len(dst)
		dst = appendFixed(dst, v.number, int(v.decimals))
		if k := len(dst) - int(v.decimals) - 1; k > from && dst[k] == '.' {
			dst[k] = l.decimal
		}
		return dst
	case 'w':
		return append(dst, l.Report[v.text]...)
	case 'v':
		return append(dst, l.verdicts[Verdict(v.text)]...)
	case 'z':
		return append(dst, l.Zones[v.text]...)
	case 'm':
		return append(dst, l.named(v.text)...)
	case 'f':
		return append(dst, orItself(l.Fabrics, v.text)...)
	case 'Z':
		return append(dst, joined(v.list, l.named)...)
	case 'M':
		return append(dst, joined(v.list, func(k string) string { return orItself(l.Measures, k) })...)
	}
	return append(dst, v.text...)
}

// appendFixed writes what strconv does, in whole numbers where no rounding is in
// doubt: reports hold thousands of figures.
func appendFixed(dst []byte, x float64, decimals int) []byte {
	scale := 1.0
	if decimals == 1 {
		scale = 10
	}
	const doubt, most = 1e-6, 1e6
	y := math.Abs(x) * scale
	n := math.Floor(y + 0.5)
	if decimals > 1 || !(y < most) || math.Abs(y+0.5-n) < doubt || n == 0 && x < 0 {
		return strconv.AppendFloat(dst, x, 'f', decimals, 64)
	}
	if x < 0 {
		dst = append(dst, '-')
	}
	whole := int64(n)
	if decimals == 0 {
		return strconv.AppendInt(dst, whole, 10)
	}
	return append(strconv.AppendInt(dst, whole/10, 10), '.', byte('0'+whole%10))
}

// orItself is a name of the catalogue; one it does not have is its own, as that
// of a fabric a shop names.
func orItself(names map[string]string, key string) string {
	if name, ok := names[key]; ok {
		return name
	}
	return key
}

func joined(keys []string, name func(string) string) string {
	parts := make([]string, len(keys))
	for i, k := range keys {
		parts[i] = name(k)
	}
	return strings.Join(parts, ", ")
}

// named is the name of a zone within a sentence.
func (l *language) named(zone string) string {
	name := l.Zones[zone]
	if l.SmallNames {
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
	ends  []int   // of the texts in buf
	vals  []value // laid out for a sentence that is not of a zone
	zone  *Zone   // spoken of, nil for none
	size  string  // of the zone
	parts []string
	noted [8]string // room for the notes of a zone
}

func newSpeaker(s *Style) *speaker {
	upper := false
	for _, k := range []body.Key{body.ChestGirth, body.BustGirth, body.NeckGirth, BodyLength} {
		_, charted := s.Chart[k]
		_, measured := s.POM[k]
		upper = upper || charted || measured
	}
	_, usable := hoop(s.Fabric)
	const usual = 16 << 10 // the texts of 16 zones [B]
	return &speaker{langs: languages(), band: !upper, stiff: usable < rigid, buf: make([]byte, 0, usual)}
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
	sp.buf, sp.ends = sp.buf[:0], sp.ends[:0]
	sp.write(parts)
	out := make(map[string]string, len(sp.langs))
	from := 0
	for i := range sp.langs {
		out[sp.langs[i].Code] = string(sp.buf[from:sp.ends[i]])
		from = sp.ends[i]
	}
	return out
}

// write adds the parts to the buffer, language by language, and where each ends.
func (sp *speaker) write(parts []string) {
	dst := sp.buf
	for i := range sp.langs {
		for n, key := range parts {
			if n > 0 {
				dst = append(dst, ' ')
			}
			dst = sp.say(dst, &sp.langs[i], key)
		}
		sp.ends = append(sp.ends, len(dst))
	}
	sp.buf = dst
}

// listed joins size names in a language: "M or L", "S, M or L".
func (l *language) listed(names []string) string {
	switch n := len(names); n {
	case 0:
		return ""
	case 1:
		return names[0]
	default:
		return strings.Join(names[:n-1], ", ") + " " + l.Report["or"] + " " + names[n-1]
	}
}
