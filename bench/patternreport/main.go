// Patternreport imports, meshes and, where asked, drapes every open pattern and
// writes a table and a sheet of thumbnails: what holds, and why what fails does.
//
// A drape takes seconds of a processor, all of them on three bodies a quarter
// of an hour; -drape therefore says which: none, sample (every eighth file) or
// all. Outcomes and pictures are kept as they come, so that a report that was
// broken off goes on where it stopped; remove its folder to start anew.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"image/png"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "patternreport:", err)
		os.Exit(1)
	}
}

// sampleEvery is which files a sample drapes: each eighth, so that all kinds
// of the sorted list are met.
const sampleEvery = 8

type settings struct {
	data, out, drape, only string
	edgeMM                 float64
}

func run(ctx context.Context, args []string, out io.Writer) error {
	var s settings
	flags := flag.NewFlagSet("patternreport", flag.ContinueOnError)
	flags.StringVar(&s.data, "data", os.Getenv("FITROOM_DATA"), "folder of the open data, which holds patterns/")
	flags.StringVar(&s.out, "out", "out/pattern-report", "folder for table.md and thumbnails.png")
	flags.StringVar(&s.drape, "drape", "none", "which files to drape on three bodies: none, sample or all")
	flags.StringVar(&s.only, "only", "", "only files whose name holds this")
	flags.Float64Var(&s.edgeMM, "edge-mm", 14, "edge length of the draped meshes; 14 is that of a fitting")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if s.drape != "none" && s.drape != "sample" && s.drape != "all" {
		return fmt.Errorf("-drape is %q; it must be none, sample or all", s.drape)
	}
	entries, err := find(filepath.Join(s.data, "patterns"), s.only)
	if err != nil {
		return err
	}
	for _, e := range entries {
		e.read()
		e.mesh()
		fmt.Fprintln(out, e.line())
	}
	if s.drape != "none" {
		if err := drapeAll(ctx, &s, entries, out); err != nil {
			return err
		}
	}
	return write(s.out, entries, out)
}

// write leaves the report under dir.
func write(dir string, entries []*entry, out io.Writer) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	table := table(entries)
	if err := os.WriteFile(filepath.Join(dir, "table.md"), []byte(table), 0o644); err != nil {
		return err
	}
	img, err := thumbnails(entries)
	if err != nil {
		return err
	}
	f, err := os.Create(filepath.Join(dir, "thumbnails.png"))
	if err != nil {
		return err
	}
	if err := errors.Join(png.Encode(f, img), f.Close()); err != nil {
		return err
	}
	_, summary, _ := strings.Cut(table, "\n\n")
	summary, _, _ = strings.Cut(summary, "\n\n")
	fmt.Fprintf(out, "\n%s\nwritten: %s\n", summary, dir)
	return nil
}
