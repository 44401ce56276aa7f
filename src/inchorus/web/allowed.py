"""Which addresses of the network a collection may reach: public ones, and no machine of the user's own network."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# What the tables of ipaddress call public and is not: forms of IPv6 that are given up, and a cloud's inner service.
_ALSO = {
    "of this machine's own network": [ip_network(n) for n in ("::/96", "fec0::/10", "100.64.0.0/10", "192.0.0.0/24")],
    "of a cloud's metadata": [ip_network(n) for n in ("168.63.129.16/32", "100.100.100.200/32", "fd00:ec2::/32")],
}
# In it networks without IPv4 reach every IPv4 address, which is what counts.
_NAT64 = ip_network("64:ff9b::/96")
_SERVICES = frozenset({80, 443})  # below 1024; what else answers there speaks no HTTP


class NotAllowedError(Exception):
    """An address that may not be reached; its text says why, as a reason for leaving it out."""


def why_not(address: str) -> str | None:
    """Why an IP address is not to be reached; None for a public one.

    An IPv4 address inside an IPv6 one (6to4, Teredo, NAT64) counts as what it is; mapped ones are not sent by anybody.

    >>> why_not("93.184.216.34"), why_not("169.254.169.254"), why_not("::ffff:127.0.0.1")
    (None, 'link-local', 'reserved')
    >>> why_not("10.1.2.3"), why_not("no address")
    ('private', 'no IP address')
    """
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return "no IP address"
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped is not None:  # which Python 3.13 takes for what is mapped
        return "reserved"
    if ip.version == 6 and ip in _NAT64:
        return _why(IPv4Address(int(ip) & 0xFFFFFFFF))
    return next((why for one in (ip, *_inside(ip)) if (why := _why(one)) is not None), None)


def checked(addresses: list[str], allow_private: bool) -> list[str]:
    """The addresses of one name, if all may be reached; else NotAllowedError, as a name with both kinds is a trick."""
    if not addresses:
        raise NotAllowedError("its name has no address")
    for address in addresses:
        why = None if allow_private else why_not(address)
        if why is not None:
            raise NotAllowedError(f"its network address is {why}; --allow-private takes such")
    return addresses


def check_port(port: int, allow_private: bool) -> None:
    """NotAllowedError for a port below 1024 that is not one of HTTP: other services could be made to act by a request.

    >>> check_port(443, False)
    """
    if not allow_private and (port < 1 or (port < 1024 and port not in _SERVICES)):
        raise NotAllowedError("its port is of another service than the web; --allow-private takes such")


def _why(ip: IPv4Address | IPv6Address) -> str | None:
    for why, networks in _ALSO.items():
        if any(ip.version == network.version and ip in network for network in networks) and not ip.is_loopback:
            return "unspecified" if ip.is_unspecified else why
    kinds = (
        (ip.is_unspecified, "unspecified"),
        (ip.is_loopback, "of this machine"),
        (ip.is_link_local, "link-local"),
        (ip.is_multicast, "multicast"),
        (ip.is_reserved, "reserved"),
        (ip.is_private, "private"),
        (not ip.is_global, "not public"),
    )
    return next((why for is_so, why in kinds if is_so), None)


def _inside(ip: IPv4Address | IPv6Address) -> list[IPv4Address]:
    """The IPv4 addresses that an IPv6 address stands for."""
    if not isinstance(ip, IPv6Address):
        return []
    return [one for one in (ip.sixtofour, *(ip.teredo or ())) if one is not None]
