package api

import (
	"encoding/json"
	"fmt"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"fitroom/api/wire"
	"fitroom/garment/fit"
	"fitroom/garment/words"
	"fitroom/geometry/body"
)

// field is one measurement the page asks for. The limits only catch slips of
// the pen and of the unit, with a sentence in the customer's language; they are
// those of the body room, which also says whether the values go together.
type field struct {
	Key       body.Key
	Low, High float64         // accepted [cm], weight [kg]
	Women     float64         // an example for women [cm], weight [kg]
	Men       float64         // the same for men
	Only      body.Population // asked of these alone; empty: of all
	More      bool            // among the optional ones
}

// fields are in the order of the page: down the body.
func fields() []field {
	return []field{
		{Key: body.Height, Low: 135, High: 215, Women: 168, Men: 180},
		{Key: body.Weight, Low: 33, High: 220, Women: 64, Men: 79},
		{Key: body.NeckGirth, Low: 25, High: 60, Women: 33.5, Men: 38.5},
		{Key: body.BustGirth, Low: 62, High: 175, Women: 91, Only: body.Women},
		{Key: body.UnderbustGirth, Low: 55, High: 160, Women: 78, Only: body.Women},
		{Key: body.ChestGirth, Low: 62, High: 175, Men: 99, Only: body.Men},
		{Key: body.WaistGirth, Low: 48, High: 185, Women: 74, Men: 86},
		{Key: body.HipGirth, Low: 66, High: 185, Women: 99, Men: 100},
		{Key: body.Inseam, Low: 55, High: 110, Women: 77, Men: 82},
		{Key: body.UpperArmGirth, Low: 16, High: 65, Women: 28, Men: 32, More: true},
		{Key: body.ThighGirth, Low: 34, High: 105, Women: 58, Men: 58, More: true},
		{Key: body.ArmLength, Low: 40, High: 80, Women: 58, Men: 63, More: true},
		{Key: body.BackWaistLength, Low: 27, High: 60, Women: 41, Men: 46, More: true},
	}
}

func (f field) mass() bool { return f.Key == body.Weight }

// asked tells whether the page asks a person of that population. Of those who
// leave it open it asks everything, the tape over the breast under one name.
func (f field) asked(p string) bool {
	if p == string(body.Unspecified) {
		return f.Key != body.BustGirth
	}
	return f.Only == "" || string(f.Only) == p
}

// inch and pound are the other system's units [cm], [kg].
const (
	inch  = 2.54
	pound = 0.45359237
)

// unit is the field's unit in a system of units, and its size [cm] or [kg].
func (f field) unit(system string) (string, float64) {
	switch imperial := system == "imperial"; {
	case f.mass() && imperial:
		return "lb", pound
	case f.mass():
		return "kg", 1
	case imperial:
		return "in", inch
	}
	return "cm", 1
}

// form is what a customer typed, kept as typed so that it can be shown again.
type form struct {
	Lang       string
	Population string
	Units      string            // metric or imperial
	Values     map[string]string // by measurement key
	Style      string
	Ease       string // close, designed or roomy
	Trained    bool
	Over       bool
	Confirmed  bool // the customer stands by values that were doubted
}

// easeCm is the extra ease behind a wish [cm]: about half a size step.
func easeCm(wish string) float64 {
	switch wish {
	case "close":
		return -2
	case "roomy":
		return 2
	}
	return 0
}

func readForm(values url.Values) form {
	f := form{
		Lang: values.Get("lang"), Population: values.Get("population"), Units: values.Get("units"),
		Values: map[string]string{}, Style: values.Get("style"), Ease: values.Get("ease"),
		Trained: values.Get("method") == string(body.TapeTrained), Over: values.Get("over_clothes") != "",
		Confirmed: values.Get("confirmed") != "",
	}
	for _, in := range fields() {
		f.Values[string(in.Key)] = strings.TrimSpace(values.Get(string(in.Key)))
	}
	return f
}

// formOf fills in a form from the body of an earlier request.
func formOf(b wire.Body, style, lang string) form {
	f := form{Population: b.Population, Units: "metric", Values: map[string]string{}, Style: style, Ease: "designed", Over: b.OverClothes}
	switch {
	case b.EaseCm < 0:
		f.Ease = "close"
	case b.EaseCm > 0:
		f.Ease = "roomy"
	}
	for _, m := range b.Measurements {
		if m.Unit == "in" || m.Unit == "lb" {
			f.Units = "imperial"
		}
		f.Trained = f.Trained || m.Method == string(body.TapeTrained)
	}
	for _, in := range fields() {
		m, ok := b.Measurements[string(in.Key)]
		if unit, _ := in.unit(f.Units); ok && m.Value != nil && m.Unit == unit {
			f.Values[string(in.Key)] = decimal(*m.Value, lang, -1)
		}
	}
	return f
}

// request is the form as the JSON that POST /v1/try-ons takes, or the faults
// by field name in the customer's language.
func (f form) request(garments []Garment, say map[string]string) ([]byte, map[string]string, error) {
	b, faults := f.body(say)
	f.checkGarment(garments, b, faults, say)
	if _, typed := b.Measurements[string(body.Height)]; !typed && faults[string(body.Height)] == "" {
		faults[string(body.Height)] = say["fault.height"]
	}
	if len(faults) > 0 {
		return nil, faults, nil
	}
	style, err := json.Marshal(f.Style)
	if err != nil {
		return nil, nil, err
	}
	data, err := json.Marshal(ask{Body: &b, Style: style})
	return data, nil, err
}

