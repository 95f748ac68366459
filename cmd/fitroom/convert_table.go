package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strconv"
	"strings"

	"fitroom/api/wire"
)

// Limits of a measure table.
const (
	maxTableBytes = 1 << 20
	maxTableRows  = 200
)

// convertTable makes a style of a template from a table of garment measures.
func (c *converting) convertTable(name string, style *wire.Style) error {
	if c.template == "" {
		return usagef("--template is missing; it names the template the measures are for, as tee, skirt or trousers")
	}
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	style.Pattern = &wire.Pattern{Format: "template", Template: c.template}
	style.POM = map[string]wire.POM{}
	if err := c.readTable(f, style); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// tableHead says in which column what stands; sizes are the columns that are
// none of these.
type tableHead struct {
	pom, unit, measure, tolerance int
	sizes                         []int
}

func headOf(row []string, style *wire.Style) (tableHead, error) {
	h := tableHead{-1, -1, -1, -1, nil}
	for i, cell := range row {
		switch word := strings.ToLower(strings.TrimSpace(strings.TrimPrefix(cell, "\ufeff"))); word {
		case "pom", "point of measure":
			h.pom = i
		case "unit":
			h.unit = i
		case "measure":
			h.measure = i
		case "tolerance", "tol", "tol_plus_minus":
			h.tolerance = i
		case "":
			return h, fmt.Errorf("column %d has no name", i+1)
		default:
			h.sizes = append(h.sizes, i)
			style.Sizes = append(style.Sizes, strings.TrimSpace(cell))
		}
	}
	if h.pom < 0 || h.unit < 0 || len(h.sizes) == 0 {
		return h, errors.New("the first line must name the columns pom, unit and one per size")
	}
	return h, nil
}

func (c *converting) readTable(r io.Reader, style *wire.Style) error {
	table := csv.NewReader(io.LimitReader(r, maxTableBytes))
	row, err := table.Read()
	if err != nil {
		return fmt.Errorf("this is no measure table: %w", err)
	}
	head, err := headOf(row, style)
	if err != nil {
		return err
	}
	for line := 2; ; line++ {
		row, err := table.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil && line > maxTableRows {
			err = fmt.Errorf("more than %d measures", maxTableRows)
		}
		if err == nil {
			err = c.takeRow(row, head, style)
		}
		if err != nil {
			return fmt.Errorf("line %d: %w", line, err)
		}
	}
}

// measureName is how our measures are called: chest_girth, hem.
var measureName = regexp.MustCompile(`^[a-z]+(_[a-z]+)*$`)

// takeRow enters one measure. Half or full is what the column measure says, or
// the word half in the row's own name; it is never guessed from the figures.
func (c *converting) takeRow(row []string, head tableHead, style *wire.Style) error {
	said := strings.TrimSpace(row[head.pom])
	key := said
	for _, n := range c.names {
		if at := strings.LastIndexByte(n, '='); at >= 0 && n[:at] == said {
			key = n[at+1:]
		}
	}
	if key == "" {
		return nil // left out
	}
	if !measureName.MatchString(key) {
		return fmt.Errorf("%q is not the name of a measure; give it one with --name %q, or leave it out with --name %q", key, said+"=chest_girth", said+"=")
	}
	if _, twice := style.POM[key]; twice {
		return fmt.Errorf("%q is given twice", key)
	}
	p := wire.POM{Unit: strings.TrimSpace(row[head.unit]), Values: map[string]float64{}}
	switch {
	case head.measure >= 0:
		p.Measure = strings.TrimSpace(row[head.measure])
	case strings.Contains(" "+strings.ToLower(said)+" ", " half "):
		p.Measure = "half"
	default:
		p.Measure = "full"
	}
	number := func(i int) (float64, error) {
		v, err := strconv.ParseFloat(strings.TrimSpace(row[i]), 64)
		if err != nil {
			return 0, fmt.Errorf("%q: %.40q is not a number", said, row[i])
		}
		return v, nil
	}
	var err error
	if head.tolerance >= 0 && strings.TrimSpace(row[head.tolerance]) != "" {
		if p.Tolerance, err = number(head.tolerance); err != nil {
			return err
		}
	}
	for k, i := range head.sizes {
		if strings.TrimSpace(row[i]) == "" {
			continue
		}
		if p.Values[style.Sizes[k]], err = number(i); err != nil {
			return err
		}
	}
	style.POM[key] = p
	return nil
}
