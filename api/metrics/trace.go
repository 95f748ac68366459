package metrics

import (
	"context"
	"fmt"
	"os"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// traceVariable of OpenTelemetry's own names switches tracing on.
const traceVariable = "OTEL_EXPORTER_OTLP_ENDPOINT"

// Trace sends a span of every request and job to an OpenTelemetry collector,
// where OTEL_EXPORTER_OTLP_ENDPOINT names one (OTLP over HTTP; the other OTEL_...
// variables hold as well). Otherwise it does nothing. A span holds what the
// metrics hold and no more: kinds of addresses, methods, outcomes. stop sends
// what is left.
func (m *Metrics) Trace(ctx context.Context, version string) (stop func(context.Context) error, err error) {
	none := func(context.Context) error { return nil }
	if m == nil || os.Getenv(traceVariable) == "" {
		return none, nil
	}
	exporter, err := otlptracehttp.New(ctx)
	if err != nil {
		return none, fmt.Errorf("tracing: %w", err)
	}
	provider := sdk.NewTracerProvider(sdk.WithBatcher(exporter),
		sdk.WithResource(resource.NewSchemaless(attribute.String("service.name", "fitroom"), attribute.String("service.version", version))))
	m.tracer = provider.Tracer("fitroom")
	return provider.Shutdown, nil
}

// span notes something that has just ended.
func (m *Metrics) span(name string, kind trace.SpanKind, took time.Duration, about ...attribute.KeyValue) {
	if m.tracer == nil {
		return
	}
	end := time.Now()
	_, s := m.tracer.Start(context.Background(), name, trace.WithTimestamp(end.Add(-took)), trace.WithSpanKind(kind), trace.WithAttributes(about...))
	s.End(trace.WithTimestamp(end))
}
