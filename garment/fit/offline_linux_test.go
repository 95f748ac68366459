package fit

import (
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
)

// With no file descriptor left to open anything by, neither a file nor a
// connection, the advice is the same, and the kernel counts no read or write
// for it. The runtime may read a file of its own now and then: fewer are
// allowed than there were answers.
func TestAdviceTouchesNeitherDiskNorNetwork(t *testing.T) {
	s, w := large()
	want, zones := mustAdvise(t, w, s, Options{})
	var was syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &was); err != nil {
		t.Skip(err)
	}
	counter, err := os.Open("/proc/self/io")
	if err != nil {
		t.Skipf("no counters of reads and writes here: %v", err)
	}
	defer counter.Close()
	none := was
	none.Cur = 0
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &none); err != nil {
		t.Skip(err)
	}
	before := calls(t, counter)
	const answers = 50
	for range answers {
		got, again, err := Advise(w, s, Options{})
		if err != nil || got.Text["de"] != want.Text["de"] || again["F"].Zones[3].Text["en"] != zones["F"].Zones[3].Text["en"] {
			t.Error("the advice differs", err)
		}
	}
	after := calls(t, counter)
	_, blocked := os.Open("/proc/self/io")
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &was); err != nil {
		t.Fatal(err)
	}
	if blocked == nil {
		t.Error("files could be opened all the while")
	}
	if n := after - before - 1; n >= answers { // one read is that of the counter itself
		t.Errorf("%d reads and writes for %d answers", n, answers)
	}
}

// calls is how often this process has called read and write.
func calls(t *testing.T, f *os.File) int {
	t.Helper()
	buf := make([]byte, 1024)
	n, err := f.ReadAt(buf, 0)
	if n == 0 {
		t.Skip(err)
	}
	total := 0
	for line := range strings.Lines(string(buf[:n])) {
		var k int
		for _, name := range []string{"syscr", "syscw"} {
			if _, err := fmt.Sscanf(line, name+": %d", &k); err == nil {
				total += k
			}
		}
	}
	return total
}
