package v1_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fitroom/api/backup"
	"fitroom/api/concierge"
	v1 "fitroom/api/v1"
)

// A backup of a running service, restored into a fresh folder, serves what was
// there; who was erased after it is gone from it, by the newest keys; nothing
// personal is readable in it; and it overwrites nothing.
func TestBackupAndRestore(t *testing.T) {
	w := open(t, "", nil)
	shop, key := w.shop("A")
	style := w.style(key, chartStyle)
	ada, bob := w.customer("ada@example.org"), w.customer("bob@example.org")
	avatar := w.avatar(ada)
	w.avatar(bob)
	w.grant(ada, shop, avatar, 3)
	fit := w.fit(ada, map[string]any{"style": style, "avatar": avatar}).str(t, "id")
	wanted := w.want(200, askFor("GET", "/v1/fits/"+fit, ada, nil))

	first, second := filepath.Join(t.TempDir(), "first"), t.TempDir()
	tally, err := backup.Write(t.Context(), w.dir, first)
	if err != nil || tally.Keys != 2 || tally.Files == 0 {
		t.Fatal(tally, err)
	}
	w.want(204, askFor("DELETE", "/v1/me", bob, nil))
	if tally, err = backup.Write(t.Context(), w.dir, second); err != nil || tally.Keys != 1 {
		t.Fatal(tally, err)
	}
	newest, err := os.ReadFile(filepath.Join(second, backup.Keys))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(first, backup.Keys), newest, 0o600); err != nil {
		t.Fatal(err)
	}

	fresh := filepath.Join(t.TempDir(), "fresh")
	if tally, err = backup.Read(t.Context(), first, fresh); err != nil || tally.Keys != 1 {
		t.Fatal(tally, err)
	}
	if found := leaks(t, fresh, append(secrets(), "ada@example.org")); len(found) > 0 {
		t.Errorf("readable in the restored folder: %v", found)
	}
	if _, err := backup.Read(t.Context(), first, fresh); err == nil || !strings.Contains(err.Error(), "not empty") {
		t.Errorf("restored over what was there: %v", err)
	}
	again := open(t, "sqlite:"+filepath.Join(fresh, "fitroom.db"), func(o *concierge.Options, _ *v1.Options) {
		o.Blobs, o.Master = filepath.Join(fresh, "blobs"), w.master
	})
	if got := again.want(200, askFor("GET", "/v1/fits/"+fit, ada, nil)); string(got.data) != string(wanted.data) {
		t.Errorf("the fit is %s,\nwas %s", got.data, wanted.data)
	}
	again.want(200, askFor("GET", "/v1/avatars/"+avatar, ada, nil))
	again.want(401, askFor("GET", "/v1/me", bob, nil))
	if _, err := backup.Write(t.Context(), t.TempDir(), t.TempDir()); err == nil {
		t.Error("an empty folder is backed up")
	}
}
