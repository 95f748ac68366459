package blob

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"
)

// partial begins the names of files being written.
const partial = ".partial-"

// folder keeps blobs as files. A file gets its name when all of it is on the
// disk, so that a process killed while writing leaves no half a blob.
type folder struct{ root *os.Root }

func openFolder(dir string) (Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("blobs: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("blobs: %w", err)
	}
	f := &folder{root}
	return f, f.sweep()
}

// writingTakes longer than any write does. What is younger may be another
// process's at this moment: the API, its worker and the command line share the
// folder.
const writingTakes = 10 * time.Minute

// sweep removes what killed processes left half-written.
func (f *folder) sweep() error {
	entries, err := fs.ReadDir(f.root.FS(), ".")
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), partial) {
			continue
		}
		info, gone := f.root.Stat(e.Name())
		if gone != nil || time.Since(info.ModTime()) < writingTakes {
			continue
		}
		if e := f.root.Remove(e.Name()); !errors.Is(e, fs.ErrNotExist) {
			err = errors.Join(err, e)
		}
	}
	return err
}

func (f *folder) PutIfAbsent(ctx context.Context, name string, data []byte) error {
	if err := errors.Join(checkName(name), ctx.Err()); err != nil {
		return err
	}
	if _, err := f.root.Stat(name); err == nil {
		return nil
	}
	if err := f.root.MkdirAll(path.Dir(name), 0o700); err != nil {
		return err
	}
	tmp, err := f.write(data)
	if err != nil {
		return err
	}
	return f.root.Rename(tmp, name)
}

// write puts the bytes on the disk under a name of their own.
func (f *folder) write(data []byte) (string, error) {
	name := partial + rand.Text()
	file, err := f.root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", err
	}
	_, err = file.Write(data)
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return "", errors.Join(err, f.root.Remove(name))
	}
	return name, nil
}

func (f *folder) Get(ctx context.Context, name string, from, n int64) (io.ReadCloser, error) {
	if err := errors.Join(checkName(name), ctx.Err()); err != nil {
		return nil, err
	}
	file, err := f.root.Open(name)
	if err != nil {
		return nil, absent(err)
	}
	if _, err := file.Seek(from, io.SeekStart); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	if n < 0 {
		return file, nil
	}
	return limited{io.LimitReader(file, n), file}, nil
}

// limited is the first bytes of a file.
type limited struct {
	io.Reader
	io.Closer
}

func (f *folder) Stat(ctx context.Context, name string) (int64, error) {
	if err := errors.Join(checkName(name), ctx.Err()); err != nil {
		return 0, err
	}
	info, err := f.root.Stat(name)
	if err != nil {
		return 0, absent(err)
	}
	return info.Size(), nil
}

func (f *folder) Delete(ctx context.Context, name string) error {
	if err := errors.Join(checkName(name), ctx.Err()); err != nil {
		return err
	}
	if err := f.root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for dir := path.Dir(name); dir != "." && f.root.Remove(dir) == nil; dir = path.Dir(dir) { // while it is empty
	}
	return nil
}

func (f *folder) List(ctx context.Context, prefix string) ([]string, error) {
	if err := errors.Join(checkPrefix(prefix), ctx.Err()); err != nil {
		return nil, err
	}
	var names []string
	err := fs.WalkDir(f.root.FS(), strings.TrimSuffix(prefix, "/"), func(name string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			names = append(names, name)
		}
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	slices.Sort(names)
	return names, err
}

func absent(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return ErrAbsent
	}
	return err
}
