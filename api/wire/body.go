package wire

import (
	"io"
	"math"
	"slices"
	"sort"
	"strings"

	"fitroom/geometry/body"
	"fitroom/geometry/fault"
)

// maxBodyJSON is many times what all measurements need.
const maxBodyJSON = 256 << 10

// Body is body.json.
type Body struct {
	Population   string                 `json:"population"`
	Measurements map[string]Measurement `json:"measurements"`
	OverClothes  bool                   `json:"over_clothes,omitempty"`
	EaseCm       float64                `json:"preference_ease_cm,omitempty"`
}

// Measurement is one entry of Body.
type Measurement struct {
	Value  *float64 `json:"value"`
	Unit   string   `json:"unit"`
	Method string   `json:"method,omitempty"`
	Sigma  *float64 `json:"sigma,omitempty"`
	// Confirmed stands by a value that was doubted.
	Confirmed bool `json:"confirmed,omitempty"`
}

// ReadBody reads body.json and converts it: measurements in SI units and the
// wished extra ease [m].
func ReadBody(r io.Reader) (body.Measurements, float64, error) {
	var b Body
	if err := decode(r, maxBodyJSON, "body.json", &b); err != nil {
		return body.Measurements{}, 0, err
	}
	return b.Convert("")
}

// maxEaseWish bounds preference_ease_cm: nobody wears 30 cm more than drawn.
const maxEaseWish = 30

// Convert turns the JSON into SI units; at is the pointer of the body within
// its document, for error messages. It checks units and spelling, not whether
// the values make a body: that is the body room's business.
func (b Body) Convert(at string) (body.Measurements, float64, error) {
	var faults Errors
	m := body.Measurements{
		Population:  body.Population(b.Population),
		Values:      make(map[body.Key]body.Measurement, len(b.Measurements)),
		OverClothes: b.OverClothes,
	}
	switch m.Population {
	case body.Women, body.Men, body.Unspecified:
	default:
		faults.add(at+"/population", "is %q; it must be women, men or unspecified", clip(b.Population))
	}
	if math.Abs(b.EaseCm) > maxEaseWish {
		faults.add(at+"/preference_ease_cm", "is %g; it must lie between -%d and %d cm", b.EaseCm, maxEaseWish, maxEaseWish)
	}
	names := make([]string, 0, len(b.Measurements))
	for name := range b.Measurements {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		where := at + "/measurements/" + escape(name)
		key, ok := measurementKey(name)
		if why := notModelled(name); why != "" {
			faults.add(where, "%s", why)
			continue
		}
		if !ok {
			faults.add(where, "is not a measurement known here%s", suggest(name, keyNames()))
			continue
		}
		if _, twice := m.Values[key]; twice {
			faults.add(where, "is given twice: %s is the same measurement under another name", key)
			continue
		}
		if v, ok := b.Measurements[name].convert(key, where, &faults); ok {
			m.Values[key] = v
		}
	}
	return m, b.EaseCm / 100, faults.err()
}

func (j Measurement) convert(key body.Key, at string, faults *Errors) (body.Measurement, bool) {
	before := len(*faults)
	unit, allowed := lengthUnit(j.Unit), fault.Word("cm, mm, m or in")
	if key == body.Weight {
		unit, allowed = massUnit(j.Unit), fault.Word("kg or lb")
	}
	if unit == 0 {
		faults.add(at+"/unit", "is %q; it must be %s", clip(j.Unit), allowed)
	}
	switch {
	case j.Value == nil:
		faults.add(at+"/value", "is missing; it must be a number in the stated unit")
	case math.IsNaN(*j.Value) || math.IsInf(*j.Value, 0) || *j.Value <= 0:
		faults.add(at+"/value", "is %g %s; it must be greater than 0", *j.Value, clip(j.Unit))
	}
	switch body.Method(j.Method) {
	case "", body.TapeTrained, body.TapeSelf, body.Scan, body.EstimatedBy:
	default:
		faults.add(at+"/method", "is %q; it must be tape_trained, tape_self, scan or estimated", clip(j.Method))
	}
	out := body.Measurement{Method: body.Method(j.Method), Confirmed: j.Confirmed}
	if j.Sigma != nil {
		if !(*j.Sigma > 0) || math.IsInf(*j.Sigma, 0) {
			faults.add(at+"/sigma", "is %g %s; it must be greater than 0", *j.Sigma, clip(j.Unit))
		}
		out.Sigma = *j.Sigma * unit
	}
	if len(*faults) > before {
		return out, false
	}
	out.Value = *j.Value * unit
	return out, true
}

