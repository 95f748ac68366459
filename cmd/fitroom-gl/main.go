// Command fitroom-gl draws pictures on a graphics card for fitroom, which
// starts it and talks to it over standard input and output. It is built where a
// C compiler is found (`make build`); fitroom works without it.
package main

import (
	"fmt"
	"os"

	"fitroom/render/gl"
)

func main() {
	if err := gl.Serve(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "fitroom-gl:", err)
		os.Exit(1)
	}
}
