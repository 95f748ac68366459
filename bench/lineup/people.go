package lineup

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"strconv"

	"fitroom/assets"
	"fitroom/geometry/body"
	"fitroom/geometry/body/survey"
)

// Person is one who stands in the line.
type Person struct {
	Name string
	Ask  body.Measurements
}

// People are ten women and ten men of ANSUR II drawn by lot, the ends of
// weight and height, and the rows of the European size tables.
func People() ([]Person, error) {
	drawn, err := Drawn()
	if err != nil {
		return nil, err
	}
	return append(drawn, append(Extremes(), Sizes()...)...), nil
}

type values map[body.Key]float64

func ask(who body.Population, v values) body.Measurements {
	m := body.Measurements{Population: who, Values: map[body.Key]body.Measurement{}}
	for k, x := range v {
		m.Values[k] = body.Measurement{Value: x, Method: body.TapeTrained}
	}
	return m
}

// The ends of what the body model is meant for.
const (
	leastBMI, mostBMI           = 16, 45     // [kg/m2]
	meanWoman, meanMan          = 1.65, 1.78 // [m]
	shortestWoman, tallestWoman = 1.45, 1.88 // [m]
	shortestMan, tallestMan     = 1.55, 2.00 // [m]
)

// Extremes are the thin and the heavy, the short and the tall.
func Extremes() []Person {
	var out []Person
	for _, p := range []struct {
		who                     body.Population
		mean, shortest, tallest float64
	}{{body.Women, meanWoman, shortestWoman, tallestWoman}, {body.Men, meanMan, shortestMan, tallestMan}} {
		for _, bmi := range []float64{leastBMI, 30, 37, mostBMI} {
			out = append(out, Person{fmt.Sprintf("%s, BMI %.0f", p.who, bmi), ask(p.who, values{body.Height: p.mean, body.Weight: bmi * p.mean * p.mean})})
		}
		for _, h := range []float64{p.shortest, p.tallest} {
			out = append(out, Person{fmt.Sprintf("%s, %.0f cm", p.who, 100*h), ask(p.who, values{body.Height: h})})
		}
	}
	return out
}

// Sizes are the body girths of EN 13402-3 under the size numbers in use in
// Germany.
func Sizes() []Person {
	var out []Person
	for _, r := range [][4]float64{ // size, bust, waist, hip [cm]
		{34, 80, 64, 88}, {36, 84, 68, 92}, {38, 88, 72, 96}, {40, 92, 76, 100}, {42, 96, 80, 104},
		{44, 100, 84, 108}, {46, 104, 88, 112}, {48, 110, 94, 117}, {50, 116, 100, 122}, {52, 122, 106, 127},
	} {
		out = append(out, Person{fmt.Sprintf("women's %.0f", r[0]), ask(body.Women, values{
			body.Height: 1.68, body.BustGirth: r[1] / 100, body.WaistGirth: r[2] / 100, body.HipGirth: r[3] / 100})})
	}
	for _, r := range [][3]float64{ // size, chest, waist [cm]
		{44, 88, 76}, {46, 92, 80}, {48, 96, 84}, {50, 100, 88}, {52, 104, 92}, {54, 108, 96}, {56, 112, 100}, {58, 116, 104}, {60, 120, 108},
	} {
		out = append(out, Person{fmt.Sprintf("men's %.0f", r[0]), ask(body.Men, values{
			body.Height: 1.80, body.ChestGirth: r[1] / 100, body.WaistGirth: r[2] / 100})})
	}
	return out
}

// PeopleFile holds the drawn subjects in the assets: sex, row of the survey's
// file from 0, then the measures in the order of its head [cm, kg].
const PeopleFile = "people.csv"

// Drawn are the subjects drawn by lot, as stored in the assets.
func Drawn() ([]Person, error) {
	f, err := assets.FS.Open(PeopleFile)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", PeopleFile, err)
	}
	var out []Person
	for n, r := range rows[1:] {
		v := values{}
		for c, name := range rows[0][2:] {
			x, err := strconv.ParseFloat(r[c+2], 64)
			if err != nil {
				return nil, fmt.Errorf("%s, line %d, %s: %w", PeopleFile, n+2, name, err)
			}
			v[body.Key(name)] = x / unit(body.Key(name))
		}
		who := body.Population(r[0])
		out = append(out, Person{fmt.Sprintf("%s, subject %s", who, r[1]), ask(who, v)})
	}
	return out, nil
}

// unit is how many of the file's units make one of the model's.
func unit(k body.Key) float64 {
	if k == body.Weight {
		return 1
	}
	return 100
}

const (
	drawnEach = 10
	drawSeed  = 40
)

// drawKeys are the measures taken over from the survey: those a tailor takes.
func drawKeys() []body.Key {
	return []body.Key{
		body.Height, body.Weight, body.NeckGirth, body.ChestGirth, body.WaistNavelGirth, body.HipGirth, body.UpperArmGirth, body.WristGirth,
		body.ThighGirth, body.CalfGirth, body.AnkleGirth, body.Inseam, body.ShoulderLength, body.ArmLength, body.AcromialHeight, body.KneeHeight,
	}
}

// drawLots draws the subjects from the survey's files and returns PeopleFile.
func drawLots(dir string) ([]byte, error) {
	head := []string{"sex", "subject"}
	for _, k := range drawKeys() {
		head = append(head, string(k))
	}
	rows := [][]string{head}
	for i, who := range survey.Sexes() {
		people, err := survey.Soldiers(dir, who)
		if err != nil {
			return nil, err
		}
		lots := rand.New(rand.NewPCG(drawSeed, uint64(i))).Perm(len(people.Rows))
		for _, n := range lots[:drawnEach] {
			row := []string{string(who), strconv.Itoa(n)}
			m := people.Measurements(n)
			for _, k := range drawKeys() {
				row = append(row, strconv.FormatFloat(m.Values[k].Value*unit(k), 'f', 1, 64))
			}
			rows = append(rows, row)
		}
	}
	var b bytes.Buffer
	err := csv.NewWriter(&b).WriteAll(rows)
	return b.Bytes(), err
}
