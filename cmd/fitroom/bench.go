package main

import (
	"context"
	"fmt"
	"runtime"
	"text/tabwriter"

	"fitroom/bench"
	"fitroom/garment/drape"

	"github.com/spf13/cobra"
)

func benchCommand() *cobra.Command {
	var bad int
	cmd := &cobra.Command{
		Use:     "bench",
		Short:   "Run the guarded benchmarks: every built-in scene to rest",
		Example: "  fitroom bench --json\n  fitroom bench --bad-starts 60",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if bad > 0 {
				return badStarts(cmd, bad)
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
	return jsonFlag(cmd)
}

// badStarts drapes n bad starts and prints how each kind ended.
func badStarts(cmd *cobra.Command, n int) error {
	b, err := bench.NewBadStarts(cmd.Context())
	if err != nil {
		return err
	}
	counts, err := b.Run(cmd.Context(), n, runtime.GOMAXPROCS(0), func(done int) {
		if done%50 == 0 {
			fmt.Fprintf(cmd.ErrOrStderr(), "%d of %d\n", done, n)
		}
	})
	if err != nil {
		return err
	}
	if asJSON(cmd) {
		return writeJSON(cmd.OutOrStdout(), counts)
	}
	t := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "start\truns\tat rest\tstep limit\tdiverged\tbroken\tCPU s median\tp95")
	for _, c := range counts {
		fmt.Fprintf(t, "%s\t%d\t%d\t%d\t%d\t%d\t%.2f\t%.2f\n", c.Kind, c.Runs, c.Rest, c.StepLimit, c.Diverged, c.Broken, c.CPU.Seconds(), c.CPU95.Seconds())
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for _, c := range counts {
		for _, r := range c.Reasons {
			fmt.Fprintf(cmd.OutOrStdout(), "%s, %s\n", c.Kind, r)
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
