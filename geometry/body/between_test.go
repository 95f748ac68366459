package body

import (
	"sync"
	"testing"
)

// The population between the sexes is made once, however many ask for it at once,
// and only then.
func TestBetweenTheSexesIsMadeOnce(t *testing.T) {
	m := openModel(t)
	found := make([]*population, 4)
	var wg sync.WaitGroup
	for i := range found {
		wg.Go(func() { found[i], _ = m.population(Unspecified) })
	}
	wg.Wait()
	for _, p := range found {
		if p == nil || p != found[0] || p.prior != m.Prior(Unspecified) {
			t.Fatal("several populations, or none")
		}
	}
	if p, ok := m.population("cats"); ok || p != nil {
		t.Error("a population that nobody surveyed")
	}
}
