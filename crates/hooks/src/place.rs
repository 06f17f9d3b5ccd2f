//! Which addresses are sent to at all, by their form and by the networks they are in.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use reqwest::Url;

/// The longest address.
const LONGEST: usize = 500;

/// Why an address is not sent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// It is none, or not of the form that is taken.
    #[error("this is not an address that is sent to")]
    Wrong,
    /// It leads into a network that is not open to everyone.
    #[error("the address leads into a private network")]
    Private,
    /// Its host has no address.
    #[error("the host of the address is not known")]
    Unknown,
}

/// An address of the right form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    url: Url,
    host: String,
    /// The host, where it is an address by itself.
    ip: Option<IpAddr>,
    /// Whether an operator named the host.
    named: bool,
}

impl Target {
    /// Reads an address. `named` are hosts that may be in a private network.
    pub fn read(text: &str, named: &[String]) -> Result<Self, AddressError> {
        let text = text.trim();
        if text.len() > LONGEST || text.chars().any(|letter| letter.is_control() || letter.is_whitespace()) {
            return Err(AddressError::Wrong);
        }
        let url = Url::parse(text).map_err(|_| AddressError::Wrong)?;
        let host = url.host_str().ok_or(AddressError::Wrong)?.trim_end_matches('.').to_lowercase();
        let ip = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().ok();
        let is_named = named.contains(&host);
        // In plain text only to this very machine, and only when its operator says so.
        let plain_here = is_named && ip.is_some_and(|ip| ip.is_loopback());
        let right = url.scheme() == "https" || (url.scheme() == "http" && plain_here);
        let bare = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
        if !right || !bare || host.is_empty() || url.port() == Some(0) {
            return Err(AddressError::Wrong);
        }
        if let Some(ip) = ip
            && !is_named
            && !is_public(ip)
        {
            return Err(AddressError::Private);
        }
        Ok(Self { url, host, ip, named: is_named })
    }

    /// The address.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Its host, as pages and the audit log may show it; the rest may be a secret of the other side's.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The host where it is a name.
    pub(crate) fn name(&self) -> Option<&str> {
        // As the address has it: a client compares with that.
        if self.ip.is_none() { self.url.host_str() } else { None }
    }

    /// The host where it is an address.
    pub(crate) fn ip(&self) -> Option<IpAddr> {
        self.ip
    }

    /// The port.
    pub(crate) fn port(&self) -> u16 {
        self.url.port_or_known_default().unwrap_or(443)
    }

    /// Whether it may go to such an address.
    pub(crate) fn may_reach(&self, ip: IpAddr) -> bool {
        self.named || is_public(ip)
    }
}

/// Whether an address is one of the open internet.
pub(crate) fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_4(ip),
        IpAddr::V6(ip) => is_public_6(ip),
    }
}

/// What IANA's registry of special addresses does not set apart.
fn is_public_4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = match (a, b, c) {
        // This network, private, loopback, link-local, private, private.
        (0 | 10 | 127, ..) | (169, 254, _) | (172, 16..=31, _) | (192, 168, _) => true,
        // Shared by carriers, protocol assignments, the three for documents, 6to4 relays, benchmarks.
        (100, 64..=127, _) | (192, 0, 0 | 2) | (198, 51, 100) | (203, 0, 113) | (192, 88, 99) => true,
        (198, 18 | 19, _) => true,
        // Multicast, reserved, broadcast.
        (224.., ..) => true,
        _ => false,
    };
    !special
}

fn is_public_6(ip: Ipv6Addr) -> bool {
    let [a, b, c, d, e, f, g, h] = ip.segments();
    let inside = |high: u16, low: u16| {
        let ([w, x], [y, z]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_4(Ipv4Addr::new(w, x, y, z))
    };
    match (a, b) {
        // Addresses that carry one of the older kind: ::a.b.c.d, ::ffff:a.b.c.d, ::ffff:0:a.b.c.d. The unspecified one
        // and loopback are among them, and are not public there either.
        (0, 0) if (c, d) == (0, 0) && matches!((e, f), (0, 0 | 0xffff) | (0xffff, 0)) => inside(g, h),
        // Translated to one of the older kind, or tunnelled to it.
        (0x64, 0xff9b) if (c, d, e, f) == (0, 0, 0, 0) => inside(g, h),
        (0x2002, _) => inside(b, c),
        // Teredo and other protocol assignments, documents.
        (0x2001, 0..=0x1ff | 0xdb8) | (0x3fff, 0..=0xfff) => false,
        // Only this eighth of all addresses is given out to the open internet.
        (0x2000..=0x3fff, _) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str) -> Result<Target, AddressError> {
        Target::read(url, &["127.0.0.1".to_owned(), "hooks.internal".to_owned(), "10.1.2.3".to_owned()])
    }

    #[test]
    fn only_plain_https_addresses_are_taken() {
        assert_eq!(read(" https://Hooks.Example.com/steward?key=1 ").unwrap().host(), "hooks.example.com");
        assert!(read("https://example.com:8443/").is_ok());
        let long = format!("https://example.com/{}", "a".repeat(500));
        for bad in [
            "",
            "example.com",
            "http://example.com/",
            "ftp://example.com/",
            "file:///etc/passwd",
            "https://",
            "https://user@example.com/",
            "https://user:word@example.com/",
            "https://example.com/#part",
            "https://example.com/a b",
            "https://example.com/a\r\nX: y",
            "https://example.com:0/",
            "javascript:alert(1)",
            &long,
        ] {
            assert_eq!(read(bad), Err(AddressError::Wrong), "{bad:?}");
        }
    }

    #[test]
    fn addresses_of_private_networks_are_refused_however_they_are_spelled() {
        for bad in [
            "https://127.0.0.2/",
            "https://2130706434/",
            "https://0x7f.2/",
            "https://0177.0.0.2/",
            "https://0.0.0.0/",
            "https://10.0.0.1/",
            "https://172.16.0.1/",
            "https://172.31.255.255/",
            "https://192.168.1.1/",
            "https://169.254.169.254/latest/meta-data/",
            "https://100.64.0.1/",
            "https://192.0.2.1/",
            "https://198.18.0.1/",
            "https://224.0.0.1/",
            "https://255.255.255.255/",
            "https://[::1]/",
            "https://[::]/",
            "https://[::ffff:127.0.0.1]/",
            "https://[::127.0.0.1]/",
            "https://[::ffff:a9fe:a9fe]/",
            "https://[64:ff9b::10.0.0.1]/",
            "https://[2002:7f00:1::]/",
            "https://[2001:0:1::]/",
            "https://[2001:db8::1]/",
            "https://[fc00::1]/",
            "https://[fd12:3456::1]/",
            "https://[fe80::1]/",
            "https://[fec0::1]/",
            "https://[ff02::1]/",
        ] {
            assert_eq!(read(bad), Err(AddressError::Private), "{bad}");
        }
        for good in ["https://8.8.8.8/", "https://172.32.0.1/", "https://[2a00:1450:4001::1]/"] {
            assert!(read(good).is_ok(), "{good}");
        }
    }

    #[test]
    fn a_host_that_the_operator_named_may_be_private_and_plain_only_on_this_machine() {
        assert!(read("http://127.0.0.1:9000/hook").is_ok());
        assert!(read("https://10.1.2.3/").is_ok());
        assert!(read("https://hooks.internal/").is_ok());
        for bad in ["http://10.1.2.3/", "http://hooks.internal/"] {
            assert_eq!(read(bad), Err(AddressError::Wrong), "{bad}");
        }
    }
}
