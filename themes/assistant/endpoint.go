// Package assistant asks a language model that the user runs, over the interface that OpenAI's made common, which themes a passage is on.
//
// It believes nothing: every claim must name the passage that was asked about and quote it, and what it quotes must stand there; the rest is
// dropped and counted. It sends what it is given and nothing else, follows no redirect, uses no proxy, and connects only to the addresses
// that were checked. It decides nothing and records nothing. Start at [Resolve], [New] and [Client.Code].
package assistant

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// ErrAddress is returned for an address that cannot be used.
var ErrAddress = errors.New("not an address of a language model")

// An Endpoint is where a language model is reached: an address that was checked, with the machines that its name stood for then.
type Endpoint struct {
	url    *url.URL
	port   string
	places []netip.Addr
}

// A Lookup gives the machines that a name stands for; nil asks the system.
type Lookup func(ctx context.Context, host string) ([]netip.Addr, error)

// Resolve checks an address such as "http://127.0.0.1:8080/v1" and looks up its name, once: later nothing but the machines found now is
// connected to, whatever the name stands for by then. The errors wrap [ErrAddress].
func Resolve(ctx context.Context, address string, lookup Lookup) (*Endpoint, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: it cannot be read as one", ErrAddress)
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, fmt.Errorf("%w: it must begin with http:// or https://", ErrAddress)
	case u.Hostname() == "":
		return nil, fmt.Errorf("%w: it names no machine", ErrAddress)
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return nil, fmt.Errorf("%w: it may hold no name, password, ? or #", ErrAddress)
	}
	e := &Endpoint{url: u, port: u.Port()}
	if e.port == "" {
		e.port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	if n, err := strconv.ParseUint(e.port, 10, 16); err != nil || n == 0 {
		return nil, fmt.Errorf("%w: %q is no port", ErrAddress, e.port)
	}
	if e.places, err = placesOf(ctx, u.Hostname(), lookup); err != nil {
		return nil, err
	}
	return e, nil
}

// placesOf are the machines of a host, which is a name or a number.
func placesOf(ctx context.Context, host string, lookup Lookup) ([]netip.Addr, error) {
	found := []netip.Addr{}
	if one, err := netip.ParseAddr(host); err == nil {
		found = append(found, one)
	} else {
		if lookup == nil {
			lookup = func(ctx context.Context, host string) ([]netip.Addr, error) {
				return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
			}
		}
		if found, err = lookup(ctx, host); err != nil || len(found) == 0 {
			return nil, fmt.Errorf("%w: no machine called %q is known here", ErrAddress, host)
		}
	}
	for i, place := range found {
		if found[i] = place.Unmap(); found[i].IsUnspecified() || found[i].IsMulticast() {
			return nil, fmt.Errorf("%w: %s stands for no one machine", ErrAddress, place)
		}
	}
	return found, nil
}

// Loopback reports whether everything that the address stands for is this machine.
func (e *Endpoint) Loopback() bool {
	return !slices.ContainsFunc(e.places, func(place netip.Addr) bool { return !place.IsLoopback() })
}

// Encrypted reports whether what is sent can be read by nobody on the way.
func (e *Endpoint) Encrypted() bool { return e.url.Scheme == "https" }

// String is the machine's name with the numbers it stands for.
func (e *Endpoint) String() string {
	var places []string
	for _, place := range e.places {
		if place.String() != e.url.Hostname() {
			places = append(places, place.String())
		}
	}
	if len(places) == 0 {
		return e.url.Host
	}
	return e.url.Host + " (" + strings.Join(places, ", ") + ")"
}

// dial connects to the machines that were checked, one after the other, and to no other whatever is asked for.
func (e *Endpoint) dial(ctx context.Context, network, _ string) (net.Conn, error) {
	var d net.Dialer
	var failed error
	for _, place := range e.places {
		conn, err := d.DialContext(ctx, network, net.JoinHostPort(place.String(), e.port))
		if err == nil {
			return conn, nil
		}
		failed = errors.Join(failed, err)
	}
	return nil, failed
}
