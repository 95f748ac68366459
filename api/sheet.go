package api

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"fitroom/api/album"
	"fitroom/api/wire"
	"fitroom/garment/words"
	"fitroom/geometry/body"
)

// sheet is a result in words and figures of one language, as the page shows
// it: every size beside the others.
type sheet struct {
	Heading     string
	Outcome     string // one, between, none, refuse: the tone of the advice
	OutcomeWord string
	Advice      string
	Sizes       []sizeColumn
	Zones       []zoneLine // the verdict table: a line per place, a cell per size
	HasChance   bool
	Views       []view   // what the pictures can show
	Figures     []figure // several sizes in one picture
	Body        []bodyRow
	Notes       []string // warnings and assumptions
	Report      string   // address of the JSON
	Kept        bool     // in the wardrobe; otherwise it goes after a while
}

// sizeColumn is one size.
type sizeColumn struct {
	Name      string
	Title     string
	Advised   bool
	Chance    string
	Percent   string // how likely it is the best
	Pictures  []picture
	Links     []fileLinked
	Remark    string // what keeps the figures from being taken at face value
	Zones     []zoneRow
	Unjudged  []zoneRow // those of which nothing can be said
	NotJudged string    // their heading
}

// fileLinked is a further file of a size.
type fileLinked struct {
	Name, Address string
	Show          string // how the script shows it: turn or model
	Save          bool   // to be kept rather than looked at
}

// picture is an image of a size, with its description.
type picture struct{ Kind, Src, Alt string }

// figure is a picture of several sizes, with its heading and what it shows.
type figure struct {
	picture
	Heading, Hint string
}

// view is one kind of picture.
type view struct{ Kind, Name string }

// Wide tells pictures of several views side by side.
func (v view) Wide() bool { return v.Kind != "front" && v.Kind != "back" }

// viewKinds in the order in which they are offered.
func viewKinds() []string {
	return []string{"front", "back", "fit", "strain", "pressure", "tension", "wrinkles", "balance", "sections"}
}

// zoneLine is one place in all sizes.
type zoneLine struct {
	Name  string
	Cells []zoneRow // in the order of the sizes; of a size without it, empty
}

// zoneRow is one place of one size.
type zoneRow struct {
	Name    string
	Tone    string // good, near, bad, unknown: the colour of the verdict
	Verdict string
	Room    string   // the figure that decides: room, lack or wrong length
	Sides   []string // what it is the difference of
	Text    string
	More    []string // how sure, and pressure where it is noticeable
}

// bodyRow compares one measurement of the figure with what was asked.
type bodyRow struct{ Name, Asked, Achieved, Source string }

// newSheet writes a result in one language.
func newSheet(r *result, lang string, say map[string]string) *sheet {
	rep := &r.report
	s := &sheet{
		Heading: fill(say["result.head"], "garment", r.title[lang]),
		Outcome: rep.Advice.Outcome, OutcomeWord: say["result."+rep.Advice.Outcome],
		Advice: unbroken(inLanguage(rep.Advice.Text, lang)),
		Notes:  remarks(rep, lang),
		Report: r.json(), Kept: r.base != "",
	}
	for _, name := range rep.SizeOrder {
		s.Sizes = append(s.Sizes, newColumn(r, name, lang, say))
	}
	s.Zones, s.HasChance = s.zoneLines(rep, lang), len(rep.Advice.Probability) > 0
	for _, kind := range viewKinds() {
		if slices.ContainsFunc(s.Sizes, func(c sizeColumn) bool { return c.has(kind) }) {
			s.Views = append(s.Views, view{kind, say["result.view."+kind]})
		}
	}
	s.Figures = figures(r, say)
	s.Body = bodyRows(rep.Body, lang, say)
	return s
}

// remarks are warnings and assumptions in a language; of a report kept from
// before they had more than one, as they were written.
func remarks(rep *wire.Report, lang string) []string {
	if rep.Remarks == nil {
		return slices.Concat(rep.Warnings, rep.Assumptions)
	}
	var out []string
	for _, text := range slices.Concat(rep.Remarks.Warnings, rep.Remarks.Assumptions) {
		out = append(out, inLanguage(text, lang))
	}
	return out
}

// figures are the pictures that compare sizes, in the order they are shown.
func figures(r *result, say map[string]string) []figure {
	worn, other := album.Compared(&r.report)
	names := strings.NewReplacer("{worn}", worn, "{other}", other)
	var all []figure
	for _, kind := range []string{"compare", "sizes_fit", "sections"} {
		if name := r.report.Files[kind]; r.files[name] > 0 {
			key := "result." + kind
			all = append(all, figure{picture{kind, r.link(name), names.Replace(say[key+".alt"])}, say[key], names.Replace(say[key+".hint"])})
		}
	}
	return all
}

