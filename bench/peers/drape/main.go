// Command drape lets scenes come to rest here and with others, one after the
// other, and writes one table of both, every state judged by the same evaluator.
//
//	main.go    the run and its table
//	jolt.mjs   Jolt Physics, from npm; left out with a message where it is not installed
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"fitroom/bench"
	"fitroom/garment/drape"
	"fitroom/geometry"
	"fitroom/geometry/bvh"

	"gonum.org/v1/gonum/spatial/r3"
)

func main() {
	if err := run(context.Background(), os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("drape", flag.ContinueOnError)
	dir := flags.String("scenes", "", "folder of the scenes")
	names := flags.String("only", "S1_2k5,S2_tee2k5,S2_tee5k,S3_5k", "scenes, apart by commas")
	npm := flags.String("npm", ".", "folder whose node_modules holds jolt-physics")
	seconds := flags.Int("seconds", 2, "simulated by the peers [s]")
	iterations := flags.Int("iterations", 60, "of Jolt's solver in each of its 60 steps a second")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *dir == "" {
		return errors.New("-scenes is missing; it names the folder of the scenes")
	}
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "scene\tby\tstatus\tCPU s\tresidual, vertex weights\tstrain p99 %\tmax %\tinside\tcrossings")
	for name := range strings.SplitSeq(*names, ",") {
		path := filepath.Join(*dir, name+".json")
		s, err := bench.LoadScene(path)
		if err != nil {
			return err
		}
		r, err := s.Run(ctx, 1)
		if err != nil {
			return err
		}
		m := bench.Measure(s.Cloth, s.Settings, &r)
		weight := s.Cloth.Area() * s.Cloth.Fabrics[0].Density * 9.81 / float64(len(r.Pos))
		fmt.Fprintf(t, "%s\tfitroom\t%s\t%.2f\t%.2f\t%.2f\t%.2f\t%d\t%d\n", name, m.Status, m.CPU, m.ResidualN/weight, m.StrainP99, m.StrainMax, m.Penetrating, m.Crossings)
		if err := jolt(ctx, t, name, path, s, *npm, *seconds, *iterations); err != nil {
			fmt.Fprintf(t, "%s\tJolt\tleft out: %v\n", name, err)
		}
	}
	return t.Flush()
}

// jolt runs Jolt on the scene and judges the state it leaves.
func jolt(ctx context.Context, t io.Writer, name, path string, s *bench.Scene, npm string, seconds, iterations int) error {
	script, err := filepath.Abs(filepath.Join("bench", "peers", "drape", "jolt.mjs"))
	if err != nil {
		return err
	}
	if path, err = filepath.Abs(path); err != nil {
		return err
	}
	tmp, err := os.MkdirTemp("", "jolt")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	obj := filepath.Join(tmp, "rest.obj")
	cmd := exec.CommandContext(ctx, "node", script, path, obj, fmt.Sprint(seconds), fmt.Sprint(iterations))
	cmd.Dir = npm
	said, err := cmd.Output()
	if err != nil {
		var failed *exec.ExitError
		if errors.As(err, &failed) && strings.Contains(string(failed.Stderr), "Cannot find module") {
			return errors.New("jolt-physics is not installed here (npm install jolt-physics, -npm names the folder)")
		}
		return err
	}
	var cost struct {
		CPU float64 `json:"cpu_s"`
	}
	if err := json.Unmarshal(said, &cost); err != nil {
		return err
	}
	f, err := os.Open(obj)
	if err != nil {
		return err
	}
	defer f.Close()
	m, err := geometry.ReadOBJ(f)
	if err != nil {
		return fmt.Errorf("its state: %w", err)
	}
	left := judge(s, m.Verts)
	fmt.Fprintf(t, "%s\tJolt\t%d s simulated\t%.2f\t-\t%.2f\t%.2f\t%d\t%d\n", name, seconds, cost.CPU, left.StrainP99, left.StrainMax, left.Penetrating, left.Crossings)
	return nil
}

// judge counts what is wrong with positions: edges, vertices inside the solid by
// over 0.1 mm, pairs of triangles that cut each other.
func judge(s *bench.Scene, pos []r3.Vec) bench.Metrics {
	nt := len(s.Cloth.Tris)
	r := drape.Result{Pos: pos, Tension: make([][2]float64, nt), Pressure: make([]float64, len(pos)), Contact: make([]r3.Vec, len(pos))}
	hits := make([]bvh.Hit, len(pos))
	s.Collider.Nearest(hits, pos, 0.3)
	for _, h := range hits {
		if h.Dist < -1e-4 {
			r.Penetrating++
		}
	}
	bvh.Build(&geometry.Mesh{Verts: pos, Tris: s.Cloth.Tris}).SelfCrossings(func(int32, int32) bool { r.Crossings++; return true })
	return bench.Measure(s.Cloth, s.Settings, &r)
}
