package blob_test

import (
	"bytes"
	"errors"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fitroom/api/blob"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
)

// everyStore runs the same laws on a folder and on S3.
func everyStore(t *testing.T, law func(t *testing.T, s blob.Store)) {
	t.Run("folder", func(t *testing.T) { law(t, open(t, filepath.Join(t.TempDir(), "blobs"))) })
	t.Run("s3", func(t *testing.T) {
		backend := s3mem.New()
		if err := backend.CreateBucket("fitroom"); err != nil {
			t.Fatal(err)
		}
		srv := httptest.NewServer(gofakes3.New(backend).Server())
		t.Cleanup(srv.Close)
		law(t, open(t, "s3://key:secret@"+strings.TrimPrefix(srv.URL, "http://")+"/fitroom?tls=0"))
	})
}

func open(t *testing.T, address string) blob.Store {
	t.Helper()
	s, err := blob.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestWhatWasPutIsHad(t *testing.T) {
	everyStore(t, func(t *testing.T, s blob.Store) {
		ctx := t.Context()
		if err := s.PutIfAbsent(ctx, "c/one/a.png", []byte("0123456789")); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			from, n int64
			want    string
		}{{0, -1, "0123456789"}, {3, 4, "3456"}, {8, -1, "89"}, {8, 100, "89"}, {10, -1, ""}, {0, 0, ""}} {
			r, err := s.Get(ctx, "c/one/a.png", c.from, c.n)
			if err != nil {
				t.Fatal(err)
			}
			if got, _ := io.ReadAll(r); string(got) != c.want {
				t.Errorf("%d bytes from %d: %q, want %q", c.n, c.from, got, c.want)
			}
			r.Close()
		}
		if size, err := s.Stat(ctx, "c/one/a.png"); size != 10 || err != nil {
			t.Errorf("size %d, %v", size, err)
		}
	})
}

// The first writer wins; many at once leave one whole blob.
func TestPutTwiceChangesNothing(t *testing.T) {
	everyStore(t, func(t *testing.T, s blob.Store) {
		if err := errors.Join(s.PutIfAbsent(t.Context(), "x/y", []byte("first")), s.PutIfAbsent(t.Context(), "x/y", []byte("second"))); err != nil {
			t.Fatal(err)
		}
		if got, _ := blob.Read(t.Context(), s, "x/y"); string(got) != "first" {
			t.Errorf("%q, want the first", got)
		}
		big := bytes.Repeat([]byte("same"), 1<<16)
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				if err := s.PutIfAbsent(t.Context(), "x/big", big); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if got, err := blob.Read(t.Context(), s, "x/big"); !bytes.Equal(got, big) {
			t.Errorf("%d bytes, %v; want %d", len(got), err, len(big))
		}
	})
}

func TestListAndDelete(t *testing.T) {
	everyStore(t, func(t *testing.T, s blob.Store) {
		ctx := t.Context()
		for _, name := range []string{"c/b/2", "c/a/1", "c/ab", "d/1"} {
			if err := s.PutIfAbsent(ctx, name, []byte(name)); err != nil {
				t.Fatal(err)
			}
		}
		list := func(prefix string, want ...string) {
			t.Helper()
			if got, err := s.List(ctx, prefix); !slices.Equal(got, want) || err != nil {
				t.Errorf("below %s: %v, %v; want %v", prefix, got, err, want)
			}
		}
		list("c/", "c/a/1", "c/ab", "c/b/2")
		list("c/a/", "c/a/1")
		list("none/")
		if err := blob.DeleteAll(ctx, s, "c/"); err != nil {
			t.Fatal(err)
		}
		list("c/")
		list("d/", "d/1")
		if err := s.Delete(ctx, "c/ab"); err != nil {
			t.Errorf("deleting nothing: %v", err)
		}
		if _, err := s.Stat(ctx, "c/ab"); !errors.Is(err, blob.ErrAbsent) {
			t.Errorf("stat of a deleted blob: %v", err)
		}
		if _, err := blob.Read(ctx, s, "c/ab"); !errors.Is(err, blob.ErrAbsent) {
			t.Errorf("reading a deleted blob: %v", err)
		}
	})
}

// No name leads out of the store or to a hidden file.
func TestNames(t *testing.T) {
	everyStore(t, func(t *testing.T, s blob.Store) {
		for _, name := range []string{"", "/", "/etc/passwd", "../x", "a/../b", "a//b", "a/.b", "a b", "a\x00", "ä", strings.Repeat("a", 600)} {
			if err := s.PutIfAbsent(t.Context(), name, []byte("x")); err == nil {
				t.Errorf("%q was taken", name)
			}
			if _, err := s.Get(t.Context(), name, 0, -1); err == nil || errors.Is(err, blob.ErrAbsent) {
				t.Errorf("%q was looked up: %v", name, err)
			}
		}
	})
}

// What a killed process left half-written is gone after a later start; what
// another process may be writing at this moment stays.
func TestHalfWrittenIsSwept(t *testing.T) {
	dir := t.TempDir()
	half, now := filepath.Join(dir, ".partial-X"), filepath.Join(dir, ".partial-Y")
	for _, name := range []string{half, now} {
		if err := os.WriteFile(name, []byte("ha"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	before := time.Now().Add(-time.Hour)
	if err := os.Chtimes(half, before, before); err != nil {
		t.Fatal(err)
	}
	open(t, dir)
	if _, err := os.Stat(half); !os.IsNotExist(err) {
		t.Error("the half-written file is still there")
	}
	if _, err := os.Stat(now); err != nil {
		t.Error("what is being written was swept away:", err)
	}
}

func TestWrongAddress(t *testing.T) {
	for _, address := range []string{"s3://", "s3://host", "s3://host/a/b"} {
		if _, err := blob.Open(t.Context(), address); err == nil {
			t.Errorf("%s was opened", address)
		}
	}
}
