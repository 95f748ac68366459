package api

import (
	"encoding/json"
	"errors"
	"io/fs"
	"math"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"fitroom/api/web"
	"fitroom/api/wire"
	"fitroom/garment/fit"
	"fitroom/garment/words"
	"fitroom/geometry/body"
)

// The script of shops' pages speaks every language of the catalogue.
func TestElementSpeaks(t *testing.T) {
	all, err := readStatics()
	if err != nil {
		t.Fatal(err)
	}
	script := string(all[elementFile].plain)
	for _, l := range words.All() {
		for _, want := range []string{`"` + l.Code + `":{"lang":"` + l.Code + `"`, l.Pages["element.ask"], l.Verdicts["snug"], l.Zones["bust"]} {
			if !strings.Contains(script, want) {
				t.Errorf("%s does not say %q", elementFile, want)
			}
		}
	}
	if _, err := speaking([]byte("nothing")); err == nil {
		t.Error("a script without a place for words speaks")
	}
}

// What people type becomes the number they mean, or a sentence that says why
// not, in their language and units.
func TestTypedNumbers(t *testing.T) {
	waist := field{Key: body.WaistGirth, Low: 48, High: 185, Women: 74}
	weight := field{Key: body.Weight, Low: 33, High: 220, Women: 64}
	for _, c := range []struct {
		in                field
		typed, units      string
		lang              string
		want              float64
		fault, otherUnits string
	}{
		{waist, "74", "metric", "en", 74, "", ""},
		{waist, "74.5", "metric", "en", 74.5, "", ""},
		{waist, "74,5", "metric", "de", 74.5, "", ""},
		{waist, "29.5", "imperial", "en", 29.5, "", ""},
		{weight, "140", "imperial", "en", 140, "", ""},
		{waist, "about 74", "metric", "en", 0, "like 74", ""},
		{waist, "7,4,5", "metric", "de", 0, "keine Zahl", ""},
		{waist, "NaN", "metric", "en", 0, "not a number", ""},
		{waist, "1e999", "metric", "en", 0, "not a number", ""},
		{waist, "-74", "metric", "en", 0, "48 to 185 cm", ""},
		{waist, "740", "metric", "de", 0, "48 bis 185 cm", ""},
		{waist, "29.5", "metric", "en", 0, "48 to 185 cm", "inches"},
		{waist, "74", "imperial", "de", 0, "19 bis 72 in", "cm, kg"},
	} {
		got, fault := c.in.parse(c.typed, form{Units: c.units, Lang: c.lang}, words.In(c.lang).Pages)
		if got != c.want || (fault == "") != (c.fault == "") || !strings.Contains(fault, c.fault) || !strings.Contains(fault, c.otherUnits) {
			t.Errorf("%q in %s: %g, %q; want %g, %q", c.typed, c.units, got, fault, c.want, c.fault)
		}
		if strings.ContainsAny(fault, "{}") {
			t.Errorf("%q: a place of the sentence is not filled in", fault)
		}
	}
}

// A form becomes the request it stands for, and a result's form is the form
// that was sent.
func TestFormRoundTrip(t *testing.T) {
	garments := []Garment{{Style: styleFor("tee", body.Women, body.BustGirth)}}
	for _, units := range []string{"metric", "imperial"} {
		sent := readForm(url.Values{
			"population": {"women"}, "units": {units}, "style": {"tee"}, "ease": {"roomy"}, "method": {"tape_trained"}, "over_clothes": {"yes"},
			"height": {map[string]string{"metric": "168", "imperial": "66"}[units]}, "bust_girth": {map[string]string{"metric": "91.5", "imperial": "36"}[units]},
			"chest_girth": {"99"}, // left from another figure: not sent
		})
		data, faults, err := sent.request(garments, words.In("en").Pages)
		if err != nil || faults != nil {
			t.Fatal(err, faults)
		}
		var a ask
		if err := wire.ReadStrict("", data, &a); err != nil {
			t.Fatal(err)
		}
		if m, _, err := a.Body.Convert(""); err != nil || len(m.Values) != 2 || !m.OverClothes || m.Values[body.BustGirth].Method != body.TapeTrained {
			t.Errorf("%s: %v %v", units, m, err)
		}
		back := formOf(*a.Body, "tee", "en")
		delete(sent.Values, "chest_girth")
		for key, want := range sent.Values {
			if back.Values[key] != want {
				t.Errorf("%s: %s came back as %q, sent %q", units, key, back.Values[key], want)
			}
		}
		if back.Units != units || back.Ease != "roomy" || !back.Trained || !back.Over {
			t.Errorf("came back as %+v", back)
		}
	}
}

