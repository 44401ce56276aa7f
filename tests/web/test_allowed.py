from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.web.allowed import NotAllowedError, check_port, checked, why_not

REFUSED = """
0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.254 168.63.129.16 169.254.169.254 172.16.0.1
172.31.255.255 192.0.0.192 192.0.2.1 192.168.1.1 198.18.0.1 203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1
255.255.255.255 :: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:a9fe:a9fe 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe
64:ff9b:1::1 2001:0:7f00:1::1 2002:7f00:1:: 2002:a00:1:: fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1
ff0e::1 2001:db8::1 ::ffff:93.184.216.34
""".split()
TAKEN = "93.184.216.34 8.8.8.8 1.1.1.1 2606:2800:220:1:248:1893:25c8:1946 64:ff9b::5db8:d822".split()


@pytest.mark.parametrize("address", REFUSED)
def test_no_machine_of_an_inner_network_is_reached(address: str) -> None:
    assert why_not(address) is not None
    with pytest.raises(NotAllowedError):
        checked([address], False)
    assert checked([address], True) == [address]


@pytest.mark.parametrize("address", TAKEN)
def test_public_addresses_are(address: str) -> None:
    assert why_not(address) is None


@pytest.mark.parametrize("address", ["", "courier.example", "1.2.3", "0x7f.1", "2130706433"])
def test_what_is_no_address_is_not_reached(address: str) -> None:
    assert why_not(address) is not None


PRIVATE = [ip_network(n) for n in ("10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "192.168.0.0/16", "172.16.0.0/12")]


@settings(deadline=None)
@given(st.sampled_from(PRIVATE), st.integers(0, 2**24), st.sampled_from(["::ffff:0:0", "64:ff9b::", "2002::"]))
def test_an_inner_address_stays_one_inside_one_of_ipv6(network: object, step: int, around: str) -> None:
    inner = IPv4Address(int(network.network_address) + step % network.num_addresses)  # type: ignore[attr-defined]
    shift = 80 if around == "2002::" else 0
    assert why_not(str(inner)) is not None
    assert why_not(str(IPv6Address(int(IPv6Address(around)) | int(inner) << shift))) is not None


def test_a_name_with_a_public_and_an_inner_address_is_a_trick() -> None:
    with pytest.raises(NotAllowedError):
        checked(["93.184.216.34", "10.0.0.1"], False)
    with pytest.raises(NotAllowedError):
        checked([], True)


@pytest.mark.parametrize(
    ("port", "taken"), [(80, True), (443, True), (8080, True), (22, False), (25, False), (0, False)]
)
def test_other_services_than_the_web_are_not_reached(port: int, taken: bool) -> None:
    if taken:
        check_port(port, False)
    else:
        with pytest.raises(NotAllowedError):
            check_port(port, False)
        check_port(port, True)
