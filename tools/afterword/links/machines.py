"""Machines: which IP addresses may be asked."""

from __future__ import annotations

import ipaddress

_GLOBAL = ipaddress.IPv6Network("2000::/3")
"""All that was ever given out; beyond it lie addresses that only some networks know, such as fec0::/10."""
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open internet, also the one that an IPv6 address leads through to."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFF_FFFF)
        if found.teredo:
            return False
        if inner is None:
            return found in _GLOBAL and found.is_global
        found = inner
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)
