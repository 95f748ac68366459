package wire

import (
	"strings"
)

// CheckGTIN verifies a GTIN-8, -12, -13 or -14 and returns it as 14 digits,
// the form in which different lengths of one number are equal. Spaces and
// hyphens, as people print them, are passed over.
//
// The last digit makes the sum of all digits, weighted 3 and 1 in turn from
// the right, a multiple of 10 (GS1 General Specifications, 7.9).
func CheckGTIN(text string) (string, error) {
	digits := strings.NewReplacer(" ", "", "-", "").Replace(strings.TrimSpace(text))
	switch len(digits) {
	case 8, 12, 13, 14:
	default:
		return "", Fault("", "%.20q has %d digits; a GTIN has 8, 12, 13 or 14", text, len(digits))
	}
	sum, weight := 0, 1
	for i := len(digits) - 1; i >= 0; i-- {
		d := int(digits[i]) - '0'
		if d < 0 || d > 9 {
			return "", Fault("", "%.20q is not made of digits", text)
		}
		sum += weight * d
		weight = 4 - weight
	}
	if sum%10 != 0 {
		last := int(digits[len(digits)-1] - '0')
		return "", Fault("", "%.20q has the check digit %d; %d would be right", text, last, ((last-sum)%10+10)%10)
	}
	return strings.Repeat("0", 14-len(digits)) + digits, nil
}
