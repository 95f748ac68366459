package feedback

import (
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"

	"fitroom/garment/wearers"
)

// report is one row of the data. Numbers not given are NaN.
type report struct {
	vote          wearers.Vote
	wearer, style int
	kinds         [3]int // sort of garment, body type, occasion
	size          float64
	body          [bodyNumbers]float64
	month         int
}

// bodyNumbers are height [in], weight [lb], bust band [in], cup, age.
const bodyNumbers = 5

var columns = []string{"fit", "user", "item", "category", "size", "height_in", "weight_lb", "bust_band", "bust_cup", "body_type", "age", "rating", "rented_for", "year", "month"}

// table is all reports and how many wearers, styles and kinds they name.
type table struct {
	reports []report
	kinds   [3]int
}

// maxReports bounds what is read of a file.
const maxReports = 1_000_000

// read parses the gzipped CSV.
func read(r io.Reader) (*table, error) {
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, fmt.Errorf("feedback: %w", err)
	}
	rows := csv.NewReader(z)
	rows.FieldsPerRecord = len(columns)
	rows.ReuseRecord = true
	head, err := rows.Read()
	if err != nil {
		return nil, fmt.Errorf("feedback: %w", err)
	}
	for i, c := range columns {
		if head[i] != c {
			return nil, fmt.Errorf("feedback: column %d is %q, want %q", i, head[i], c)
		}
	}
	t := &table{}
	var people, styles, category, shape, occasion numbering
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("feedback: %w", err)
		}
		if len(t.reports) == maxReports {
			return nil, fmt.Errorf("feedback: more than %d reports", maxReports)
		}
		vote, ok := map[string]wearers.Vote{"fit": wearers.Fits, "small": wearers.TooSmall, "large": wearers.TooLarge}[row[0]]
		year, errY := strconv.Atoi(row[13])
		month, errM := strconv.Atoi(row[14])
		if err := errors.Join(errY, errM); err != nil || !ok {
			return nil, fmt.Errorf("feedback: line %d: vote %q, year %q, month %q", len(t.reports)+2, row[0], row[13], row[14])
		}
		t.reports = append(t.reports, report{
			vote: vote, wearer: people.of(row[1]), style: styles.of(row[2]), size: number(row[4]), month: 12*year + month - 1,
			kinds: [3]int{category.of(row[3]), shape.of(row[9]), occasion.of(row[12])},
			body:  [bodyNumbers]float64{number(row[5]), number(row[6]), number(row[7]), cup(row[8]), adult(number(row[10]))},
		})
	}
	t.kinds = [3]int{len(category.known), len(shape.known), len(occasion.known)}
	return t, nil
}

// numbering gives names numbers in the order met.
type numbering struct{ known map[string]int }

func (n *numbering) of(name string) int {
	if n.known == nil {
		n.known = map[string]int{}
	}
	i, ok := n.known[name]
	if !ok {
		i = len(n.known)
		n.known[name] = i
	}
	return i
}

func number(s string) float64 {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return math.NaN()
	}
	return v
}

// cup letters in steps of one inch over the band.
func cup(s string) float64 {
	for i, c := range []string{"aa", "a", "b", "c", "d", "e", "f", "g", "h", "i", "j"} {
		if s == c {
			return float64(i)
		}
	}
	if s == "ddd/" {
		return 6
	}
	return math.NaN()
}

// adult drops ages that are slips of the pen; the data hold 116 years.
func adult(years float64) float64 {
	if years < 14 || years > 90 {
		return math.NaN()
	}
	return years
}