// aliases are the other spellings accepted for a measurement: the members of
// schema.org's BodyMeasurementTypeEnumeration and everyday words.
func aliases() map[string]body.Key {
	return map[string]body.Key{
		"Arm": body.ArmLength, "Bust": body.BustGirth, "Chest": body.ChestGirth, "Head": body.HeadGirth, "Height": body.Height,
		"Hips": body.HipGirth, "InsideLeg": body.Inseam, "Neck": body.NeckGirth, "Underbust": body.UnderbustGirth,
		"Waist": body.WaistGirth, "Weight": body.Weight,
		"inseam": body.Inseam, "inside_leg": body.Inseam,
	}
}

// notModelled says of the two measurements of schema.org that the body has
// nothing for, why they are not taken; else it is empty. (Hand: the girth over
// the knuckles; Foot: the length.)
func notModelled(name string) string {
	if n := plainName(name); n == "Hand" || n == "Foot" {
		return "is not modelled: hands and feet are of one shape, and no garment here is judged by them; leave it out"
	}
	return ""
}

// plainName strips what schema.org puts before the name of a measurement.
func plainName(name string) string {
	for _, prefix := range []string{"https://schema.org/", "http://schema.org/", "schema:"} {
		name = strings.TrimPrefix(name, prefix)
	}
	return strings.TrimPrefix(name, "BodyMeasurement")
}

func measurementKey(name string) (body.Key, bool) {
	if key, ok := aliases()[plainName(name)]; ok {
		return key, true
	}
	return body.Key(name), slices.Contains(body.Keys(), body.Key(name))
}

func keyNames() []string {
	var names []string
	for _, k := range body.Keys() {
		names = append(names, string(k))
	}
	return names
}

// suggest names the known word nearest to a mistyped one.
func suggest(typed string, known []string) *fault.Fault {
	best, dist := "", 4 // more than three slips are another word
	if len(typed) > 40 {
		known = nil
	}
	for _, k := range known {
		if d := editDistance(strings.ToLower(typed), k); d < dist {
			best, dist = k, d
		}
	}
	if best != "" {
		return fault.Phrase("; did you mean %s?", best)
	}
	return fault.Phrase("; known are %s", strings.Join(known, ", "))
}

// editDistance is Levenshtein's.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diag := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diag
			if a[i] != b[j] {
				cost++
			}
			diag = row[j+1]
			row[j+1] = min(cost, row[j]+1, diag+1)
		}
	}
	return row[len(b)]
}

// BodyReport is what `fitroom body --json` prints.
type BodyReport struct {
	Status       string                 `json:"status"`
	Population   string                 `json:"population"`
	Measurements map[string]BodyMeasure `json:"measurements"`
	Mesh         BodyMesh               `json:"mesh"`
	Warnings     []string               `json:"warnings"`
	ElapsedMs    float64                `json:"elapsed_ms"`
}

// BodyMeasure is one measured item of a body.
type BodyMeasure struct {
	Source   string   `json:"source"`
	Asked    *float64 `json:"asked"`
	Achieved *float64 `json:"achieved"`
	SD       *float64 `json:"sd"`
	Unit     string   `json:"unit"`
}

// BodyMesh describes the mesh that is draped.
type BodyMesh struct {
	Vertices          int  `json:"vertices"`
	Triangles         int  `json:"triangles"`
	Closed            bool `json:"closed"`
	SelfIntersections int  `json:"self_intersections"`
}

// NewBodyReport converts a fitted body; mesh facts and time are the caller's.
func NewBodyReport(b *body.Body, mesh BodyMesh, elapsedMs float64) BodyReport {
	r := BodyReport{
		Status: "ok", Population: string(b.Population), Measurements: map[string]BodyMeasure{},
		Mesh: mesh, Warnings: append([]string{}, b.Warnings...), ElapsedMs: *number(elapsedMs, 0.1),
	}
	for _, m := range b.Measures {
		j := BodyMeasure{Source: "given", Unit: "cm"}
		if m.Source == body.Predicted {
			j.Source = "predicted"
		}
		scale := 100.0
		if m.Key == body.Weight {
			scale, j.Unit = 1, "kg"
		}
		j.Asked, j.Achieved, j.SD = number(scale*m.Asked, 0.01), number(scale*m.Achieved, 0.01), number(scale*m.SD, 0.01)
		r.Measurements[string(m.Key)] = j
	}
	return r
}
