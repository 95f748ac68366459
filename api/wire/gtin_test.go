package wire

import (
	"strings"
	"testing"
)

func TestGTIN(t *testing.T) {
	for text, want := range map[string]string{
		"4006381333931": "04006381333931", "96385074": "00000096385074", "036000291452": "00036000291452",
		"10614141000415": "10614141000415", " 400-6381 333931 ": "04006381333931",
	} {
		if got, err := CheckGTIN(text); err != nil || got != want {
			t.Errorf("%s: %s, %v", text, got, err)
		}
	}
	// Every wrong last digit is found, and the right one named.
	for d := byte('0'); d <= '9'; d++ {
		_, err := CheckGTIN("400638133393" + string(d))
		if (err == nil) != (d == '1') || err != nil && !strings.Contains(err.Error(), "; 1 would be right") {
			t.Errorf("digit %c: %v", d, err)
		}
	}
	for _, text := range []string{"", "123", "40063813339AB", "400638133393１"} {
		if _, err := CheckGTIN(text); err == nil {
			t.Errorf("%q is taken for a GTIN", text)
		}
	}
}

func TestVariantsAreChecked(t *testing.T) {
	s := Style{Style: "a", Kind: "t", Population: "women", Sizes: []string{"S"}, Primary: []string{}}
	for want, v := range map[string][]Variant{
		"":                  {{GTIN: "4006381333931", Size: "S"}, {Size: "S"}},
		"/variants/0/size":  {{Size: "M"}},
		"/variants/0/gtin":  {{GTIN: "4006381333930", Size: "S"}},
		"that of article 0": {{GTIN: "4006381333931", Size: "S"}, {GTIN: "04006381333931", Size: "S"}},
	} {
		s.Variants = v
		_, err := s.Convert("", nil)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), strings.ReplaceAll(strings.TrimPrefix(want, "/"), "/", ".")) {
			t.Errorf("%s: got %v", want, err)
		}
	}
}
