package metrics_test

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"fitroom/api/metrics"
)

// What was counted is shown; a counter that is not there counts nothing.
func TestCounts(t *testing.T) {
	var none *metrics.Metrics
	m := metrics.New(func() float64 { return 7 })
	for _, c := range []*metrics.Metrics{none, m} {
		c.Request("/v1/fits", "GET", 200, 3*time.Millisecond)
		c.Job("fit", "done", time.Second)
		c.Fit(true)
		c.Fit(false)
		c.Advice("one", 5, 2)
	}
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	for _, line := range []string{
		`fitroom_request_seconds_bucket{method="GET",route="/v1/fits",status="200",le="0.005"} 1`, `fitroom_job_seconds_count{kind="fit",outcome="done"} 1`,
		`fitroom_fits_asked_total{cache="hit"} 1`, `fitroom_fits_asked_total{cache="miss"} 1`, `fitroom_advice_total{outcome="one"} 1`, `fitroom_zones_total{judged="no"} 2`, "fitroom_jobs_open 7",
	} {
		if !strings.Contains(w.Body.String(), line+"\n") {
			t.Errorf("missing: %s", line)
		}
	}
}
