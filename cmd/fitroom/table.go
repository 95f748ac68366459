package main

import (
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"fitroom/api/wire"
	"fitroom/garment/fit"
)

// zoneOrder is the order of the contract: girths from the neck down, then
// lengths.
var zoneOrder = [...]string{
	"neck", "shoulder", "across_back", "chest", "bust", "underbust", "waist", "hip", "upper_arm", "elbow", "wrist",
	"thigh", "knee", "calf", "ankle", "crotch", "hem",
	"body_length", "sleeve_length", "inseam", "outseam", "skirt_length",
}

// printTable writes sizes as columns, zones as rows: ease and verdict.
func printTable(w io.Writer, r wire.Report) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	defer t.Flush()
	fmt.Fprintln(t, "\t"+strings.Join(r.SizeOrder, "\t"))
	judged, _ := judgedZones(r)
	for _, zone := range judged {
		cells := []string{zone}
		for _, size := range r.SizeOrder {
			cells = append(cells, cell(r.Sizes[size].Zones, zone))
		}
		fmt.Fprintln(t, strings.Join(cells, "\t"))
	}
	if slices.ContainsFunc(r.SizeOrder, func(size string) bool { return drapeCell(r.Sizes[size]) != "-" }) {
		last := []string{"drape"}
		for _, size := range r.SizeOrder {
			last = append(last, drapeCell(r.Sizes[size]))
		}
		fmt.Fprintln(t, strings.Join(last, "\t"))
	}
	chance := []string{"best size"}
	for _, size := range r.SizeOrder {
		chance = append(chance, fmt.Sprintf("%.0f %%", 100*r.Advice.Probability[size]))
	}
	fmt.Fprintln(t, strings.Join(chance, "\t"))
}

// printUnjudged names the zones whose figures stand in the report without a
// verdict.
func printUnjudged(w io.Writer, r wire.Report) {
	if _, rest := judgedZones(r); len(rest) > 0 {
		fmt.Fprintf(w, "measured, not judged (free by design, or nothing to compare with): %s\n", strings.Join(rest, ", "))
	}
}

// judgedZones parts the zones into those with a verdict for any size and those
// without.
func judgedZones(r wire.Report) (judged, rest []string) {
	for _, zone := range zonesOf(r) {
		if slices.ContainsFunc(r.SizeOrder, func(size string) bool {
			z, ok := r.Sizes[size].Zones[zone]
			return ok && z.Verdict != string(fit.CannotJudge)
		}) {
			judged = append(judged, zone)
		} else {
			rest = append(rest, zone)
		}
	}
	return judged, rest
}

// zonesOf lists the zones any size has, in the contract's order.
func zonesOf(r wire.Report) []string {
	have := map[string]bool{}
	for _, s := range r.Sizes {
		for name := range s.Zones {
			have[name] = true
		}
	}
	var list []string
	for _, name := range zoneOrder {
		if have[name] {
			list = append(list, name)
			delete(have, name)
		}
	}
	return append(list, slices.Sorted(maps.Keys(have))...)
}

func cell(zones map[string]wire.Zone, name string) string {
	z, ok := zones[name]
	if !ok {
		return "-"
	}
	verdict := z.Verdict
	if len(z.Between) > 0 {
		verdict = strings.Join(z.Between, " or ")
	}
	verdict = strings.ReplaceAll(verdict, "_", " ")
	switch {
	case z.Delta != nil:
		return fmt.Sprintf("%+.1f cm %s", *z.Delta, verdict)
	case z.Ease != nil:
		return fmt.Sprintf("%+.1f cm %s", *z.Ease, verdict)
	}
	return verdict
}

func drapeCell(s wire.Size) string {
	switch {
	case s.Failed != "":
		return "failed"
	case s.Drape == nil:
		return "-"
	}
	return fmt.Sprintf("%s, %.1f CPU s", strings.ReplaceAll(s.Drape.Status, "_", " "), s.Drape.CPUMs/1000)
}

// printFiles names what was written.
func printFiles(w io.Writer, r wire.Report, out string) {
	fmt.Fprintln(w, "written:", filepath.Join(out, "report.json"))
	for _, size := range r.SizeOrder {
		files := r.Sizes[size].Files
		var names []string
		for _, kind := range slices.Sorted(maps.Keys(files)) {
			names = append(names, files[kind])
		}
		if len(names) > 0 {
			fmt.Fprintf(w, "  %s\n", filepath.Join(out, "{"+strings.Join(names, ",")+"}"))
		}
	}
}

// printRemarks writes what to be aware of and what is taken for granted.
func printRemarks(w io.Writer, r wire.Report) {
	for _, s := range r.Warnings {
		fmt.Fprintln(w, "warning:", s)
	}
	for _, s := range r.Assumptions {
		fmt.Fprintln(w, "assumed:", s)
	}
}
