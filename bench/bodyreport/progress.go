package main

import (
	"fmt"
	"io"
	"os"

	"github.com/schollz/progressbar/v3"
)

// progress shows how far each stage has come: a bar on a terminal, else a
// plain line for every quarter.
func progress(w io.Writer) func(stage string, done, of int) {
	if f, ok := w.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			return bar(w)
		}
	}
	var at string
	last := 0
	return func(stage string, done, of int) {
		if stage != at {
			at, last = stage, 0
		}
		if quarter := 4 * done / of; quarter > last {
			last = quarter
			fmt.Fprintf(w, "%3d %% %s\n", 25*quarter, stage)
		}
	}
}

func bar(w io.Writer) func(stage string, done, of int) {
	var b *progressbar.ProgressBar
	var at string
	return func(stage string, done, of int) {
		if b == nil || stage != at {
			b = progressbar.NewOptions(of, progressbar.OptionSetWriter(w), progressbar.OptionSetWidth(30),
				progressbar.OptionSetDescription(fmt.Sprintf("%-32s", stage)), progressbar.OptionSetPredictTime(true),
				progressbar.OptionOnCompletion(func() { fmt.Fprintln(w) }))
			at = stage
		}
		b.Set(done)
	}
}
