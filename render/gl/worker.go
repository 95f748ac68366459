//go:build g3n && cgo && linux

package gl

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"syscall"
	"time"

	"fitroom/render"

	"github.com/g3n/engine/camera"
	"github.com/g3n/engine/gls"
	"github.com/g3n/engine/renderer"
)

// Serve is the child: it says hello, then draws what comes in until in ends.
func Serve(in io.Reader, out io.Writer) error {
	runtime.LockOSThread() // a context belongs to a thread
	talk := newChannel(in, out)
	w, device, real, err := newWorker()
	if err != nil {
		return errors.Join(err, talk.sendHello(Hello{Version: protocol, Fault: err.Error()}))
	}
	if err := talk.sendHello(Hello{Version: protocol, Device: device, Real: real}); err != nil {
		return err
	}
	for {
		p, err := talk.readRequest()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		var r reply
		began := processor()
		if r.Light, err = w.draw(p); err != nil {
			r.Fault = err.Error()
		}
		r.Took = processor() - began
		if err := talk.sendReply(r); err != nil {
			return err
		}
	}
}

// processor is the time this process has used of all processors, which on a
// driver that computes there is what drawing costs.
func processor() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u) // does not fail for this process
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// worker draws plans with g3n's scene and renderer.
type worker struct {
	gs     *gls.GLS
	engine *renderer.Renderer
	target *target
	stage  *stage
	camera *camera.Camera
}

func newWorker() (*worker, string, bool, error) {
	device, real, err := openContext()
	if err != nil {
		return nil, "", false, err
	}
	gs, err := gls.New()
	if err != nil {
		return nil, "", false, err
	}
	gs.SetCheckErrors(false) // g3n ends the process on an error; readings are checked instead
	w := &worker{gs: gs, engine: renderer.NewRenderer(gs), camera: camera.New(1)}
	w.engine.SetObjectSorting(false)
	w.engine.AddShader("cloth_vertex", vertexShader)
	w.engine.AddShader("cloth_fragment", fragmentShader)
	w.engine.AddProgram("cloth", "cloth_vertex", "cloth_fragment")
	return w, device, real, nil
}

func (w *worker) draw(p *render.Plan) ([]float32, error) {
	if p.Scene != nil {
		if w.stage != nil {
			w.stage.free(w.gs)
		}
		w.stage = newStage(w.gs, p.Scene, p.Sheet)
	}
	if w.stage == nil || w.stage.sheet != p.Sheet {
		return nil, fmt.Errorf("the scene of the picture is not known")
	}
	if err := w.fit(p.Width, p.Height); err != nil {
		return nil, err
	}
	w.stage.set(w.gs, p)
	w.target.bind()
	w.gs.Viewport(0, 0, int32(p.Width), int32(p.Height))
	w.gs.ClearColor(0, 0, 0, 0)
	w.gs.Clear(gls.COLOR_BUFFER_BIT | gls.DEPTH_BUFFER_BIT)
	w.gs.Enable(gls.MULTISAMPLE)
	w.gs.Disable(gls.BLEND)
	if err := w.engine.Render(w.stage.root, w.camera); err != nil {
		return nil, err
	}
	return w.target.read(), nil
}

// fit makes a framebuffer of the size of the picture.
func (w *worker) fit(width, height int) error {
	if w.target != nil {
		if a, b := w.target.size(); a == width && b == height {
			return nil
		}
		w.target.free()
	}
	var err error
	w.target, err = newTarget(width, height)
	return err
}
