package api

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func testShelf(t *testing.T, most int, mostSize int64, keep time.Duration) *shelf {
	t.Helper()
	s, err := openShelf(t.TempDir(), most, mostSize, keep)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.clear() })
	return s
}

func putBytes(t *testing.T, s *shelf, id string, n int) {
	t.Helper()
	_, err := s.put(id, func(dir string) (*result, error) {
		return &result{}, os.WriteFile(filepath.Join(dir, "M.glb"), make([]byte, n), 0o600)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What is kept is bounded by number and by bytes, and the least recently
// looked at goes first, its files with it.
func TestShelfIsBounded(t *testing.T) {
	for _, limits := range []struct {
		name     string
		most     int
		mostSize int64
	}{{"number", 2, 1 << 20}, {"bytes", 10, 250}} {
		t.Run(limits.name, func(t *testing.T) {
			s := testShelf(t, limits.most, limits.mostSize, time.Hour)
			putBytes(t, s, "a", 100)
			putBytes(t, s, "b", 100)
			s.get("a")
			putBytes(t, s, "c", 100)
			for id, want := range map[string]bool{"a": true, "b": false, "c": true} {
				_, kept := s.get(id)
				_, err := os.Stat(filepath.Join(s.dir, id))
				if kept != want || (err == nil) != want {
					t.Errorf("%s kept %v, folder %v; want %v", id, kept, err == nil, want)
				}
			}
			if s.size != 200 {
				t.Errorf("size %d, want 200", s.size)
			}
		})
	}
}

// A result larger than the whole shelf is still shown to who asked for it.
func TestShelfKeepsTheNewest(t *testing.T) {
	s := testShelf(t, 5, 10, time.Hour)
	putBytes(t, s, "large", 100)
	if _, ok := s.get("large"); !ok {
		t.Error("the newest result is gone")
	}
}

// A result goes after its time without anyone asking.
func TestShelfForgets(t *testing.T) {
	s := testShelf(t, 5, 1<<20, 20*time.Millisecond)
	putBytes(t, s, "a", 10)
	for range 2000 {
		if _, err := os.Stat(filepath.Join(s.dir, "a")); os.IsNotExist(err) {
			if _, ok := s.get("a"); ok {
				t.Error("the folder is gone, the result is not")
			}
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error("the result is still there after 1,000 times its time")
}

// Only listed names open: no way leads out of a result.
func TestShelfOpensOnlyItsOwn(t *testing.T) {
	s := testShelf(t, 5, 1<<20, time.Hour)
	putBytes(t, s, "a", 10)
	putBytes(t, s, "b", 10)
	r, _ := s.get("a")
	f, err := s.open(r, "M.glb")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if data, _ := io.ReadAll(f); len(data) != 10 {
		t.Errorf("read %d bytes, want 10", len(data))
	}
	for _, name := range []string{"", ".", "..", "../b/M.glb", "..%2fb%2fM.glb", "/etc/passwd", "M.glb/", "./M.glb", "S.glb", "M.glb\x00"} {
		if f, err := s.open(r, name); err == nil {
			f.Close()
			t.Errorf("%q opened", name)
		}
	}
}

// A failed result leaves nothing; a cleared shelf leaves nothing and takes
// nothing; an old server's leavings are removed by the next, a live one's not.
func TestShelfLeavesNothingBehind(t *testing.T) {
	parent := t.TempDir()
	s, err := openShelf(parent, 5, 1<<20, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	failure := errors.New("no paint")
	_, err = s.put("a", func(dir string) (*result, error) {
		os.WriteFile(filepath.Join(dir, "half"), []byte("x"), 0o600)
		return nil, failure
	})
	if left, _ := os.ReadDir(s.dir); !errors.Is(err, failure) || len(left) != 0 {
		t.Errorf("error %v, %d files left; want the failure and none", err, len(left))
	}
	old := filepath.Join(parent, sessionPrefix+"killed")
	if err := os.Mkdir(old, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(old, time.Time{}, time.Now().Add(-2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	next, err := openShelf(parent, 5, 1<<20, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(old); !os.IsNotExist(err) {
		t.Error("the killed server's folder is still there")
	}
	if _, err := os.Stat(s.dir); err != nil {
		t.Error("the live server's folder is gone")
	}
	putBytes(t, next, "b", 10)
	for _, one := range []*shelf{s, next} {
		if err := one.clear(); err != nil {
			t.Error(err)
		}
	}
	if left, _ := os.ReadDir(parent); len(left) != 0 {
		t.Errorf("%d entries left in the data folder", len(left))
	}
	if _, err := s.put("late", func(string) (*result, error) { return &result{}, nil }); !errors.Is(err, errStopping) {
		t.Errorf("a cleared shelf took a result: %v", err)
	}
	if left, _ := os.ReadDir(parent); len(left) != 0 {
		os.RemoveAll(s.dir)
		t.Errorf("a late result left %d entries", len(left))
	}
}
