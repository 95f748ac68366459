package album

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"fitroom/geometry/body"
	"fitroom/render"
	"fitroom/render/export"
)

// WriteBody writes the mesh of a body as .glb or .obj, wholly or not at all.
func WriteBody(name string, b *body.Body) error {
	return WriteWhole(name, func(w io.Writer) error { return writeBody(w, filepath.Ext(name), b) })
}

// WriteWhole writes a file wholly or not at all.
func WriteWhole(name string, write func(w io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".fitroom-")
	if err != nil {
		return fmt.Errorf("output file %s cannot be written: %w", name, cause(err))
	}
	defer os.Remove(f.Name()) // fails once the file has its real name
	err = errors.Join(write(f), f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return fmt.Errorf("output file %s cannot be written: %w", name, cause(err))
	}
	return nil
}

func writeBody(w io.Writer, ext string, b *body.Body) error {
	if ext == ".obj" {
		return b.Mesh.WriteOBJ(w)
	}
	o := render.Object{Name: "body", Pos: b.Mesh.Verts, Tris: b.Mesh.Tris, Material: render.Mannequin()}
	return export.GLB(w, render.Scene{Objects: []render.Object{o}}, export.Float)
}
