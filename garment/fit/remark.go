package fit

import (
	"strings"

	"fitroom/garment/words"
	"fitroom/geometry/body"
	"fitroom/geometry/fault"
)

// Remark is a sentence about a fitting as a whole: what it takes for granted, or
// what to be aware of.
type Remark struct {
	Text map[string]string // per language
	// Detail is what a file or a program says of it: for those who made the
	// style, not for those who wear it.
	Detail error
	Makers bool // the sentence too is of no use to those who wear it
}

func (r Remark) forMakers() Remark {
	r.Makers = true
	return r
}

// In is the sentence with its detail in a language.
func (r Remark) In(lang string) string {
	if r.Detail == nil {
		return r.Text[lang]
	}
	text, detail := r.Text[lang], words.In(lang).Tell(r.Detail)
	if strings.HasSuffix(text, ":") {
		return text + " " + detail
	}
	return strings.TrimSuffix(text, ".") + " (" + detail + ")."
}

func (r Remark) String() string { return r.In("en") }

// In are remarks in a language, with their details.
func In(lang string, all []Remark) []string {
	out := make([]string, len(all))
	for i, r := range all {
		out[i] = r.In(lang)
	}
	return out
}

// remark says a sentence of the catalogue.
func remark(key string, vals ...value) Remark {
	sp := speaker{langs: languages(), vals: vals}
	return Remark{Text: sp.sentences([]string{key})}
}

func (r Remark) because(detail error) Remark {
	r.Detail = detail
	return r
}

// NoFabric remarks that a style states no fabric and one of its kind is taken,
// in the middle of a range.
func NoFabric(name string, ranges error) Remark {
	return remark("remark_no_fabric", clothName("fabric", name)).because(ranges)
}

// EstimatedFabric remarks that the figures of a fabric are those of its kind.
func EstimatedFabric(name string) Remark { return remark("remark_fabric", clothName("fabric", name)) }

// Approximate remarks that a pattern was drafted by a template.
func Approximate(template string) Remark {
	return remark("remark_approximate").because(fault.Errorf("template %s", template))
}

// UsualElastics remarks that so many elastics have no stiffness of their own.
func UsualElastics(n int) Remark { return remark("remark_elastics", count("count", n)) }

// WornOver remarks in what size of which style was worn beneath.
func WornOver(s *Style, size string) Remark {
	return remark("remark_over", lit("style", s.ID), lit("size", size))
}

// FilesSay passes on what was noted when the files of a style were read.
func FilesSay(detail error) Remark { return remark("remark_files").because(detail).forMakers() }

// FabricReport passes on what was assumed when a fabric's test report was read.
func FabricReport(detail error) Remark {
	return remark("remark_fabric_report").because(detail).forMakers()
}

// CutOneByOne remarks that sizes do not share one mesh, and why.
func CutOneByOne(why error) Remark { return remark("remark_cut_alone").because(why) }

// EstimatedSizes remarks which sizes were estimated, not draped.
func EstimatedSizes(sizes []string) Remark {
	return remark("remark_estimated", lit("sizes", strings.Join(sizes, ", ")))
}

// DrawnOpen remarks that a size does not close and is drawn with its fastenings
// open; beyond names the zones that are too small even so.
func DrawnOpen(s *Style, size string, beyond []string) Remark {
	if len(beyond) == 0 {
		return remark("remark_open", lit("size", size))
	}
	return remark("remark_open_small", lit("size", size), zonesOfStyle("list", s, beyond))
}

// DrawnClosed remarks that a size is too small to be put on and drawn closed for
// want of a fastening.
func DrawnClosed(s *Style, size string, zones []string) Remark {
	return remark("remark_closed_small", lit("size", size), zonesOfStyle("list", s, zones))
}

// TrailsOnFloor says that a size is so much too long that it reaches the floor [m].
func TrailsOnFloor(size string, by float64) Remark {
	return remark("remark_trailing", lit("size", size), cm("by", by))
}

// zonesOfStyle calls zones as the sentences of a style do.
func zonesOfStyle(name string, s *Style, zones []string) value {
	sp := newSpeaker(s)
	keys := make([]string, len(zones))
	for i, z := range zones {
		keys[i] = sp.zoneKey(z)
	}
	return zoneList(name, keys)
}

// OnBody remarks on the values a body was made from: such as do not go together,
// such as should be looked at again, and clothes under the tape.
func OnBody(b *body.Body, asked body.Measurements) []Remark {
	var out []Remark
	if b.Rare {
		out = append(out, remark("remark_rare"))
	}
	for _, d := range b.Doubts {
		key, vals := "remark_doubt", doubted(d)
		if d.With != "" {
			key = "remark_doubt_with"
			vals = append(vals, measure("with", d.With))
		}
		out = append(out, remark(key, vals...))
	}
	if asked.OverClothes {
		out = append(out, remark("remark_over_clothes"))
	}
	for _, c := range b.Conflicts {
		by, unit := inUnit(c.Key)
		key, vals := "remark_conflict", []value{measure("measure", c.Key), num("asked", c.Asked*by), num("got", c.Achieved*by), lit("unit", unit)}
		if len(c.With) > 0 {
			key = "remark_conflict_with"
			vals = append(vals, measures("list", c.With))
		}
		out = append(out, remark(key, vals...))
	}
	return out
}

// doubted are the figures of a value that does not go with the others.
func doubted(d *body.MeasureError) []value {
	by, unit := inUnit(d.Key)
	return []value{measure("measure", d.Key), num("got", d.Got*by), num("low", d.Lo*by), num("high", d.Hi*by), lit("unit", unit)}
}

// inUnit is the unit a measurement is told in, and what a figure in SI units is
// multiplied by.
func inUnit(k body.Key) (by float64, unit string) {
	if k == body.Weight {
		return 1, "kg"
	}
	return 100, "cm"
}
