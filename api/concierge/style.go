package concierge

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"path"
	"time"

	"fitroom/api/blob"
	"fitroom/api/problem"
	"fitroom/api/store"
	"fitroom/api/wire"
	"fitroom/garment/fit"
	"fitroom/garment/tryon"
	"fitroom/garment/words"
)

// Limits on an upload.
const (
	maxZipFiles = 500
	maxZipBytes = 128 << 20 // unpacked
)

// Card is what is shown of a style.
type Card struct {
	Name       string            `json:"name"`
	Kind       string            `json:"kind"`
	Population string            `json:"population"`
	Sizes      []string          `json:"sizes"`
	Primary    []string          `json:"primary"`
	Title      map[string]string `json:"title"`
	Drapes     bool              `json:"drapes"`
}

// ImportReport is what the import of a style found, in one language. It is kept
// in every language (everyLanguage).
type ImportReport struct {
	Errors []ImportFault       `json:"errors"`
	Notes  []string            `json:"notes"`  // what the files left open and how it was taken
	Panels map[string][]string `json:"panels"` // by size
}

// ImportFault is one thing that keeps a style from being used.
type ImportFault struct {
	Pointer string `json:"pointer"`
	Detail  string `json:"detail"`
}

// findings are what an import report tells.
type findings struct {
	faults []wire.FieldError
	notes  []fit.Remark
	panels map[string][]string
}

func (f findings) in(l *words.Language) ImportReport {
	r := ImportReport{Errors: make([]ImportFault, len(f.faults)), Notes: fit.In(l.Code, f.notes), Panels: f.panels}
	for i, found := range f.faults {
		r.Errors[i] = ImportFault{found.Pointer, found.In(l.Code)}
	}
	return r
}

// everyLanguage is what is kept of a report: one per language.
func everyLanguage[R any](in func(*words.Language) R) string {
	told := map[string]R{}
	for _, l := range words.All() {
		told[l.Code] = in(l)
	}
	return text(told)
}

// InLanguage is a kept report in a language, in English where it was made before
// that language was known, and as it is while there is none.
func InLanguage(kept, lang string) json.RawMessage {
	var told map[string]json.RawMessage
	if err := json.Unmarshal([]byte(kept), &told); err == nil {
		for _, code := range []string{lang, words.All()[0].Code} {
			if r, ok := told[code]; ok {
				return r
			}
		}
	}
	return json.RawMessage(kept)
}

// uploadName is the blob of what a shop sent, by its content.
func uploadName(shop string, data []byte) string {
	sum := sha256.Sum256(data)
	return "s/" + shop + "/" + hex.EncodeToString(sum[:])
}

// AddStyle takes a style.json or a ZIP of a style folder, to be imported by a
// job.
func (c *Concierge) AddStyle(ctx context.Context, who Who, upload []byte, o Once) (Made, error) {
	name := uploadName(who.Shop, upload)
	if err := c.blobs.PutIfAbsent(ctx, name, upload); err != nil {
		return Made{}, err
	}
	now := time.Now()
	s := store.Style{ID: store.NewID("sty"), Shop: who.Shop, Version: 1, State: store.Queued, Upload: name, Card: "{}", Report: "{}", Job: store.NewID(jobKind), Created: now, Changed: now}
	return c.once(ctx, who, o, func(tx *store.Tx) (Made, error) {
		if err := c.admit(ctx, tx); err != nil {
			return Made{}, err
		}
		return Made{http.StatusAccepted, "/v1/styles/" + s.ID, false}, errors.Join(tx.AddStyle(ctx, s), c.addImport(ctx, tx, s))
	})
}

// jobKind begins the identifiers of jobs.
const jobKind = "job"

func (c *Concierge) addImport(ctx context.Context, tx *store.Tx, s store.Style) error {
	now := time.Now()
	if err := tx.AddJob(ctx, store.Job{ID: s.Job, Kind: importJob, Subject: s.ID, Shop: s.Shop, State: store.Queued, Stage: "waiting", Created: now, Changed: now}); err != nil {
		return err
	}
	return c.queue.Add(ctx, tx.Raw(), importJob, s.Job)
}

// admit turns work away when too much waits already.
func (c *Concierge) admit(ctx context.Context, tx *store.Tx) error {
	n, err := tx.CountJobs(ctx)
	if err == nil && n >= c.mostOpen {
		return problem.Later("busy", 10*time.Second)
	}
	return err
}

// ReplaceStyle puts another upload in the place of a style of a version.
func (c *Concierge) ReplaceStyle(ctx context.Context, who Who, id string, was int64, upload []byte) error {
	if _, err := c.store.Style(ctx, who.Shop, id); err != nil {
		return err
	}
	name := uploadName(who.Shop, upload)
	if err := c.blobs.PutIfAbsent(ctx, name, upload); err != nil {
		return err
	}
	s := store.Style{ID: id, Shop: who.Shop, State: store.Queued, Upload: name, Job: store.NewID(jobKind)}
	return c.store.Update(ctx, func(tx *store.Tx) error {
		if err := c.admit(ctx, tx); err != nil {
			return err
		}
		return errors.Join(tx.ReplaceStyle(ctx, s, was), c.addImport(ctx, tx, s))
	})
}

// Style is a style of the shop, or for a customer a ready one of any shop.
func (c *Concierge) Style(ctx context.Context, who Who, id string) (store.Style, error) {
	return c.store.Style(ctx, who.Shop, id)
}

