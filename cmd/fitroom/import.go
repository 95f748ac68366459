package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fitroom/api/catalog"

	"github.com/spf13/cobra"
)

// importedStyle is what `garment import` says of one style.
type importedStyle struct {
	Style    string   `json:"style"`
	Sizes    []string `json:"sizes"`
	Articles int      `json:"articles"`
	GTINs    int      `json:"gtins"`
	Charted  bool     `json:"charted"`
}

func importCommand() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "import FEED --out DIR",
		Short: "Make styles of a shop's feed: Google Merchant, Shopify, schema.org",
		Long: `Reads a Google Merchant feed (XML or tab-separated), Shopify product JSON or
schema.org Product JSON-LD and writes one style folder per garment, with its
sizes, articles, GTINs and, where the feed states it, the size chart.`,
		Example: "  fitroom garment import products.xml --out styles",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("name one feed; %d are named", len(args))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if out == "" {
				return usagef("--out is missing; it names the folder for the styles")
			}
			f, err := os.Open(args[0])
			if err != nil {
				return err
			}
			defer f.Close()
			c, err := catalog.Read(f, filepath.Base(args[0]))
			if err != nil {
				return err
			}
			styles, notes, err := importStyles(c, out)
			if err != nil {
				return err
			}
			if asJSON(cmd) {
				return writeJSON(cmd.OutOrStdout(), map[string]any{"status": "ok", "format": c.Format, "articles": c.Articles, "gtins": c.GTINs, "styles": styles, "notes": notes})
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s: %d articles, %d of them with a good GTIN, in %d styles written to %s\n", c.Format, c.Articles, c.GTINs, len(styles), out)
			for _, n := range notes {
				fmt.Fprintf(cmd.OutOrStdout(), "note: %s\n", n)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "folder for the style folders; it must not exist yet")
	return jsonFlag(cmd)
}

// importStyles writes all folders beside their place and moves them there, so
// that a failure leaves nothing behind.
func importStyles(c *catalog.Catalog, out string) ([]importedStyle, []string, error) {
	if _, err := os.Lstat(out); err == nil {
		return nil, nil, fmt.Errorf("%s exists already; import does not overwrite", out)
	}
	parent := filepath.Dir(filepath.Clean(out))
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return nil, nil, err
	}
	tmp, err := os.MkdirTemp(parent, ".fitroom-")
	if err != nil {
		return nil, nil, err
	}
	defer os.RemoveAll(tmp)
	styles, more := c.Wire()
	notes := inWords(slices.Concat(c.Notes, more))
	if len(styles) == 0 {
		return nil, nil, fmt.Errorf("no style of the feed can be used: %s", strings.Join(notes, "; "))
	}
	told := []importedStyle{}
	for _, s := range styles {
		data, err := json.MarshalIndent(s, "", "  ")
		if err != nil {
			return nil, nil, err
		}
		dir := filepath.Join(tmp, s.Style)
		if err := os.Mkdir(dir, 0o755); err != nil {
			return nil, nil, err
		}
		if err := os.WriteFile(filepath.Join(dir, "style.json"), append(data, '\n'), 0o644); err != nil {
			return nil, nil, err
		}
		one := importedStyle{Style: s.Style, Sizes: s.Sizes, Articles: len(s.Variants), Charted: len(s.Chart) > 0}
		for _, v := range s.Variants {
			if v.GTIN != "" {
				one.GTINs++
			}
		}
		told = append(told, one)
	}
	if err := os.Chmod(tmp, 0o755); err != nil {
		return nil, nil, err
	}
	return told, notes, os.Rename(tmp, out)
}

// inWords are notes as the command line tells them.
func inWords(notes []error) []string {
	var told []string
	for _, n := range notes {
		told = append(told, n.Error())
	}
	return told
}
