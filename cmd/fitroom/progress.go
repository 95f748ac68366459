package main

import (
	"fmt"
	"io"
	"os"

	"github.com/schollz/progressbar/v3"
)

// progress shows how far long work has come: a bar on a terminal, else a plain
// line for every tenth.
func progress(w io.Writer) (tell func(done float64, stage string), finish func()) {
	const steps = 1000
	if f, ok := w.(*os.File); ok && terminal(f) {
		bar := progressbar.NewOptions(steps, progressbar.OptionSetWriter(w), progressbar.OptionSetWidth(30),
			progressbar.OptionClearOnFinish(), progressbar.OptionSetPredictTime(false))
		return func(done float64, stage string) {
			bar.Describe(fmt.Sprintf("%-28s", stage))
			bar.Set(int(steps * done))
		}, func() { bar.Finish() }
	}
	last := -1
	return func(done float64, stage string) {
		if tenth := int(10 * done); tenth > last {
			fmt.Fprintf(w, "%3d %% %s\n", 10*tenth, stage)
			last = tenth
		}
	}, func() {}
}

func terminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
