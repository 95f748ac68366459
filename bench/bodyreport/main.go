// Command bodyreport holds the body model against the people of the public
// surveys and writes what it finds, with every figure's number of people, to
// report.md, tables and pictures.
//
//	go run ./bench/bodyreport -data ../shared/data/anthropometry -out out/body-report
//
// All 6,068 soldiers take about ten minutes of CPU; -every 20 takes one in twenty
// for the tables that need a fit.
package main

import (
	"context"
	"flag"
	"fmt"
	"image"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"time"

	"fitroom/assets"
	"fitroom/bench/lineup"
	"fitroom/geometry/body"
	"fitroom/geometry/body/survey"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bodyreport:", err)
		os.Exit(1)
	}
}

// study is what all tables share.
type study struct {
	people *survey.Surveys
	model  *body.Model
	every  int // of how many people one is fitted
	out    string
	tell   func(stage string, done, of int)
}

func run(ctx context.Context, args []string, out io.Writer) error {
	fs := flag.NewFlagSet("bodyreport", flag.ContinueOnError)
	data := fs.String("data", "../shared/data/anthropometry", "folder of the survey files")
	to := fs.String("out", "out/body-report", "folder to write")
	every := fs.Int("every", 1, "fit one of this many people")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if *every < 1 {
		return fmt.Errorf("-every is %d, it must be at least 1", *every)
	}
	people, err := survey.Open(*data)
	if err != nil {
		return fmt.Errorf("the surveys are no part of the project: %w", err)
	}
	if err := os.MkdirAll(*to, 0o755); err != nil {
		return err
	}
	began := time.Now()
	model, err := body.Open(assets.FS)
	if err != nil {
		return err
	}
	opened := time.Since(began)
	s := &study{people: people, model: model, every: *every, out: *to, tell: progress(out)}
	r := &report{every: *every}
	r.speed = s.measureSpeed(ctx, opened)
	r.predicted, r.civilians, r.mixed = s.predict()
	r.slips, r.bounds = s.slip(), s.bounds()
	if r.delivered, err = s.deliver(ctx); err != nil {
		return err
	}
	if r.given, err = s.give(ctx); err != nil {
		return err
	}
	if r.line, r.sheet, err = s.drawLine(ctx); err != nil {
		return err
	}
	if err := r.write(*to); err != nil {
		return err
	}
	fmt.Fprintln(out, "written:", filepath.Join(*to, "report.md"))
	return nil
}

// drawLine draws the same sheet of people as the gallery.
func (s *study) drawLine(ctx context.Context) (string, image.Image, error) {
	people, err := lineup.People()
	if err != nil {
		return "", nil, err
	}
	line, err := lineup.Line(ctx, s.model, people, body.DrapeA)
	if err != nil {
		return "", nil, err
	}
	sheet, err := lineup.Sheet(line, lineup.Look{})
	return lineup.Summary(line), sheet, err
}
