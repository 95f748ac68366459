package wire

import "fmt"

// Faults are found here and told to people elsewhere, in their language. The
// English sentence is the key to the German one, which fills its places with the
// same values in the same order; a test holds the list complete. What the readers
// of patterns and fabrics find is told in English.

// word is a value that has a German word too.
type word string

func (w word) German() string {
	switch w {
	case "an object":
		return "ein Objekt"
	case "a list":
		return "eine Liste"
	case "a text":
		return "ein Text"
	case "true or false":
		return "true oder false"
	case "a number":
		return "eine Zahl"
	case "cm, mm, m or in":
		return "cm, mm, m oder in"
	case "kg or lb":
		return "kg oder lb"
	}
	return string(w)
}

// inGerman says a fault in German; "" where there are no words for it.
func inGerman(format string, args []any) string {
	said, ok := german()[format]
	if !ok {
		return ""
	}
	filled := make([]any, len(args))
	for i, a := range args {
		filled[i] = a
		switch w := a.(type) {
		case interface{ German() string }:
			filled[i] = w.German()
		case FieldError: // found within
			filled[i] = w.In("de")
		}
	}
	return fmt.Sprintf(said, filled...)
}

func german() map[string]string {
	return map[string]string{
		"%s": "%s",
		"%q cannot be opened in the style's folder":  "%q lässt sich im Ordner des Modells nicht öffnen",
		"%q is not a measurement known here%s":       "%q ist hier kein bekanntes Maß%s",
		"%q is not a path inside the style's folder": "%q ist kein Pfad innerhalb des Modellordners",
		"%q is not a preset%s":                       "%q ist keine Voreinstellung%s",
		"%q %v":                                      "%q %v",
		"%v":                                         "%v",
		"%.20q has %d digits; a GTIN has 8, 12, 13 or 14":                                     "%.20q hat %d Ziffern; eine GTIN hat 8, 12, 13 oder 14",
		"%.20q is not made of digits":                                                         "%.20q besteht nicht aus Ziffern",
		"%.20q has the check digit %d; %d would be right":                                     "%.20q hat die Prüfziffer %d; richtig wäre %d",
		"gives the preset %q and figures of its own; give one or the other":                   "nennt die Voreinstellung %q und eigene Zahlen; nur eines von beiden ist erlaubt",
		"hold the sizes %s; the style has %s":                                                 "enthalten die Größen %s; das Modell hat %s",
		"holds %d articles; at most %d are read":                                              "enthält %d Artikel; höchstens %d werden gelesen",
		"holds %d prints; at most %d":                                                         "enthält %d Aufdrucke; höchstens %d sind erlaubt",
		"holds %d sizes; a style has 1 to %d, smallest first":                                 "enthält %d Größen; ein Modell hat 1 bis %d, die kleinste zuerst",
		"holds %d values; it must hold %d":                                                    "enthält %d Werte; es müssen %d sein",
		"is %d x %d px; sides of %d to %d and at most %d million pixels":                      "hat %d x %d px; erlaubt sind Seiten von %d bis %d und höchstens %d Millionen Pixel",
		"is %g %s; a measure of a garment is greater than 0":                                  "ist %g %s; ein Maß eines Kleidungsstücks ist größer als 0",
		"is %g %s; it must be greater than 0":                                                 "ist %g %s; es muss größer als 0 sein",
		"is %g; it must be 0 or more":                                                         "ist %g; es muss 0 oder mehr sein",
		"is %g; it must lie between %g and %d cm":                                             "ist %g; es muss zwischen %g und %d cm liegen",
		"is %g; it must lie between -%d and %d cm":                                            "ist %g; es muss zwischen -%d und %d cm liegen",
		"is %g; it must lie between 0 and %g":                                                 "ist %g; es muss zwischen 0 und %g liegen",
		"is %g; limits -360 to 360":                                                           "ist %g; erlaubt ist -360 bis 360",
		"is %q, which is not among the style's sizes %s":                                      "ist %q und gehört nicht zu den Größen %s des Modells",
		"is %q; a size needs a name of 1 to %d printable characters without spaces around it": "ist %q; eine Größe braucht einen Namen aus 1 bis %d druckbaren Zeichen ohne Leerzeichen am Rand",
		"is %q; a style needs a name of 1 to %d characters without slashes":                   "ist %q; ein Modell braucht einen Namen aus 1 bis %d Zeichen ohne Schrägstriche",
		"is %q; it must be %s":                                                                "ist %q; erlaubt ist %s",
		"is %q; it must be a colour written #rrggbb":                                          "ist %q; es muss eine Farbe der Form #rrggbb sein",
		"is %q; it must be a file within the style's folder":                                  "ist %q; es muss eine Datei im Ordner des Modells sein",
		"is %q; it must be cm, mm, m or in":                                                   "ist %q; erlaubt ist cm, mm, m oder in",
		"is %q; it must be declared as full or half":                                          "ist %q; es muss als full (ganz) oder half (halb) angegeben sein",
		"is %q; it must be mm or in, or absent where the file says it":                        "ist %q; erlaubt ist mm oder in, oder nichts, wo die Datei es sagt",
		"is %q; it must be one of %s":                                                         "ist %q; erlaubt ist eines von %s",
		"is %q; it must be open or closed, or absent where the seam list says it":             "ist %q; erlaubt ist open oder closed, oder nichts, wo die Nahtliste es sagt",
		"is %q; it must be tape_trained, tape_self, scan or estimated":                        "ist %q; erlaubt ist tape_trained, tape_self, scan oder estimated",
		"is %q; it must be template, garmentcode or dxf":                                      "ist %q; erlaubt ist template, garmentcode oder dxf",
		"is %q; it must be women, men or unspecified":                                         "ist %q; erlaubt ist women, men oder unspecified",
		"is %q; size %s has the panels %s":                                                    "ist %q; Größe %s hat die Schnittteile %s",
		"is %s, as that of article %d":                                                        "ist %s, wie die des Artikels %d",
		"is %s; it must be %s":                                                                "ist %s; es muss %s sein",
		"is %s; it must be a vertex number or [x, y, z]":                                      "ist %s; es muss die Nummer eines Punkts oder [x, y, z] sein",
		"is a number too large to be true":                                                    "ist eine Zahl, die zu groß ist, um wahr zu sein",
		"is damaged: %v":                                                                      "ist beschädigt: %v",
		"is empty; it names a DXF file per size, or one file under \"base\" or \"nest\"":      "ist leer; es nennt eine DXF-Datei je Größe oder eine Datei unter \"base\" oder \"nest\"",
		"is given twice": "ist doppelt angegeben",
		"is given twice: %s is the same measurement under another name":                                        "ist doppelt angegeben: %s ist dasselbe Maß unter anderem Namen",
		"is larger than %d MB, the most that is read":                                                          "ist größer als %d MB; mehr wird nicht gelesen",
		"is missing; a print lies on a panel":                                                                  "fehlt; ein Aufdruck liegt auf einem Schnittteil",
		"is missing; a swatch needs the width of one repeat, %g to %d cm":                                      "fehlt; ein Stoffmuster braucht die Breite eines Rapports, %g bis %d cm",
		"is missing; it must be a number in the stated unit":                                                   "fehlt; es muss eine Zahl in der genannten Einheit sein",
		"is neither a PNG nor a JPEG":                                                                          "ist weder ein PNG noch ein JPEG",
		"is neither a size of the style (%s) nor base or nest":                                                 "ist weder eine Größe des Modells (%s) noch base oder nest",
		"is not a measure of a garment known here":                                                             "ist hier kein bekanntes Maß eines Kleidungsstücks",
		"is not a measurement known here%s":                                                                    "ist hier kein bekanntes Maß%s",
		"is vertex %d; the mesh has 0 to %d":                                                                   "ist Punkt %d; das Netz hat 0 bis %d",
		"lies at (%g, %g) cm, beside panel %q of size %s, which reaches from (%.1f, %.1f) to (%.1f, %.1f) cm":  "liegt bei (%g, %g) cm neben dem Schnittteil %q der Größe %s, das von (%.1f, %.1f) bis (%.1f, %.1f) cm reicht",
		"lies at (%g, %g) cm; at most %d cm from the panel's origin":                                           "liegt bei (%g, %g) cm; erlaubt sind höchstens %d cm vom Ursprung des Schnittteils",
		"must be a file name or a specification":                                                               "muss ein Dateiname oder eine Spezifikation sein",
		"must be the name of a DXF file":                                                                       "muss der Name einer DXF-Datei sein",
		"names size %q, which is not among the style's sizes %s":                                               "nennt die Größe %q, die nicht zu den Größen %s des Modells gehört",
		"names the file %q; a style sent by itself cannot bring files along":                                   "nennt die Datei %q; ein Modell, das allein geschickt wird, bringt keine Dateien mit",
		"names the file %q; a style sent by itself must hold its patterns inline":                              "nennt die Datei %q; ein Modell, das allein geschickt wird, muss seine Schnitte selbst enthalten",
		"needs either bands or values, and not both":                                                           "braucht entweder bands oder values, nicht beides",
		"size %q stands twice":                                                                                 "die Größe %q steht doppelt da",
		"size %s: %v":                                                                                          "Größe %s: %v",
		"the picture %v":                                                                                       "das Bild %v",
		"the pieces are of the materials %s; at most one of them can be the main fabric, name the others here": "die Teile sind aus den Materialien %s; höchstens eines davon kann der Hauptstoff sein, die anderen sind hier zu nennen",
		"the ZIP cannot be read":                                                                               "das ZIP ist nicht lesbar",
		"the ZIP holds %d files of %d MB in all; at most %d files of %d MB are read":                           "das ZIP enthält %d Dateien von zusammen %d MB; gelesen werden höchstens %d Dateien von %d MB",
		"the ZIP holds no style.json, or several":                                                              "das ZIP enthält keine style.json oder mehrere",
		UnknownField + "; known are %s":                                                                        "ist hier nicht bekannt; bekannt sind %s",
		"%s is larger than %d MB, the most that is read":                                                       "%s ist größer als %d MB; mehr wird nicht gelesen",
		"%s is larger than %d kB, the most that is read":                                                       "%s ist größer als %d kB; mehr wird nicht gelesen",
		"%s cannot be read: %v":                                                                                "%s ist nicht lesbar: %v",
	}
}
