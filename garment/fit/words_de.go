package fit

func german() language {
	return language{
		code: "de", decimal: ',',
		zones: map[string]string{
			"neck": "Halsausschnitt", "shoulder": "Schulter", "across_back": "Rückenbreite",
			"chest": "Brust", "bust": "Oberweite", "underbust": "Unterbrust", "waist": "Taille", "waistband": "Bund",
			"hip": "Hüfte", "upper_arm": "Oberarm", "elbow": "Ellbogen", "wrist": "Handgelenk",
			"thigh": "Oberschenkel", "knee": "Knie", "calf": "Wade", "ankle": "Knöchel", "crotch": "Schritt",
			"hem": "Saum", "body_length": "Länge", "sleeve_length": "Ärmellänge", "inseam": "Innenbeinlänge",
			"outseam": "Außenbeinlänge", "skirt_length": "Rocklänge", "height": "Körperhöhe", "other": "Leitmaß", "": "",
		},
		verdicts: map[Verdict]string{
			WillNotClose: "lässt sich nicht schließen", TooTight: "zu eng", Snug: "knapp", AsDesigned: "wie entworfen",
			Looser: "weiter als entworfen", TooLoose: "zu weit", CannotJudge: "nicht beurteilbar",
			TooShort: "zu kurz", SlightlyShort: "etwas kurz", SlightlyLong: "etwas lang", TooLong: "zu lang",
		},
		say: map[string]string{
			"or": "oder", "given": "angegebene", "predicted": "geschätzte",
			"head":         "{zone}: {verdict}.",
			"head_between": "{zone}: zwischen „{a}“ und „{b}“; genauer lassen diese Maße es nicht sagen.",
			"head_free":    "{zone}: nicht beurteilt, der Schnitt ist hier frei.",
			"measures":     "Das Kleidungsstück misst hier {garment} cm, das {given} Körpermaß ist {body} cm.",
			"garment_only": "Das Kleidungsstück misst hier {garment} cm.",
			"band":         "Größe {size} ist hier für {low} bis {high} cm entworfen, das {given} Körpermaß ist {body} cm.",

			"ease":             "Die Zugabe beträgt {ease} cm (± {pm}).",
			"ease_designed":    "Die Zugabe beträgt {ease} cm (± {pm}); vorgesehen sind {design} cm.",
			"ease_negative":    "Die Zugabe beträgt {ease} cm (± {pm}); vorgesehen ist der Schnitt {design} cm enger als das Körpermaß.",
			"lack":             "Es fehlen {missing} cm (± {pm}).",
			"lack_designed":    "Es fehlen {missing} cm (± {pm}); vorgesehen sind {design} cm Zugabe.",
			"lack_negative":    "Es fehlen {missing} cm (± {pm}); vorgesehen ist der Schnitt {design} cm enger als das Körpermaß.",
			"stretch":          "Der Stoff dehnt sich hier um {missing} cm (± {pm}), das sind {strain} % von {usable} % nutzbarer Dehnung.",
			"stretch_designed": "Der Stoff dehnt sich hier um {missing} cm (± {pm}), das sind {strain} % von {usable} % nutzbarer Dehnung; vorgesehen sind {design} cm Zugabe.",
			"stretch_negative": "Der Stoff dehnt sich hier um {missing} cm (± {pm}), das sind {strain} % von {usable} % nutzbarer Dehnung; vorgesehen sind {design} cm Dehnung.",

			"pressure_flat":   "Der Stoff drückt hier geschätzt mit {kpa} kPa.",
			"pressure_draped": "Der Stoff drückt hier mit {kpa} kPa.",
			"length_same":     "Die Länge ist wie vorgesehen (± {pm} cm).",
			"length_short":    "Das Kleidungsstück ist hier {delta} cm kürzer als vorgesehen (± {pm}).",
			"length_long":     "Das Kleidungsstück ist hier {delta} cm länger als vorgesehen (± {pm}).",

			NoMeasurement: "Das Körpermaß an dieser Stelle fehlt.",
			NoDesign:      "Es ist nicht angegeben, für welches Körpermaß diese Größe entworfen ist.",
			NoFigures:     "Für diese Größe ist hier nichts angegeben.",
			WrongPeople:   "Die Größentabelle gilt für eine andere Personengruppe.",
			NotStanding:   "Die Angaben gelten nur für eine stehende Haltung.",
			Clothed:       "Das Maß wurde über Kleidung genommen und ist um einen unbekannten Betrag zu groß.",
			TooNoisy:      "Die Unsicherheit des Maßes (± {pm} cm) ist größer als der Abstand zur nächsten Größe.",
			NotAtRest:     "Die Berechnung kam nicht zur Ruhe.",

			"note_differs":       "Der Schnitt misst hier ohne Dehnung {relaxed} cm, die Maßtabelle nennt {flat} cm; beurteilt ist die Maßtabelle.",
			"note_rigid_body":    "Der Druck ist auf einem starren Körper berechnet und damit eine obere Grenze.",
			"note_not_at_rest":   "Die Berechnung kam nicht zur Ruhe: Druck und Dehnung sind nicht beurteilbar, die Zugabe gilt.",
			"note_not_found":     "Am berechneten Körper liegt hier kein geschlossener Stoff; die Angaben stammen aus der Maßtabelle.",
			"note_flat_pressure": "Dehnung und Druck sind auf einem Kreis mit diesem Umfang geschätzt, nicht am Körper gemessen.",

			"advice_one":         "Größe {sizes}: Sie liegt diesen Maßen am nächsten ({p} %).",
			"advice_between":     "Größe {sizes}: Diese Maße können sie nicht unterscheiden ({chances}).",
			"trade_off":          "{first} ist enger, {last} weiter ({main}).",
			"conflict":           "Die einzelnen Maße sprechen für verschiedene Größen.",
			"advice_none":        "Keine Größe kommt in Frage: Auch {largest} ist zu eng ({tight}).",
			"advice_none_at_all": "Keine Größe kommt in Frage.",

			"refuse_" + NoChart:          "Keine Empfehlung: Es ist nicht angegeben, für welche Körpermaße die Größen entworfen sind.",
			"refuse_" + PrimaryMissing:   "Keine Empfehlung: Das entscheidende Körpermaß fehlt ({main}).",
			"refuse_" + PrimaryEstimated: "Keine Empfehlung: Das entscheidende Körpermaß ist nur geschätzt, nicht gemessen ({main}).",
			"refuse_" + OutsideChart:     "Keine Empfehlung: Die Größentabelle enthält dieses Körpermaß nicht ({main}).",
			"refuse_" + WrongPeople:      "Keine Empfehlung: Die Größentabelle gilt für eine andere Personengruppe.",
			"refuse_" + NotStanding:      "Keine Empfehlung: Die Größentabelle gilt nur für eine stehende Haltung.",
			"refuse_" + Clothed:          "Keine Empfehlung: Die Maße wurden über Kleidung genommen.",
		},
		forbidden: []string{
			"perfekt", "ideal", "schmeichel", "schlank", "kaschier", "leider", "problemzone", "mollig", "dick", "fett",
			"übergewicht", "untergewicht", "bmi", "figur", "makel", "vorteilhaft", "tut uns leid", "sie sind", "ihr körper",
			"du bist", "dein körper", "traum", "normal", "zu groß für", "zu klein für",
		},
	}
}
