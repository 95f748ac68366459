// Command statbuild makes assets/anthropometry.json: mean and covariance of
// the logarithms of the body measures, per sex, from the public survey files.
//
//	go run ./assets/statbuild -from ../shared/data/anthropometry
//
// Height and weight are those of civilians (NHANES 2017-2020); waist and hip
// follow from height and weight as among civilians; everything else follows
// from those four as among the soldiers of ANSUR II (2012). Logarithms, because
// bodies differ by proportion: spreads grow with size, and extrapolation to
// heavy bodies stays positive. The arithmetic is geometry/body/survey's.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"

	"fitroom/geometry/body"
	"fitroom/geometry/body/survey"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "statbuild:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	fs := flag.NewFlagSet("statbuild", flag.ContinueOnError)
	from := fs.String("from", "../shared/data/anthropometry", "folder of the survey files")
	to := fs.String("to", "assets/"+body.StatsFile, "the file to write")
	if err := fs.Parse(args); err != nil {
		return err
	}
	people, err := survey.Open(*from)
	if err != nil {
		return err
	}
	file := people.Learn(true)
	file.Source = "NHANES 2017-March 2020 (CDC/NCHS), adults from 18: height, weight, waist and hip given those. " +
		"ANSUR II 2012 (US Army, NATICK/TR-15/007): the other measures given those four. " +
		"Estimated by us, no open survey: underbust, ISO waist against navel waist, knee against lower thigh, " +
		"relaxed against flexed upper arm, across-back width against biacromial breadth."
	for _, who := range survey.Sexes() {
		fmt.Fprintf(out, "%s: %d soldiers, %d civilians\n", who, len(people.Soldiers[who].Rows), len(people.Civilians[who].Rows))
	}
	text, err := json.MarshalIndent(file, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(*to, append(text, '\n'), 0o644)
}
