package problem

import (
	_ "embed"
	"encoding/json"
	"sync"
)

//go:embed status.json
var statusFile []byte

// statuses are the HTTP statuses of the codes, read once; a test holds them and
// the words of every language complete.
var statuses = sync.OnceValue(func() (all map[string]int) {
	if err := json.Unmarshal(statusFile, &all); err != nil {
		panic("problem: the embedded statuses: " + err.Error())
	}
	return all
})

// Codes lists every code there is, for the contract's test.
func Codes() map[string]int { return statuses() }
