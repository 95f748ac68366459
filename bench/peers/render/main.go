package main

import (
	"context"
	"flag"
	"fmt"
	"image"
	"os"
	"slices"
	"syscall"
	"time"

	"fitroom/render"
	"fitroom/render/gl"

	"gonum.org/v1/gonum/spatial/r3"
)

const side = 1024 // [px]

func main() {
	rounds := flag.Int("rounds", 9, "how often each draws")
	program := flag.String("gl", "../../../bin/fitroom-gl", "drawing program of g3n, built by make build")
	flag.Parse()
	err := drawAlone
	if os.Getenv(alone) == "" {
		err = func() error { return run(context.Background(), *rounds, *program) }
	}
	if err := err(); err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(1)
	}
}

// contender draws one frame and says how long it took.
type contender struct {
	name  string
	frame func() (time.Duration, error)
	took  []time.Duration
	clock []time.Duration // on the wall
}

func run(ctx context.Context, rounds int, program string) error {
	s, c, err := dressed(ctx)
	if err != nil {
		return err
	}
	ours := func(workers int, s render.Scene) func() (time.Duration, error) {
		r := &render.Renderer{Workers: workers}
		img := image.NewNRGBA(image.Rect(0, 0, side, side))
		return timed(func() error { return r.Draw(img, s, c) })
	}
	all := []*contender{
		{name: "this renderer, 2 workers", frame: ours(2, s)}, {name: "this renderer, 1 worker", frame: ours(1, s)},
		{name: "this renderer, anti-aliasing and shadow on plain surfaces: no cloth or seams", frame: ours(1, plain(s))},
		{name: "this renderer as fauxgl draws, colour and light alone: no shadow, cloth or seams", frame: ours(1, bare(s))},
		{name: "the same, 2 workers", frame: ours(2, bare(s))},
	}
	f := newFaux(s, c, side)
	all = append(all, &contender{name: "fauxgl at 2x2, no shadow", frame: timed(func() error { f.draw(); return nil })})
	g := newFaux(s, c, side)
	g.smooth = true
	all = append(all, &contender{name: "fauxgl at 2x2 as its examples gather samples", frame: timed(func() error { g.draw(); return nil })})
	if d, device, err := gl.Choose(gl.Card, []string{program}, nil); err != nil {
		fmt.Println("g3n is left out:", err)
	} else {
		defer d.Close()
		img := image.NewNRGBA(image.Rect(0, 0, side, side))
		all = append(all, &contender{name: "g3n on " + device + ", given shadow map and occlusion", frame: func() (time.Duration, error) {
			err := d.Draw(img, s, c)
			return d.Took(), err
		}})
	}
	lo, hi := r3.Vec{X: -0.9}, r3.Vec{X: 0.9, Y: 1.75}
	turning := &render.Renderer{Workers: 2}
	all = append(all, &contender{name: "this renderer, turntable of 36 x 512 px, 2 workers", frame: timed(func() error {
		_, err := render.Turntable(turning, s, lo, hi, 512)
		return err
	})})
	for k := range rounds + 1 {
		for _, p := range all {
			began := time.Now()
			took, err := p.frame()
			clock := time.Since(began)
			if err != nil {
				return fmt.Errorf("%s: %w", p.name, err)
			}
			if k > 0 { // the first one makes buffers, occlusion and shaders
				p.took, p.clock = append(p.took, took), append(p.clock, clock)
			}
		}
	}
	return report(s, all)
}

// timed measures processor time of all threads: on a machine that others use, the
// clock on the wall tells of them. What is drawn by so many workers at once takes
// that many times less of the clock.
func timed(draw func() error) func() (time.Duration, error) {
	return func() (time.Duration, error) {
		began := used()
		err := draw()
		return used() - began, err
	}
}

func used() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u) // does not fail for this process
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func report(s render.Scene, all []*contender) error {
	n := 0
	for i := range s.Objects {
		n += len(s.Objects[i].Tris)
	}
	fmt.Printf("%d triangles, %d x %d px, one run, turn about; processor time, ratio to the first row\n\n", n, side, side)
	fmt.Printf("| what | median | least | ratio of medians | of least | clock on the wall, least |\n|---|---|---|---|---|---|\n")
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	var first *contender
	for _, p := range all {
		slices.Sort(p.took)
		if first == nil {
			first = p
		}
		mid, least := p.took[len(p.took)/2], p.took[0]
		fmt.Printf("| %s | %.0f ms | %.0f ms | %.2f | %.2f | %.1f ms |\n", p.name, ms(mid), ms(least),
			ms(mid)/ms(first.took[len(first.took)/2]), ms(least)/ms(first.took[0]), ms(slices.Min(p.clock)))
	}
	mb, err := peak()
	if err != nil {
		return err
	}
	fmt.Printf("\nPeak memory of a process that draws 30,000 triangles at %d x %d px and does nothing else: %.0f MB.\n", side, side, mb)
	return nil
}
