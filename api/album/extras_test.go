package album

import (
	"strings"
	"testing"
)

func TestCheckExtrasNamesTheKinds(t *testing.T) {
	if err := CheckExtras(Extras()); err != nil {
		t.Errorf("the kinds of the list are refused: %v", err)
	}
	err := CheckExtras([]string{"usdz", "gif"})
	if err == nil || !strings.Contains(err.Error(), `"gif"`) || !strings.Contains(err.Error(), "usdz") {
		t.Errorf("error %v, want one naming gif and the kinds there are", err)
	}
}
