// Package metrics counts what the service does, for Prometheus. No label holds
// an identifier of anybody or a measurement.
package metrics

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
)

// Metrics counts. A nil *Metrics counts nothing, so that nobody has to ask.
type Metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
	jobs     *prometheus.HistogramVec
	fits     *prometheus.CounterVec
	advice   *prometheus.CounterVec
	zones    *prometheus.CounterVec
	tracer   trace.Tracer // nil: nothing is traced
}

// Buckets [s]: requests from a read of memory to a wait, jobs from advice alone
// to the longest that is allowed.
func requestBuckets() []float64 {
	return []float64{.001, .0025, .005, .01, .02, .05, .1, .25, .5, 1, 5, 30}
}
func jobBuckets() []float64 { return []float64{.05, .1, .25, .5, 1, 2, 5, 10, 20, 60, 120} }

// New makes counters that stand at zero. open, if set, tells how many jobs are
// waiting or running.
func New(open func() float64) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "fitroom_request_seconds", Help: "Requests by route and status.", Buckets: requestBuckets()}, []string{"route", "method", "status"}),
		jobs:     prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "fitroom_job_seconds", Help: "Tries of jobs by kind and outcome.", Buckets: jobBuckets()}, []string{"kind", "outcome"}),
		fits:     prometheus.NewCounterVec(prometheus.CounterOpts{Name: "fitroom_fits_asked_total", Help: "Fits asked for, by whether the result was known already."}, []string{"cache"}),
		advice:   prometheus.NewCounterVec(prometheus.CounterOpts{Name: "fitroom_advice_total", Help: "Size advice computed, by outcome; refuse is an abstention."}, []string{"outcome"}),
		zones:    prometheus.NewCounterVec(prometheus.CounterOpts{Name: "fitroom_zones_total", Help: "Zones judged and zones that could not be."}, []string{"judged"}),
	}
	m.registry.MustRegister(m.requests, m.jobs, m.fits, m.advice, m.zones, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	if open != nil {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "fitroom_jobs_open", Help: "Jobs waiting or running."}, open))
	}
	return m
}

// Handler shows the figures to Prometheus.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// Request counts an answered request; route is its kind of address.
func (m *Metrics) Request(route, method string, status int, took time.Duration) {
	if m != nil {
		m.requests.WithLabelValues(route, method, strconv.Itoa(status)).Observe(took.Seconds())
		m.span(method+" "+route, trace.SpanKindServer, took, attribute.Int("http.response.status_code", status))
	}
}

// Job counts one try of a job.
func (m *Metrics) Job(kind, outcome string, took time.Duration) {
	if m != nil {
		m.jobs.WithLabelValues(kind, outcome).Observe(took.Seconds())
		m.span("job "+kind, trace.SpanKindConsumer, took, attribute.String("outcome", outcome))
	}
}

// Fit counts a fit that was asked for.
func (m *Metrics) Fit(known bool) {
	if m != nil {
		m.fits.WithLabelValues(map[bool]string{true: "hit", false: "miss"}[known]).Inc()
	}
}

// Advice counts what a fitting came to.
func (m *Metrics) Advice(outcome string, judged, abstained int) {
	if m != nil {
		m.advice.WithLabelValues(outcome).Inc()
		m.zones.WithLabelValues("yes").Add(float64(judged))
		m.zones.WithLabelValues("no").Add(float64(abstained))
	}
}
