package v1

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"

	"fitroom/api/concierge"
	"fitroom/api/problem"
	"fitroom/api/store"
	"fitroom/api/wire"
)

type fitJSON struct {
	ID        string            `json:"id"`
	Style     string            `json:"style"`
	Avatar    string            `json:"avatar,omitempty"`
	Shop      string            `json:"shop,omitempty"`
	Grant     string            `json:"grant,omitempty"`
	Mannequin string            `json:"mannequin,omitempty"`
	Sizes     json.RawMessage   `json:"sizes"`
	Under     *wire.Under       `json:"under,omitempty"`
	State     string            `json:"state"`
	Problem   string            `json:"problem,omitempty"`
	Job       string            `json:"job,omitempty"`
	Level     *int              `json:"level,omitempty"`
	Report    *wire.Report      `json:"report,omitempty"`
	Files     map[string]string `json:"files,omitempty"` // address by name
	Created   *time.Time        `json:"created"`
	Changed   *time.Time        `json:"changed"`
}

// showFit leaves the avatar's id to its owner, and a shop's job to the shop.
func (c *call) showFit(f store.Fit) fitJSON {
	j := fitJSON{ID: f.ID, Style: f.Style, Avatar: f.Avatar, Shop: f.Shop, Grant: f.Consent, Mannequin: f.Mannequin, Sizes: json.RawMessage(f.Sizes),
		State: f.State, Problem: f.Problem, Job: f.Job, Created: when(f.Created), Changed: when(f.Changed)}
	if f.UnderStyle != "" {
		j.Under = &wire.Under{Style: f.UnderStyle, Size: f.UnderSize}
	}
	if c.who.Customer == "" {
		j.Avatar = ""
	} else if f.Shop != "" {
		j.Job = ""
	}
	return j
}

func (c *call) showSeen(f concierge.SeenFit) fitJSON {
	j := c.showFit(f.Fit)
	j.Level, j.Report = &f.Level, f.Report
	if len(f.Files) > 0 {
		j.Files = map[string]string{}
	}
	for _, name := range f.Files {
		j.Files[name] = "/v1/fits/" + f.ID + "/files/" + url.PathEscape(name)
	}
	return j
}

func (c *call) listFits() error {
	return listed(c, "fits", c.desk.Fits, func(f store.Fit) string { return f.ID }, c.showFit)
}

// maxWait bounds Prefer: wait [s].
const maxWait = 60

// wait is how long the caller prefers to wait for the result (RFC 7240).
func (c *call) wait() time.Duration {
	for part := range strings.SplitSeq(strings.Join(c.r.Header.Values("Prefer"), ","), ",") {
		if name, value, ok := strings.Cut(strings.TrimSpace(part), "="); ok && name == "wait" {
			if n, err := strconv.Atoi(value); err == nil && n > 0 {
				return time.Duration(min(n, maxWait)) * time.Second
			}
		}
	}
	return 0
}

func (c *call) addFit(ask fitRequest) error {
	once, err := c.once(c.sent)
	if err != nil {
		return err
	}
	made, err := c.desk.AskFit(c.r.Context(), c.who, concierge.FitWish{Style: ask.Style, Avatar: ask.Avatar, Grant: ask.Grant, Mannequin: ask.Mannequin, Sizes: ask.Sizes, Under: ask.Under, Lang: c.lang}, once)
	return c.made(made, err, func(status int) error { return c.awaitFit(last(made.Location)) })
}

// pollEvery is how often a waiting request looks at the record it waits for.
// Looking works across a fleet, needs no memory, and costs one read.
const pollEvery = 50 * time.Millisecond

// awaitFit answers with the fit: 200 once it has ended, or 202 when the time
// the caller prefers to wait is over.
func (c *call) awaitFit(id string) error {
	patience := c.wait()
	if patience > 0 {
		c.w.Header().Set("Preference-Applied", fmt.Sprintf("wait=%d", patience/time.Second))
		c.unhurried(patience)
	}
	for end := time.Now().Add(patience); ; {
		f, err := c.desk.Fit(c.r.Context(), c.who, id)
		if err != nil {
			return err
		}
		if f.State != store.Queued && f.State != store.Running {
			return c.json(http.StatusOK, c.showSeen(f))
		}
		if time.Now().After(end) {
			return c.json(http.StatusAccepted, c.showSeen(f))
		}
		select {
		case <-c.r.Context().Done():
			return c.r.Context().Err()
		case <-time.After(pollEvery):
		}
	}
}