// zoneLines are the places that at least one size was judged at.
func (s *sheet) zoneLines(rep *wire.Report, lang string) []zoneLine {
	judged := map[string]wire.Zone{}
	for _, size := range rep.Sizes {
		for name, z := range size.Zones {
			if tone(z.Verdict) != "unknown" {
				judged[name] = z
			}
		}
	}
	var lines []zoneLine
	for _, zone := range zoneOrder(judged) {
		line := zoneLine{Name: or(words.In(lang).Zones[zone], zone)}
		for i := range s.Sizes {
			line.Cells = append(line.Cells, s.Sizes[i].zone(line.Name))
		}
		lines = append(lines, line)
	}
	return lines
}

func (c sizeColumn) zone(name string) zoneRow {
	for _, row := range slices.Concat(c.Zones, c.Unjudged) {
		if row.Name == name {
			return row
		}
	}
	return zoneRow{}
}

func (c sizeColumn) has(kind string) bool {
	return slices.ContainsFunc(c.Pictures, func(p picture) bool { return p.Kind == kind })
}

// inLanguage is a text of the report in the page's language, or in the first
// one it has.
func inLanguage(text map[string]string, lang string) string {
	for _, l := range append([]string{lang}, words.Codes()...) {
		if text[l] != "" {
			return text[l]
		}
	}
	return ""
}

func newColumn(r *result, name, lang string, say map[string]string) sizeColumn {
	size := r.report.Sizes[name]
	link := func(kind string) string {
		if file := size.Files[kind]; r.files[file] > 0 {
			return r.link(file)
		}
		return ""
	}
	c := sizeColumn{
		Name: name, Title: fill(say["result.size"], "size", name),
		Advised: slices.Contains(r.report.Advice.Sizes, name), Chance: say["result.chance.none"],
		Percent: percent(r.report.Advice.Probability[name]) + "\u00a0%", Remark: remark(size, lang, say),
	}
	for _, kind := range viewKinds() {
		if src := link(kind); src != "" {
			c.Pictures = append(c.Pictures, picture{kind, src, fill(say["result.view."+kind+".alt"], "size", name)})
		}
	}
	if address := link("turntable"); address != "" {
		c.Links = append(c.Links, fileLinked{Name: say["file.turntable"], Address: address, Show: "turn"})
	}
	if address := link("glb"); address != "" {
		c.Links = append(c.Links, fileLinked{Name: say["file.view"], Address: address, Show: "model"}, fileLinked{Name: say["file.glb"], Address: address, Save: true})
	}
	if p := r.report.Advice.Probability[name]; p > 0 {
		c.Chance = fill(say["result.chance"], "percent", percent(p))
	}
	for _, zone := range zoneOrder(size.Zones) {
		row := newRow(zone, size.Zones[zone], lang, say)
		if row.Tone == "unknown" {
			c.Unjudged = append(c.Unjudged, row)
		} else {
			c.Zones = append(c.Zones, row)
		}
	}
	c.NotJudged = fill(say["result.unjudged"], "n", strconv.Itoa(len(c.Unjudged)))
	return c
}

// remark says in one sentence what is missing or doubtful in a size.
func remark(size wire.Size, lang string, say map[string]string) string {
	switch {
	case size.Drawn != nil: // a picture that would mislead comes first
		return inLanguage(size.Drawn, lang)
	case size.Failed != "":
		return because(say["result.failed"], size.FailedText, lang)
	case size.Drape == nil:
		return say["result.nopicture"]
	case size.Files["front"] == "":
		return because(say["result.diverged"], size.Drape.ReasonText, lang)
	case size.Drape.Status != "at_rest":
		return say["result.unrest"]
	case !judged(size):
		return say["result.nozones"]
	}
	return ""
}

// because adds to a sentence what was found, if anything.
func because(sentence string, found map[string]string, lang string) string {
	if found == nil {
		return sentence
	}
	return sentence + " (" + strings.ReplaceAll(inLanguage(found, lang), "\n", "; ") + ")"
}

func judged(size wire.Size) bool {
	for _, z := range size.Zones {
		if tone(z.Verdict) != "unknown" {
			return true
		}
	}
	return false
}

