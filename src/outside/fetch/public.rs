//! Which addresses of the network are everybody's, and which belong to somebody's own network.
//!
//! Tables, not names: whatever spelling led to an address, here it is a number. Where in doubt an
//! address is private, since a page of the public web loses nothing by that.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Ranges of IPv4 that are not of the public web: the address and how many bits of it count.
const PRIVATE_4: &[(Ipv4Addr, u32)] = &[
    // This network, and "unspecified".
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    // Private (RFC 1918).
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    // Shared behind a provider's translation (RFC 6598), with metadata of a cloud.
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    // Loopback.
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    // Link-local, with metadata of clouds at 169.254.169.254.
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    // Metadata of a cloud in a public range.
    (Ipv4Addr::new(168, 63, 129, 16), 32),
    // Protocol assignments.
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    // Documentation.
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    // Relays of 6to4, given up.
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    // Benchmarks.
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    // Multicast.
    (Ipv4Addr::new(224, 0, 0, 0), 4),
    // Reserved, and broadcast.
    (Ipv4Addr::new(240, 0, 0, 0), 4),
];

/// What IPv6 hands out to everybody; loopback, unique local, link-local, multicast and the rest
/// lie outside.
const GLOBAL_6: (Ipv6Addr, u32) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

/// Ranges inside of it that are not of the public web.
const PRIVATE_6: &[(Ipv6Addr, u32)] = &[
    // Protocol assignments: Teredo, benchmarks and others.
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    // Documentation.
    (Ipv6Addr::new(0x2001, 0x0db8, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
    // 6to4, given up: an IPv4 address of anybody's choice inside.
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
];

/// Forms of IPv6 that hold an IPv4 address in their last 32 bits and are used by whole networks:
/// mapped, and translated (NAT64). They are as public as the address inside.
const HOLDS_4: &[(Ipv6Addr, u32)] = &[
    (Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, 0, 0), 96),
    (Ipv6Addr::new(0x0064, 0xff9b, 0, 0, 0, 0, 0, 0), 96),
];

/// Whether an address is one of the public web.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_4(address),
        IpAddr::V6(address) if HOLDS_4.iter().any(|range| is_in_6(address, *range)) => {
            is_public_4(Ipv4Addr::from_bits(lowest_32(address)))
        }
        IpAddr::V6(address) => {
            is_in_6(address, GLOBAL_6) && !PRIVATE_6.iter().any(|range| is_in_6(address, *range))
        }
    }
}

fn is_public_4(address: Ipv4Addr) -> bool {
    let is_in = |(start, bits): &(Ipv4Addr, u32)| {
        // No range is of no bits, so the shift is below the width.
        (address.to_bits() ^ start.to_bits()) >> (32 - bits) == 0
    };
    !PRIVATE_4.iter().any(is_in)
}

fn is_in_6(address: Ipv6Addr, (start, bits): (Ipv6Addr, u32)) -> bool {
    (address.to_bits() ^ start.to_bits()) >> (128 - bits) == 0
}

fn lowest_32(address: Ipv6Addr) -> u32 {
    let [.., a, b, c, d] = address.octets();
    u32::from_be_bytes([a, b, c, d])
}

#[cfg(test)]
mod tests;