func styleFor(id string, p body.Population, primary body.Key) *styleType {
	return &styleType{Style: fit.Style{ID: id, Population: p, Sizes: []string{"M"}, Primary: []body.Key{primary}}}
}

// What is missing is asked for at its field.
func TestFormAsksForWhatItNeeds(t *testing.T) {
	garments := []Garment{{Style: styleFor("tee", body.Women, body.BustGirth)}, {Style: styleFor("slacks", body.Men, body.WaistGirth)}}
	for name, c := range map[string]struct {
		form   url.Values
		blamed []string
	}{
		"nothing":         {url.Values{"population": {"women"}}, []string{"height", "style"}},
		"no bust":         {url.Values{"population": {"women"}, "height": {"168"}, "style": {"tee"}}, []string{"bust_girth"}},
		"bad bust":        {url.Values{"population": {"women"}, "height": {"168"}, "bust_girth": {"9"}, "style": {"tee"}}, []string{"bust_girth"}},
		"another's":       {url.Values{"population": {"women"}, "height": {"168"}, "style": {"slacks"}}, []string{"style"}},
		"not in the shop": {url.Values{"population": {"men"}, "height": {"168"}, "style": {"toga"}}, []string{"style"}},
	} {
		_, faults, err := readForm(c.form).request(garments, words.In("de").Pages)
		if err != nil || len(faults) != len(c.blamed) {
			t.Errorf("%s: %v %v, want blame on %v", name, err, faults, c.blamed)
		}
		for _, key := range c.blamed {
			if faults[key] == "" {
				t.Errorf("%s: no blame on %s", name, key)
			}
		}
	}
}

// The faults that the API names by pointer find their field on the page.
func TestFieldOf(t *testing.T) {
	for pointer, want := range map[string]string{
		"/body/measurements/waist_girth/value": "waist_girth", "/body/measurements/height": "height",
		"/body/population": "population", "/body/preference_ease_cm": "ease", "/style": "style", "/style/sizes/0": "style", "": "", "/sizes/0": "",
	} {
		if got := fieldOf(pointer); got != want {
			t.Errorf("%q is about %q, want %q", pointer, got, want)
		}
	}
}

