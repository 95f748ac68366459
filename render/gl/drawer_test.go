package gl

import (
	"bytes"
	"fmt"
	"image"
	"os"
	"strings"
	"testing"
	"time"

	"fitroom/render"
)

// childMode names what this test binary does when it is started as a child.
const childMode = "FITROOM_GL_TEST_CHILD"

func TestMain(m *testing.M) {
	if mode := os.Getenv(childMode); mode != "" {
		misbehave(mode)
		return
	}
	os.Exit(m.Run())
}

// misbehave is a child that fails in one of the ways a driver does.
func misbehave(mode string) {
	talk := newChannel(os.Stdin, os.Stdout)
	switch mode {
	case "exits at once":
		os.Exit(3)
	case "has no card":
		talk.sendHello(Hello{Version: protocol, Fault: "no EGL: libEGL.so.1 is missing"})
		return
	case "is of another build":
		talk.sendHello(Hello{Version: protocol + 1})
	case "talks nonsense":
		fmt.Println("libGL error: failed to load driver")
	}
	talk.sendHello(Hello{Version: protocol, Device: "test"})
	for {
		p, err := talk.readRequest()
		if err != nil {
			return
		}
		switch mode {
		case "exits on a picture":
			os.Exit(1)
		case "crashes on a picture":
			var nothing *render.Plan
			fmt.Println(nothing.Width)
		case "hangs on a picture":
			time.Sleep(time.Minute)
		case "sends half a picture":
			talk.sendReply(reply{Light: make([]float32, 2*p.Width*p.Height)})
		case "refuses a picture":
			talk.sendReply(reply{Fault: "framebuffer incomplete"})
		}
	}
}

func drawn(t *testing.T, d render.Drawer) []byte {
	t.Helper()
	s, c := trialScene()
	img := image.NewNRGBA(image.Rect(0, 0, 64, 64))
	if err := d.Draw(img, s, c); err != nil {
		t.Fatal(err)
	}
	return img.Pix
}

// However the child fails, the picture asked for is drawn, by the processor,
// and somebody hears why.
func TestPictureIsDrawnWhateverTheChildDoes(t *testing.T) {
	want := drawn(t, &render.Renderer{})
	for _, mode := range []string{
		"exits at once", "has no card", "is of another build", "talks nonsense", "exits on a picture",
		"crashes on a picture", "hangs on a picture", "sends half a picture", "refuses a picture",
	} {
		t.Run(mode, func(t *testing.T) {
			t.Setenv(childMode, mode)
			var heard []string
			d := &Drawer{Command: []string{os.Args[0]}, Log: func(err error) { heard = append(heard, err.Error()) }}
			defer d.Close()
			if mode == "talks nonsense" {
				d.patience = 200 * time.Millisecond
			}
			if d.ready() {
				d.child.limit = 200 * time.Millisecond
			}
			if got := drawn(t, d); !bytes.Equal(got, want) {
				t.Error("the picture is not that of the processor")
			}
			if len(heard) == 0 {
				t.Error("nobody heard of the failure")
			}
			if d.child != nil {
				t.Error("the failed child is still there")
			}
		})
	}
}

// A child that fails again and again is given up for good.
func TestFailingChildIsGivenUp(t *testing.T) {
	t.Setenv(childMode, "exits on a picture")
	failures := 0
	d := &Drawer{Command: []string{os.Args[0]}, Log: func(error) { failures++ }}
	defer d.Close()
	for range maxChildren + 3 {
		drawn(t, d)
	}
	if failures != maxChildren {
		t.Errorf("%d failures, want %d and no more tries", failures, maxChildren)
	}
}

// A child killed from outside between two pictures costs nobody a picture.
func TestKilledChild(t *testing.T) {
	d := cardDrawer(t)
	drawn(t, d)
	first := d.child
	if err := first.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if got, want := drawn(t, d), drawn(t, &render.Renderer{}); !bytes.Equal(got, want) {
		t.Error("the picture after the kill is not that of the processor")
	}
	if drawn(t, d); d.child == nil || d.child == first {
		t.Error("no new child was started after one was killed")
	}
}

func TestChoose(t *testing.T) {
	if _, _, err := Choose("vulkan", nil, nil); err == nil || !strings.Contains(err.Error(), "vulkan") {
		t.Errorf("an unknown name: %v", err)
	}
	none := []string{"/nonexistent/fitroom-gl"}
	if _, _, err := Choose(Card, none, nil); err == nil {
		t.Error("gl without a drawing program was accepted")
	}
	for _, name := range []string{Auto, Soft} {
		d, what, err := Choose(name, none, nil)
		if err != nil || !strings.HasPrefix(what, "processor") {
			t.Errorf("%s without a drawing program: %q, %v", name, what, err)
			continue
		}
		if !bytes.Equal(drawn(t, d), drawn(t, &render.Renderer{})) {
			t.Errorf("%s draws another picture than the processor", name)
		}
		d.Close()
	}
}
