package render

import (
	"image"
	"math"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"
)

// The shadow of a ball on the floor is that of a lamp of the softbox's width,
// counted ray by ray.
func TestCastIsThatOfALamp(t *testing.T) {
	var r Renderer
	o := ball(48)
	s := Scene{Objects: []Object{o}}
	c := Frame(r3.Vec{X: -0.5, Z: -0.5}, r3.Vec{X: 0.5, Y: 1, Z: 0.5}, ThreeQuarter, 1)
	if err := r.Draw(image.NewNRGBA(image.Rect(0, 0, 700, 700)), s, c); err != nil {
		t.Fatal(err)
	}
	key := r.studio.toKey
	side := key.cross(vec{0, 1, 0}).unit()
	up := side.cross(key)
	dark, sum, n := 0, 0.0, 0
	for i := range castGrid {
		for j := range castGrid {
			p := r.cast.from.addMul(r.cast.along, (float32(i)+0.5)*r.cast.long).addMul(r.cast.across, (float32(j)+0.5)*r.cast.wide)
			if p.dot(p) < 0.05*0.05 {
				continue // where the ball stands
			}
			const rays = 12
			free := 0
			for a := range rays {
				for b := range rays {
					u, v := (float32(a)+0.5)/rays-0.5, (float32(b)+0.5)/rays-0.5
					d := key.addMul(side, u*softbox).addMul(up, v*softbox).unit()
					m := vec{0, 0.5, 0}.sub(p)
					if m.dot(d) < 0 || m.cross(d).dot(m.cross(d)) > 0.25 {
						free++
					}
				}
			}
			want, got := float64(free)/(rays*rays), float64(r.cast.lit[i*castGrid+j])
			if want < 0.5 {
				dark++
			}
			sum += math.Abs(want - got)
			n++
			if math.Abs(want-got) > 0.3 {
				t.Fatalf("%.2f of the lamp is seen from %v, want %.2f", got, p, want)
			}
		}
	}
	if mean := sum / float64(n); mean > 0.03 || dark < n/20 {
		t.Errorf("off by %.3f on average; %d of %d points in shadow", mean, dark, n)
	}
	if far := r.cast.at(40, 40); far != 1 {
		t.Errorf("far away %g of the light is left, want all", far)
	}
}
