package album

import (
	"context"
	"fmt"
	"image"
	"io"
	"slices"
	"strings"

	"fitroom/api/wire"
	"fitroom/garment/drape"
	"fitroom/garment/tryon"
	"fitroom/garment/words"
	"fitroom/geometry/bvh"
	"fitroom/render"
	"fitroom/render/export"

	"gonum.org/v1/gonum/spatial/r3"
)

// Picture sizes [px]: portrait, as fashion shops show garments.
const (
	width  = 720
	height = 960
)

// Options of an album.
type Options struct {
	Look *wire.Look
	// Beneath is the look of what is worn under the garment.
	Beneath *wire.Look
	// Lang of the words inside pictures; "" means en.
	Lang string
	// Extras are the kinds of file to write besides the usual ones, of Extras().
	Extras []string
	// ExtrasOf are the sizes they are written of; nil means all.
	ExtrasOf []string
	Progress func(done float64, stage string)
	// Drawer draws the pictures of bodies and garments; nil means a
	// render.Renderer. It is not used after Write returns.
	Drawer render.Drawer
}

// Write draws every size of the fitting, enters the paths of the files into
// the report, writes report.json last and moves everything to its place.
func (f *Folder) Write(ctx context.Context, o *tryon.Outcome, report *wire.Report, opt Options) error {
	if opt.Progress == nil {
		opt.Progress = func(float64, string) {}
	}
	s, err := newSet(o, opt)
	if err != nil {
		return err
	}
	for i := range o.Fittings {
		fitting := &o.Fittings[i]
		opt.Progress(float64(i)/float64(len(o.Fittings)), "drawing size "+fitting.Size)
		if err := ctx.Err(); err != nil {
			return err
		}
		if !drawable(fitting) {
			continue
		}
		files, err := f.drawSize(s, fitting)
		if err != nil {
			return fmt.Errorf("pictures of size %s: %w", fitting.Size, err)
		}
		size := report.Sizes[fitting.Size]
		size.Files = files
		report.Sizes[fitting.Size] = size
	}
	if err := f.drawSheet(s, o, report); err != nil {
		return fmt.Errorf("sheet of sizes: %w", err)
	}
	if err := f.drawMapSheet(s, report); err != nil {
		return err
	}
	if err := f.drawCompare(s, o, report); err != nil {
		return fmt.Errorf("two sizes in one picture: %w", err)
	}
	if img, err := s.drawSizes(o); err != nil {
		return fmt.Errorf("sections of sizes: %w", err)
	} else if img != nil {
		report.Files["sections"] = "sections.png"
		if err := f.create("sections.png", func(w io.Writer) error { return render.WritePNG(w, img) }); err != nil {
			return err
		}
	}
	if err := f.create("report.json", func(w io.Writer) error { return wire.WriteReport(w, *report) }); err != nil {
		return err
	}
	return f.commit()
}

// drawable keeps wrong states from being shown as if they were a fit.
func drawable(f *tryon.Fitting) bool {
	return f.Failed == nil && f.Cloth != nil && f.Drape.Status != drape.Diverged
}

// set is what all pictures of one fitting share.
type set struct {
	renderer render.Drawer
	letters  render.Lettering
	body     render.Object
	skin     *bvh.Tree
	fabric   render.Material
	beneath  render.Material // of what is worn under the garment
	prints   []wire.Print
	lang     string
	front    render.Camera
	back     render.Camera
	lo, hi   r3.Vec        // what all pictures show
	extras   []string      // kinds of file to write besides the usual ones
	extrasOf []string      // sizes they are written of; nil: all
	fronts   []render.Cell // of the sheet of sizes
	gaps     []render.Cell // of the sheet of their maps
}

func newSet(o *tryon.Outcome, opt Options) (*set, error) {
	if err := CheckExtras(opt.Extras); err != nil {
		return nil, err
	}
	fabric, err := material(opt.Look, o.Style.Fabric.Name)
	if err != nil {
		return nil, err
	}
	lo, hi := Frame(o)
	s := &set{
		renderer: opt.Drawer,
		body:     render.Object{Name: "body", Pos: o.Body.Mesh.Verts, Tris: o.Body.Mesh.Tris, Material: render.Mannequin()},
		skin:     bvh.Build(o.Body.Mesh),
		fabric:   fabric,
		lang:     opt.Lang,
		lo:       lo, hi: hi, extras: opt.Extras, extrasOf: opt.ExtrasOf,
		front: render.Frame(lo, hi, render.Front, float64(width)/height),
		back:  render.Frame(lo, hi, render.Back, float64(width)/height),
	}
	if s.renderer == nil {
		s.renderer = &render.Renderer{}
	}
	if s.beneath, err = material(opt.Beneath, o.Style.Fabric.Name); err != nil {
		return nil, err
	}
	if opt.Look != nil {
		s.prints = opt.Look.Prints
	}
	s.lang = words.In(s.lang).Code
	return s, nil
}

