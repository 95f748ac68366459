package main

import (
	"fmt"
	"io"
	"path/filepath"
	"text/tabwriter"
	"time"

	"fitroom/api/album"
	"fitroom/api/wire"
	"fitroom/assets"
	"fitroom/garment/tryon"
	"fitroom/geometry"
	"fitroom/geometry/body"
	"fitroom/geometry/bvh"

	"github.com/spf13/cobra"
)

// bodyFlags are the flags of `fitroom body`.
type bodyFlags struct {
	body, out, landmarks string
	measure, unit, up    string
	population           string
}

func bodyCommand() *cobra.Command {
	var f bodyFlags
	cmd := &cobra.Command{
		Use:   "body",
		Short: "Build the body of a person, or measure one that is there",
		Long: `With --body: build the body of a person and say what was given and what was
guessed. --out writes the mesh, --landmarks its landmarks.

With --measure: take the measures of ISO 8559-1 on a mesh with a tape, and say
of each the clause, the level and where the tape lies. --out draws the tapes.
A mesh that fitroom wrote is known; any other standing person needs
--landmarks, a JSON object of names with a vertex number (counted from 0) or
[x, y, z] in the file's unit and axes:
` + landmarkHelp(),
		Example: `  fitroom body --body me.json --out me.glb --json
  fitroom body --body me.json --out me.obj --landmarks me.landmarks.json
  fitroom body --measure me.obj --landmarks me.landmarks.json --out tapes.png
  fitroom body --measure scan.obj --landmarks scan.json --unit mm --up z --json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if f.measure != "" {
				return measureMesh(cmd, f)
			}
			return buildBody(cmd, f)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.body, "body", "", "body.json with the measurements (- for standard input)")
	flags.StringVar(&f.out, "out", "", "file to write: the body as .glb or .obj, or with --measure the tapes as .png")
	flags.StringVar(&f.measure, "measure", "", "OBJ file to measure instead of building a body")
	flags.StringVar(&f.landmarks, "landmarks", "", "landmarks file: written with --body, read with --measure")
	flags.StringVar(&f.unit, "unit", "", "unit of the OBJ file: m, dm, cm, mm or in (default: by the body's height)")
	flags.StringVar(&f.up, "up", "y", "upward axis of the OBJ file: y (facing +Z) or z (facing -Y)")
	flags.StringVar(&f.population, "population", "unspecified", "whose waist level a mesh of ours without landmarks has: women, men or unspecified")
	return jsonFlag(cmd)
}

func buildBody(cmd *cobra.Command, f bodyFlags) error {
	m, _, err := readBodyFile(f.body)
	if err != nil {
		return err
	}
	if ext := filepath.Ext(f.out); f.out != "" && ext != ".glb" && ext != ".obj" {
		return usagef("--out is %q; it must end in .glb or .obj", f.out)
	}
	room, err := tryon.Open(assets.FS, tryon.Settings{})
	if err != nil {
		return err
	}
	start := time.Now()
	b, err := room.Body(cmd.Context(), m)
	if err != nil {
		return fmt.Errorf("%s: %w", f.body, err)
	}
	report := wire.NewBodyReport(b, meshFacts(b.Mesh), time.Since(start).Seconds()*1000)
	if f.out != "" {
		if err := album.WriteBody(f.out, b); err != nil {
			return err
		}
	}
	if f.landmarks != "" {
		write := func(w io.Writer) error { return wire.WriteLandmarks(w, b.Tape().Marks) }
		if err := album.WriteWhole(f.landmarks, write); err != nil {
			return err
		}
	}
	if asJSON(cmd) {
		return writeJSON(cmd.OutOrStdout(), report)
	}
	printBody(cmd.OutOrStdout(), b, report)
	return nil
}

func meshFacts(m *geometry.Mesh) wire.BodyMesh {
	facts := wire.BodyMesh{
		Vertices: len(m.Verts), Triangles: len(m.Tris),
		Closed: geometry.NewTopology(m.Tris).Closed(),
	}
	bvh.Build(m).SelfCrossings(func(a, b int32) bool {
		facts.SelfIntersections++
		return true
	})
	return facts
}

func printBody(w io.Writer, b *body.Body, r wire.BodyReport) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "measurement\tsource\tasked\tachieved\tsd\t")
	for _, m := range b.Measures {
		j := r.Measurements[string(m.Key)]
		fmt.Fprintf(t, "%s\t%s\t%.1f\t%.2f\t%.1f\t%s\n", m.Key, j.Source, *j.Asked, *j.Achieved, *j.SD, j.Unit)
	}
	t.Flush()
	fmt.Fprintf(w, "mesh: %d vertices, %d triangles, closed %v, %d self-intersections\n",
		r.Mesh.Vertices, r.Mesh.Triangles, r.Mesh.Closed, r.Mesh.SelfIntersections)
	for _, s := range r.Warnings {
		fmt.Fprintln(w, "warning:", s)
	}
}
