package api

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"runtime"
	"strings"
	"time"

	"fitroom/api/docs"
	"fitroom/api/web"
	"fitroom/garment/pattern/dxf"
	"fitroom/garment/words"

	"github.com/labstack/echo/v4"
)

//go:embed openapi.yaml
var contract []byte

func (s *Server) serveContract(c echo.Context) error {
	return c.Blob(http.StatusOK, "application/yaml", contract)
}

// drawDocs lays the contract out as a page.
func drawDocs(pages *template.Template) ([]byte, error) {
	book, err := docs.Read(contract)
	if err != nil {
		return nil, fmt.Errorf("api: %w", err)
	}
	var html bytes.Buffer
	if err := pages.ExecuteTemplate(&html, "docs.html", book); err != nil {
		return nil, fmt.Errorf("api: %w", err)
	}
	return html.Bytes(), nil
}

func (s *Server) serveDocs(c echo.Context) error {
	html := s.docs
	h := c.Response().Header()
	h.Set("Vary", "Accept-Encoding")
	if squeezable(c.Request()) {
		h.Set("Content-Encoding", "gzip")
		html = squeeze(html)
	}
	return c.HTMLBlob(http.StatusOK, html)
}

// serveSeamsSchema publishes the JSON Schema of the seam list of a DXF pattern.
func (s *Server) serveSeamsSchema(c echo.Context) error {
	return c.Blob(http.StatusOK, "application/schema+json", dxf.SeamsSchema)
}

// serveLive says that the process answers; getReady, that it takes try-ons.
func (s *Server) serveLive(c echo.Context) error {
	return c.JSON(http.StatusOK, map[string]string{"status": "ok"})
}

func (s *Server) serveReady(c echo.Context) error {
	if s.draining.Load() {
		return errStopping
	}
	if s.desks != nil {
		if err := s.desks.Ready(c.Request().Context()); err != nil {
			return newProblem(http.StatusServiceUnavailable, "not-ready", "Not ready", "The database does not answer.")
		}
	}
	return c.JSON(http.StatusOK, map[string]string{"status": "ok"})
}

func (s *Server) serveVersion(c echo.Context) error {
	return c.JSON(http.StatusOK, map[string]string{"engine": s.version, "go": runtime.Version()})
}

// styleCard is one style of the catalogue in JSON.
type styleCard struct {
	Name       string            `json:"name"`
	Kind       string            `json:"kind"`
	Population string            `json:"population"`
	Sizes      []string          `json:"sizes"`
	Primary    []string          `json:"primary"`
	Title      map[string]string `json:"title"`
	Drapes     bool              `json:"drapes"` // it has a pattern; otherwise advice from the size chart only
}

func (s *Server) getStyles(c echo.Context) error {
	return c.JSON(http.StatusOK, map[string]any{"styles": s.cards()})
}

func (s *Server) cards() []styleCard {
	cards := []styleCard{}
	for _, g := range s.garments {
		card := styleCard{
			Name: g.Style.ID, Kind: g.Style.Kind, Population: string(g.Style.Population), Sizes: g.Style.Sizes,
			Primary: []string{}, Title: title(g), Drapes: len(g.Style.Patterns) > 0,
		}
		for _, k := range g.Style.Primary {
			card.Primary = append(card.Primary, string(k))
		}
		cards = append(cards, card)
	}
	return cards
}

// title is the garment's name for people in every language of the pages.
func title(g Garment) map[string]string {
	all := map[string]string{}
	for _, lang := range words.Codes() {
		all[lang] = g.Sheet.Text[lang]
		if all[lang] == "" {
			all[lang] = g.Style.ID
		}
	}
	return all
}

// static is one file of the pages, plain and packed.
type static struct {
	plain, packed []byte
	tag           string
}

// readStatics packs the files of the pages once.
func readStatics() (map[string]static, error) {
	entries, err := fs.ReadDir(web.Files, "static")
	if err != nil {
		return nil, err
	}
	all := map[string]static{}
	for _, e := range entries {
		data, err := fs.ReadFile(web.Files, "static/"+e.Name())
		if err != nil {
			return nil, err
		}
		if e.Name() == elementFile {
			if data, err = speaking(data); err != nil {
				return nil, err
			}
		}
		sum := sha256.Sum256(data)
		all[e.Name()] = static{data, squeeze(data), hex.EncodeToString(sum[:8])}
	}
	return all, nil
}

// serveStatic serves the pages' style sheet, scripts and icon. They may be kept
// but are asked for anew each time, by their hash.
func (s *Server) serveStatic(c echo.Context, name string) error {
	file, ok := s.statics[name]
	if !ok {
		return echo.ErrNotFound
	}
	h := c.Response().Header()
	h.Set("Content-Type", staticType(name))
	h.Set("Cache-Control", "no-cache")
	h.Set("Vary", "Accept-Encoding")
	if name == elementFile {
		h.Set("Cross-Origin-Resource-Policy", "cross-origin") // it is for other sites' pages
	}
	data, tag := file.plain, file.tag
	if squeezable(c.Request()) {
		h.Set("Content-Encoding", "gzip")
		data, tag = file.packed, tag+"-gzip"
	}
	h.Set("ETag", fmt.Sprintf("%q", tag))
	http.ServeContent(c.Response(), c.Request(), "", time.Time{}, bytes.NewReader(data))
	return nil
}

func staticType(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	}
	return "application/octet-stream"
}

// echoPath turns OpenAPI's {name} into Echo's :name.
func echoPath(p string) string {
	return strings.NewReplacer("{", ":", "}", "").Replace(p)
}

func typeName(v any) string { return fmt.Sprintf("%T", v) }