// zoneOrder lists the zones of a size as the contract does; zones it does not
// know come last.
func zoneOrder(zones map[string]wire.Zone) []string {
	known := strings.Fields("neck shoulder across_back chest bust underbust waist hip upper_arm elbow wrist " +
		"thigh knee calf ankle crotch hem body_length sleeve_length inseam outseam skirt_length")
	var order []string
	for _, zone := range known {
		if _, ok := zones[zone]; ok {
			order = append(order, zone)
		}
	}
	for _, zone := range slices.Sorted(maps.Keys(zones)) {
		if !slices.Contains(known, zone) {
			order = append(order, zone)
		}
	}
	return order
}

// unbroken keeps figures and their units on one line.
func unbroken(text string) string {
	return strings.NewReplacer(" %", "\u00a0%", " cm", "\u00a0cm", " kg", "\u00a0kg").Replace(text)
}

func newRow(name string, z wire.Zone, lang string, say map[string]string) zoneRow {
	row := zoneRow{
		Name: or(words.In(lang).Zones[name], name), Tone: tone(z.Verdict),
		Verdict: or(words.In(lang).Verdicts[z.Verdict], z.Verdict), Text: inLanguage(z.Text, lang),
	}
	if len(z.Between) == 2 {
		row.Verdict = fill(fill(say["verdict.either"], "a", words.In(lang).Verdicts[z.Between[0]]), "b", words.In(lang).Verdicts[z.Between[1]])
	}
	cm := func(key string, v *float64) string {
		return fill(say[key], "value", decimal(math.Abs(*v), lang, 1)+"\u00a0cm")
	}
	switch {
	case z.Delta != nil && math.Abs(*z.Delta) < 0.05: // [cm] would be told as 0.0
		row.Room = say["result.exact"]
	case z.Delta != nil && *z.Delta < 0:
		row.Room = cm("result.shorter", z.Delta)
	case z.Delta != nil:
		row.Room = cm("result.longer", z.Delta)
	case z.Ease != nil && *z.Ease < 0:
		row.Room = cm("result.lack", z.Ease)
	case z.Ease != nil:
		row.Room = cm("result.room", z.Ease)
	}
	if z.Garment != nil {
		row.Sides = append(row.Sides, cm("result.garment", z.Garment))
	}
	if z.Body != nil && z.Kind != "length" {
		row.Sides = append(row.Sides, cm("result.body", z.Body))
	}
	if z.Confidence != nil && z.Verdict != "cannot_judge" {
		row.More = append(row.More, fill(say["result.sure"], "percent", percent(*z.Confidence)))
	}
	if z.Pressure != nil && z.Pressure.P95 != nil && *z.Pressure.P95 >= noticeable {
		row.More = append(row.More, fill(say["result.pressure"], "value", decimal(*z.Pressure.P95, lang, 1)))
	}
	return row
}

// noticeable is the pressure from which it is worth telling [kPa]: the lowest
// class of everyday wear ends there.
const noticeable = 0.4

// tone groups the verdicts for the eye; the words say which it is.
func tone(verdict string) string {
	switch verdict {
	case "as_designed":
		return "good"
	case "snug", "looser", "between", "slightly_short", "slightly_long":
		return "near"
	case "will_not_close", "too_tight", "too_loose", "too_short", "too_long":
		return "bad"
	}
	return "unknown"
}

// bodyRows lists the measurements the page knows by name.
func bodyRows(measures map[string]wire.BodyMeasure, lang string, say map[string]string) []bodyRow {
	var rows []bodyRow
	for _, in := range fields() {
		m, ok := measures[string(in.Key)]
		if !ok || m.Achieved == nil || m.Asked == nil {
			continue
		}
		unit := "\u00a0" + m.Unit
		row := bodyRow{
			Name: say["m."+string(in.Key)], Asked: decimal(*m.Asked, lang, 1) + unit,
			Achieved: decimal(*m.Achieved, lang, 1) + unit, Source: say["result.given"],
		}
		if m.Source != "given" {
			row.Source = fill(say["result.predicted"], "sd", deviation(m, lang))
		}
		rows = append(rows, row)
	}
	return rows
}

func deviation(m wire.BodyMeasure, lang string) string {
	if m.SD == nil {
		return "?"
	}
	return decimal(*m.SD, lang, 1) + "\u00a0" + m.Unit
}

// onlyFor names the style sheet's class of a population's own fields.
func onlyFor(p body.Population) string {
	if p == "" || p == body.Unspecified {
		return ""
	}
	return "for-" + string(p)
}
