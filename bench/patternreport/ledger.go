package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// ledger is the growing file of outcomes, a JSON object per line. A report that
// was broken off goes on where it stopped; what is in the file is not draped
// again.
type ledger struct {
	file *os.File
	done map[string]outcome
}

func openLedger(name string) (*ledger, error) {
	l := &ledger{done: map[string]outcome{}}
	f, err := os.Open(name)
	if err == nil {
		lines := bufio.NewScanner(f)
		for lines.Scan() {
			var o outcome
			if err := json.Unmarshal(lines.Bytes(), &o); err != nil {
				continue // the last line of a report that was killed
			}
			l.done[o.key()] = o
		}
		err = errors.Join(lines.Err(), f.Close())
	} else if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if err != nil {
		return nil, err
	}
	l.file, err = os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	return l, err
}

func (o *outcome) key() string { return fmt.Sprintf("%s on %s at %g mm", o.File, o.Wearer, o.EdgeMM) }

func (l *ledger) add(o outcome) error {
	line, err := json.Marshal(o)
	if err != nil {
		return err
	}
	l.done[o.key()] = o
	_, err = l.file.Write(append(line, '\n'))
	return err
}
