package main

import (
	"bufio"
	"bytes"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// imports is policy: which of our own packages each package may use. It is
// never widened to fix a build; a change here is a change of architecture and
// goes with ARCHITECTURE.md. "..." ends a prefix.
var imports = map[string][]string{
	"geometry":               {},
	"geometry/fault":         {},
	"geometry/bvh":           {"geometry"},
	"geometry/tape":          {"geometry"},
	"geometry/body":          {"geometry", "geometry/bvh", "geometry/tape", "geometry/fault"},
	"geometry/body/survey":   {"geometry/body"},
	"geometry/geomtest":      {"geometry"},
	"garment":                {},
	"garment/fabric":         {"geometry/fault"},
	"garment/fabric/u3m":     {"garment/fabric", "geometry/fault"},
	"garment/pattern":        {"geometry", "geometry/fault"},
	"garment/pattern/gcjson": {"garment/pattern", "geometry/fault"},
	"garment/pattern/match":  {"garment/pattern", "geometry/fault"},
	"garment/pattern/sheet":  {"garment/pattern"},
	"garment/pattern/dxf":    {"garment/pattern", "garment/pattern/match", "geometry/fault"},
	"garment/pattern/spec":   {"garment/pattern", "geometry/fault"},
	"garment/cloth":          {"geometry", "garment/fabric"},
	"garment/sew/cdt":        {"geometry/fault"},
	"garment/sew":            {"geometry", "geometry/bvh", "geometry/body", "garment/fabric", "garment/pattern", "garment/cloth", "garment/sew/...", "geometry/fault"},
	"garment/drape":          {"geometry", "geometry/bvh", "garment/cloth", "garment/drape/lanes", "garment/fabric", "geometry/fault"},
	"garment/drape/lanes":    {},
	"garment/fit":            {"geometry", "geometry/bvh", "geometry/tape", "geometry/body", "garment/fabric", "garment/cloth", "garment/drape", "garment/words", "geometry/fault"},
	"garment/words":          {"geometry/body", "geometry/fault"},
	"garment/wearers":        {},
	"garment/tryon":          {"geometry/...", "garment/..."},
	"render":                 {"geometry"},
	"render/export":          {"geometry", "render"},
	"render/gl":              {"geometry", "render"},
	"cmd/fitroom-gl":         {"render/gl"},
	"assets":                 {},
	"assets/bodybuild":       {"assets", "geometry/..."},
	"assets/statbuild":       {"assets", "geometry/..."},
	"assets/priorbuild":      {"assets", "geometry/..."},
	"bench/validation":       {"bench/laws"},
	"bench/laws":             {"bench", "garment/...", "geometry"},
	"bench/sizecharts":       {"garment/fit", "geometry/body"},
	"bench/fitreport":        {"assets", "bench", "bench/feedback", "bench/sizecharts", "garment/...", "geometry/...", "render"},
	"bench/bodyreport":       {"geometry/...", "assets", "bench/lineup"},
	"bench":                  {"geometry/...", "garment/...", "render/...", "assets"},
	"bench/lineup":           {"geometry/...", "render", "assets"},
	"bench/patternreport":    {"geometry/...", "garment/...", "render", "assets"},
	"bench/peers/drape":      {"bench", "garment/drape", "geometry/..."},
	"bench/feedback":         {"garment/wearers"},
	"api":                    {"api/...", "geometry/...", "garment/...", "render/..."},
	"api/wire":               {"geometry/...", "garment/..."},
	"api/catalog":            {"api/wire", "geometry/fault"},
	"api/album":              {"api/wire", "geometry/...", "garment/...", "render/..."},
	"api/web":                {},
	"api/sqldb":              {},
	"api/sqldb/sqldbtest":    {},
	"api/store":              {"api/sqldb"},
	"api/blob":               {},
	"api/jobs":               {"api/metrics", "api/sqldb"},
	"api/metrics":            {},
	"api/vault":              {},
	"api/problem":            {"garment/words"},
	"api/consent":            {"api/wire"},
	"api/hook":               {},
	"api/post":               {},
	"api/passkey":            {},
	"api/backup":             {"api/store"},
	"api/docs":               {},
	"api/client":             {},
	"api/concierge":          {"api/...", "geometry/...", "garment/...", "render/..."},
	"api/servergen":          {},
	"api/v1":                 {"api/concierge", "api/passkey", "api/problem", "api/store", "api/wire", "garment/words"},
	"cmd/fitroom":            {"api/...", "assets", "bench", "bench/lineup", "geometry/...", "garment/...", "render/..."},
}

// thirdParty names the outside modules that only certain packages may use.
var thirdParty = map[string][]string{
	"github.com/labstack/echo":       {"api"},
	"github.com/disintegration":      {"render", "render/...", "api/album"},
	"github.com/qmuntal/gltf":        {"render/export"},
	"github.com/g3n/engine":          {"render/gl"},
	"github.com/spf13/cobra":         {"cmd/fitroom"},
	"github.com/schollz/progressbar": {"cmd/fitroom", "bench/bodyreport"},
	"github.com/klauspost/compress":  {"assets", "assets/bodybuild", "geometry/body"},
	"modernc.org/sqlite":             {"api/sqldb"},
	"github.com/pressly/goose":       {"api/sqldb"},
	"github.com/jackc/pgx":           {"api/sqldb", "api/sqldb/...", "api/jobs"},
	"github.com/riverqueue/river":    {"api/sqldb", "api/jobs"},
	"github.com/minio/minio-go":      {"api/blob"},
	"github.com/tink-crypto/tink-go": {"api/vault"},
	"github.com/getkin/kin-openapi":  {"api/v1", "api/docs", "api/servergen"},
	"github.com/go-webauthn":         {"api/passkey"},
	"github.com/oapi-codegen":        {"api/client"},
	"go.opentelemetry.io":            {"api/metrics"},
	"github.com/prometheus":          {"api/metrics"},
	"github.com/knadh/koanf":         {"cmd/fitroom"},
	"golang.org/x/sys":               {"garment/drape/lanes", "geometry/bvh"},
}

// What no domain package may know: the network and JSON. gcjson reads a
// foreign JSON format, that is its whole purpose, and dxf a seam list written
// by hand beside the drawing, and garment/fabric/u3m a material file; geometry/body reads the
// survey figures that assets/statbuild writes for it, garment/words the files of
// the languages.
var wireOnly = []string{"net/http", "encoding/json"}
var mayKnowWire = []string{"api", "api/...", "cmd/fitroom", "bench", "bench/sizecharts", "bench/patternreport", "bench/peers/drape", "garment/pattern/gcjson", "garment/pattern/dxf", "garment/fabric/u3m", "garment/words", "geometry/body", "assets/bodybuild", "assets/statbuild", "render/export"}

func allowed(list []string, pkg string) bool {
	return slices.ContainsFunc(list, func(p string) bool {
		prefix, tree := strings.CutSuffix(p, "...")
		return p == pkg || tree && (strings.HasPrefix(pkg, prefix) || pkg == strings.TrimSuffix(prefix, "/"))
	})
}

// Run with -count=1: the answer of `go list` is outside the test cache.
func TestImportsFollowTheMap(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "fitroom/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for sc := bufio.NewScanner(bytes.NewReader(out)); sc.Scan(); {
		f := strings.Fields(sc.Text())
		checkImports(t, strings.TrimPrefix(f[0], "fitroom/"), f[1:])
	}
}

func checkImports(t *testing.T, pkg string, used []string) {
	row, ok := imports[pkg]
	if !ok {
		t.Errorf("package %s has no row in the import table", pkg)
	}
	for _, path := range used {
		if own, ok := strings.CutPrefix(path, "fitroom/"); ok && !allowed(row, own) {
			t.Errorf("%s imports %s, which the map does not allow", pkg, own)
		}
		for prefix, users := range thirdParty {
			if strings.HasPrefix(path, prefix) && !allowed(users, pkg) {
				t.Errorf("%s imports %s, which only %v may use", pkg, path, users)
			}
		}
		if slices.Contains(wireOnly, path) && !allowed(mayKnowWire, pkg) {
			t.Errorf("%s imports %s; only %v know it", pkg, path, mayKnowWire)
		}
	}
}
