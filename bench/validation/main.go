// Command validation runs every law of bench/laws at four mesh sizes and writes
// the page that shows them, with a picture of each.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"

	"fitroom/bench/laws"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "validation:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	fs := flag.NewFlagSet("validation", flag.ContinueOnError)
	to := fs.String("out", "bench", "folder for VALIDATION.md and validation/*.png")
	only := fs.String("only", "", "one law by its key; the page is then not written")
	if err := fs.Parse(args); err != nil {
		return err
	}
	var page strings.Builder
	page.WriteString(head)
	var chapters strings.Builder
	found := false
	for _, l := range laws.All() {
		if *only != "" && l.Key != *only {
			continue
		}
		found = true
		samples, err := measure(ctx, &l, out)
		if err != nil {
			return fmt.Errorf("%s: %w", l.Key, err)
		}
		picture := filepath.Join(*to, "validation", l.Key+".png")
		if err := save(picture, &l, samples); err != nil {
			return fmt.Errorf("%s: %w", l.Key, err)
		}
		summary(&page, &l, samples)
		chapter(&chapters, &l, samples)
	}
	if !found {
		return fmt.Errorf("-only %q names no law", *only)
	}
	if *only != "" {
		return nil
	}
	page.WriteString(foot)
	page.WriteString(chapters.String())
	return os.WriteFile(filepath.Join(*to, "VALIDATION.md"), []byte(page.String()), 0o644)
}

// measure runs a law on all its meshes.
func measure(ctx context.Context, l *laws.Law, out io.Writer) ([]laws.Sample, error) {
	var samples []laws.Sample
	for _, h := range l.Edges {
		s, err := l.Run(ctx, h)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(out, "%-18s %5.1f mm %5d vertices  %.5g against %.5g (%+.2f %%)  %.2f CPU s\n", l.Key, 1000*h, s.Vertices, s.Got, s.Want, 100*s.Off(), s.CPU.Seconds())
		samples = append(samples, s)
	}
	return samples, nil
}
