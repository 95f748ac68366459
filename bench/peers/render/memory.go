package main

import (
	"fmt"
	"image"
	"os"
	"os/exec"
	"strings"

	"fitroom/geometry"
	"fitroom/render"

	"gonum.org/v1/gonum/spatial/r3"
)

// alone is set in a process that draws and does nothing else.
const alone = "FITROOM_PEERS_ALONE"

// drawAlone draws a ball of 30,000 triangles three times, from all sides.
func drawAlone() error {
	o := ball(87)
	lo, hi := geometry.Bounds(o.Pos)
	img := image.NewNRGBA(image.Rect(0, 0, side, side))
	var r render.Renderer
	for k := range 3 {
		if err := r.Draw(img, render.Scene{Objects: []render.Object{o}}, render.Frame(lo, hi, float64(k), 1)); err != nil {
			return err
		}
	}
	status, err := os.ReadFile("/proc/self/status") // what the parent's wait would tell holds its own pages too
	if err != nil {
		return err
	}
	_, line, _ := strings.Cut(string(status), "VmHWM:")
	var kB float64
	if _, err := fmt.Sscan(line, &kB); err != nil {
		return fmt.Errorf("the peak in /proc/self/status: %w", err)
	}
	fmt.Println(kB * 1024 / 1e6)
	return nil
}

// peak runs this program alone and returns the most memory it held [MB].
func peak() (float64, error) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), alone+"=1")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return 0, err
	}
	var mb float64
	_, err = fmt.Sscan(string(out), &mb)
	return mb, err
}

// ball of n rings of 2n, radius 0.5 m.
func ball(n int) render.Object {
	o := render.Object{Name: "ball", Material: render.Mannequin()}
	for j := 0; j <= n; j++ {
		for i := range 2 * n {
			rot := r3.NewRotation(3.14159265/float64(n)*float64(i), r3.Vec{Y: 1})
			tip := r3.NewRotation(3.14159265/float64(n)*float64(j), r3.Vec{X: 1})
			o.Pos = append(o.Pos, r3.Add(r3.Vec{Y: 0.5}, rot.Rotate(tip.Rotate(r3.Vec{Y: 0.5}))))
		}
	}
	at := func(j, i int) int32 { return int32(j*2*n + i%(2*n)) }
	for j := range n {
		for i := range 2 * n {
			if j > 0 {
				o.Tris = append(o.Tris, geometry.Tri{at(j, i), at(j+1, i), at(j, i+1)})
			}
			if j < n-1 {
				o.Tris = append(o.Tris, geometry.Tri{at(j, i+1), at(j+1, i), at(j+1, i+1)})
			}
		}
	}
	return o
}
