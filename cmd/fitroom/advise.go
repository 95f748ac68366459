package main

import (
	"fmt"

	"fitroom/api/wire"
	"fitroom/assets"
	"fitroom/garment/tryon"

	"github.com/spf13/cobra"
)

func adviseCommand() *cobra.Command {
	var bodyFile, style string
	cmd := &cobra.Command{
		Use:     "advise",
		Short:   "Say which size fits by chart and garment measures alone, without a drape",
		Example: "  fitroom advise --body me.json --garment styles/tee-01",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			m, ease, err := readBodyFile(bodyFile)
			if err != nil {
				return err
			}
			s, _, err := readStyle(style)
			if err != nil {
				return err
			}
			room, err := tryon.Open(assets.FS, tryon.Settings{})
			if err != nil {
				return err
			}
			outcome, err := room.Advise(cmd.Context(), tryon.Request{Body: m, Ease: ease, Style: s})
			if err != nil {
				return err
			}
			report := wire.NewReport(outcome, version)
			if asJSON(cmd) {
				return writeJSON(cmd.OutOrStdout(), report)
			}
			fmt.Fprintln(cmd.OutOrStdout(), report.Advice.Text["en"])
			fmt.Fprintln(cmd.OutOrStdout())
			printTable(cmd.OutOrStdout(), report)
			printUnjudged(cmd.OutOrStdout(), report)
			printRemarks(cmd.OutOrStdout(), report)
			return nil
		},
	}
	cmd.Flags().StringVar(&bodyFile, "body", "", "body.json with the measurements (- for standard input)")
	cmd.Flags().StringVar(&style, "garment", "", "style folder or style.json")
	return jsonFlag(cmd)
}
