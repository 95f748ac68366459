package v1

import (
	"net/http"
	"testing"
)

// Who asks is told by the address of the connection, and behind our own proxies
// by the address they saw; nobody can make up another one.
func TestPeer(t *testing.T) {
	ours, err := ParseProxies("10.0.0.0/24, 192.168.1.1,, ::1")
	if err != nil || len(ours) != 3 {
		t.Fatal(ours, err)
	}
	behind, bare := &Service{proxies: ours}, &Service{}
	for name, c := range map[string]struct {
		s         *Service
		from, way string
		want      string
	}{
		"no proxy":                          {bare, "198.51.100.7:1234", "", "198.51.100.7"},
		"no proxy known":                    {bare, "10.0.0.3:1", "203.0.113.9", "10.0.0.3"},
		"a proxy of ours":                   {behind, "10.0.0.3:1", "203.0.113.9", "203.0.113.9"},
		"two of ours":                       {behind, "10.0.0.3:1", "203.0.113.9, 192.168.1.1", "203.0.113.9"},
		"made up before it":                 {behind, "10.0.0.3:1", "1.1.1.1, 203.0.113.9", "203.0.113.9"},
		"not by a proxy of ours":            {behind, "203.0.113.9:1", "1.1.1.1", "203.0.113.9"},
		"nonsense":                          {behind, "10.0.0.3:1", "1.1.1.1, <script>", "10.0.0.3"},
		"the proxy itself":                  {behind, "10.0.0.3:1", "", "10.0.0.3"},
		"IPv6, one of a network":            {bare, "[2001:db8:1:2:3:4:5:6]:1", "", "2001:db8:1:2::/64"},
		"IPv6, another of the same network": {bare, "[2001:db8:1:2:ffff::1]:1", "", "2001:db8:1:2::/64"},
		"IPv4 written as IPv6":              {bare, "[::ffff:198.51.100.7]:1", "", "198.51.100.7"},
		"IPv6 proxy":                        {behind, "[::1]:1", "203.0.113.9", "203.0.113.9"},
	} {
		r := &http.Request{RemoteAddr: c.from, Header: http.Header{}}
		if c.way != "" {
			r.Header.Set("X-Forwarded-For", c.way)
		}
		if got := c.s.peer(r); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	for _, bad := range []string{"10.0.0.0/99", "proxy.example", "10.0.0"} {
		if _, err := ParseProxies(bad); err == nil {
			t.Errorf("%q is taken for a proxy", bad)
		}
	}
}
