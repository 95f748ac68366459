package gl

import (
	"errors"
	"fmt"
	"image"
	"sync"
	"time"

	"fitroom/render"
)

// Drawer draws by a child program and, where that fails, by its own renderer:
// a picture asked for is drawn in any case. One goroutine owns it; Close ends
// the child.
type Drawer struct {
	Soft render.Renderer // prepares every picture and draws those the child does not
	// Command starts the child.
	Command []string
	// Log hears why a child was given up; nil for nobody.
	Log func(error)

	patience time.Duration // with a child that starts; 0 means startLimit

	child  *child
	failed int // children given up
}

// maxChildren is how many children are tried before a drawer stays with the
// processor: a driver that crashes on one scene may draw the next, one that
// crashes on three will not.
const maxChildren = 3

// Draw draws the scene as the camera sees it over the whole of dst.
func (d *Drawer) Draw(dst *image.NRGBA, s render.Scene, c render.Camera) error {
	if dst == nil || !d.ready() {
		return d.Soft.Draw(dst, s, c)
	}
	light, err := d.light(s, c, dst.Rect.Dx(), dst.Rect.Dy())
	if err == nil {
		err = d.Soft.Finish(dst, light)
	}
	if err != nil {
		return d.Soft.Draw(dst, s, c)
	}
	return nil
}

// light has the child shade a picture, and gives it up when it does not.
func (d *Drawer) light(s render.Scene, c render.Camera, width, height int) ([]float32, error) {
	if !d.ready() {
		return nil, errors.New("gl: no child")
	}
	p, err := d.Soft.Plan(s, c, width, height, d.child.known)
	if err != nil { // nothing the child could do
		return nil, err
	}
	light, err := d.child.shade(p)
	if err == nil && len(light) != 4*width*height {
		err = fmt.Errorf("gl: %d numbers came back for %d x %d px", len(light), width, height)
	}
	if err != nil {
		d.giveUp(err)
		return nil, err
	}
	return light, nil
}

func (d *Drawer) ready() bool {
	if d.child != nil || d.failed >= maxChildren {
		return d.child != nil
	}
	c, err := start(d.Command, d.patience)
	if err != nil {
		d.giveUp(err)
		d.failed = maxChildren // one that does not start will not start later
		return false
	}
	d.child = c
	return true
}

func (d *Drawer) giveUp(err error) {
	if d.Log != nil {
		d.Log(err)
	}
	d.failed++
	d.Close()
}

// Device is what the child's driver calls itself; empty before the first
// picture and where there is none.
func (d *Drawer) Device() (name string, real bool) {
	if d.child == nil {
		return "", false
	}
	return d.child.hello.Device, d.child.hello.Real
}

// Took is what the child's last picture cost the processors, without the way to
// it and back; 0 where there is none.
func (d *Drawer) Took() time.Duration {
	if d.child == nil {
		return 0
	}
	return d.child.took
}

// OnCard reports whether the next picture will be tried on the child.
func (d *Drawer) OnCard() bool { return d.child != nil || d.failed < maxChildren }

// Close ends the child. The next picture would start another.
func (d *Drawer) Close() error {
	if d.child != nil {
		d.child.kill()
		d.child = nil
	}
	return nil
}

// Shared lets several goroutines draw by one drawer, one after the other.
type Shared struct {
	mu     sync.Mutex
	Drawer *Drawer
}

// Draw draws the scene as the camera sees it over the whole of dst.
func (s *Shared) Draw(dst *image.NRGBA, scene render.Scene, c render.Camera) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.Drawer.Draw(dst, scene, c)
}
