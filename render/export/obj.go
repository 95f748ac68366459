package export

import (
	"bufio"
	"fmt"
	"io"

	"fitroom/render"
)

// OBJ writes the triangles of a scene as Wavefront OBJ, one named object each,
// with normals and places in the fabric in repeats, for programs that know no
// better format. Colours are not written.
func OBJ(w io.Writer, s render.Scene) error {
	if err := s.Validate(); err != nil {
		return fmt.Errorf("export OBJ: %w", err)
	}
	b := bufio.NewWriter(w)
	base := uint32(1) // numbers run on over all objects, from 1
	for _, o := range partsOf(&s) {
		c := split(o)
		fmt.Fprintf(b, "o %s\n", o.Name)
		for _, p := range c.pos {
			fmt.Fprintf(b, "v %.6f %.6f %.6f\n", p[0], p[1], p[2])
		}
		for i := range c.pos {
			var u, v float32
			if c.uv != nil {
				u, v = c.uv[i][0], -c.uv[i][1] // upward, where glTF has it downward
			}
			fmt.Fprintf(b, "vt %.6f %.6f\n", u, v)
		}
		for _, n := range c.nrm {
			fmt.Fprintf(b, "vn %.5f %.5f %.5f\n", n[0], n[1], n[2])
		}
		for t := 0; t < len(c.indices); t += 3 {
			fmt.Fprint(b, "f")
			for _, k := range c.indices[t : t+3] {
				fmt.Fprintf(b, " %[1]d/%[1]d/%[1]d", base+k)
			}
			fmt.Fprintln(b)
		}
		base += uint32(len(c.pos))
	}
	return b.Flush()
}
