package bench_test

import (
	"testing"

	"fitroom/bench"
	"fitroom/garment/drape"
)

// BenchmarkDrape brings every named scene to rest on one worker. The figures
// to guard are steps and allocations: they repeat exactly, times do not.
func BenchmarkDrape(b *testing.B) {
	scenes, err := bench.Scenes(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	for _, s := range scenes {
		b.Run(s.Name, func(b *testing.B) {
			b.ReportAllocs()
			var r drape.Result
			for b.Loop() {
				if r, err = s.Run(b.Context(), 1); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(r.Pos)), "vertices")
			b.ReportMetric(float64(r.Steps), "steps")
			b.ReportMetric(r.CPU.Seconds(), "cpu-s")
		})
	}
}
