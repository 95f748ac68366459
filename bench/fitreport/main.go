// Command fitreport holds the verdict against published size tables, closed
// forms of mechanics and the votes of real wearers, and writes what it finds,
// with ten reports to read aloud, to report.md and calibration.png.
//
//	go run ./bench/fitreport -data ../shared/data -out out/fit-report
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"

	"fitroom/bench/feedback"
	"fitroom/bench/sizecharts"
	"fitroom/garment/fit"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "fitreport:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	fs := flag.NewFlagSet("fitreport", flag.ContinueOnError)
	data := fs.String("data", "../shared/data", "folder of size tables and votes")
	to := fs.String("out", "out/fit-report", "folder to write")
	drapes := fs.Bool("drapes", true, "hang ten garments in three sizes, and on a mesh twice as fine: ten minutes of one processor")
	replays := fs.Int("replays", 100000, "of the calibration")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if *replays < 100 {
		return fmt.Errorf("-replays is %d, it must be at least 100", *replays)
	}
	if err := os.MkdirAll(*to, 0o755); err != nil {
		return err
	}
	f, err := os.Create(filepath.Join(*to, "report.md"))
	if err != nil {
		return err
	}
	w := io.MultiWriter(f, out)
	return closing(f, write(ctx, w, *data, *to, *replays, *drapes))
}

// write runs everything and writes it as it comes.
func write(ctx context.Context, w io.Writer, data, to string, replays int, drapes bool) error {
	fmt.Fprintln(w, "# The verdict held against what is known")
	styles, err := tables(w, filepath.Join(data, "fit", "sizecharts.json"))
	if err != nil {
		return err
	}
	c, err := calibrate(tee(), replays)
	if err != nil {
		return err
	}
	if err := c.draw(to); err != nil {
		return err
	}
	fmt.Fprintf(w, "\n## Stated and observed probability\n\n%d replays; sizes: expected calibration error %.4f, largest difference of a bin %.3f; zones, stated to 5 %%: %.4f and %.3f. Plot: calibration.png\n",
		c.replays, c.ece, c.worst, c.zoneECE, c.zoneWorst)
	laws, err := checkLaws(styles, 40)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "\n## Laws\n\n| law | asked | broken |\n|---|---|---|\n")
	for _, l := range laws {
		fmt.Fprintf(w, "| %s | %d | %d |\n", l.name, l.asked, l.broken)
	}
	if err := bands(ctx, w); err != nil {
		return err
	}
	if drapes {
		if err := twoWays(ctx, w, wardrobe()); err != nil {
			return err
		}
		if err := refined(ctx, w, wardrobe(), []float64{.044, .022}, []float64{.044, .022, .011}); err != nil {
			return err
		}
	}
	if err := votes(ctx, w, filepath.Join(data, "fit", "fitdata", "renttherunway.csv.gz")); err != nil {
		return err
	}
	fmt.Fprintln(w, "\n## Ten reports to read aloud")
	return read(w, samples())
}

// tables sends every row of every published table through the advice.
func tables(w io.Writer, path string) ([]*fit.Style, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("the size tables are no part of the project: %w", err)
	}
	defer f.Close()
	all, err := sizecharts.Read(f)
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(w, "\n## Published size tables: %d\n\n| table | rows | own size, all zones as designed | neighbours one step off | source |\n|---|---|---|---|---|\n", len(all))
	var styles []*fit.Style
	var sum sizecharts.RoundTrip
	for _, t := range all {
		source := ""
		if len(t.Source) > 0 {
			source = t.Source[0]
		}
		if t.Why != "" {
			fmt.Fprintf(w, "| %s | | %s | | %s |\n", t.Name, t.Why, source)
		}
		for _, s := range t.Styles {
			r, err := sizecharts.Try(s)
			if err != nil {
				return nil, err
			}
			fmt.Fprintf(w, "| %s | %d | %d | %d of %d | %s |\n", s.ID, r.Rows, r.Own, r.Neighbours, r.Pairs, source)
			styles = append(styles, s)
			sum = sizecharts.RoundTrip{Rows: sum.Rows + r.Rows, Own: sum.Own + r.Own, Neighbours: sum.Neighbours + r.Neighbours, Pairs: sum.Pairs + r.Pairs}
		}
	}
	fmt.Fprintf(w, "| together | %d | %d | %d of %d | |\n", sum.Rows, sum.Own, sum.Neighbours, sum.Pairs)
	return styles, nil
}

// bands drapes bands round bars and compares them with Laplace's law.
func bands(ctx context.Context, w io.Writer) error {
	fmt.Fprintf(w, "\n## Bands by the solver, read by the fit\n\n| bar | drape | tension N/m | mean pressure kPa (law) | long axis kPa (law) | short axis kPa (law) |\n|---|---|---|---|---|---|\n")
	for _, x := range []struct {
		name string
		a, b float64
	}{{"cylinder, radius 12 cm", .12, .12}, {"ellipse, 16 by 11 cm", .16, .11}} {
		f, err := drapeBand(ctx, x.name, x.a, x.b, 180)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "| %s | %s | %.1f | %.3f (%.3f, %+.1f %%) | %.3f (%.3f, %+.1f %%) | %.3f (%.3f, %+.1f %%) |\n", f.name, f.status, f.tension,
			f.mean/1000, f.wantMean/1000, 100*(f.laplace-1), f.long/1000, f.wantLong/1000, 100*(f.atA-1), f.short/1000, f.wantShort/1000, 100*(f.atB-1))
	}
	return nil
}

// votes is what earlier wearers' reports foretell of a later year.
func votes(ctx context.Context, w io.Writer, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("the votes are no part of the project: %w", err)
	}
	defer f.Close()
	r, err := feedback.Evaluate(ctx, f)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, `
## Votes of real wearers, learned to 2016, foretold from 2017 on

| model | mean AUC | log loss | calibration error | accuracy |
|---|---|---|---|---|
| ours | %.4f | %.4f | %.4f | %.4f |
| linear, with histories (measured beside the data) | 0.694 | 0.697 | | |
| shares of the votes alone | 0.5 | %.4f | | %.4f |

Train %d, test %d reports, %d of them on styles known before.
`, r.MeanAUC(), r.LogLoss, r.ECE, r.Accuracy, r.Floor.LogLoss, r.Floor.Accuracy, r.Train, r.Test, r.KnownStyles)
	return nil
}