// fileName makes a name that is safe in paths and URLs and differs for any two
// sizes: other characters than letters, digits and - become _ and their code.
func fileName(size, kind string) string {
	var b strings.Builder
	for _, r := range size {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "_%x_", r)
		}
	}
	return b.String() + "-" + kind
}

// drawSize writes the pictures and the 3D file of one size.
func (f *Folder) drawSize(s *set, fitting *tryon.Fitting) (map[string]string, error) {
	under, err := s.under(fitting)
	if err != nil {
		return nil, err
	}
	garment, err := garment(fitting, s.fabric, s.prints)
	if err != nil {
		return nil, err
	}
	files := map[string]string{}
	put := func(kind, name string, write func(io.Writer) error) error {
		files[kind] = fileName(fitting.Size, name)
		return f.create(files[kind], write)
	}
	scene := render.Scene{Objects: append(append([]render.Object{s.body}, under...), garment)}
	var front *image.NRGBA
	for _, view := range []struct {
		kind   string
		camera render.Camera
	}{{"front", s.front}, {"back", s.back}} {
		img := image.NewNRGBA(image.Rect(0, 0, width, height))
		if err := s.renderer.Draw(img, scene, view.camera); err != nil {
			return nil, err
		}
		if view.kind == "front" {
			front = img
			s.fronts = append(s.fronts, render.Cell{Picture: img, Caption: fitting.Size})
		}
		if err := put(view.kind, view.kind+".png", func(w io.Writer) error { return render.WritePNG(w, img) }); err != nil {
			return nil, err
		}
	}
	for _, m := range s.maps(fitting) {
		img, err := s.drawMap(garment, m)
		if err != nil {
			return nil, err
		}
		if m.kind == "fit" {
			s.gaps = append(s.gaps, render.Cell{Picture: frontOf(img), Caption: fitting.Size})
		}
		if err := put(m.kind, m.kind+".png", func(w io.Writer) error { return render.WritePNG(w, img) }); err != nil {
			return nil, err
		}
	}
	if err := s.putSections(fitting, put); err != nil {
		return nil, err
	}
	err = put("glb", "3d.glb", func(w io.Writer) error {
		return export.GLB(w, scene, export.Float)
	})
	if err == nil {
		err = f.drawExtras(s, fitting.Size, scene, front, files)
	}
	return files, err
}

// under is what is worn beneath the garment.
func (s *set) under(fitting *tryon.Fitting) ([]render.Object, error) {
	if fitting.Inner == nil {
		return nil, nil
	}
	o, err := garment(&tryon.Fitting{Size: fitting.Size, Cloth: fitting.Inner.Cloth, Drape: fitting.Inner.Drape}, s.beneath, nil)
	o.Name = "beneath"
	return []render.Object{o}, err
}

// frontOf is the front of a map, as a picture of its own.
func frontOf(m *image.NRGBA) *image.NRGBA {
	out := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		copy(out.Pix[y*out.Stride:][:4*width], m.Pix[y*m.Stride:])
	}
	return out
}

// putSections writes the cross-sections where the garment is at rest.
func (s *set) putSections(fitting *tryon.Fitting, put func(kind, name string, write func(io.Writer) error) error) error {
	if fitting.Analyses == nil {
		return nil
	}
	img, err := s.drawSections(fitting.Analyses)
	if err != nil || img == nil {
		return err
	}
	return put("sections", "sections.png", func(w io.Writer) error { return render.WritePNG(w, img) })
}

// sheetHeight of one picture on the sheet of sizes [px].
const sheetHeight = 480

// drawSheet puts the fronts of all sizes side by side, the advised ones marked.
func (f *Folder) drawSheet(s *set, o *tryon.Outcome, report *wire.Report) error {
	if len(s.fronts) == 0 {
		return nil
	}
	// A line of colour alone would not tell what it means.
	word := words.In(s.lang).Captions["advised"]
	if o.Advice != nil && len(o.Advice.Sizes) > 1 {
		word = words.In(s.lang).Captions["possible"]
	}
	for i := range s.fronts {
		if o.Advice != nil && slices.Contains(o.Advice.Sizes, s.fronts[i].Caption) {
			s.fronts[i].Marked, s.fronts[i].Note = true, word
		}
	}
	sheet, err := s.letters.Sheet(s.fronts, 0, sheetHeight)
	if err != nil {
		return err
	}
	report.Files = map[string]string{"sizes": "sizes.png"}
	return f.create("sizes.png", func(w io.Writer) error { return render.WritePNG(w, sheet) })
}
