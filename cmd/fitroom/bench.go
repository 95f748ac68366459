package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"text/tabwriter"

	"fitroom/bench"
	"fitroom/garment/drape"

	"github.com/spf13/cobra"
)

func benchCommand() *cobra.Command {
	var bad int
	var ledger string
	cmd := &cobra.Command{
		Use:     "bench",
		Short:   "Run the guarded benchmarks: every built-in scene to rest",
		Example: "  fitroom bench --json\n  fitroom bench --bad-starts 60",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if bad > 0 {
				return badStarts(cmd, bad, ledger)
			}
			results := map[string]bench.Metrics{}
			t := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
			fmt.Fprintln(t, "scene\tstatus\tvertices\tsteps\tCPU s\tresidual mN\tpenetrating\tcrossings\thash")
			err := eachScene(cmd.Context(), func(s bench.Scene, _ drape.Result, m bench.Metrics) error {
				results[s.Name] = m
				_, err := fmt.Fprintf(t, "%s\t%s\t%d\t%d\t%.2f\t%.4f\t%d\t%d\t%s\n",
					s.Name, m.Status, m.Vertices, m.Steps, m.CPU, 1000*m.ResidualN, m.Penetrating, m.Crossings, m.Hash)
				return err
			})
			if err != nil {
				return err
			}
			if asJSON(cmd) {
				return writeJSON(cmd.OutOrStdout(), results)
			}
			return t.Flush()
		},
	}
	cmd.Flags().IntVar(&bad, "bad-starts", 0, "instead of the scenes, drape so many seeded bad starts and count how they end")
	cmd.Flags().StringVar(&ledger, "ledger", "", "of --bad-starts: a file that keeps every run, so that they can go on later")
	return jsonFlag(cmd)
}

// badStarts drapes n bad starts and prints how each kind ended. What a ledger
// holds already is not draped again.
func badStarts(cmd *cobra.Command, n int, ledger string) error {
	var runs []bench.BadRun
	into := io.Discard
	if ledger != "" {
		f, err := os.OpenFile(ledger, os.O_RDWR|os.O_CREATE, 0o644)
		if err != nil {
			return err
		}
		defer f.Close()
		if runs, err = readLedger(f); err != nil {
			return fmt.Errorf("%s: %w", ledger, err)
		}
		into = f
	}
	b, err := bench.NewBadStarts(cmd.Context())
	if err != nil {
		return err
	}
	for seed := len(runs); seed < n; seed++ {
		r, err := b.Run(cmd.Context(), seed)
		if err != nil {
			return err
		}
		runs = append(runs, r)
		if err := json.NewEncoder(into).Encode(r); err != nil {
			return err
		}
		if len(runs)%50 == 0 {
			fmt.Fprintf(cmd.ErrOrStderr(), "%d of %d\n", len(runs), n)
		}
	}
	counts := bench.CountBad(runs)
	if asJSON(cmd) {
		return writeJSON(cmd.OutOrStdout(), counts)
	}
	return printBad(cmd.OutOrStdout(), counts)
}

// readLedger reads the runs of seeds 0, 1, 2 and so on, one a line.
func readLedger(r io.Reader) ([]bench.BadRun, error) {
	var runs []bench.BadRun
	for d := json.NewDecoder(r); ; {
		var one bench.BadRun
		if err := d.Decode(&one); err == io.EOF {
			return runs, nil
		} else if err != nil {
			return nil, fmt.Errorf("run %d: %w", len(runs), err)
		}
		if one.Seed != len(runs) {
			return nil, fmt.Errorf("run %d is of seed %d; they must be in order", len(runs), one.Seed)
		}
		runs = append(runs, one)
	}
}

func printBad(out io.Writer, counts []bench.BadCount) error {
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "start\truns\tat rest\tstep limit\tdiverged\tbroken\tCPU s median\tp95")
	for _, c := range counts {
		fmt.Fprintf(t, "%s\t%d\t%d\t%d\t%d\t%d\t%.2f\t%.2f\n", c.Kind, c.Runs, c.Rest, c.StepLimit, c.Diverged, c.Broken, c.CPU, c.CPU95)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for _, c := range counts {
		for _, r := range c.Reasons {
			fmt.Fprintf(out, "%s, %s\n", c.Kind, r)
		}
	}
	return nil
}

// eachScene brings every built-in scene to rest and shows it to visit.
func eachScene(ctx context.Context, visit func(bench.Scene, drape.Result, bench.Metrics) error) error {
	scenes, err := bench.Scenes(ctx)
	if err != nil {
		return err
	}
	for _, s := range scenes {
		r, err := s.Run(ctx, runtime.GOMAXPROCS(0))
		if err != nil {
			return fmt.Errorf("scene %s: %w", s.Name, err)
		}
		if err := visit(s, r, bench.Measure(s.Cloth, s.Settings, &r)); err != nil {
			return err
		}
	}
	return nil
}
