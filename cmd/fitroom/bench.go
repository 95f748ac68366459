package main

import (
	"fmt"
	"runtime"
	"text/tabwriter"

	"fitroom/bench"

	"github.com/spf13/cobra"
)

func benchCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "bench",
		Short:   "Run the guarded benchmarks: every built-in scene to rest",
		Example: "  fitroom bench --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			results := map[string]bench.Metrics{}
			t := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
			fmt.Fprintln(t, "scene\tstatus\tvertices\tsteps\tCPU s\tresidual mN\tpenetrating\tcrossings\thash")
			scenes, err := bench.Scenes(cmd.Context())
			if err != nil {
				return err
			}
			for _, s := range scenes {
				r, err := s.Run(cmd.Context(), runtime.GOMAXPROCS(0))
				if err != nil {
					return fmt.Errorf("scene %s: %w", s.Name, err)
				}
				m := bench.Measure(s.Cloth, s.Settings, &r)
				results[s.Name] = m
				fmt.Fprintf(t, "%s\t%s\t%d\t%d\t%.2f\t%.4f\t%d\t%d\t%s\n",
					s.Name, m.Status, m.Vertices, m.Steps, m.CPU, 1000*m.ResidualN, m.Penetrating, m.Crossings, m.Hash)
			}
			if asJSON(cmd) {
				return writeJSON(cmd.OutOrStdout(), results)
			}
			return t.Flush()
		},
	}
	return jsonFlag(cmd)
}
