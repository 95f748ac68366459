package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"fitroom/api/album"
	"fitroom/api/wire"
	"fitroom/assets"
	"fitroom/geometry"
	"fitroom/geometry/body"
	"fitroom/geometry/tape"

	"github.com/spf13/cobra"
	"gonum.org/v1/gonum/spatial/r3"
)

// landmarkHelp lists the names of a landmarks file.
func landmarkHelp() string {
	needed := map[tape.Mark]bool{}
	var must, may []string
	for _, k := range tape.Required() {
		needed[k] = true
		must = append(must, string(k))
	}
	for _, k := range tape.Known() {
		if !needed[k] {
			may = append(may, string(k))
		}
	}
	return fmt.Sprintf("  needed: %s\n  more measures with: %s", strings.Join(must, ", "), strings.Join(may, ", "))
}

// measureMesh is `fitroom body --measure`.
func measureMesh(cmd *cobra.Command, f bodyFlags) error {
	if f.body != "" {
		return usagef("--body and --measure are both given; one builds a body, the other measures one")
	}
	if f.out != "" && filepath.Ext(f.out) != ".png" {
		return usagef("--out is %q; with --measure it must end in .png", f.out)
	}
	axes, err := f.axes()
	if err != nil {
		return err
	}
	start := time.Now()
	s, notes, err := f.subject(axes)
	if err != nil {
		return fmt.Errorf("%s: %w", f.measure, err)
	}
	readings := s.Measure()
	report := wire.NewTapeReport(readings, meshFacts(s.Mesh), notes, time.Since(start).Seconds()*1000)
	if f.out != "" {
		if err := album.WriteTapes(f.out, s, readings); err != nil {
			return err
		}
	}
	if asJSON(cmd) {
		return writeJSON(cmd.OutOrStdout(), report)
	}
	printReadings(cmd.OutOrStdout(), readings, report)
	return nil
}

func (f *bodyFlags) axes() (tape.Axes, error) {
	units := map[string]float64{"": 0, "m": 1, "dm": 0.1, "cm": 0.01, "mm": 0.001, "in": 0.0254}
	unit, ok := units[f.unit]
	if !ok {
		return tape.Axes{}, usagef("--unit is %q; it must be m, dm, cm, mm or in", f.unit)
	}
	if f.up != "y" && f.up != "z" {
		return tape.Axes{}, usagef("--up is %q; it must be y or z", f.up)
	}
	switch body.Population(f.population) {
	case body.Women, body.Men, body.Unspecified:
	default:
		return tape.Axes{}, usagef("--population is %q; it must be women, men or unspecified", f.population)
	}
	return tape.Axes{Unit: unit, ZUp: f.up == "z"}, nil
}

// subject reads the mesh and its landmarks; without landmarks the mesh must be
// one of ours.
func (f *bodyFlags) subject(axes tape.Axes) (*tape.Subject, []string, error) {
	m, err := readMesh(f.measure)
	if err != nil {
		return nil, nil, err
	}
	model, err := body.Open(assets.FS)
	if err != nil {
		return nil, nil, err
	}
	own, err := model.Recognise(m, body.Population(f.population))
	if err != nil && !errors.Is(err, body.ErrForeign) {
		return nil, nil, err
	}
	var marks map[tape.Mark]r3.Vec
	var notes []string
	switch {
	case f.landmarks != "":
		if marks, err = readLandmarks(f.landmarks, m); err != nil {
			return nil, nil, err
		}
	case own != nil:
		marks = own.Marks
		notes = append(notes, "without --landmarks the waist level is the mean of --population "+f.population+", and joint centres are carried along by the skin")
	default:
		return nil, nil, fmt.Errorf("%w; give --landmarks with at least %v", err, tape.Required())
	}
	s, more, err := tape.Import(m, marks, axes)
	if err != nil {
		return nil, nil, err
	}
	if own != nil { // our own mesh: its limbs are known
		s.Region, s.WaistAt = own.Region, own.WaistAt
	}
	return s, append(notes, more...), nil
}

func readMesh(name string) (*geometry.Mesh, error) {
	r, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return geometry.ReadOBJ(r)
}

func readLandmarks(name string, m *geometry.Mesh) (map[tape.Mark]r3.Vec, error) {
	r, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	marks, err := wire.ReadLandmarks(r, m)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return marks, nil
}

// printReadings lists the measures with clause, level and plane.
func printReadings(w io.Writer, readings []tape.Reading, r wire.TapeReport) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "measurement\tISO 8559-1\tvalue\tlevel\twhere the tape lies")
	for _, m := range readings {
		j := r.Measurements[m.Key]
		value, level, where := "-", "-", j.Rule
		if j.Value != nil {
			value = fmt.Sprintf("%.2f %s", *j.Value, j.Unit)
		} else {
			where = "not taken: " + strings.TrimPrefix(j.Reason, m.Key+": ")
		}
		if j.Level != nil {
			level = fmt.Sprintf("%.1f", *j.Level)
		}
		clause := j.Clause
		if clause == "" {
			clause = "-"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", m.Key, clause, value, level, where)
	}
	t.Flush()
	fmt.Fprintf(w, "mesh: %d vertices, %d triangles, closed %v, %d self-intersections\n",
		r.Mesh.Vertices, r.Mesh.Triangles, r.Mesh.Closed, r.Mesh.SelfIntersections)
	for _, n := range r.Notes {
		fmt.Fprintln(w, "note:", n)
	}
}
