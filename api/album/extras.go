package album

import (
	"fmt"
	"image"
	"io"
	"slices"
	"strings"

	"fitroom/render"
	"fitroom/render/export"
)

// turnSide of a frame of a turntable [px] and its speed [frames per second]:
// 36 frames make a turn of three seconds.
const (
	turnSide  = 512
	turnSpeed = 12
)

// extra is a file that is written for every size when it is asked for.
type extra struct {
	kind, file string // under files in the report, and the end of its name
	turns      bool   // it shows the turntable
	write      func(w io.Writer, x *extraViews) error
}

// extraViews is what extras are made of.
type extraViews struct {
	scene render.Scene
	front *image.NRGBA
	sheet *image.NRGBA // of the turntable; nil unless an extra turns
}

var extras = []extra{
	{"turntable", "turntable.jpg", true, func(w io.Writer, x *extraViews) error { return render.WriteJPEG(w, x.sheet) }},
	{"turntable_apng", "turntable.png", true, func(w io.Writer, x *extraViews) error { return render.WriteAPNG(w, x.sheet, turnSpeed) }},
	{"front_webp", "front.webp", false, func(w io.Writer, x *extraViews) error { return render.WriteWebP(w, x.front) }},
	{"glb_quantised", "3d-quantised.glb", false, func(w io.Writer, x *extraViews) error { return export.GLB(w, x.scene, export.Quantised) }},
	{"glb_meshopt", "3d-meshopt.glb", false, func(w io.Writer, x *extraViews) error { return export.GLB(w, x.scene, export.Compressed) }},
	{"usdz", "3d.usdz", false, func(w io.Writer, x *extraViews) error { return export.USDZ(w, x.scene) }},
}

// Extras lists the kinds of file that Options.Extras may name.
func Extras() []string {
	var out []string
	for _, e := range extras {
		out = append(out, e.kind)
	}
	return out
}

// CheckExtras refuses names that are no kind of extra file.
func CheckExtras(kinds []string) error {
	for _, k := range kinds {
		if !slices.Contains(Extras(), k) {
			return fmt.Errorf("file kind %q is not known; there are %s", k, strings.Join(Extras(), ", "))
		}
	}
	return nil
}

// drawExtras writes the extras of one size and enters them in files.
func (f *Folder) drawExtras(s *set, size string, scene render.Scene, front *image.NRGBA, files map[string]string) error {
	if s.extrasOf != nil && !slices.Contains(s.extrasOf, size) {
		return nil
	}
	x := &extraViews{scene: scene, front: front}
	for _, e := range extras {
		if !slices.Contains(s.extras, e.kind) {
			continue
		}
		if e.turns && x.sheet == nil {
			var err error
			if x.sheet, err = render.Turntable(s.renderer, scene, s.lo, s.hi, turnSide); err != nil {
				return err
			}
		}
		files[e.kind] = fileName(size, e.file)
		if err := f.create(files[e.kind], func(w io.Writer) error { return e.write(w, x) }); err != nil {
			return err
		}
	}
	return nil
}
