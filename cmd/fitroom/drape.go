package main

import (
	"fmt"
	"runtime"

	"fitroom/bench"
	"fitroom/garment/drape"
	"fitroom/geometry"

	"github.com/spf13/cobra"
)

func drapeCommand() *cobra.Command {
	var scene, out string
	var workers int
	cmd := &cobra.Command{
		Use:     "drape",
		Short:   "Let the cloth of one named scene come to rest",
		Example: "  fitroom drape --scene scenes/S1_2k5.json --workers 2 --out rest.obj --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if scene == "" {
				return usagef("--scene is missing; it names a scene.json")
			}
			if workers < 0 || workers > 256 {
				return usagef("--workers is %d; it must lie between 0 (all processors) and 256", workers)
			}
			s, err := bench.LoadScene(scene)
			if err != nil {
				return err
			}
			if workers == 0 {
				workers = runtime.GOMAXPROCS(0)
			}
			var previews []drape.Preview
			s.Settings.Preview = func(p drape.Preview) { previews = append(previews, p) }
			result, err := s.Run(cmd.Context(), workers)
			if err != nil {
				return fmt.Errorf("%s: %w", scene, err)
			}
			metrics := bench.Measure(s.Cloth, s.Settings, &result)
			metrics.Foresaw(previews, &result)
			if out != "" {
				m := &geometry.Mesh{Verts: result.Pos, Tris: s.Cloth.Tris}
				if err := writeFile(out, m.WriteOBJ); err != nil {
					return err
				}
			}
			if asJSON(cmd) {
				return writeJSON(cmd.OutOrStdout(), metrics)
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s: %s, %d vertices, residual %.3g N, %.2f CPU s, %d penetrating, %d crossings\n",
				scene, metrics.Status, len(result.Pos), metrics.ResidualN, metrics.CPU, metrics.Penetrating, metrics.Crossings)
			return nil
		},
	}
	cmd.Flags().StringVar(&scene, "scene", "", "scene.json with its .bin and .obj beside it")
	cmd.Flags().StringVar(&out, "out", "", "resting mesh to write, .obj")
	cmd.Flags().IntVar(&workers, "workers", 0, "processors to use, 0 for all; the result does not depend on it")
	return jsonFlag(cmd)
}
