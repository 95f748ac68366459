package gl

import (
	"bufio"
	"encoding/binary"
	"encoding/gob"
	"fmt"
	"io"
	"math"
	"time"

	"fitroom/render"
)

// Hello is the child's first word.
type Hello struct {
	Version int
	Device  string // what the driver calls itself
	Real    bool   // a graphics card, no driver that computes on the processor
	Fault   string // why there is none; the child ends
}

// protocol is raised with every change of a message; a child of another build
// is refused.
const protocol = 2

// request is a picture to shade.
type request struct{ Plan *render.Plan }

// reply is its light, four floats a pixel from the top left, linear and
// multiplied by the share of the pixel they cover, which stands last.
type reply struct {
	Light []float32
	Took  time.Duration // of all processors, from the plan in memory to the light in memory
	Fault string
}

// channel sends messages over a pair of pipes: gob for all but the long slices
// of numbers, which it would take apart.
type channel struct {
	out *bufio.Writer
	enc *gob.Encoder
	in  *bufio.Reader
	dec *gob.Decoder
}

func newChannel(in io.Reader, out io.Writer) *channel {
	c := &channel{in: bufio.NewReaderSize(in, 1<<20), out: bufio.NewWriterSize(out, 1<<20)}
	c.enc, c.dec = gob.NewEncoder(c.out), gob.NewDecoder(c.in)
	return c
}

func (c *channel) sendHello(h Hello) error {
	if err := c.enc.Encode(h); err != nil {
		return err
	}
	return c.out.Flush()
}

func (c *channel) readHello() (h Hello, err error) {
	err = c.dec.Decode(&h)
	return h, err
}

// slices are the long ones of a plan, in a fixed order.
func slices(p *render.Plan) []*[]float32 {
	all := []*[]float32{&p.Shadow.Depth}
	if p.Scene != nil {
		all = append(all, &p.Scene.Segs, &p.Scene.List)
		for i := range p.Scene.Parts {
			all = append(all, &p.Scene.Parts[i].Corners)
		}
	}
	return all
}

func (c *channel) sendRequest(p *render.Plan) error {
	long := slices(p)
	kept := make([][]float32, len(long))
	for i, s := range long {
		kept[i], *s = *s, nil
	}
	err := c.enc.Encode(request{p})
	for i, s := range long {
		*s = kept[i]
	}
	if err != nil {
		return err
	}
	for _, s := range long {
		if err := c.sendFloats(*s); err != nil {
			return err
		}
	}
	return c.out.Flush()
}

func (c *channel) readRequest() (*render.Plan, error) {
	var r request
	if err := c.dec.Decode(&r); err != nil {
		return nil, err
	}
	if r.Plan == nil {
		return nil, fmt.Errorf("gl: a request without a plan")
	}
	for _, s := range slices(r.Plan) {
		var err error
		if *s, err = c.readFloats(maxFloats); err != nil {
			return nil, err
		}
	}
	return r.Plan, nil
}

func (c *channel) sendReply(r reply) error {
	light := r.Light
	r.Light = nil
	if err := c.enc.Encode(r); err != nil {
		return err
	}
	if err := c.sendFloats(light); err != nil {
		return err
	}
	return c.out.Flush()
}

func (c *channel) readReply() (r reply, err error) {
	if err = c.dec.Decode(&r); err == nil {
		r.Light, err = c.readFloats(maxFloats)
	}
	return r, err
}

// maxFloats bounds one slice: four million triangles.
const maxFloats = 4_000_000 * 3 * render.CornerFloats

const floatsAtOnce = 1 << 14

func (c *channel) sendFloats(x []float32) error {
	b := binary.LittleEndian.AppendUint64(make([]byte, 0, 4*floatsAtOnce), uint64(len(x)))
	for len(x) > 0 {
		n := min(len(x), floatsAtOnce-2)
		for _, v := range x[:n] {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
		}
		if _, err := c.out.Write(b); err != nil {
			return err
		}
		b, x = b[:0], x[n:]
	}
	_, err := c.out.Write(b)
	return err
}

func (c *channel) readFloats(limit uint64) ([]float32, error) {
	var head [8]byte
	if _, err := io.ReadFull(c.in, head[:]); err != nil {
		return nil, err
	}
	n := binary.LittleEndian.Uint64(head[:])
	if n > limit {
		return nil, fmt.Errorf("gl: a message of %d numbers; at most %d", n, limit)
	}
	out := make([]float32, n)
	b := make([]byte, 4*floatsAtOnce)
	for at := 0; at < len(out); {
		k := min(len(out)-at, floatsAtOnce)
		if _, err := io.ReadFull(c.in, b[:4*k]); err != nil {
			return nil, err
		}
		for i := range k {
			out[at+i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
		}
		at += k
	}
	return out, nil
}
