package main

import (
	"fmt"
	"io"
	"math"
	"text/tabwriter"

	"fitroom/garment/fit"
	"fitroom/garment/pattern"
	"fitroom/garment/pattern/dxf"
	"fitroom/garment/sew"

	"github.com/spf13/cobra"
)

func garmentCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "garment", Short: "Check and convert garments",
		Example: "  fitroom garment check styles/tee-01",
		Args:    cobra.NoArgs, // so that a mistyped command is refused
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(checkCommand(), convertCommand(), importCommand(), schemaCommand())
	return cmd
}

func schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use: "schema", Short: "Print the JSON Schema of the seam list of a DXF pattern (seams.json)",
		Example: "  fitroom garment schema > seams.schema.json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := cmd.OutOrStdout().Write(dxf.SeamsSchema)
			return err
		},
	}
}

// checkedSize is what `garment check` says of one size.
type checkedSize struct {
	File      string  `json:"file"`
	Style     string  `json:"style"`
	Size      string  `json:"size"`
	Panels    int     `json:"panels"`
	Seams     int     `json:"seams"`
	MaxRatio  float64 `json:"max_seam_length_ratio"`
	Vertices  int     `json:"vertices"`
	Triangles int     `json:"triangles"`
	MinAngle  float64 `json:"min_angle_deg"`
	// Approximate: drafted from measures, which Measures compares one by one.
	Approximate bool             `json:"approximate,omitempty"`
	Measures    []checkedMeasure `json:"pom,omitempty"`
	// Notes says what the files left open; of the first size of a style only.
	Notes []string `json:"notes,omitempty"`
}

func checkCommand() *cobra.Command {
	var edgeMm float64
	cmd := &cobra.Command{
		Use:     "check STYLE|FILE...",
		Short:   "Import, validate and mesh garments; touches nothing",
		Example: "  fitroom garment check styles/tee-01 rand_specification.json --edge-mm 10",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("name at least one style or pattern file")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if !(edgeMm >= 2 && edgeMm <= 60) {
				return usagef("--edge-mm is %g; it must lie between 2 and 60 mm", edgeMm)
			}
			var sizes []checkedSize
			for _, name := range args {
				found, err := checkStyle(name, edgeMm/1000)
				if err != nil {
					return err
				}
				sizes = append(sizes, found...)
			}
			if asJSON(cmd) {
				return writeJSON(cmd.OutOrStdout(), map[string]any{"status": "ok", "garments": sizes})
			}
			printChecked(cmd.OutOrStdout(), sizes)
			return nil
		},
	}
	cmd.Flags().Float64Var(&edgeMm, "edge-mm", 10, "edge length of the mesh [mm]")
	return jsonFlag(cmd)
}

func checkStyle(name string, edge float64) ([]checkedSize, error) {
	s, doc, err := readStyle(name)
	if err != nil {
		return nil, err
	}
	var found []checkedSize
	for _, size := range s.Sizes {
		p := s.Patterns[size]
		if p == nil {
			continue
		}
		c, err := checkPattern(p, edge)
		if err != nil {
			return nil, fmt.Errorf("%s, size %s: %w", name, size, err)
		}
		c.File, c.Style, c.Size = name, s.ID, size
		found = append(found, c)
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("%s: no size has a pattern; only advice from chart and measures is possible", name)
	}
	found[0].Notes = fit.In("en", s.Notes)
	if why := corresponds(s, edge); why != "" {
		found[0].Notes = append(found[0].Notes, why)
	}
	return found, addMeasures(found, doc)
}

func checkPattern(p *pattern.Pattern, edge float64) (checkedSize, error) {
	c, err := sew.Check(p, edge)
	if err != nil {
		return checkedSize{}, err
	}
	return checkedSize{
		Panels: len(p.Panels), Seams: len(p.Seams), MaxRatio: math.Round(1000*c.SeamRatio) / 1000,
		Vertices: c.Vertices, Triangles: c.Triangles, MinAngle: math.Round(10*c.MinAngle*180/math.Pi) / 10,
	}, nil
}

func printChecked(w io.Writer, sizes []checkedSize) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "style\tsize\tpanels\tseams\tmax ratio\tvertices\ttriangles\tmin angle")
	for _, c := range sizes {
		fmt.Fprintf(t, "%s\t%s\t%d\t%d\t%.2f\t%d\t%d\t%.0f°\n", c.Style, c.Size, c.Panels, c.Seams, c.MaxRatio, c.Vertices, c.Triangles, c.MinAngle)
	}
	t.Flush()
	printMeasures(w, sizes)
	for _, c := range sizes {
		for _, note := range c.Notes {
			fmt.Fprintf(w, "note: %s\n", note)
		}
	}
}
