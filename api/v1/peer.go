package v1

import (
	"fmt"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Whoever asks without a login is told apart by address. Behind proxies that is
// the address they pass on, but only those the service was told of are believed.

// ParseProxies reads addresses and networks, separated by commas.
func ParseProxies(list string) (all []netip.Prefix, err error) {
	for part := range strings.SplitSeq(list, ",") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		if ip, err := netip.ParseAddr(part); err == nil {
			all = append(all, netip.PrefixFrom(ip.Unmap(), ip.Unmap().BitLen()))
			continue
		}
		p, err := netip.ParsePrefix(part)
		if err != nil {
			return nil, fmt.Errorf("proxies: %q is neither an address such as 10.0.0.7 nor a network such as 10.0.0.0/24", part)
		}
		all = append(all, p.Masked())
	}
	return all, nil
}

// peer names the network a request comes from: an IPv4 address, or the 64 bits
// of IPv6 that one customer of a provider has at least. Of the way through
// proxies the last address that is not one of ours counts; what was written
// before it anybody may have made up.
func (s *Service) peer(r *http.Request) string {
	last, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	ip := last.Addr().Unmap()
	way := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(way) {
		before, err := netip.ParseAddr(strings.TrimSpace(hop))
		if !s.proxy(ip) || err != nil {
			break
		}
		ip = before.Unmap()
	}
	if ip.Is6() {
		half, err := ip.WithZone("").Prefix(64)
		if err == nil {
			return half.String()
		}
	}
	return ip.String()
}

func (s *Service) proxy(ip netip.Addr) bool {
	return slices.ContainsFunc(s.proxies, func(p netip.Prefix) bool { return p.Contains(ip) })
}
