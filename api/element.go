package api

import (
	"bytes"
	"encoding/json"
	"errors"

	"fitroom/garment/words"
)

// elementFile is the script of <fit-room> for the pages of shops.
const elementFile = "fit-room.js"

// elementWords are what the script says in one language.
type elementWords struct {
	Lang     string            `json:"lang"`
	Ask      string            `json:"ask"`
	Again    string            `json:"again"`
	Open     string            `json:"open"`
	Blocked  string            `json:"blocked"`
	One      string            `json:"one"`
	Between  string            `json:"between"`
	None     string            `json:"none"`
	Refuse   string            `json:"refuse"`
	Details  string            `json:"details"`
	Size     string            `json:"size"`
	Verdicts map[string]string `json:"v"`
	Zones    map[string]string `json:"z"`
}

// speaking is the script with the words of every language in it.
func speaking(script []byte) ([]byte, error) {
	all := map[string]elementWords{}
	for _, l := range words.All() {
		say := l.Pages
		all[l.Code] = elementWords{
			Lang: l.Code, Ask: say["element.ask"], Again: say["element.again"], Open: say["element.open"], Blocked: say["element.blocked"],
			One: say["element.one"], Between: say["result.between"], None: say["result.none"], Refuse: say["result.refuse"],
			Details: say["element.details"], Size: say["element.size"], Verdicts: l.Verdicts, Zones: l.Zones,
		}
	}
	data, err := json.Marshal(all)
	if err != nil {
		return nil, err
	}
	const place = "const words = {};"
	if bytes.Count(script, []byte(place)) != 1 {
		return nil, errors.New(elementFile + " has no place for its words")
	}
	return bytes.Replace(script, []byte(place), append(append([]byte("const words = "), data...), ';'), 1), nil
}
