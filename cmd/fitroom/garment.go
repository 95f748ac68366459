package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"text/tabwriter"

	"fitroom/api/wire"
	"fitroom/garment/pattern"
	"fitroom/garment/pattern/gcjson"
	"fitroom/garment/sew"
	"fitroom/garment/tryon"

	"github.com/spf13/cobra"
)

func garmentCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "garment", Short: "Check and convert garments",
		Example: "  fitroom garment check styles/tee-01",
		Args:    cobra.NoArgs, // so that a mistyped command is refused
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(checkCommand(), convertCommand())
	return cmd
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
	s, _, err := readStyle(name)
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
	found[0].Notes = s.Notes
	return found, nil
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
	for _, c := range sizes {
		for _, note := range c.Notes {
			fmt.Fprintf(w, "note: %s\n", note)
		}
	}
}

func convertCommand() *cobra.Command {
	var out, population string
	cmd := &cobra.Command{
		Use:     "convert FILE... --out STYLE_DIR",
		Short:   "Make a style folder of pattern files, one per size",
		Example: "  fitroom garment convert tee_S_specification.json tee_M_specification.json --out styles/tee",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("name at least one pattern file")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if out == "" {
				return usagef("--out is missing; it names the style folder to make")
			}
			if !slices.Contains([]string{"women", "men", "unspecified"}, population) {
				return usagef("--population is %q; it must be women, men or unspecified", population)
			}
			sizes, err := convert(args, out, population)
			if err != nil {
				return err
			}
			if asJSON(cmd) {
				return writeJSON(cmd.OutOrStdout(), map[string]any{"status": "ok", "style": out, "sizes": sizes})
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s: %d sizes (%s). Next: give it a chart, garment measures and a fabric in style.json.\n", out, len(sizes), strings.Join(sizes, ", "))
			return nil
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "style folder to make; it must not exist yet")
	cmd.Flags().StringVar(&population, "population", "unspecified", "women, men or unspecified")
	return jsonFlag(cmd)
}

// convert checks every file, then writes the folder under another name and
// renames it, so that a failure leaves nothing behind. It returns the sizes.
func convert(files []string, out, population string) ([]string, error) {
	if _, err := os.Lstat(out); err == nil {
		return nil, fmt.Errorf("%s exists already; convert does not overwrite", out)
	}
	style := wire.Style{
		Style: filepath.Base(filepath.Clean(out)), Kind: "garment", Population: population, Primary: []string{},
		Pattern: &wire.Pattern{Format: "garmentcode", Files: map[string]json.RawMessage{}},
	}
	contents := map[string][]byte{}
	for _, name := range files {
		data, err := readPatternFile(name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		size, base := sizeOf(name, len(files)), filepath.Base(name)
		if contents[base] != nil || style.Pattern.Files[size] != nil {
			return nil, fmt.Errorf("%s: a second file for size %s; name the files ..._SIZE_specification.json", name, size)
		}
		contents[base] = data
		style.Sizes = append(style.Sizes, size)
		style.Pattern.Files[size], _ = json.Marshal(base) // a string always has a JSON form
	}
	var doc strings.Builder
	if err := writeJSON(&doc, style); err != nil {
		return nil, err
	}
	contents["style.json"] = []byte(doc.String())
	if err := writeFolder(out, contents); err != nil {
		return nil, err
	}
	return style.Sizes, nil
}

func readPatternFile(name string) ([]byte, error) {
	if ext := strings.ToLower(filepath.Ext(name)); ext != ".json" {
		return nil, fmt.Errorf("%q files are not read yet; GarmentCode specifications (.json) are", ext)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var data strings.Builder
	p, err := gcjson.Read(io.TeeReader(f, &data), filepath.Base(name))
	if err != nil {
		return nil, err
	}
	return []byte(data.String()), p.Validate()
}

var sizeInName = regexp.MustCompile(`_([A-Za-z0-9]{1,6})(_specification)?\.json$`)

// sizeOf takes the size from a file name like tee_XL_specification.json.
func sizeOf(name string, files int) string {
	if m := sizeInName.FindStringSubmatch(filepath.Base(name)); m != nil && files > 1 {
		return m[1]
	}
	return tryon.OneSize
}

// writeFolder makes a new folder with these files, wholly or not at all.
func writeFolder(dir string, contents map[string][]byte) error {
	parent := filepath.Dir(filepath.Clean(dir))
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return err
	}
	tmp, err := os.MkdirTemp(parent, ".fitroom-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	for name, data := range contents {
		if err := os.WriteFile(filepath.Join(tmp, name), data, 0o644); err != nil {
			return err
		}
	}
	if err := os.Chmod(tmp, 0o755); err != nil {
		return err
	}
	return os.Rename(tmp, dir)
}
