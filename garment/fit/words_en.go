package fit

func english() language {
	return language{
		code: "en", decimal: '.',
		zones: map[string]string{
			"neck": "Neckline", "shoulder": "Shoulder", "across_back": "Across back",
			"chest": "Chest", "bust": "Bust", "underbust": "Underbust", "waist": "Waist", "waistband": "Waistband",
			"hip": "Hip", "upper_arm": "Upper arm", "elbow": "Elbow", "wrist": "Wrist",
			"thigh": "Thigh", "knee": "Knee", "calf": "Calf", "ankle": "Ankle", "crotch": "Crotch",
			"hem": "Hem", "body_length": "Length", "sleeve_length": "Sleeve length", "inseam": "Inseam",
			"outseam": "Outseam", "skirt_length": "Skirt length", "height": "Height", "other": "Main measurement", "": "",
		},
		verdicts: map[Verdict]string{
			WillNotClose: "will not close", TooTight: "too tight", Snug: "snug", AsDesigned: "as designed",
			Looser: "looser than designed", TooLoose: "too loose", CannotJudge: "cannot be judged",
			TooShort: "too short", SlightlyShort: "slightly short", SlightlyLong: "slightly long", TooLong: "too long",
		},
		say: map[string]string{
			"or": "or", "given": "stated", "predicted": "estimated",
			"head":         "{zone}: {verdict}.",
			"head_between": "{zone}: between \"{a}\" and \"{b}\"; these measurements cannot say more.",
			"head_free":    "{zone}: not judged, the cut is free here.",
			"measures":     "The garment measures {garment} cm here, the {given} body measurement is {body} cm.",
			"garment_only": "The garment measures {garment} cm here.",
			"band":         "Size {size} is designed for {low} to {high} cm here, the {given} body measurement is {body} cm.",

			"ease":             "The ease is {ease} cm (± {pm}).",
			"ease_designed":    "The ease is {ease} cm (± {pm}); the design has {design} cm.",
			"ease_negative":    "The ease is {ease} cm (± {pm}); the design is {design} cm closer than the body measurement.",
			"lack":             "It lacks {missing} cm (± {pm}).",
			"lack_designed":    "It lacks {missing} cm (± {pm}); the design has {design} cm of ease.",
			"lack_negative":    "It lacks {missing} cm (± {pm}); the design is {design} cm closer than the body measurement.",
			"stretch":          "The fabric stretches by {missing} cm (± {pm}) here, {strain} % of {usable} % usable stretch.",
			"stretch_designed": "The fabric stretches by {missing} cm (± {pm}) here, {strain} % of {usable} % usable stretch; the design has {design} cm of ease.",
			"stretch_negative": "The fabric stretches by {missing} cm (± {pm}) here, {strain} % of {usable} % usable stretch; the design has {design} cm of stretch.",

			"pressure_flat":   "The fabric presses with an estimated {kpa} kPa here.",
			"pressure_draped": "The fabric presses with {kpa} kPa here.",
			"length_same":     "The length is as designed (± {pm} cm).",
			"length_short":    "The garment is {delta} cm shorter here than designed (± {pm}).",
			"length_long":     "The garment is {delta} cm longer here than designed (± {pm}).",

			NoMeasurement: "The body measurement at this place is missing.",
			NoDesign:      "It is not stated for which body measurement this size is designed.",
			NoFigures:     "Nothing is stated here for this size.",
			WrongPeople:   "The size chart is for another group of people.",
			NotStanding:   "The figures hold for a standing posture only.",
			Clothed:       "The measurement was taken over clothes and is too large by an unknown amount.",
			TooNoisy:      "The uncertainty of the measurement (± {pm} cm) is larger than the step to the next size.",
			NotAtRest:     "The computation did not come to rest.",

			"note_differs":       "The pattern measures {relaxed} cm here unstretched, the measurement table says {flat} cm; the table is judged.",
			"note_rigid_body":    "The pressure is computed on a rigid body and so is an upper bound.",
			"note_not_at_rest":   "The computation did not come to rest: pressure and strain cannot be judged, the ease holds.",
			"note_not_found":     "The computed drape has no closed cloth round this place; the figures are those of the measurement table.",
			"note_flat_pressure": "Strain and pressure are estimated on a circle of this girth, not measured on the body.",

			"advice_one":         "Size {sizes}: it is the closest to these measurements ({p} %).",
			"advice_between":     "Size {sizes}: these measurements cannot tell them apart ({chances}).",
			"trade_off":          "{first} is closer, {last} looser ({main}).",
			"conflict":           "The single measurements ask for different sizes.",
			"advice_none":        "No size comes into question: even {largest} is too tight ({tight}).",
			"advice_none_at_all": "No size comes into question.",

			"refuse_" + NoChart:          "No advice: it is not stated for which body measurements the sizes are designed.",
			"refuse_" + PrimaryMissing:   "No advice: the deciding body measurement is missing ({main}).",
			"refuse_" + PrimaryEstimated: "No advice: the deciding body measurement is only estimated, not measured ({main}).",
			"refuse_" + OutsideChart:     "No advice: the size chart does not hold this body measurement ({main}).",
			"refuse_" + WrongPeople:      "No advice: the size chart is for another group of people.",
			"refuse_" + NotStanding:      "No advice: the size chart holds for a standing posture only.",
			"refuse_" + Clothed:          "No advice: the measurements were taken over clothes.",
		},
		forbidden: []string{
			"perfect", "ideal", "flatter", "slim", "hide", "conceal", "unfortunately", "sorry", "problem area", "chubby", "fat",
			"overweight", "underweight", "bmi", "figure is", "your figure", "flaw", "you are", "your body", "dream", "normal",
			"too big for", "too small for",
		},
	}
}
