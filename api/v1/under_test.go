package v1_test

import (
	"strings"
	"testing"
)

// vest is a wide top to be worn over drapedStyle.
var vest = strings.NewReplacer(`"tee"`, `"tank"`, `"M": 100`, `"M": 116`).Replace(drapedStyle)

// What is worn beneath goes with the wish: the report says so, another size
// beneath is another result, and a garment or size that is not there is refused
// where it was named.
func TestWornBeneath(t *testing.T) {
	w := open(t, "", nil)
	_, key := w.shop("A")
	_, other := w.shop("B")
	over, beneath, theirs := w.style(key, vest), w.style(key, drapedStyle), w.style(other, drapedStyle)
	wish := func(style, size string) map[string]any {
		return map[string]any{"style": over, "mannequin": "M", "under": map[string]any{"style": style, "size": size}}
	}
	for pointer, body := range map[string]map[string]any{
		"/under/style": wish(theirs, "M"),
		"/under/size":  wish(beneath, "XXS"),
	} {
		r := w.want(422, askFor("POST", "/v1/fits", key, body))
		if !strings.Contains(string(r.data), `"`+pointer+`"`) {
			t.Errorf("%s; want the blame on %s", r.data, pointer)
		}
	}
	alone := w.fit(key, map[string]any{"style": over, "mannequin": "M"})
	layered := w.fit(key, wish(beneath, "M"))
	if strings.Contains(string(alone.data), `"under":`) || !strings.Contains(string(layered.data), `"under":{"style":"`+beneath+`","size":"M"}`) {
		t.Errorf("alone %.300s\nover the tee %.300s", alone.data, layered.data)
	}
	if report, _ := layered.object(w)["report"].(map[string]any); report == nil || !strings.Contains(strings.Join(words(report["assumptions"]), "\n"), "Worn over tee in size M") {
		t.Errorf("the report does not say what was worn beneath: %.2000s", layered.data)
	}
}

func words(list any) (out []string) {
	all, _ := list.([]any)
	for _, v := range all {
		word, _ := v.(string)
		out = append(out, word)
	}
	return out
}
