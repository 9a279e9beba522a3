use proptest::prelude::*;

use super::*;

fn is(text: &str) -> bool {
    is_public(text.parse().expect("an address"))
}

#[test]
fn everybodys_addresses_are_public() {
    for address in [
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "192.0.3.0",
        "192.88.98.255",
        "192.88.100.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "198.51.99.255",
        "198.51.101.0",
        "203.0.112.255",
        "203.0.114.0",
        "223.255.255.255",
        "168.63.129.15",
        "168.63.129.17",
        "2001:200::",
        "2001:4860:4860::8888",
        "2001:db7:ffff::",
        "2001:db9::",
        "2003::1",
        "2606:4700::1111",
        "2a00::1",
        "3ffe:ffff::",
        "3fff:1000::",
        "::ffff:8.8.8.8",
        "64:ff9b::8.8.8.8",
    ] {
        assert!(is(address), "{address}");
    }
}

#[test]
fn addresses_of_ones_own_are_private() {
    for address in [
        "0.0.0.0",
        "0.255.255.255",
        "10.0.0.0",
        "10.255.255.255",
        "100.64.0.0",
        "100.127.255.255",
        "100.100.100.200",
        "127.0.0.1",
        "127.255.255.255",
        "169.254.0.0",
        "169.254.169.254",
        "169.254.255.255",
        "168.63.129.16",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.0",
        "192.0.0.192",
        "192.0.0.255",
        "192.0.2.0",
        "192.0.2.255",
        "192.88.99.1",
        "192.168.0.0",
        "192.168.255.255",
        "198.18.0.0",
        "198.19.255.255",
        "198.51.100.0",
        "198.51.100.255",
        "203.0.113.0",
        "203.0.113.255",
        "224.0.0.0",
        "239.255.255.255",
        "240.0.0.0",
        "255.255.255.255",
        "::",
        "::1",
        "::8.8.8.8",
        "::127.0.0.1",
        "64:ff9b:1::8.8.8.8",
        "64:ff9b::1:8.8.8.8",
        "100::1",
        "2001::1",
        "2001:0:4136:e378::",
        "2001:2::1",
        "2001:10::1",
        "2001:20::1",
        "2001:1ff:ffff::",
        "2001:db8::",
        "2001:db8:ffff::1",
        "2002:808:808::1",
        "3fff::1",
        "3fff:fff:ffff::",
        "4000::",
        "5f00::1",
        "fc00::",
        "fd00:ec2::254",
        "fdff::1",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "ff02::1",
        "1fff::1",
        "::ffff:0:8.8.8.8",
    ] {
        assert!(!is(address), "{address}");
    }
}

proptest! {
    /// A private address of IPv4 is private in every form that holds one, and an address anywhere
    /// in a private range is private.
    #[test]
    fn every_private_range_is_refused_in_every_form(
        range in 0..PRIVATE_4.len(),
        host: u32,
        low in any::<[u16; 4]>(),
    ) {
        let (start, bits) = PRIVATE_4[range];
        let address = Ipv4Addr::from_bits(start.to_bits() | (u64::from(host) & ((1 << (32 - bits)) - 1)) as u32);
        prop_assert!(!is_public(address.into()), "{address}");
        let [a, b, c, d] = address.octets();
        let (high, lower) = (u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]));
        let [e, f, g, h] = low;
        for form in [
            // Mapped, compatible, translated for everybody and for one network, 6to4.
            Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, high, lower),
            Ipv6Addr::new(0, 0, 0, 0, 0, 0, high, lower),
            Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, high, lower),
            Ipv6Addr::new(0x64, 0xff9b, 1, e, f, g, high, lower),
            Ipv6Addr::new(0x2002, high, lower, e, f, g, h, 0),
            // Teredo: the server's address, and the client's with its bits turned.
            Ipv6Addr::new(0x2001, 0, high, lower, e, f, g, h),
            Ipv6Addr::new(0x2001, 0, e, f, g, h, !high, !lower),
        ] {
            prop_assert!(!is_public(form.into()), "{form}");
        }
    }

    #[test]
    fn private_ranges_of_ipv6_are_refused_whole(
        range in prop::sample::select(vec![
            ("fc00::", 7), ("fe80::", 10), ("fec0::", 10), ("ff00::", 8), ("2001::", 23),
            ("2001:db8::", 32), ("2002::", 16), ("3fff::", 20), ("64:ff9b:1::", 48),
            ("100::", 64), ("5f00::", 16), ("::", 96), ("4000::", 2), ("8000::", 1),
        ]),
        host: u128,
    ) {
        let (start, bits): (&str, u32) = range;
        let start: Ipv6Addr = start.parse().expect("an address");
        let address = Ipv6Addr::from_bits(start.to_bits() | (host >> bits));
        prop_assert!(!is_public(address.into()), "{address}");
    }
}
