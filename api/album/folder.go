package album

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Folder receives the files of one fitting. Files are written under a hidden
// name beside their place and moved there together at the end, so that a
// failure leaves nothing half-written.
type Folder struct {
	dir, tmp string
	names    []string
	memory   map[string][]byte // instead of a folder
}

// InMemory receives the files without writing any to the disk.
func InMemory() *Folder { return &Folder{memory: map[string][]byte{}} }

// Files are what a Folder in memory has received, by name.
func (f *Folder) Files() map[string][]byte { return f.memory }

// Open makes the folder if need be and checks that it can be written, before
// the work of the fitting is done.
func Open(dir string) (*Folder, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("output folder %s cannot be made: %w", dir, cause(err))
	}
	tmp, err := os.MkdirTemp(dir, ".fitroom-")
	if err != nil {
		return nil, fmt.Errorf("output folder %s cannot be written: %w", dir, cause(err))
	}
	return &Folder{dir: dir, tmp: tmp}, nil
}

// cause is what the system said, without the name of a file of ours that the
// customer never heard of.
func cause(err error) error {
	var path *os.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return path.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}

// Close removes what was not committed. It may be called at any time.
func (f *Folder) Close() error {
	if f.memory != nil {
		return nil
	}
	return os.RemoveAll(f.tmp)
}

// create opens a new file of the album; name has no folders.
func (f *Folder) create(name string, write func(io.Writer) error) error {
	if f.memory != nil {
		var b bytes.Buffer
		err := write(&b)
		f.memory[name] = b.Bytes()
		return err
	}
	out, err := os.Create(filepath.Join(f.tmp, name))
	if err != nil {
		return fmt.Errorf("%s cannot be written: %w", filepath.Join(f.dir, name), cause(err))
	}
	if err := errors.Join(write(out), out.Close()); err != nil {
		return fmt.Errorf("%s cannot be written: %w", filepath.Join(f.dir, name), cause(err))
	}
	f.names = append(f.names, name)
	return nil
}

// commit moves all files to their place.
func (f *Folder) commit() error {
	if f.memory != nil {
		return nil
	}
	for _, name := range f.names {
		if err := os.Rename(filepath.Join(f.tmp, name), filepath.Join(f.dir, name)); err != nil {
			return err
		}
	}
	return f.Close()
}
