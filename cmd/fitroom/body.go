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

func bodyCommand() *cobra.Command {
	var bodyFile, out string
	cmd := &cobra.Command{
		Use:     "body",
		Short:   "Build the body of a person and say what was given and what was guessed",
		Example: "  fitroom body --body me.json --out me.glb --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			m, _, err := readBodyFile(bodyFile)
			if err != nil {
				return err
			}
			if ext := filepath.Ext(out); out != "" && ext != ".glb" && ext != ".obj" {
				return usagef("--out is %q; it must end in .glb or .obj", out)
			}
			room, err := tryon.Open(assets.FS, tryon.Settings{})
			if err != nil {
				return err
			}
			start := time.Now()
			b, err := room.Body(cmd.Context(), m)
			if err != nil {
				return fmt.Errorf("%s: %w", bodyFile, err)
			}
			report := wire.NewBodyReport(b, meshFacts(b.Mesh), time.Since(start).Seconds()*1000)
			if out != "" {
				if err := album.WriteBody(out, b); err != nil {
					return err
				}
			}
			if asJSON(cmd) {
				return writeJSON(cmd.OutOrStdout(), report)
			}
			printBody(cmd.OutOrStdout(), b, report)
			return nil
		},
	}
	cmd.Flags().StringVar(&bodyFile, "body", "", "body.json with the measurements (- for standard input)")
	cmd.Flags().StringVar(&out, "out", "", "3D file to write, .glb or .obj")
	return jsonFlag(cmd)
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
