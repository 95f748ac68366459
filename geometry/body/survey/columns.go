package survey

import (
	"math"

	"fitroom/geometry/body"
)

// subject reads named columns of one row, in the file's units.
type subject func(column string) float64

// column is one measure of the model and how a survey row gives it.
type column struct {
	key body.Key
	of  func(s subject) float64 // [m], [kg]
}

func mm(name string, factor float64) func(s subject) float64 {
	return func(s subject) float64 { return s(name) / 1000 * factor }
}

// isoLift is the height of the ISO waist level above the navel [mm].
func isoLift(s subject) float64 {
	return (s("tenthribheight")+s("iliocristaleheight"))/2 - s("waistheightomphalion")
}

// neckToShoulder is the way from the back neck point to the shoulder point
// [mm]. The survey's length from spine to wrist is taken with raised and bent
// arms, which adds 6 to 8 cm to it.
func neckToShoulder(s subject) float64 {
	return math.Hypot(s("biacromialbreadth")/2, s("cervicaleheight")-s("acromialheight"))
}

// shared is how many of the first columns both surveys have.
const shared = 4

// ansur says what ANSUR II knows of our measures: first height, weight, navel
// waist and hip, which both surveys have. Factors turn its definition into
// ours: flexed into relaxed upper arm and forearm.
func ansur() []column {
	return []column{
		{body.Height, mm("stature", 1)},
		{body.Weight, func(s subject) float64 { return s("weightkg") / 10 }},
		{body.WaistNavelGirth, mm("waistcircumference", 1)},
		{body.HipGirth, mm("buttockcircumference", 1)},
		{body.NeckGirth, mm("neckcircumference", 1)},
		{body.ChestGirth, mm("chestcircumference", 1)},
		{body.UpperArmGirth, mm("bicepscircumferenceflexed", 0.93)},
		{body.WristGirth, mm("wristcircumference", 1)},
		{body.ThighGirth, mm("thighcircumference", 1)},
		{body.LowerThighGirth, mm("lowerthighcircumference", 1)},
		{body.CalfGirth, mm("calfcircumference", 1)},
		{body.AnkleGirth, mm("anklecircumference", 1)},
		{body.Inseam, mm("crotchheight", 1)},
		{body.BackWaistLength, func(s subject) float64 { return (s("waistbacklength") - isoLift(s)) / 1000 }},
		{body.ShoulderLength, mm("shoulderlength", 1)},
		{body.ShoulderWidth, mm("biacromialbreadth", 1)},
		{body.ArmLength, mm("sleeveoutseam", 1)},
		{body.CrotchLength, func(s subject) float64 { return (s("crotchlengthomphalion") + 2*isoLift(s)) / 1000 }},
		{body.CervicalHeight, mm("cervicaleheight", 1)},
		{body.AcromialHeight, mm("acromialheight", 1)},
		{body.KneeHeight, mm("kneeheightmidpatella", 1)},
		{body.HeadGirth, mm("headcircumference", 1)},
		{body.NeckBaseGirth, mm("neckcircumferencebase", 1)},
		{body.ForearmGirth, mm("forearmcircumferenceflexed", 0.97)},
		{body.TrunkGirth, mm("verticaltrunkcircumferenceusa", 1)},
		{body.FrontNeckHeight, mm("suprasternaleheight", 1)},
		{body.ArmpitHeight, mm("axillaheight", 1)},
		{body.ChestHeight, mm("chestheight", 1)},
		{body.WaistHeight, func(s subject) float64 { return (s("tenthribheight") + s("iliocristaleheight")) / 2000 }},
		{body.NavelHeight, mm("waistheightomphalion", 1)},
		{body.HipHeight, mm("buttockheight", 1)},
		{body.AnkleHeight, mm("lateralmalleolusheight", 1)},
		{body.AcrossBackWidth, mm("interscyei", 1)},
		{body.UpperArmLength, mm("acromionradialelength", 1)},
		{body.BackNeckToWrist, func(s subject) float64 { return (s("sleeveoutseam") + neckToShoulder(s)) / 1000 }},
	}
}

// nhanes has the shared columns of civilians. Its waist is taken at the upper
// edge of the hip bone, within a finger's breadth of the navel.
func nhanes() []column {
	cm := func(name string) func(s subject) float64 {
		return func(s subject) float64 { return s(name) / 100 }
	}
	return []column{
		{body.Height, cm("Height(cm)")},
		{body.Weight, func(s subject) float64 { return s("Weight(kg)") }},
		{body.WaistNavelGirth, cm("Waist Circumference(cm)")},
		{body.HipGirth, cm("Hip Circumference(cm)")},
	}
}
