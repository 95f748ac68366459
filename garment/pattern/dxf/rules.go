package dxf

import (
	"bufio"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"fitroom/geometry/fault"

	"gonum.org/v1/gonum/spatial/r2"
)

// Limits of one rule table.
const (
	maxRuleBytes = 16 << 20
	maxSizes     = 60
	maxRules     = 100_000
	maxDelta     = 2.0 // [m]; sizes of one style differ by centimetres
)

// Rules is a grade rule table (.rul): by rule number and size, how far a point
// lies from where it is in the sample size.
type Rules struct {
	Table  string
	Sizes  []string // in the order of the table
	Sample string
	units  Unit
	deltas map[int][]r2.Vec // [m], one per size
}

// ReadRules reads a rule table; units as in Read.
func ReadRules(r io.Reader, name string, units Unit) (*Rules, error) {
	rd := ruleReader{rules: &Rules{deltas: map[int][]r2.Vec{}}, units: units}
	if err := rd.read(r); err != nil {
		return nil, fault.Errorf("dxf: %s: %w", name, err)
	}
	return rd.rules, nil
}

// ruleReader goes through a table line by line.
type ruleReader struct {
	rules *Rules
	units Unit
	said  string
	line  int
	count int       // NUMBER OF SIZES; 0 if not said
	rule  int       // being read; 0 outside
	nums  []float64 // of that rule
}

func (rd *ruleReader) read(r io.Reader) error {
	limited := &io.LimitedReader{R: r, N: maxRuleBytes + 1}
	lines := bufio.NewScanner(limited)
	lines.Buffer(make([]byte, 0, maxLine), 16*maxLine)
	ended := false
	for lines.Scan() && !ended {
		rd.line++
		var err error
		if ended, err = rd.take(strings.TrimSpace(lines.Text())); err != nil {
			return fault.Errorf("line %d: %w", rd.line, err)
		}
	}
	if err := lines.Err(); err != nil {
		return fault.Errorf("line %d: %w", rd.line+1, err)
	}
	if limited.N <= 0 {
		return fault.Errorf("the rule table is larger than %d MB", maxRuleBytes>>20)
	}
	if err := rd.endRule(); err != nil {
		return fault.Errorf("line %d: %w", rd.line, err)
	}
	return rd.finish()
}

func (rd *ruleReader) take(line string) (ended bool, err error) {
	if line == "" {
		return false, nil
	}
	if c := line[0]; rd.rule > 0 && (c >= '0' && c <= '9' || strings.ContainsRune("-+.,", rune(c))) {
		return false, rd.numbers(line)
	}
	if err := rd.endRule(); err != nil {
		return false, err
	}
	key, value, _ := strings.Cut(line, ":")
	value = strings.TrimSpace(value)
	switch strings.ToUpper(strings.TrimSpace(key)) {
	case "END":
		return true, nil
	case "UNITS":
		rd.said = value
	case "GRADE RULE TABLE":
		rd.rules.Table = clip(value)
	case "NUMBER OF SIZES":
		rd.count, err = strconv.Atoi(value)
	case "SIZE LIST":
		rd.rules.Sizes = strings.FieldsFunc(value, func(r rune) bool { return r == ' ' || r == '\t' || r == ',' })
		if len(rd.rules.Sizes) > maxSizes {
			return false, fault.Errorf("%d sizes; at most %d are read", len(rd.rules.Sizes), maxSizes)
		}
	case "SAMPLE SIZE":
		rd.rules.Sample = value
	case "RULE":
		return false, rd.startRule(value)
	}
	return false, err // author, version, dates: of no use here
}

func (rd *ruleReader) startRule(value string) error {
	kind, number, _ := strings.Cut(value, " ")
	n, err := strconv.Atoi(strings.TrimSpace(number))
	if !strings.EqualFold(kind, "DELTA") || err != nil || n < 1 {
		return fault.Errorf("rule %.60q; only \"DELTA n\" is known", value)
	}
	if len(rd.rules.Sizes) == 0 {
		return fault.Errorf("a rule stands before SIZE LIST")
	}
	if _, twice := rd.rules.deltas[n]; twice {
		return fault.Errorf("rule %d is given twice", n)
	}
	if len(rd.rules.deltas) == maxRules {
		return fault.Errorf("more than %d rules", maxRules)
	}
	rd.rule, rd.nums = n, rd.nums[:0]
	return nil
}

func (rd *ruleReader) numbers(line string) error {
	for _, word := range strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == '\t' || r == ',' }) {
		x, err := parseNumber(word)
		if err != nil {
			return fault.Errorf("rule %d: %w", rd.rule, err)
		}
		if rd.nums = append(rd.nums, x); len(rd.nums) > 2*len(rd.rules.Sizes) {
			return fault.Errorf("rule %d has more than %d numbers, dx and dy of %d sizes", rd.rule, 2*len(rd.rules.Sizes), len(rd.rules.Sizes))
		}
	}
	return nil
}

func (rd *ruleReader) endRule() error {
	if rd.rule == 0 {
		return nil
	}
	n := len(rd.rules.Sizes)
	if len(rd.nums) != 2*n {
		return fault.Errorf("rule %d has %d numbers; dx and dy of %d sizes are needed", rd.rule, len(rd.nums), n)
	}
	deltas := make([]r2.Vec, n)
	for i := range deltas {
		deltas[i] = r2.Vec{X: rd.nums[2*i], Y: rd.nums[2*i+1]}
	}
	rd.rules.deltas[rd.rule], rd.rule = deltas, 0
	return nil
}

// finish checks the table as a whole and turns it into metres.
func (rd *ruleReader) finish() error {
	t := rd.rules
	if len(t.Sizes) == 0 || len(t.deltas) == 0 {
		return fault.Errorf("this is not a grade rule table: it has %d sizes and %d rules", len(t.Sizes), len(t.deltas))
	}
	if rd.count != 0 && rd.count != len(t.Sizes) {
		return fault.Errorf("it announces %d sizes and lists %d", rd.count, len(t.Sizes))
	}
	for i, s := range t.Sizes {
		if slices.Contains(t.Sizes[:i], s) {
			return fault.Errorf("size %.60q is listed twice", s)
		}
	}
	base := slices.Index(t.Sizes, t.Sample)
	if base < 0 {
		return fault.Errorf("sample size %.60q is not in its size list %s", t.Sample, strings.Join(t.Sizes, " "))
	}
	units, err := rd.units.agree(rd.said)
	if err != nil {
		return err
	}
	t.units = units
	for _, rule := range sortedKeys(t.deltas) {
		for i, d := range t.deltas[rule] {
			d = r2.Scale(units.metres(), d)
			if math.Max(math.Abs(d.X), math.Abs(d.Y)) > maxDelta {
				return fault.Errorf("rule %d moves a point of size %s by (%g, %g) m; up to %g m is believed", rule, t.Sizes[i], d.X, d.Y, maxDelta)
			}
			if i == base && r2.Norm(d) > markTol {
				return fault.Errorf("rule %d moves a point of the sample size %s itself by (%g, %g) mm; deltas count from the sample size", rule, t.Sample, d.X*1000, d.Y*1000)
			}
			t.deltas[rule][i] = d
		}
	}
	return nil
}

func sortedKeys[V any](m map[int]V) []int {
	keys := make([]int, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
