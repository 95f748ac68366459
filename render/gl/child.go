package gl

import (
	"errors"
	"fmt"
	"os/exec"
	"time"

	"fitroom/render"
)

// child is a running drawing program. One goroutine owns it.
type child struct {
	cmd   *exec.Cmd
	talk  *channel
	hello Hello
	known uint64 // sheet of the scene it holds
	limit time.Duration
	took  time.Duration // drawing the last picture
}

// Limits of time: a driver compiles its shaders while it starts; a picture that
// takes longer than this is not worth waiting for, the processor is faster.
const (
	startLimit   = 30 * time.Second
	pictureLimit = 10 * time.Second
)

// start runs a drawing program and waits for its first word.
func start(command []string, patience time.Duration) (*child, error) {
	if patience == 0 {
		patience = startLimit
	}
	if len(command) == 0 {
		return nil, errors.New("gl: no drawing program is named")
	}
	cmd := exec.Command(command[0], command[1:]...)
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("gl: %w", err)
	}
	c := &child{cmd: cmd, talk: newChannel(out, in), limit: pictureLimit}
	err = c.within(patience, func() (err error) {
		c.hello, err = c.talk.readHello()
		return err
	})
	switch {
	case err != nil:
		err = fmt.Errorf("gl: the drawing program did not start: %w", err)
	case c.hello.Fault != "":
		err = fmt.Errorf("gl: %s", c.hello.Fault)
	case c.hello.Version != protocol:
		err = fmt.Errorf("gl: the drawing program speaks version %d, this one %d: they are of different builds", c.hello.Version, protocol)
	}
	if err != nil {
		c.kill()
		return nil, err
	}
	return c, nil
}

// within runs one exchange and kills the child when it takes too long; reading
// then ends by itself, so no goroutine is left behind.
func (c *child) within(limit time.Duration, exchange func() error) error {
	late := time.AfterFunc(limit, func() { c.cmd.Process.Kill() })
	err := exchange()
	if !late.Stop() {
		return fmt.Errorf("no answer within %v", limit)
	}
	return err
}

// shade has a plan drawn.
func (c *child) shade(p *render.Plan) (light []float32, err error) {
	err = c.within(c.limit, func() error {
		if err := c.talk.sendRequest(p); err != nil {
			return err
		}
		r, err := c.talk.readReply()
		if err == nil && r.Fault != "" {
			err = errors.New(r.Fault)
		}
		light, c.took = r.Light, r.Took
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("gl: %w", err)
	}
	c.known = p.Sheet
	return light, nil
}

// kill ends the child and waits for it.
func (c *child) kill() {
	c.cmd.Process.Kill()
	c.cmd.Wait()
}
