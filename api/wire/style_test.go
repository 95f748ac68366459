package wire

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// plainStyle is a style of three sizes that Convert accepts.
const plainStyle = `{"style":"tee","kind":"t-shirt","population":"women","sizes":["S","M","L"],"primary":["bust_girth"],
	"chart":{"bust_girth":{"unit":"cm","bands":{"S":[88,94],"M":[94,100],"L":[100,106]}}},
	"pom":{"bust_girth":{"unit":"cm","measure":"full","values":{"S":98,"M":104,"L":110}},
	       "body_length":{"unit":"cm","measure":"full","values":{"S":62,"M":63,"L":64}},
	       "sleeve_length":{"unit":"cm","measure":"full","values":{"S":16,"M":17,"L":18}}},
	"pattern":{"format":"template","template":"tee"},"fabric":{"preset":"jersey"}}`

func convertStyle(t *testing.T, doc string) error {
	t.Helper()
	var s Style
	if err := decodeBytes([]byte(doc), "style.json", &s); err != nil {
		return err
	}
	_, err := s.Convert("", nil)
	return err
}

func TestStyleSaysWhatIsWrong(t *testing.T) {
	if err := convertStyle(t, plainStyle); err != nil {
		t.Fatal(err)
	}
	many, _ := json.Marshal(make([]string, 1000))
	for name, c := range map[string]struct{ old, new, want string }{
		"bands overlap":        {`"M":[94,100]`, `"M":[89,100]`, "overlap by half a band or more"},
		"bands descend":        {`"M":[94,100]`, `"M":[70,76]`, "sizes go from small to large"},
		"measure undeclared":   {`"measure":"full","values":{"S":98`, `"values":{"S":98`, "pom.bust_girth.measure: is \"\"; it must be declared as full or half"},
		"half said to be full": {`"S":98,"M":104,"L":110`, `"S":49,"M":52,"L":55`, "plausible here (half measure, or another unit?)"},
		"full said to be half": {`"measure":"full","values":{"S":98`, `"measure":"half","values":{"S":98`, "pom bust_girth size S is 196.0 cm"},
		"inches as cm":         {`"S":[88,94],"M":[94,100],"L":[100,106]`, `"S":[34,36],"M":[36,38],"L":[38,40]`, "another unit?"},
		"size not listed":      {`"L":[100,106]`, `"L":[100,106],"3XL":[106,112]`, `names size "3XL"`},
		"no sizes":             {`["S","M","L"]`, `[]`, "a style has 1 to 40"},
		"a thousand sizes":     {`["S","M","L"]`, string(many), "holds 1000 sizes"},
		"a blank size":         {`["S",`, `[" ",`, "printable characters without spaces around it"},
		"a size that steers":   {`["S",`, `["S\u001b[2J",`, "printable characters"},
		"a size turned round":  {`["S",`, `["S\u202e",`, "printable characters"},
		"preset and figures":   {`{"preset":"jersey"}`, `{"preset":"jersey","density_g_m2":5}`, "give one or the other"},
		"absurd fabric":        {`{"preset":"jersey"}`, `{"warp_N_m":1e12}`, "warp is 1e+12 N/m; it must be 5 to 200000"},
		"no such template":     {`"template":"tee"`, `"template":"cape"`, `there is no template "cape"`},
		"a field twice":        {`"kind":"t-shirt"`, `"kind":"t-shirt","kind":"coat"`, "kind: is given twice"},
		"a repeat of nothing":  {`"fabric":`, `"look":{"weave":"check","repeat_cm":1e-9},"fabric":`, "look.repeat_cm: is 1e-09"},
	} {
		doc := strings.Replace(plainStyle, c.old, c.new, 1)
		if doc == plainStyle {
			t.Fatalf("%s: nothing replaced", name)
		}
		err := convertStyle(t, doc)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
			continue
		}
		if said := err.Error(); strings.Contains(said, "\n") || len(said) > 2000 {
			t.Errorf("%s: not one sentence: %q", name, said)
		}
	}
	// What every size would say is said once.
	err := convertStyle(t, strings.Replace(plainStyle, `"template":"tee"`, `"template":"cape"`, 1))
	if n := strings.Count(err.Error(), "cape"); n != 1 {
		t.Errorf("said %d times: %v", n, err)
	}
}

// Files of two garments under one style are refused, naming the piece.
func TestSizesOfTwoGarmentsAreRefused(t *testing.T) {
	square := func(name string, corners string, n int) string {
		edges := ""
		for i := range n {
			edges += fmt.Sprintf(`{"endpoints":[%d,%d]},`, i, (i+1)%n)
		}
		return fmt.Sprintf(`{"pattern":{"panels":{%q:{"translation":[0,100,0],"rotation":[0,0,0],"vertices":[%s],"edges":[%s]}},"stitches":[]},"properties":{"units_in_meter":100}}`,
			name, corners, strings.TrimSuffix(edges, ","))
	}
	four, three := square("front", "[0,0],[40,0],[40,40],[0,40]", 4), square("front", "[0,0],[40,0],[40,40]", 3)
	other := square("back", "[0,0],[40,0],[40,40],[0,40]", 4)
	for name, c := range map[string]struct{ l, want string }{
		"the same":      {four, ""},
		"other corners": {three, `panel "front" has 3 edges`},
		"another piece": {other, `panel "back" stands where "front" should`},
	} {
		doc := strings.Replace(plainStyle, `{"format":"template","template":"tee"}`, `{"format":"garmentcode","files":{"M":`+four+`,"L":`+c.l+`}}`, 1)
		err := convertStyle(t, doc)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), `size "L" does not correspond to size "M"`)) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}
