package backup

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"fitroom/api/store"
)

// Names of the files of a backup, and of what the archive holds.
const (
	Archive  = "fitroom-data.tar.gz"
	Keys     = "fitroom-keys.json"
	database = "fitroom.db"
	blobs    = "blobs"
)

// Tally is what a backup holds.
type Tally struct {
	Files int   // blobs
	Bytes int64 // of the blobs
	Keys  int
}

// Write copies the database of a data folder and its blobs into the folder out.
// The service may go on meanwhile: the database is copied as it is at one
// moment, and blobs never change once they are there.
func Write(ctx context.Context, data, out string) (t Tally, err error) {
	if err := os.MkdirAll(out, 0o700); err != nil {
		return t, fmt.Errorf("backup folder: %w", err)
	}
	tmp, err := os.MkdirTemp(out, ".fitroom-")
	if err != nil {
		return t, fmt.Errorf("backup folder: %w", err)
	}
	defer os.RemoveAll(tmp)
	copied := filepath.Join(tmp, database)
	if err := snapshot(ctx, filepath.Join(data, database), copied); err != nil {
		return t, err
	}
	keys, err := takeKeys(ctx, copied)
	if err != nil {
		return t, err
	}
	t.Keys = len(keys)
	if err := writeKeys(filepath.Join(tmp, Keys), keys); err != nil {
		return t, err
	}
	if err := t.pack(ctx, filepath.Join(tmp, Archive), copied, filepath.Join(data, blobs)); err != nil {
		return t, err
	}
	return t, errors.Join(os.Rename(filepath.Join(tmp, Archive), filepath.Join(out, Archive)), os.Rename(filepath.Join(tmp, Keys), filepath.Join(out, Keys)))
}

func snapshot(ctx context.Context, from, into string) error {
	if _, err := os.Stat(from); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	s, err := store.Open(ctx, "sqlite:"+from)
	if err != nil {
		return err
	}
	return errors.Join(s.CopyTo(ctx, into), s.Close())
}

func takeKeys(ctx context.Context, path string) (map[string][]byte, error) {
	s, err := store.Open(ctx, "sqlite:"+path)
	if err != nil {
		return nil, err
	}
	keys, err := s.TakeKeys(ctx)
	return keys, errors.Join(err, s.Forget(ctx), s.Close())
}

func writeKeys(name string, keys map[string][]byte) error {
	data, err := json.MarshalIndent(keys, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(name, append(data, '\n'), 0o600)
}

// pack writes the archive: the database, then every blob.
func (t *Tally) pack(ctx context.Context, name, database, folder string) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	z := gzip.NewWriter(f)
	w := tar.NewWriter(z)
	_, err = addFile(w, database, filepath.Base(database))
	if err == nil {
		err = filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) || err == nil && (!e.Type().IsRegular() || strings.HasPrefix(e.Name(), ".")) {
				return ctx.Err() // swept meanwhile, or not yet whole
			}
			if err != nil {
				return err
			}
			rel, err := filepath.Rel(folder, path)
			if err != nil {
				return err
			}
			n, err := addFile(w, path, blobs+"/"+filepath.ToSlash(rel))
			if errors.Is(err, fs.ErrNotExist) {
				return ctx.Err()
			}
			t.Files, t.Bytes = t.Files+1, t.Bytes+n
			return errors.Join(err, ctx.Err())
		})
	}
	return errors.Join(err, w.Close(), z.Close(), f.Sync(), f.Close())
}

func addFile(w *tar.Writer, path, name string) (int64, error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	if err := w.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: name, Size: info.Size(), Mode: 0o600, ModTime: info.ModTime()}); err != nil {
		return 0, err
	}
	return io.Copy(w, f)
}

// Read lays a backup out in a data folder, which must be empty or not be there.
// Customers without a key among the keys have been erased since, and go.
func Read(ctx context.Context, from, data string) (t Tally, err error) {
	if there, err := os.ReadDir(data); err == nil && len(there) > 0 {
		return t, fmt.Errorf("restore: the folder %s is not empty", data)
	}
	var keys map[string][]byte
	text, err := os.ReadFile(filepath.Join(from, Keys))
	if err == nil {
		err = json.Unmarshal(text, &keys)
	}
	if err != nil {
		return t, fmt.Errorf("restore: the keys: %w", err)
	}
	if err := os.MkdirAll(data, 0o700); err != nil {
		return t, fmt.Errorf("restore: %w", err)
	}
	if err := t.unpack(ctx, filepath.Join(from, Archive), data); err != nil {
		return t, fmt.Errorf("restore: %w", err)
	}
	s, err := store.Open(ctx, "sqlite:"+filepath.Join(data, database))
	if err != nil {
		return t, err
	}
	t.Keys, err = s.PutKeys(ctx, keys)
	return t, errors.Join(err, s.Forget(ctx), s.Close())
}

func (t *Tally) unpack(ctx context.Context, name, data string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return err
	}
	root, err := os.OpenRoot(data) // no name in the archive leads out of the folder
	if err != nil {
		return err
	}
	defer root.Close()
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := errors.Join(ctx.Err(), layOut(root, h, r)); err != nil {
			return fmt.Errorf("%s: %w", h.Name, err)
		}
		if h.Name != database {
			t.Files, t.Bytes = t.Files+1, t.Bytes+h.Size
		}
	}
}

func layOut(root *os.Root, h *tar.Header, r io.Reader) error {
	if h.Typeflag != tar.TypeReg || h.Name != database && !strings.HasPrefix(h.Name, blobs+"/") {
		return errors.New("has no business in a backup")
	}
	if dir := filepath.Dir(h.Name); dir != "." {
		if err := root.MkdirAll(dir, 0o700); err != nil {
			return err
		}
	}
	out, err := root.OpenFile(h.Name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, r)
	return errors.Join(err, out.Sync(), out.Close())
}
