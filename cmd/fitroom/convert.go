package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fitroom/api/wire"
	"fitroom/garment/pattern"
	"fitroom/garment/pattern/gcjson"
	"fitroom/garment/tryon"

	"github.com/spf13/cobra"
)

// converting is what the command line says of the files.
type converting struct {
	out, population string
	units, line     string   // of DXF
	allowance       float64  // of DXF [mm]
	template        string   // of a measure table
	names           []string // of a measure table: its words for our keys, WORD=KEY
}

func convertCommand() *cobra.Command {
	var c converting
	cmd := &cobra.Command{
		Use:   "convert FILE... --out STYLE_DIR",
		Short: "Make a style folder of pattern files or of a measure table",
		Long: `Makes a style folder of
  GarmentCode specifications (.json), one per size;
  AAMA or ASTM DXF: base size or nest (.dxf), grade rules (.rul), seam list (.json);
  a table of garment measures (.csv) for a template: columns pom, unit, measure
  (full or half), tolerance, then one per size.

A DXF without a seam list makes no style: a proposal and a picture of the panels
are written to the folder for a person to check, and the command ends with 1.`,
		Example: `  fitroom garment convert tee_S_specification.json tee_M_specification.json --out styles/tee
  fitroom garment convert tee_nest.dxf tee.rul --out styles/tee                 # proposes seams
  fitroom garment convert tee_nest.dxf tee.rul styles/tee/seams.json --out styles/tee
  fitroom garment convert tee.csv --template tee --out styles/tee`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("name at least one pattern file")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return c.run(cmd, args) },
	}
	f := cmd.Flags()
	f.StringVar(&c.out, "out", "", "style folder to make; it may hold nothing but a seam proposal")
	f.StringVar(&c.population, "population", "unspecified", "women, men or unspecified")
	f.StringVar(&c.units, "units", "", "of a DXF that does not say: mm or in")
	f.StringVar(&c.line, "line", "", "sew DXF pieces along this line: sew or cut; absent: sew where it is drawn")
	f.Float64Var(&c.allowance, "allowance-mm", 0, "seam allowance to take off where the cut line is sewn along [mm]")
	f.StringVar(&c.template, "template", "", "the template a measure table is for")
	f.StringArrayVar(&c.names, "name", nil, `a row of a measure table and the measure it is: --name "half chest=chest_girth"; empty leaves it out`)
	return jsonFlag(cmd)
}

func (c *converting) run(cmd *cobra.Command, args []string) error {
	if c.out == "" {
		return usagef("--out is missing; it names the style folder to make")
	}
	if !slices.Contains([]string{"women", "men", "unspecified"}, c.population) {
		return usagef("--population is %q; it must be women, men or unspecified", c.population)
	}
	sizes, err := c.convert(args)
	if err != nil {
		return err
	}
	if asJSON(cmd) {
		return writeJSON(cmd.OutOrStdout(), map[string]any{"status": "ok", "style": c.out, "sizes": sizes})
	}
	fmt.Fprintf(cmd.OutOrStdout(), "%s: %d sizes (%s). Next: give it a chart, garment measures and a fabric in style.json.\n", c.out, len(sizes), strings.Join(sizes, ", "))
	return nil
}

// convert checks every file, then writes the folder wholly or not at all. It
// returns the sizes.
func (c *converting) convert(files []string) ([]string, error) {
	if err := c.checkOut(); err != nil {
		return nil, err
	}
	kinds := map[string][]string{}
	for _, name := range files {
		ext := strings.ToLower(filepath.Ext(name))
		kinds[ext] = append(kinds[ext], name)
	}
	style := wire.Style{
		Style: filepath.Base(filepath.Clean(c.out)), Kind: "garment", Population: c.population, Primary: []string{},
	}
	contents := map[string][]byte{}
	var err error
	switch {
	case len(kinds[".dxf"]) > 0:
		err = c.convertDXF(kinds, &style, contents)
	case len(kinds[".csv"]) == 1 && len(files) == 1:
		err = c.convertTable(files[0], &style)
	case len(kinds[".json"]) == len(files):
		err = convertGarmentCode(files, &style, contents)
	default:
		err = fmt.Errorf("%s: files of this kind make no style; GarmentCode specifications (.json), DXF with .rul and seams.json, or one measure table (.csv) do", strings.Join(files, ", "))
	}
	if err != nil {
		return nil, err
	}
	return style.Sizes, c.write(&style, contents)
}

