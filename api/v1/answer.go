package v1

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"fitroom/api/concierge"
	"fitroom/api/problem"
	"fitroom/api/store"
)

// json answers with a value.
func (c *call) json(status int, v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	c.w.Header().Set("Content-Type", "application/json")
	c.w.WriteHeader(status)
	c.w.Write(append(data, '\n')) // who has gone gets no other answer either
	return nil
}

// tagged answers with a value of a version, or that nothing has changed.
func (c *call) tagged(status int, tag string, v any) error {
	c.w.Header().Set("ETag", `"`+tag+`"`)
	c.w.Header().Set("Cache-Control", "private, no-cache")
	if c.r.Method == http.MethodGet && strings.Contains(c.r.Header.Get("If-None-Match"), `"`+tag+`"`) {
		c.w.WriteHeader(http.StatusNotModified)
		return nil
	}
	return c.json(status, v)
}

func (c *call) nothing() error {
	c.w.WriteHeader(http.StatusNoContent)
	return nil
}

// made answers a request that made something, with what read says of it: the
// same for the first time and for every repetition.
func (c *call) made(m concierge.Made, err error, read func(status int) error) error {
	if err != nil {
		return err
	}
	c.w.Header().Set("Location", m.Location)
	if m.Again {
		c.w.Header().Set("Idempotency-Replayed", "true")
	}
	return read(m.Status)
}

// list answers with a part of a list under its name; ids tells the last.
func list[T, J any](c *call, name string, limit int, items []T, id func(T) string, show func(T) J) error {
	out := map[string]any{}
	shown := make([]J, len(items))
	for i, x := range items {
		shown[i] = show(x)
	}
	out[name] = shown
	if len(items) == limit {
		cursor := base64.RawURLEncoding.EncodeToString([]byte(id(items[len(items)-1])))
		out["next"] = cursor
		next := url.URL{Path: c.r.URL.Path, RawQuery: url.Values{"cursor": {cursor}, "limit": {fmt.Sprint(limit)}}.Encode()}
		c.w.Header().Set("Link", "<"+next.String()+`>; rel="next"`)
	}
	return c.json(http.StatusOK, out)
}

// listed reads the part of a list that was asked for and answers with it.
func listed[T, J any](c *call, name string, read func(context.Context, concierge.Who, store.Page) ([]T, error), id func(T) string, show func(T) J) error {
	p, err := c.page()
	if err != nil {
		return err
	}
	items, err := read(c.r.Context(), c.who, p)
	if err != nil {
		return err
	}
	return list(c, name, p.Limit, items, id, show)
}

// one answers with one record.
func one[T, J any](c *call, id string, read func(context.Context, concierge.Who, string) (T, error), show func(T) J) error {
	item, err := read(c.r.Context(), c.who, id)
	if err != nil {
		return err
	}
	return c.json(http.StatusOK, show(item))
}

// drop drops one record.
func drop(c *call, id string, do func(context.Context, concierge.Who, string) error) error {
	if err := do(c.r.Context(), c.who, id); err != nil {
		return err
	}
	return c.nothing()
}

// version is the one the caller believes a record to be of, by If-Match.
func (c *call) version(id string) (int64, error) {
	match := c.r.Header.Get("If-Match")
	if match == "" {
		return 0, problem.New("precondition-required")
	}
	var n int64
	if _, err := fmt.Sscanf(match, `"`+id+`-%d"`, &n); err != nil {
		return 0, problem.New("changed")
	}
	return n, nil
}

func tag(id string, version int64) string { return fmt.Sprintf("%s-%d", id, version) }

// when is a time as JSON has it; the zero time is left out.
func when(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}