// body is the person of the form, with the faults of what was typed.
func (f form) body(say map[string]string) (wire.Body, map[string]string) {
	faults := map[string]string{}
	b := wire.Body{Population: f.Population, Measurements: map[string]wire.Measurement{}, OverClothes: f.Over, EaseCm: easeCm(f.Ease)}
	method := body.TapeSelf
	if f.Trained {
		method = body.TapeTrained
	}
	for _, in := range fields() {
		text := f.Values[string(in.Key)]
		if text == "" || !in.asked(f.Population) {
			continue
		}
		unit, size := in.unit(f.Units)
		value, fault := in.parse(text, f, say)
		if fault != "" {
			faults[string(in.Key)] = fault
			continue
		}
		m := wire.Measurement{Value: &value, Unit: unit, Confirmed: f.Confirmed}
		if size > 0 && !in.mass() {
			m.Method = string(method)
		}
		b.Measurements[string(in.Key)] = m
	}
	return b, faults
}

// parse reads a number as people write it, with a point or a comma, and holds
// it to the field's limits.
func (in field) parse(text string, f form, say map[string]string) (float64, string) {
	unit, size := in.unit(f.Units)
	value, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
	if err != nil || math.IsNaN(value) || math.IsInf(value, 0) {
		return 0, fill(say["fault.number"], "example", in.example(f, f.Lang))
	}
	if in.within(value * size) {
		return value, ""
	}
	sentence := "fault.range"
	other, otherSize := in.unit(map[bool]string{true: "metric", false: "imperial"}[f.Units == "imperial"])
	if in.within(value * otherSize) {
		sentence = "fault.unit"
	}
	system := map[bool]string{true: say["units.metric"], false: say["units.imperial"]}[f.Units == "imperial"]
	return 0, fill(say[sentence], "value", clip(text), "unit", unit, "other", system, "otherunit", other,
		"low", decimal(math.Ceil(in.Low/size), f.Lang, 0), "high", decimal(math.Floor(in.High/size), f.Lang, 0))
}

func (in field) within(v float64) bool { return in.Low <= v && v <= in.High }

// example is a realistic value in the form's units, as it would be written.
func (in field) example(f form, lang string) string {
	v := in.Women
	if f.Population == string(body.Men) && in.Men > 0 || v == 0 {
		v = in.Men
	}
	return in.written(v, f.Units, lang)
}

func (in field) written(v float64, system, lang string) string {
	_, size := in.unit(system)
	v = math.Round(2*v/size) / 2 // to half a unit, as a tape is read
	return decimal(v, lang, -1)
}

// unlikely says in the customer's language and units that a measurement does
// not go with the others; empty where the error gives no range.
func unlikely(e *body.MeasureError, f form, say map[string]string) string {
	for _, in := range fields() {
		if in.Key != e.Key || e.Hi == 0 {
			continue
		}
		unit, size := in.unit(f.Units)
		if !in.mass() {
			size /= 100 // the error is in metres
		}
		show := func(v float64) string { return decimal(math.Round(v/size), f.Lang, 0) }
		return fill(say["fault.unlikely"], "low", show(e.Lo), "high", show(e.Hi), "unit", unit)
	}
	return ""
}

// checkGarment holds the chosen garment to the figure and asks for the
// measurement its size chart goes by.
func (f form) checkGarment(garments []Garment, b wire.Body, faults map[string]string, say map[string]string) {
	i := slices.IndexFunc(garments, func(g Garment) bool { return g.Style.ID == f.Style })
	if i < 0 {
		faults["style"] = say["fault.style"]
		return
	}
	if style := garments[i].Style.Style; !madeFor(style, f.Population) {
		faults["style"] = say["fault.population"]
		return
	}
	for _, key := range garments[i].Style.Primary {
		if key == body.BustGirth && f.Population == string(body.Unspecified) {
			key = body.ChestGirth // the name it is asked under
		}
		_, given := b.Measurements[string(key)]
		if !given && faults[string(key)] == "" && slices.ContainsFunc(fields(), func(in field) bool { return in.Key == key }) {
			faults[string(key)] = say["fault.primary"]
		}
	}
}

// madeFor tells whether a style is offered to a population.
func madeFor(s fit.Style, population string) bool {
	return s.Population == body.Unspecified || population == string(body.Unspecified) || string(s.Population) == population
}

// fieldOf finds the form field that a fault of the request is about.
func fieldOf(pointer string) string {
	steps := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	switch {
	case len(steps) >= 3 && steps[0] == "body" && steps[1] == "measurements":
		return steps[2]
	case len(steps) >= 2 && steps[0] == "body" && steps[1] == "preference_ease_cm":
		return "ease"
	case len(steps) >= 2 && steps[0] == "body":
		return steps[1]
	case steps[0] == "style":
		return "style"
	}
	return ""
}

// fill puts values into the {places} of a sentence.
func fill(sentence string, pairs ...string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		sentence = strings.ReplaceAll(sentence, "{"+pairs[i]+"}", pairs[i+1])
	}
	return sentence
}

// decimal writes a number with the decimal sign of the language; places < 0
// means as many as needed.
func decimal(v float64, lang string, places int) string {
	s := strconv.FormatFloat(v, 'f', places, 64)
	if s == "-0" || s == "-0.0" {
		s = s[1:]
	}
	s = strings.Replace(s, "-", "−", 1)
	return strings.Replace(s, ".", words.In(lang).Decimal, 1)
}

func percent(p float64) string { return fmt.Sprint(math.Round(100 * p)) }