// unhurried moves the connection's time limits behind a wait.
func (c *call) unhurried(wait time.Duration) {
	conn := http.NewResponseController(c.w)
	conn.SetReadDeadline(time.Time{})
	conn.SetWriteDeadline(time.Now().Add(wait + time.Minute))
}

func (c *call) getFit(id string) error { return one(c, id, c.desk.Fit, c.showSeen) }

func (c *call) cancelFit(id string) error { return drop(c, id, c.desk.CancelFit) }

func (c *call) getFitFile(id, name string) error {
	data, tag, err := c.desk.FitFile(c.r.Context(), c.who, id, name)
	if err != nil {
		return err
	}
	h := c.w.Header()
	h.Set("ETag", `"`+tag+`"`)
	h.Set("Cache-Control", "private, no-cache, immutable") // looked at anew each time: a grant may have ended
	h.Set("Content-Type", wire.MediaType(name))
	if path.Ext(name) == ".glb" {
		h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	}
	http.ServeContent(c.w, c.r, "", time.Time{}, bytes.NewReader(data))
	return nil
}

type jobJSON struct {
	ID      string     `json:"id"`
	Kind    string     `json:"kind"`
	Subject string     `json:"subject"`
	State   string     `json:"state"`
	Done    float64    `json:"done"`
	Stage   string     `json:"stage,omitempty"`
	Problem string     `json:"problem,omitempty"`
	Created *time.Time `json:"created"`
	Changed *time.Time `json:"changed"`
}

func showJob(j store.Job) jobJSON {
	return jobJSON{j.ID, j.Kind, j.Subject, j.State, float64(j.Done) / 1000, j.Stage, j.Problem, when(j.Created), when(j.Changed)}
}

func (c *call) listJobs() error {
	return listed(c, "jobs", c.desk.Jobs, func(j store.Job) string { return j.ID }, showJob)
}

func (c *call) getJob(id string) error { return one(c, id, c.desk.Job, showJob) }

func (c *call) cancelJob(id string) error { return drop(c, id, c.desk.CancelJob) }

// Timing of event streams: news are at most this late, and a quiet stream says
// so now and then, that nothing in between ends it.
const (
	newsEvery  = 200 * time.Millisecond
	quietEvery = 15 * time.Second
)

// getJobEvents streams the steps of a job until it ends. A stream that broke
// is taken up again after its Last-Event-ID.
func (c *call) followJob(id string) error {
	if _, err := c.desk.Job(c.r.Context(), c.who, id); err != nil {
		return err
	}
	seq := int64(0)
	if text := c.r.Header.Get("Last-Event-ID"); text != "" {
		var err error
		if seq, err = strconv.ParseInt(text, 10, 64); err != nil || seq < 0 {
			return problem.Invalid(problem.At("/Last-Event-ID", "unusable"))
		}
	}
	h := c.w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("X-Accel-Buffering", "no")
	c.w.WriteHeader(http.StatusOK)
	for quiet := time.Now(); ; {
		// The right to the job is asked for anew each time: it may end.
		job, err := c.desk.Job(c.r.Context(), c.who, id)
		if err != nil {
			return nil // the stream ends; what has begun cannot become a problem
		}
		events, err := c.desk.JobEvents(c.r.Context(), job.ID, seq)
		if err != nil {
			return nil
		}
		for _, e := range events {
			data, _ := json.Marshal(map[string]any{"state": e.State, "done": float64(e.Done) / 1000, "stage": e.Stage})
			if !c.send(fmt.Sprintf("id: %d\nevent: %s\ndata: %s\n\n", e.Seq, e.State, data)) {
				return nil
			}
			seq, quiet = e.Seq, time.Now()
		}
		if job.State != store.Queued && job.State != store.Running && len(events) == 0 {
			return nil
		}
		if time.Since(quiet) > quietEvery {
			quiet = time.Now()
			if !c.send(": still here\n\n") {
				return nil
			}
		}
		select {
		case <-c.r.Context().Done():
			return nil
		case <-time.After(newsEvery):
		}
	}
}

// send writes a piece of a stream at once and tells whether anybody listens.
func (c *call) send(text string) bool {
	conn := http.NewResponseController(c.w)
	conn.SetReadDeadline(time.Time{})
	conn.SetWriteDeadline(time.Now().Add(time.Minute))
	_, err := c.w.Write([]byte(text))
	return err == nil && conn.Flush() == nil
}