// The first of our languages that the browser accepts, most wanted first; the
// address has the last word.
func TestLanguage(t *testing.T) {
	for _, c := range []struct{ accept, asked, want string }{
		{"", "", "en"}, {"de-AT,de;q=0.9,en;q=0.8", "", "de"}, {"en;q=0.5, de;q=0.7", "", "de"}, {"fr,de;q=0.3", "", "de"},
		{"fr", "", "en"}, {"de", "en", "en"}, {"en", "de", "de"}, {"de", "xx", "de"}, {";;q=,,de;q=x", "", "en"}, {"DE", "", "de"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Accept-Language", c.accept)
		if got := language(r, c.asked); got != c.want {
			t.Errorf("%q, asked %q: %s, want %s", c.accept, c.asked, got, c.want)
		}
	}
}

// Every sentence that a template or this package asks for stands in the words,
// and every sentence there is asked for; every verdict has its words.
func TestWordsAreComplete(t *testing.T) {
	say := words.In("en").Pages
	used := map[string]bool{}
	asked := regexp.MustCompile(`(?:\.T|\.F|\$p\.T|say\[|p\.T\(|Say\[|note\(|cm\(|remark\()[ (]*"([a-z0-9_.-]+)"`)
	note := func(text string) {
		for _, m := range asked.FindAllStringSubmatch(text, -1) {
			if strings.HasSuffix(m[1], ".") {
				continue // a prefix
			}
			used[m[1]] = true
			if say[m[1]] == "" {
				t.Errorf("the sentence %q is asked for and not there", m[1])
			}
		}
	}
	pages, err := fs.Glob(web.Files, "page/*.html")
	if err != nil || len(pages) == 0 {
		t.Fatal("no pages", err)
	}
	for _, name := range pages {
		data, err := fs.ReadFile(web.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		note(string(data))
		if inline := regexp.MustCompile(`(?i)\s(style|on[a-z]+)="|<style|<script>|https?://`).FindString(string(data)); inline != "" {
			t.Errorf("%s holds %q, which the content policy forbids", name, inline)
		}
	}
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range sources {
		if data, err := os.ReadFile(name); err == nil && !strings.HasSuffix(name, "_test.go") {
			note(string(data))
		}
	}
	for key := range say {
		family, _, _ := strings.Cut(key, ".")
		if indirect := strings.Contains(" m help time error fault result lang file level saw purpose method note state ", " "+family+" "); !used[key] && !indirect {
			t.Errorf("nobody asks for the sentence %q", key)
		}
	}
	for _, v := range []fit.Verdict{
		fit.WillNotClose, fit.TooTight, fit.Snug, fit.AsDesigned, fit.Looser, fit.TooLoose, fit.Between, fit.CannotJudge,
		fit.TooShort, fit.SlightlyShort, fit.SlightlyLong, fit.TooLong,
	} {
		if words.In("en").Verdicts[string(v)] == "" {
			t.Errorf("no words for the verdict %s", v)
		}
	}
	for _, f := range fields() {
		if say["m."+string(f.Key)] == "" || say["help."+string(f.Key)] == "" {
			t.Errorf("no words for the field %s", f.Key)
		}
	}
}

// Who leaves the figure open is offered everything and asked for the tape over
// the breast once; who stands by doubted values says so for all of them.
func TestFormOfAnyFigure(t *testing.T) {
	garments := []Garment{{Style: styleFor("tee", body.Women, body.BustGirth)}}
	open := url.Values{"population": {"unspecified"}, "style": {"tee"}, "height": {"170"}, "bust_girth": {"90"}}
	if _, faults, err := readForm(open).request(garments, words.In("en").Pages); err != nil || faults["chest_girth"] == "" {
		t.Errorf("without a chest: %v %v", faults, err)
	}
	open.Set("chest_girth", "95")
	open.Set("confirmed", "yes")
	data, faults, err := readForm(open).request(garments, words.In("en").Pages)
	if err != nil || faults != nil {
		t.Fatal(err, faults)
	}
	var a ask
	if err := wire.ReadStrict("", data, &a); err != nil {
		t.Fatal(err)
	}
	m, _, err := a.Body.Convert("")
	if v := m.Values[body.ChestGirth]; err != nil || len(m.Values) != 2 || m.Population != body.Unspecified || math.Abs(v.Value-0.95) > 1e-9 || !v.Confirmed {
		t.Errorf("%+v %v", m, err)
	}
}

// A measurement that does not go with the others is told in the customer's
// units; without a range the error's own words stay.
func TestUnlikely(t *testing.T) {
	e := &body.MeasureError{Key: body.WaistGirth, Got: 1.6, Lo: 0.62, Hi: 0.94, Unit: "m", Reason: errors.New("does not go with hip_girth")}
	if got := unlikely(e, form{Units: "imperial", Lang: "en"}, words.In("en").Pages); !strings.Contains(got, "24 to 37 in") {
		t.Error(got)
	}
	if got := unlikely(e, form{Units: "metric", Lang: "de"}, words.In("de").Pages); !strings.Contains(got, "62 bis 94 cm") {
		t.Error(got)
	}
	if got := unlikely(&body.MeasureError{Key: body.WaistGirth}, form{}, words.In("en").Pages); got != "" {
		t.Error(got)
	}
}

// A strict reader reads whatever the plain one writes.
func TestStrictReadsWhatIsWritten(t *testing.T) {
	value, sigma := 91.5, 0.5
	want := ask{Body: &wire.Body{
		Population: "women", OverClothes: true, EaseCm: -1.5,
		Measurements: map[string]wire.Measurement{"bust_girth": {Value: &value, Unit: "cm", Method: "scan", Sigma: &sigma}},
	}, Style: json.RawMessage(`{"any": [1, {"x": null}]}`), Sizes: []string{"S"}}
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got ask
	if err := wire.ReadStrict("", data, &got); err != nil {
		t.Fatal(err)
	}
	if again, _ := json.Marshal(got); string(again) != string(data) {
		t.Errorf("%s became %s", data, again)
	}
}

// The time results are kept reads well.
func TestInWords(t *testing.T) {
	for d, want := range map[time.Duration][2]string{
		time.Hour: {"1 hour", "1 Stunde"}, 3 * time.Hour: {"3 hours", "3 Stunden"}, 90 * time.Minute: {"90 minutes", "90 Minuten"}, time.Minute: {"1 minute", "1 Minute"},
	} {
		if en, de := inWords(d, "en"), inWords(d, "de"); en != want[0] || de != want[1] {
			t.Errorf("%v: %q, %q", d, en, de)
		}
	}
}

// A customer is told between which verdicts, not only that there are two.
func TestBetweenNamesBothVerdicts(t *testing.T) {
	z := wire.Zone{Kind: "girth", Verdict: "between", Between: []string{"as_designed", "snug"}, Text: map[string]string{}}
	for lang, want := range map[string]string{"en": "as designed or snug", "de": "wie entworfen oder knapp"} {
		if got := newRow("waist", z, lang, words.In(lang).Pages).Verdict; got != want {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
}

// All that the dressing room loads before anybody asks for more, as it goes
// over the wire, stays below 100 kB.
func TestFirstLoadIsSmall(t *testing.T) {
	srv, _, _ := testServer(t, Options{})
	total := 0
	for _, path := range []string{"/?lang=de", "/static/fitroom.css", "/static/fitroom.js", "/static/icon.svg"} {
		req, err := http.NewRequest("GET", srv.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Accept-Encoding", "gzip")
		resp, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		data := readAll(t, resp)
		if resp.Header.Get("Content-Encoding") != "gzip" || resp.StatusCode != 200 {
			t.Errorf("%s: %d, packed %q", path, resp.StatusCode, resp.Header.Get("Content-Encoding"))
		}
		total += len(data)
	}
	t.Logf("%d bytes", total)
	if total > 100_000 {
		t.Errorf("the first load is %d bytes, want at most 100,000", total)
	}
}

// What is typed is checked as a whole, in the customer's language and units;
// nothing missing is a fault yet.
func TestPlausibility(t *testing.T) {
	srv, _, _ := testServer(t, Options{})
	for name, c := range map[string]struct{ form, fault, doubt, says string }{
		"nothing yet":  {"population=women&units=metric&lang=de", "", "", ""},
		"all is well":  {"population=women&height=168&weight=64&bust_girth=91&waist_girth=74&hip_girth=99", "", "", ""},
		"no number":    {"population=women&height=tall&lang=en", "height", "", "not a number"},
		"inch for cm":  {"population=women&height=66&lang=en", "height", "", "inches"},
		"out of line":  {"population=women&height=168&weight=64&bust_girth=91&waist_girth=140&hip_girth=99&lang=de", "", "waist_girth", "passt nicht"},
		"out of line'": {"population=women&units=imperial&height=66&weight=141&bust_girth=36&waist_girth=55&hip_girth=39&lang=en", "", "waist_girth", " in"},
	} {
		resp, err := http.Post(srv.URL+"/plausibility", "application/x-www-form-urlencoded", strings.NewReader(c.form))
		if err != nil {
			t.Fatal(err)
		}
		p := decode[plausible](t, readAll(t, resp))
		said := p.Faults[c.fault] + p.Doubts[c.doubt]
		if (c.fault == "") != (len(p.Faults) == 0) || (c.doubt == "") != (len(p.Doubts) == 0) || !strings.Contains(said, c.says) {
			t.Errorf("%s: faults %v, doubts %v", name, p.Faults, p.Doubts)
		}
	}
}