// Styles lists the styles of the shop, or for a customer the ready ones of all.
func (c *Concierge) Styles(ctx context.Context, who Who, p store.Page) ([]store.Style, error) {
	return c.store.Styles(ctx, who.Shop, p)
}

// DropStyle removes a style and the fits of it.
func (c *Concierge) DropStyle(ctx context.Context, who Who, id string) error {
	return c.store.Update(ctx, func(tx *store.Tx) error { return tx.DropStyle(ctx, who.Shop, id) })
}

// openUpload reads a style from what a shop sent.
func openUpload(data []byte) (*tryon.Style, wire.Style, error) {
	if !bytes.HasPrefix(data, []byte("PK")) {
		var sheet wire.Style
		if err := wire.ReadStrict("", data, &sheet); err != nil {
			return nil, sheet, err
		}
		style, err := sheet.Convert("", nil)
		return style, sheet, err
	}
	files, root, err := openZip(data)
	if err != nil {
		return nil, wire.Style{}, err
	}
	return wire.OpenStyle(files, root)
}

// openZip finds the folder with style.json in a ZIP: the top, or the only one.
func openZip(data []byte) (*zip.Reader, string, error) {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, "", wire.Fault("", "the ZIP cannot be read")
	}
	total := uint64(0)
	for _, f := range r.File {
		total += f.UncompressedSize64
	}
	if len(r.File) > maxZipFiles || total > maxZipBytes {
		return nil, "", wire.Fault("", "the ZIP holds %d files of %d MB in all; at most %d files of %d MB are read", len(r.File), total>>20, maxZipFiles, maxZipBytes>>20)
	}
	for _, pattern := range []string{"style.json", "*/style.json"} {
		if found, _ := fs.Glob(r, pattern); len(found) == 1 {
			return r, path.Dir(found[0]), nil
		}
	}
	return nil, "", wire.Fault("", "the ZIP holds no style.json, or several")
}

// style reads the imported style of a record.
func (c *Concierge) style(ctx context.Context, s store.Style) (*tryon.Style, wire.Style, error) {
	data, err := blob.Read(ctx, c.blobs, s.Upload)
	if err != nil {
		return nil, wire.Style{}, err
	}
	return openUpload(data)
}

// workImport imports a style.
func (c *Concierge) workImport(ctx context.Context, id string) error {
	job, s, err := c.importOf(ctx, id)
	if err != nil || job.State != store.Queued && job.State != store.Running || s.Job != id {
		return gone(err)
	}
	style, sheet, err := c.style(ctx, s)
	report := findings{panels: map[string][]string{}}
	s.State, s.Card, job.State, job.Done = store.Done, "{}", store.Done, 1000
	switch faults, ok := wire.AsErrors(err); {
	case ok:
		report.faults = faults
	case errors.Is(err, blob.ErrAbsent) || ctx.Err() != nil:
		return err
	case err != nil:
		report.faults = []wire.FieldError{{Err: err}}
	default:
		s.Name, s.Card = clean(style.ID), text(card(style, sheet))
		report.notes = style.Notes
		for size, p := range style.Patterns {
			for _, panel := range p.Panels {
				report.panels[size] = append(report.panels[size], panel.Name)
			}
		}
	}
	if len(report.faults) > 0 {
		s.State, job.State, job.Problem = store.Failed, store.Failed, "style-unusable"
	}
	s.Report = everyLanguage(report.in)
	return gone(c.store.Update(ctx, func(tx *store.Tx) error {
		if err := errors.Join(tx.SetJob(ctx, job), tx.FinishStyle(ctx, s), tx.SetProducts(ctx, s.ID, products(s, sheet))); err != nil {
			return err
		}
		return c.tell(ctx, tx, news{Shop: s.Shop, Event: "style." + s.State, Subject: s.ID})
	}))
}

func (c *Concierge) importOf(ctx context.Context, id string) (store.Job, store.Style, error) {
	job, err := c.store.Job(ctx, id)
	if err != nil {
		return job, store.Style{}, err
	}
	s, err := c.store.StyleAnyState(ctx, job.Subject)
	return job, s, err
}

// giveUpImport notes that a style could not be imported by a fault of ours.
func (c *Concierge) giveUpImport(ctx context.Context, id string) {
	job, s, err := c.importOf(ctx, id)
	if err != nil {
		return
	}
	job.State, job.Problem, s.State = store.Failed, "internal", store.Failed
	c.noteFailure(ctx, func(tx *store.Tx) error { return errors.Join(tx.SetJob(ctx, job), tx.FinishStyle(ctx, s)) })
}

// gone makes nothing of a record that is no longer there: whoever it was for
// has erased, revoked or cancelled it, and the job is over.
func gone(err error) error {
	if errors.Is(err, store.ErrAbsent) {
		return nil
	}
	return err
}

// text is the JSON of a value of ours.
func text(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic("concierge: " + err.Error())
	}
	return string(data)
}

func card(style *tryon.Style, sheet wire.Style) Card {
	c := Card{Name: style.ID, Kind: style.Kind, Population: string(style.Population), Sizes: style.Sizes, Primary: []string{}, Title: map[string]string{}, Drapes: len(style.Patterns) > 0}
	for _, k := range style.Primary {
		c.Primary = append(c.Primary, string(k))
	}
	for _, lang := range words.Codes() {
		if c.Title[lang] = sheet.Text[lang]; c.Title[lang] == "" {
			c.Title[lang] = style.ID
		}
	}
	return c
}
