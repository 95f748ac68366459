package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"fitroom/api/album"
	"fitroom/api/wire"
	"fitroom/assets"
	"fitroom/garment/tryon"
	"fitroom/render"

	"github.com/spf13/cobra"
)

// allSizes is the value of --size that means every size of the style.
const allSizes = "all"

func tryCommand() *cobra.Command {
	var bodyFile, style, under, sizes, out string
	var also []string
	var estimate bool
	var by drawerFlag
	cmd := &cobra.Command{
		Use:   "try",
		Short: "Try a garment on in its sizes: verdicts, pictures, 3D files",
		Example: `  fitroom try --body me.json --garment styles/tee-01 --size all --out out
  fitroom try --body me.json --garment styles/tee-01 --size S,M --json
  fitroom try --body me.json --garment styles/tee-01 --estimate
  fitroom try --body me.json --garment styles/tee-01 --out out --also usdz,turntable
  fitroom try --body me.json --garment styles/vest-02 --under styles/tee-01:M --out out`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := album.CheckExtras(also); err != nil {
				return err
			}
			if estimate && out != "" {
				return errors.New("--estimate tells how each size fits and draws none: leave out --out, or --estimate")
			}
			m, ease, err := readBodyFile(bodyFile)
			if err != nil {
				return err
			}
			s, look, err := readStyle(style)
			if err != nil {
				return err
			}
			chosen, err := chooseSizes(sizes, s.Sizes)
			if err != nil {
				return err
			}
			j := job{request: tryon.Request{Body: m, Ease: ease, Style: s, Sizes: chosen}, look: look.Look, out: out, also: also, estimate: estimate}
			if j.request.Under, j.beneath, err = readUnder(under); err != nil {
				return err
			}
			drawer, _, end, err := by.open(cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			defer end()
			j.drawer = drawer
			report, err := j.run(cmd)
			if err != nil {
				return err
			}
			if asJSON(cmd) {
				return writeJSON(cmd.OutOrStdout(), report)
			}
			printReport(cmd.OutOrStdout(), report, out)
			return nil
		},
	}
	cmd.Flags().StringVar(&bodyFile, "body", "", "body.json with the measurements (- for standard input)")
	cmd.Flags().StringVar(&style, "garment", "", "style folder, style.json or pattern file")
	cmd.Flags().StringVar(&under, "under", "", "style that is worn beneath and its size: STYLE or STYLE:SIZE; both are draped together")
	cmd.Flags().StringVar(&sizes, "size", allSizes, "sizes to try, separated by commas, or all")
	cmd.Flags().StringVar(&out, "out", "", "folder for pictures, 3D files and report.json; none are written without it")
	cmd.Flags().BoolVar(&estimate, "estimate", false, "drape the smallest size only and estimate from it how the others fit; no pictures")
	cmd.Flags().StringSliceVar(&also, "also", nil, "more files per size: "+strings.Join(album.Extras(), ", "))
	by.add(cmd)
	return jsonFlag(cmd)
}

// readUnder reads what is worn beneath: a style and, behind a colon, its size.
func readUnder(at string) (*tryon.Under, *wire.Look, error) {
	if at == "" {
		return nil, nil, nil
	}
	path, size := at, ""
	if k := strings.LastIndex(at, ":"); k > 1 { // not that of a Windows drive
		path, size = at[:k], at[k+1:]
	}
	s, look, err := readStyle(path)
	if err != nil {
		return nil, nil, fmt.Errorf("--under: %w", err)
	}
	return &tryon.Under{Style: s, Size: size}, look.Look, nil
}

// chooseSizes reads --size against the sizes the style has.
func chooseSizes(list string, have []string) ([]string, error) {
	if list == allSizes {
		return nil, nil
	}
	if slices.Contains(have, list) { // a name may hold a comma
		return []string{list}, nil
	}
	var chosen []string
	for _, size := range strings.Split(list, ",") {
		size = strings.TrimSpace(size)
		if !slices.Contains(have, size) {
			return nil, fmt.Errorf("size %q does not exist in this style; it comes in %s", size, strings.Join(have, ", "))
		}
		if !slices.Contains(chosen, size) {
			chosen = append(chosen, size)
		}
	}
	return chosen, nil
}

// job is one fitting from the command line.
type job struct {
	room     *tryon.Room // opened when nil
	request  tryon.Request
	look     *wire.Look
	beneath  *wire.Look // of what is worn under the garment
	out      string     // folder for the files, none if empty
	also     []string
	estimate bool          // one size draped, the others estimated
	drawer   render.Drawer // nil: the processor
}

func (j job) run(cmd *cobra.Command) (wire.Report, error) {
	if j.room == nil {
		room, err := tryon.Open(assets.FS, tryon.Settings{})
		if err != nil {
			return wire.Report{}, err
		}
		j.room = room
	}
	var folder *album.Folder
	if j.out != "" {
		// The folder is opened first: better refused now than after the work.
		var err error
		if folder, err = album.Open(j.out); err != nil {
			return wire.Report{}, err
		}
		defer folder.Close()
	}
	tell, finish := progress(cmd.ErrOrStderr())
	defer finish()
	share := 1.0 // of the work that is the fitting, the rest is drawing
	if folder != nil {
		share = 0.85
	}
	j.request.Progress = func(done float64, stage string) { tell(share*done, stage) }
	try := j.room.Try
	if j.estimate {
		try = j.room.Estimate
	}
	outcome, err := try(cmd.Context(), j.request)
	if err != nil {
		return wire.Report{}, err
	}
	report := wire.NewReport(outcome, version)
	if folder == nil {
		return report, nil
	}
	draw := func(done float64, stage string) { tell(share+(1-share)*done, stage) }
	err = folder.Write(cmd.Context(), outcome, &report, album.Options{Look: j.look, Beneath: j.beneath, Extras: j.also, Progress: draw, Drawer: j.drawer})
	return report, err
}

// printReport writes the size table for people.
func printReport(w io.Writer, r wire.Report, out string) {
	fmt.Fprintln(w, r.Advice.Text["en"])
	fmt.Fprintln(w)
	printTable(w, r)
	printUnjudged(w, r)
	printRemarks(w, r)
	if out != "" {
		fmt.Fprintln(w)
		printFiles(w, r, out)
	}
}
