package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"fitroom/api/wire"
	"fitroom/garment/words"
	"fitroom/geometry/body"

	"github.com/labstack/echo/v4"
)

// problem is an error on its way to the customer, after RFC 9457. Type and
// Code never change once published; Detail is a sentence for people.
type problem struct {
	Type   string       `json:"type"`
	Title  string       `json:"title"`
	Status int          `json:"status"`
	Code   string       `json:"code"`
	Detail string       `json:"detail"`
	Errors []fieldFault `json:"errors,omitempty"`

	retryAfter int                  // [s]; 0: no such header
	cause      error                // behind Detail, told in other languages; nil where Detail is all there is
	faults     wire.Errors          // behind Errors
	measures   []*body.MeasureError // behind Errors, for the page to say in its language
}

// fieldFault is one field that is to blame.
type fieldFault struct {
	Pointer string `json:"pointer"` // RFC 6901, into the request
	Detail  string `json:"detail"`
}

func (p *problem) Error() string { return p.Detail }

// in is the detail in a language, for the page.
func (p *problem) in(lang string) string {
	if p.cause == nil {
		return p.Detail
	}
	return strings.ReplaceAll(words.In(lang).Tell(p.cause), "\n", "; ") + "."
}

func newProblem(status int, code, title, format string, args ...any) *problem {
	return &problem{
		Type: "urn:fitroom:problem:" + code, Title: title, Status: status, Code: code,
		Detail: fmt.Sprintf(format, args...),
	}
}

// retrySeconds is when a customer turned away should come again: about the
// time of one fitting.
const retrySeconds = 10

// asProblem finds the answer to any error: the one place that does. Errors
// nobody foresaw become "internal" and say nothing of themselves.
func asProblem(err error) *problem {
	var known *problem
	var broken wire.NotJSON
	var large *http.MaxBytesError
	var routing *echo.HTTPError
	var refused *refusal
	switch {
	case errors.As(err, &known):
		return known
	case errors.As(err, &broken):
		return newProblem(http.StatusBadRequest, "invalid-json", "Not valid JSON", "%s.", broken.Error())
	case errors.As(err, &large):
		return newProblem(http.StatusRequestEntityTooLarge, "too-large", "Request too large",
			"The request is larger than %d kB, the most that is read.", large.Limit>>10)
	case errors.Is(err, errBusy):
		p := newProblem(http.StatusServiceUnavailable, "busy", "All fitting rooms are taken",
			"Too many people are trying something on; please come again in %d seconds.", retrySeconds)
		p.retryAfter = retrySeconds
		return p
	case errors.Is(err, errStopping):
		p := newProblem(http.StatusServiceUnavailable, "stopping", "The server is stopping",
			"The server is about to stop and takes no new requests; please come again in %d seconds.", retrySeconds)
		p.retryAfter = retrySeconds
		return p
	case errors.Is(err, errTimeLimit):
		return newProblem(http.StatusServiceUnavailable, "time-limit", "The fitting took too long",
			"The fitting took longer than its time limit and was stopped; fewer sizes or a coarser pattern take less time.")
	case errors.Is(err, context.Canceled):
		return newProblem(http.StatusServiceUnavailable, "cancelled", "The fitting was cancelled",
			"The fitting was cancelled before it was done.")
	case errors.As(err, &routing):
		return routingProblem(routing)
	case errors.As(err, &refused):
		return refused.problem()
	}
	if all, ok := wire.AsErrors(err); ok {
		return invalidFields(all)
	}
	return newProblem(http.StatusInternalServerError, "internal", "Internal error",
		"Something went wrong on our side; the fitting was not done.")
}

func routingProblem(err *echo.HTTPError) *problem {
	switch err.Code {
	case http.StatusNotFound:
		return newProblem(err.Code, "not-found", "Not found", "There is nothing at this address.")
	case http.StatusMethodNotAllowed:
		return newProblem(err.Code, "method-not-allowed", "Method not allowed",
			"This address does not know that method; the Allow header names those it knows.")
	}
	return newProblem(http.StatusBadRequest, "bad-request", "Bad request", "The request could not be understood.")
}

func invalidFields(all wire.Errors) *problem {
	p := newProblem(http.StatusUnprocessableEntity, "invalid-request", "The request cannot be used", "%s.", all[0].Error())
	if len(all) > 1 {
		p.Detail = fmt.Sprintf("%d fields cannot be used; the first is %s.", len(all), all[0].Error())
	}
	for _, f := range all {
		p.Errors = append(p.Errors, fieldFault{f.Pointer, f.In("en")})
	}
	p.faults, p.cause = all, all
	return p
}

// refusal is an error of the room below: the request could be read, but
// nothing can be tried on with it.
type refusal struct{ cause error }

func (r *refusal) Error() string { return r.cause.Error() }
func (r *refusal) Unwrap() error { return r.cause }

func (r *refusal) problem() *problem {
	measures := measureErrors(r.cause)
	if len(measures) == 0 {
		p := newProblem(http.StatusUnprocessableEntity, "refused", "Nothing can be tried on", "%s.", strings.ReplaceAll(r.cause.Error(), "\n", "; "))
		p.cause = r.cause
		return p
	}
	var all wire.Errors
	for _, m := range measures {
		all = append(all, wire.FieldError{Pointer: "/body/measurements/" + string(m.Key), Err: m})
	}
	p := invalidFields(all)
	p.Detail = fmt.Sprintf("%s.", measures[0]) // it names the measurement itself
	p.cause = measures[0]
	p.measures = measures
	return p
}

// measureErrors lists every measurement that an error blames.
func measureErrors(err error) []*body.MeasureError {
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		var all []*body.MeasureError
		for _, one := range several.Unwrap() {
			all = append(all, measureErrors(one)...)
		}
		return all
	}
	if one, ok := err.(*body.MeasureError); ok {
		return []*body.MeasureError{one}
	}
	if inner := errors.Unwrap(err); inner != nil {
		return measureErrors(inner)
	}
	return nil
}

func (p *problem) write(w http.ResponseWriter) error {
	body, err := json.Marshal(p)
	if err != nil {
		return err
	}
	p.headers(w.Header())
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_, err = w.Write(append(body, '\n'))
	return err
}

func (p *problem) headers(h http.Header) {
	h.Set("Cache-Control", "no-store")
	if p.retryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(p.retryAfter))
	}
}
