package main

import (
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"

	"fitroom/api/wire"
	"fitroom/assets"
	"fitroom/garment/tryon"
	"fitroom/geometry/body"

	"github.com/spf13/cobra"
)

// demos are the fittings of `fitroom demo`: who tries on what.
func demos() [][2]string {
	return [][2]string{
		{"woman", "tee-women"}, {"woman", "skirt-women"},
		{"man", "tee-men"}, {"man", "trousers-men"},
	}
}

func demoCommand() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:     "demo",
		Short:   "Try the bundled garments on the bundled woman and man",
		Example: "  fitroom demo --out out",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			room, err := tryon.Open(assets.FS, tryon.Settings{})
			if err != nil {
				return err
			}
			var reports []wire.Report
			for _, d := range demos() {
				report, err := demo(cmd, room, d[0], d[1], filepath.Join(out, d[0]+"-"+d[1]))
				if err != nil {
					return fmt.Errorf("%s, %s: %w", d[0], d[1], err)
				}
				reports = append(reports, report)
			}
			if asJSON(cmd) {
				return writeJSON(cmd.OutOrStdout(), map[string]any{"status": "ok", "reports": reports})
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&out, "out", "out", "folder for the results")
	return jsonFlag(cmd)
}

func demo(cmd *cobra.Command, room *tryon.Room, person, style, out string) (wire.Report, error) {
	q, look, err := demoInput(assets.Demo(), person, style)
	if err != nil {
		return wire.Report{}, err
	}
	w := cmd.OutOrStdout()
	if asJSON(cmd) {
		w = io.Discard
	}
	fmt.Fprintf(w, "== %s tries on %s ==\n", person, look.Text["en"])
	j := job{room: room, request: q, look: look.Look, out: out}
	report, err := j.run(cmd)
	if err != nil {
		return report, err
	}
	printReport(w, report, out)
	fmt.Fprintln(w)
	return report, nil
}

func demoInput(files fs.FS, person, style string) (tryon.Request, wire.Style, error) {
	m, ease, err := demoPerson(files, person)
	if err != nil {
		return tryon.Request{}, wire.Style{}, err
	}
	s, look, err := wire.OpenStyle(files, path.Join("styles", style))
	return tryon.Request{Body: m, Ease: ease, Style: s}, look, err
}

func demoPerson(files fs.FS, person string) (body.Measurements, float64, error) {
	f, err := files.Open(path.Join("people", person+".json"))
	if err != nil {
		return body.Measurements{}, 0, err
	}
	defer f.Close()
	return wire.ReadBody(f)
}
