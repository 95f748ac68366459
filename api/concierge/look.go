package concierge

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"fitroom/api/blob"
	"fitroom/api/store"
	"fitroom/api/wire"
)

// A shop may send the picture of a fabric, or of a print, by itself. It is put
// into the style's upload as if it had come with it, under a folder of its own,
// and the style is imported anew: there is one way from an upload to a garment,
// and one place that holds what a shop sent.

// lookFolder holds pictures that came by themselves.
const lookFolder = "uploaded"

// SetSwatch makes a picture the fabric of a style of a version; it shows one
// repeat, repeatCm wide.
func (c *Concierge) SetSwatch(ctx context.Context, who Who, id string, was int64, picture []byte, repeatCm float64) error {
	file, err := pictureFile("swatch", picture)
	if err != nil {
		return err
	}
	if err := (&wire.Look{RepeatCm: repeatCm, Swatch: &wire.Picture{File: file}}).Check(""); err != nil {
		return err
	}
	return c.relook(ctx, who, id, was, func(l looks) error {
		l.drop("swatch")
		l.files[file] = picture
		l.look["swatch"], l.look["repeat_cm"] = raw(wire.Picture{File: file}), raw(repeatCm)
		return nil
	})
}

// DropSwatch takes the picture of the fabric away again; colours and weave of
// the style show.
func (c *Concierge) DropSwatch(ctx context.Context, who Who, id string, was int64) error {
	return c.relook(ctx, who, id, was, func(l looks) error {
		if l.look["swatch"] == nil {
			return store.ErrAbsent
		}
		l.drop("swatch")
		delete(l.look, "swatch")
		return nil
	})
}

// SetPrint puts a picture on a panel of a style, in the place of an earlier
// print of the name.
func (c *Concierge) SetPrint(ctx context.Context, who Who, id string, was int64, name string, picture []byte, at wire.Print) error {
	file, err := pictureFile("print-"+name, picture)
	if err != nil {
		return err
	}
	at.File = file
	if err := at.Check(""); err != nil {
		return err
	}
	return c.relook(ctx, who, id, was, func(l looks) error {
		prints, err := l.without(name)
		if err != nil {
			return err
		}
		l.files[file] = picture
		l.look["prints"] = raw(append(prints, raw(at)))
		return nil
	})
}

// DropPrint takes a print away that came by itself.
func (c *Concierge) DropPrint(ctx context.Context, who Who, id string, was int64, name string) error {
	return c.relook(ctx, who, id, was, func(l looks) error {
		before := len(l.files)
		prints, err := l.without(name)
		if err != nil || len(l.files) == before {
			return errors.Join(err, store.ErrAbsent)
		}
		l.look["prints"] = raw(prints)
		return nil
	})
}

// pictureFile names the file of a picture that can be read.
func pictureFile(name string, picture []byte) (string, error) {
	if _, err := wire.ReadPicture(bytes.NewReader(picture)); err != nil {
		return "", wire.Fault("", "the picture %v", err)
	}
	ext := ".jpg"
	if bytes.HasPrefix(picture, []byte("\x89PNG")) {
		ext = ".png"
	}
	return lookFolder + "/" + name + ext, nil
}

// relook changes the look within a style's upload. A style that would not be
// read any more is refused and stays as it was.
func (c *Concierge) relook(ctx context.Context, who Who, id string, was int64, change func(looks) error) error {
	s, err := c.store.Style(ctx, who.Shop, id)
	if err != nil {
		return err
	}
	if s.Version != was {
		return store.ErrChanged
	}
	data, err := blob.Read(ctx, c.blobs, s.Upload)
	if err != nil {
		return err
	}
	l, err := openLooks(data)
	if err != nil {
		return err
	}
	if err := change(l); err != nil {
		return err
	}
	upload, err := l.zip()
	if err != nil {
		return err
	}
	if _, _, err := openUpload(upload); err != nil {
		return err
	}
	return c.ReplaceStyle(ctx, who, id, was, upload)
}

// looks is an upload with its look taken out to be changed.
type looks struct {
	old   *zip.Reader // nil: the upload was a style.json alone
	root  string      // folder of style.json
	sheet map[string]json.RawMessage
	look  map[string]json.RawMessage
	files map[string][]byte // to be written, by name within root; nil: to be left out
}

// openLooks reads an upload. Everything but the look goes through untouched.
func openLooks(data []byte) (looks, error) {
	l := looks{root: ".", sheet: map[string]json.RawMessage{}, look: map[string]json.RawMessage{}, files: map[string][]byte{}}
	sheet := data
	if bytes.HasPrefix(data, []byte("PK")) {
		files, root, err := openZip(data)
		if err != nil {
			return l, err
		}
		if sheet, err = fs.ReadFile(files, path.Join(root, "style.json")); err != nil {
			return l, wire.Fault("", "the ZIP cannot be read")
		}
		l.old, l.root = files, root
	}
	var whole wire.Style
	if err := wire.ReadStrict("", bytes.TrimPrefix(sheet, []byte("\xef\xbb\xbf")), &whole); err != nil {
		return l, err
	}
	if err := json.Unmarshal(bytes.TrimPrefix(sheet, []byte("\xef\xbb\xbf")), &l.sheet); err != nil {
		return l, err
	}
	if l.sheet["look"] != nil {
		return l, json.Unmarshal(l.sheet["look"], &l.look)
	}
	return l, nil
}

// drop leaves out what came under a name before, whatever its kind.
func (l looks) drop(name string) {
	for _, ext := range []string{".png", ".jpg"} {
		l.files[lookFolder+"/"+name+ext] = nil
	}
}

// without lists the prints but for the one that came by itself under a name.
func (l looks) without(name string) (prints []json.RawMessage, err error) {
	if l.look["prints"] != nil {
		if err := json.Unmarshal(l.look["prints"], &prints); err != nil {
			return nil, err
		}
	}
	return slices.DeleteFunc(prints, func(p json.RawMessage) bool {
		var it struct{ File string }
		found := json.Unmarshal(p, &it) == nil && strings.TrimSuffix(it.File, path.Ext(it.File)) == lookFolder+"/print-"+name
		if found {
			l.drop("print-" + name)
		}
		return found
	}), nil
}

// zip is the upload again; equal content gives equal bytes.
func (l looks) zip() ([]byte, error) {
	if len(l.look) > 0 {
		l.sheet["look"] = raw(l.look)
	}
	l.files["style.json"] = raw(l.sheet)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	if l.old != nil {
		for _, f := range l.old.File {
			if _, ours := l.files[within(l.root, f.Name)]; ours {
				continue
			}
			if err := w.Copy(f); err != nil {
				return nil, fmt.Errorf("concierge: a file of an upload: %w", err)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(l.files)) {
		if l.files[name] == nil {
			continue
		}
		f, err := w.Create(path.Join(l.root, name))
		if err != nil {
			return nil, err
		}
		if _, err := io.Copy(f, bytes.NewReader(l.files[name])); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// within is the name of a ZIP's file within its root.
func within(root, name string) string {
	if root == "." {
		return name
	}
	return strings.TrimPrefix(name, root+"/")
}

func raw(v any) json.RawMessage { return json.RawMessage(text(v)) }
