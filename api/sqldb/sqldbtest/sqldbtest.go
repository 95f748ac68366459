// Package sqldbtest gives tests an empty database of each kind: a SQLite file
// and a real PostgreSQL, started for the test on a free port.
package sqldbtest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// startTime is how long a PostgreSQL may take to answer after its start.
const startTime = 30 * time.Second

// Each runs a law on an empty database of each kind. Where PostgreSQL is not
// installed its part is skipped and says so.
func Each(t *testing.T, law func(t *testing.T, url string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { law(t, "sqlite:"+filepath.Join(t.TempDir(), "test.db")) })
	t.Run("postgres", func(t *testing.T) { law(t, Postgres(t)) })
}

// cluster is the one PostgreSQL of a test binary.
type cluster struct {
	port int
	err  error
	stop func()
}

// one is a test binary's PostgreSQL, and how many databases were made in it.
var one struct {
	start sync.Once
	cluster
	mu        sync.Mutex
	databases int
}

// Main runs the tests of a package and stops PostgreSQL afterwards; TestMain
// calls it.
func Main(m *testing.M) {
	code := m.Run()
	if one.stop != nil {
		one.stop()
	}
	os.Exit(code)
}

// Postgres is the URL of an empty database.
func Postgres(t *testing.T) string {
	t.Helper()
	one.start.Do(func() { one.cluster = start() })
	if errors.Is(one.err, exec.ErrNotFound) {
		t.Skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
	}
	if one.err != nil {
		t.Fatal(one.err)
	}
	one.mu.Lock()
	one.databases++
	name := fmt.Sprintf("test%d", one.databases)
	one.mu.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), startTime)
	defer cancel()
	conn, err := pgx.Connect(ctx, address(one.port, "postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, "CREATE DATABASE "+name); err != nil {
		t.Fatal(err)
	}
	return address(one.port, name)
}

func address(port int, name string) string {
	return fmt.Sprintf("postgres://fitroom@127.0.0.1:%d/%s?sslmode=disable", port, name)
}

// start makes a cluster in a folder of its own and runs it.
func start() cluster {
	bin, err := find()
	if err != nil {
		return cluster{err: err}
	}
	dir, err := os.MkdirTemp("", "fitroom-postgres-")
	if err != nil {
		return cluster{err: err}
	}
	as, err := unprivileged(dir)
	if err != nil {
		return cluster{err: err}
	}
	data := filepath.Join(dir, "data")
	init := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", "fitroom", "--auth=trust", "--no-sync", "-E", "UTF8", "--no-locale")
	init.SysProcAttr, init.Dir = as, dir
	if out, err := init.CombinedOutput(); err != nil {
		return cluster{err: fmt.Errorf("initdb: %w: %s", err, out)}
	}
	port, err := freePort()
	if err != nil {
		return cluster{err: err}
	}
	server := exec.Command(filepath.Join(bin, "postgres"), "-D", data, "-p", strconv.Itoa(port), "-k", dir, "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off")
	server.SysProcAttr, server.Dir = as, dir
	if err := launch(server); err != nil {
		return cluster{err: err}
	}
	stop := func() {
		server.Process.Signal(syscall.SIGQUIT) // ends at once; nothing is to be kept
		server.Wait()
		os.RemoveAll(dir)
	}
	return cluster{port, await(port), stop}
}

// launch starts the server so that it dies with the test binary. The signal of
// a parent's death comes from the thread that started it, which therefore has
// to live as long.
func launch(server *exec.Cmd) error {
	server.SysProcAttr.Pdeathsig = syscall.SIGQUIT
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		started <- server.Start()
		select {}
	}()
	return <-started
}

// unprivileged is whom PostgreSQL runs as: it refuses to be root.
func unprivileged(dir string) (*syscall.SysProcAttr, error) {
	if os.Getuid() != 0 {
		return &syscall.SysProcAttr{}, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, exec.ErrNotFound
	}
	uid, err1 := strconv.Atoi(u.Uid)
	gid, err2 := strconv.Atoi(u.Gid)
	if err := errors.Join(err1, err2, os.Chown(dir, uid, gid)); err != nil {
		return nil, err
	}
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
}

// find looks for PostgreSQL's programs in the path and where Debian puts them.
func find() (string, error) {
	if initdb, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(initdb), nil
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return "", exec.ErrNotFound
	}
	return filepath.Dir(found[len(found)-1]), nil
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

func await(port int) (err error) {
	for end := time.Now().Add(startTime); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		var conn *pgx.Conn
		if conn, err = pgx.Connect(ctx, address(port, "postgres")); err == nil {
			conn.Close(ctx)
			cancel()
			return nil
		}
		cancel()
	}
	return fmt.Errorf("PostgreSQL does not answer: %w", err)
}
