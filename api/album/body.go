package album

import (
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
	f, err := os.CreateTemp(filepath.Dir(name), ".fitroom-")
	if err != nil {
		return fmt.Errorf("output file %s cannot be written: %w", name, cause(err))
	}
	defer os.Remove(f.Name()) // fails once the file has its real name
	if err := writeBody(f, filepath.Ext(name), b); err != nil {
		f.Close()
		return err
	}
	if err := f.Chmod(0o644); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), name); err != nil {
		return fmt.Errorf("output file %s cannot be written: %w", name, cause(err))
	}
	return nil
}

func writeBody(w io.Writer, ext string, b *body.Body) error {
	if ext == ".obj" {
		return b.Mesh.WriteOBJ(w)
	}
	o := render.Object{Name: "body", Pos: b.Mesh.Verts, Tris: b.Mesh.Tris, Material: render.Mannequin()}
	return export.GLB(w, render.Scene{Objects: []render.Object{o}})
}
