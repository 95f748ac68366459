package api

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"fitroom/api/wire"
)

// shelf keeps the results of the last fittings: reports in memory, pictures
// and 3D files in a folder of its own that nobody else can read. The least
// recently looked at goes first when there are too many or they take too much
// room; each goes after its time; all go when the shelf is cleared. Personal
// results are kept no longer than the person is likely to look at them.
type shelf struct {
	dir      string
	most     int
	mostSize int64         // [byte]
	keep     time.Duration // after which a result is removed

	mu      sync.Mutex
	size    int64     // [byte] of all results
	results []*result // most recently looked at last
	cleared bool
}

// result is one fitting done: what the page and the API show of it.
type result struct {
	owner   string // who may have it; "" for whoever is at this machine
	id      string
	base    string            // address of the report; "" for a result on the shelf
	title   map[string]string // of the garment, per language
	body    wire.Body         // as asked, to fill in the form again
	report  wire.Report
	files   map[string]int64 // name within the result's folder -> bytes
	size    int64            // [byte]
	removal *time.Timer
}

// link is the address of a file, json that of the report.
func (r *result) link(name string) string {
	return or(r.base, selfLink(r.id)) + "/files/" + url.PathEscape(name)
}

func (r *result) json() string {
	if r.base != "" {
		return r.link("report.json")
	}
	return selfLink(r.id)
}

// sessionPrefix begins the folder name of each server's own shelf within the
// data folder.
const sessionPrefix = "fitroom-try-ons-"

// openShelf makes a fresh folder within parent (the system's temporary folder
// if empty) and removes what a killed server may have left there: nothing on
// a shelf is younger than the last change of its folder.
func openShelf(parent string, most int, mostSize int64, keep time.Duration) (*shelf, error) {
	if parent == "" {
		parent = os.TempDir()
	} else if err := os.MkdirAll(parent, 0o700); err != nil {
		return nil, fmt.Errorf("api: data folder: %w", err)
	}
	leftovers, _ := filepath.Glob(filepath.Join(parent, sessionPrefix+"*"))
	for _, old := range leftovers {
		if info, err := os.Lstat(old); err == nil && info.IsDir() && time.Since(info.ModTime()) > keep {
			if err := os.RemoveAll(old); err != nil {
				return nil, fmt.Errorf("api: results left by an earlier server: %w", err)
			}
		}
	}
	dir, err := os.MkdirTemp(parent, sessionPrefix)
	if err != nil {
		return nil, fmt.Errorf("api: data folder: %w", err)
	}
	return &shelf{dir: dir, most: most, mostSize: mostSize, keep: keep}, nil
}

// get finds a result and moves it to the end of the queue for removal.
func (s *shelf) get(id string) (*result, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, r := range s.results {
		if r.id == id {
			s.results = append(append(s.results[:i:i], s.results[i+1:]...), r)
			return r, true
		}
	}
	return nil, false
}

// put has fill write the files of a new result into a fresh folder and shelves
// it. Nothing is left behind if fill fails.
func (s *shelf) put(id string, fill func(dir string) (*result, error)) (*result, error) {
	if s.isCleared() {
		return nil, errStopping
	}
	draft, err := os.MkdirTemp(s.dir, "draft-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(draft) // gone already where the result was shelved
	r, err := fill(draft)
	if err != nil {
		return nil, err
	}
	r.id = id
	if r.files, r.size, err = listFiles(draft); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cleared {
		return nil, errStopping
	}
	s.remove(id)
	if err := os.Rename(draft, filepath.Join(s.dir, id)); err != nil {
		return nil, err
	}
	s.results = append(s.results, r)
	s.size += r.size
	r.removal = time.AfterFunc(s.keep, func() { s.drop(r) })
	for len(s.results) > 1 && (len(s.results) > s.most || s.size > s.mostSize) {
		s.remove(s.results[0].id)
	}
	return r, nil
}

func listFiles(dir string) (map[string]int64, int64, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, 0, err
	}
	files, total := map[string]int64{}, int64(0)
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			return nil, 0, err
		}
		if info.Mode().IsRegular() {
			files[e.Name()] = info.Size()
			total += info.Size()
		}
	}
	return files, total, nil
}

// open opens a file of a result. Only names that the result lists are looked
// up, and only within the shelf's folder.
func (s *shelf) open(r *result, name string) (*os.File, error) {
	if _, ok := r.files[name]; !ok {
		return nil, fs.ErrNotExist
	}
	return os.OpenInRoot(s.dir, r.id+"/"+name)
}

func (s *shelf) isCleared() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.cleared
}

// drop removes a result whose time has come, unless it has been replaced.
func (s *shelf) drop(r *result) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, on := range s.results {
		if on == r {
			s.remove(r.id)
			return
		}
	}
}

// remove takes a result off the shelf; the caller holds the lock.
func (s *shelf) remove(id string) {
	for i, r := range s.results {
		if r.id == id {
			r.removal.Stop()
			s.results = append(s.results[:i:i], s.results[i+1:]...)
			s.size -= r.size
			os.RemoveAll(filepath.Join(s.dir, id))
			return
		}
	}
}

// clear removes everything for good.
func (s *shelf) clear() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cleared = true
	for _, r := range s.results {
		r.removal.Stop()
	}
	s.results, s.size = nil, 0
	if !strings.HasPrefix(filepath.Base(s.dir), sessionPrefix) {
		return errors.New("api: the shelf's folder is not its own")
	}
	return os.RemoveAll(s.dir)
}
