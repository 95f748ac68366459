package main

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"
)

func versionCommand() *cobra.Command {
	var materials bool
	cmd := &cobra.Command{
		Use:     "version",
		Short:   "Say which fitroom this is",
		Example: "  fitroom version --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if materials {
				b, err := newSBOM()
				if err != nil {
					return err
				}
				return writeJSON(cmd.OutOrStdout(), b)
			}
			if asJSON(cmd) {
				return writeJSON(cmd.OutOrStdout(), map[string]string{
					"version": version, "go": runtime.Version(), "platform": runtime.GOOS + "/" + runtime.GOARCH,
				})
			}
			fmt.Fprintf(cmd.OutOrStdout(), "fitroom %s (%s, %s/%s)\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return nil
		},
	}
	cmd.Flags().BoolVar(&materials, "sbom", false, "list every module in the program with version and licence (CycloneDX JSON)")
	return jsonFlag(cmd)
}