// write makes the folder and opens it as any other command would: what convert
// hands out can be used.
func (c *converting) write(style *wire.Style, contents map[string][]byte) error {
	var doc strings.Builder
	if err := writeJSON(&doc, style); err != nil {
		return err
	}
	contents["style.json"] = []byte(doc.String())
	return writeFolder(c.out, contents, func(dir string) error {
		_, _, err := wire.OpenStyle(os.DirFS(dir), "style.json")
		return err
	})
}

// proposalFiles are what a seam proposal leaves in a folder.
var proposalFiles = []string{"seams.proposed.json", "seams.json", "panels.svg", "panels.png"}

// checkOut refuses a folder that holds anything but a proposal.
func (c *converting) checkOut() error {
	list, err := os.ReadDir(c.out)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s exists already and is no folder; convert does not overwrite", c.out)
	}
	for _, f := range list {
		if !slices.Contains(proposalFiles, f.Name()) {
			return fmt.Errorf("%s exists already and holds %s; convert does not overwrite", c.out, f.Name())
		}
	}
	return nil
}

func convertGarmentCode(files []string, style *wire.Style, contents map[string][]byte) error {
	style.Pattern = &wire.Pattern{Format: "garmentcode", Files: map[string]json.RawMessage{}}
	var sizes []pattern.Size
	for i, size := range sizesOf(files) {
		data, p, err := readSpecification(files[i])
		if err != nil {
			return fmt.Errorf("%s: %w", files[i], err)
		}
		base := filepath.Base(files[i])
		if contents[base] != nil || style.Pattern.Files[size] != nil {
			return fmt.Errorf("%s: a second file for size %s; name the files ..._SIZE_specification.json", files[i], size)
		}
		contents[base] = data
		style.Sizes = append(style.Sizes, size)
		style.Pattern.Files[size], _ = json.Marshal(base) // a string always has a JSON form
		sizes = append(sizes, pattern.Size{Name: size, Pattern: p})
	}
	style.Sizes = bySize(sizes)
	_, err := pattern.NewSizeRun(style.Style, sizes...)
	return err
}

// bySize names sizes smallest first, by the fabric they take.
func bySize(sizes []pattern.Size) []string {
	area := func(s pattern.Size) (sum float64) {
		for i := range s.Pattern.Panels {
			sum += math.Abs(s.Pattern.Panels[i].SignedArea())
		}
		return sum
	}
	slices.SortStableFunc(sizes, func(a, b pattern.Size) int { return cmp.Compare(area(a), area(b)) })
	var names []string
	for _, s := range sizes {
		names = append(names, s.Name)
	}
	return names
}

func readSpecification(name string) ([]byte, *pattern.Pattern, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	var data strings.Builder
	p, err := gcjson.Read(io.TeeReader(f, &data), filepath.Base(name))
	return []byte(data.String()), p, err
}

// sizesOf takes the sizes from the names of files: what they do not have in
// common, as M in tee_M_specification.json beside tee_S_specification.json.
func sizesOf(files []string) []string {
	if len(files) == 1 {
		return []string{tryon.OneSize}
	}
	var stems [][]string
	for _, f := range files {
		base := filepath.Base(f)
		stems = append(stems, strings.Split(strings.TrimSuffix(base, filepath.Ext(base)), "_"))
	}
	same := func(at func([]string) (string, bool)) bool {
		first, ok := at(stems[0])
		return ok && !slices.ContainsFunc(stems, func(s []string) bool { w, ok := at(s); return !ok || w != first })
	}
	head, tail := 0, 0
	for same(func(s []string) (string, bool) { return wordAt(s, head) }) {
		head++
	}
	for same(func(s []string) (string, bool) { return wordAt(s, len(s)-1-tail) }) {
		tail++
	}
	out := make([]string, len(stems))
	for i, s := range stems {
		if out[i] = strings.Join(s[min(head, len(s)):max(min(head, len(s)), len(s)-tail)], "_"); out[i] == "" {
			out[i] = strings.Join(s, "_")
		}
	}
	return out
}

func wordAt(words []string, i int) (string, bool) {
	if i < 0 || i >= len(words) {
		return "", false
	}
	return words[i], true
}

// writeFolder makes a folder with these files, wholly or not at all: they are
// written beside it, tried, and moved. Files of a proposal that are there
// already are kept.
func writeFolder(dir string, contents map[string][]byte, try func(dir string) error) error {
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
	if err := try(tmp); err != nil {
		return err
	}
	if _, err := os.Stat(dir); err == nil {
		for name := range contents {
			if err := os.Rename(filepath.Join(tmp, name), filepath.Join(dir, name)); err != nil {
				return err
			}
		}
		return nil
	}
	if err := os.Chmod(tmp, 0o755); err != nil {
		return err
	}
	return os.Rename(tmp, dir)
}
