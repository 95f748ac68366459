package body

import (
	"strings"

	"fitroom/geometry/fault"
)

// order is a relation that holds for every body: less stays below share times
// more. No subject of ANSUR II or NHANES comes near any of these bounds.
type order struct {
	less, more Key
	share      float64
	who        Population // holds for these alone; empty: for all
}

// orders lists what anatomy forbids, however odd a body is. They are not for
// typing errors, which the statistics find much sooner.
func orders() []order {
	return []order{
		{less: ThighGirth, more: HipGirth, share: 0.85},
		{less: UnderbustGirth, more: BustGirth, share: 1, who: Women},
		{less: UnderbustGirth, more: BustGirth, share: 1.1},
		{less: NeckGirth, more: ChestGirth, share: 0.6},
		{less: UpperArmGirth, more: ChestGirth, share: 0.6},
		{less: WristGirth, more: UpperArmGirth, share: 0.95},
		{less: CalfGirth, more: ThighGirth, share: 0.95},
		{less: AnkleGirth, more: CalfGirth, share: 0.95},
		{less: Inseam, more: Height, share: 0.56},
		{less: KneeHeight, more: Inseam, share: 0.75},
		{less: Inseam, more: AcromialHeight, share: 0.7},
		{less: AcromialHeight, more: CervicalHeight, share: 1.02},
		{less: CervicalHeight, more: Height, share: 0.92},
		{less: BackWaistLength, more: Height, share: 0.34},
		{less: ShoulderLength, more: AcrossShoulder, share: 0.6},
		{less: ArmLength, more: Height, share: 0.42},
		{less: FrontNeckHeight, more: CervicalHeight, share: 1.02},
		{less: ArmpitHeight, more: AcromialHeight, share: 1},
		{less: NavelHeight, more: ChestHeight, share: 1},
		{less: Inseam, more: NavelHeight, share: 1},
		{less: KneeHeight, more: HipHeight, share: 0.9},
		{less: AnkleHeight, more: KneeHeight, share: 0.5},
		{less: ForearmGirth, more: ChestGirth, share: 0.6},
		{less: UpperArmLength, more: ArmLength, share: 0.8},
		{less: NeckGirth, more: NeckBaseGirth, share: 1.2},
	}
}

func isGirth(k Key) bool { return strings.HasSuffix(string(k), "_girth") }

// checkOrder names the pairs that no body has.
func (m *Measurements) checkOrder() []error {
	var faults []error
	for _, o := range orders() {
		if o.who != "" && o.who != m.Population {
			continue
		}
		less, hasLess := m.value(o.less)
		more, hasMore := m.value(o.more)
		if limit := o.share * more.Value; hasLess && hasMore && less.Value >= limit {
			faults = append(faults, &MeasureError{Key: o.less, Got: less.Value, Hi: limit, Unit: "m", With: o.more,
				Reason: fault.Errorf("contradicts %s %w: no body has more than %w there", o.more, number(more.Value, "m"), number(limit, "m"))})
		}
	}
	return faults
}
