package lineup

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"fitroom/assets"
	"fitroom/geometry/body"
	"fitroom/geometry/geomtest"
)

var update = flag.Bool("update", false, "write the drawn subjects to the assets")

// The stored subjects are those the lots give: none was picked for its looks.
//
//	go test ./bench/lineup -run Drawn -update
func TestDrawnByLot(t *testing.T) {
	want, err := drawLots(filepath.Join(geomtest.Data(t), "anthropometry"))
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(filepath.Join("..", "..", "assets", PeopleFile), want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got, err := assets.FS.ReadFile(PeopleFile); err != nil || !bytes.Equal(got, want) {
		t.Errorf("the stored subjects are not the drawn ones (%v)", err)
	}
}

// The line has both sexes, the ends of the range and every size.
func TestPeopleCoverTheRange(t *testing.T) {
	all, err := People()
	if err != nil {
		t.Fatal(err)
	}
	sex := map[body.Population]int{}
	names := map[string]bool{}
	for _, p := range all {
		sex[p.Ask.Population]++
		if names[p.Name] {
			t.Errorf("two people are called %q", p.Name)
		}
		names[p.Name] = true
	}
	if len(all) < 40 || sex[body.Women] < 20 || sex[body.Men] < 20 {
		t.Errorf("%d people, %v", len(all), sex)
	}
}
