//! Hosts of sites: a site's token goes to these and to no others.

use std::fmt;

use reqwest::Url;

use crate::{Result, Unfit};

/// Where the vendor keeps the sites of Tableau Cloud. Vendor: "Tableau Cloud IP addresses", `10ax.online.tableau.com`.
const CLOUD: &str = ".online.tableau.com";

/// A host of sites that may be asked. Only [`Wire::site_host`](crate::Wire::site_host) makes one.
#[derive(Clone, PartialEq, Eq)]
pub struct SiteHost(Url);

impl SiteHost {
    /// The address without a slash at its end, to be kept and given to `site_host` again.
    pub fn as_str(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }

    /// Whether it is one of Tableau Cloud's own.
    pub fn is_of_the_cloud(&self) -> bool {
        self.0.domain().is_some_and(|name| name.ends_with(CLOUD))
    }
}

impl fmt::Display for SiteHost {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl fmt::Debug for SiteHost {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// Which hosts of sites there may be.
pub(crate) struct Hosts {
    /// The address of Tableau Cloud Manager. A pretend tenant keeps its sites there too.
    base: Url,
    named: Vec<String>,
}

impl Hosts {
    /// The vendor's own hosts and those that the settings name; `None` when one of these is not a plain name.
    pub(crate) fn new(base: &Url, named: &[String]) -> Option<Self> {
        let named = named.iter().map(|name| plain_name(name)).collect::<Option<_>>()?;
        Some(Self { base: base.clone(), named })
    }

    /// Reads a name or an address.
    pub(crate) fn read(&self, text: &str) -> Result<SiteHost> {
        // The reader of addresses would quietly drop tabs and line breaks, and take a backslash for a slash.
        if text.is_empty() || text.contains(|letter: char| letter.is_whitespace() || r"\@?#".contains(letter))
        {
            return Err(Unfit::Host.into());
        }
        let whole = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
        let url = Url::parse(&whole).map_err(|_| Unfit::Host)?;
        let host = SiteHost(url);
        self.check(&host)?;
        Ok(host)
    }

    /// The address of a host that may be asked.
    pub(crate) fn check<'a>(&self, host: &'a SiteHost) -> Result<&'a Url> {
        let url = &host.0;
        let bare = url.path() == "/"
            && url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none();
        // The base is `http` only on this machine.
        let is_base = url.origin() == self.base.origin();
        if bare && (is_base || self.is_listed(url)) { Ok(url) } else { Err(Unfit::Host.into()) }
    }

    fn is_listed(&self, url: &Url) -> bool {
        let Some(name) = url.domain() else { return false };
        let is_cloud = name.strip_suffix(CLOUD).is_some_and(|label| !label.is_empty());
        url.scheme() == "https"
            && url.port().is_none()
            && (is_cloud || self.named.iter().any(|own| own == name))
    }
}

/// A name as addresses write it: in small letters, and without anything around it.
pub(crate) fn plain_name(text: &str) -> Option<String> {
    let url = Url::parse(&format!("https://{text}")).ok()?;
    let name = url.domain()?;
    (name == text.to_ascii_lowercase() && name.contains('.')).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(base: &str) -> Hosts {
        Hosts::new(&Url::parse(base).unwrap(), &["Tableau.Example.com".to_owned()]).unwrap()
    }

    #[test]
    fn the_vendors_hosts_and_the_named_ones_are_taken() {
        let hosts = hosts("https://cloudmanager.tableau.com");
        for (text, address) in [
            ("10ax.online.tableau.com", "https://10ax.online.tableau.com"),
            ("https://prod-useast-a.online.tableau.com/", "https://prod-useast-a.online.tableau.com"),
            ("HTTPS://10AX.Online.Tableau.com:443", "https://10ax.online.tableau.com"),
            ("tableau.example.com", "https://tableau.example.com"),
        ] {
            let host = hosts.read(text).unwrap();
            assert_eq!(host.to_string(), address);
            assert_eq!(hosts.read(host.as_str()).unwrap(), host);
        }
    }

    #[test]
    fn every_other_host_is_refused() {
        let hosts = hosts("https://cloudmanager.tableau.com");
        for text in [
            "",
            "online.tableau.com",
            ".online.tableau.com",
            "evilonline.tableau.com",
            "10ax.online.tableau.com.example.com",
            "10ax.online.tableau.com.",
            "http://10ax.online.tableau.com",
            "https://10ax.online.tableau.com:8443",
            "https://me@10ax.online.tableau.com",
            "https://10ax.online.tableau.com@evil.example",
            "https://evil.example\\@10ax.online.tableau.com",
            "https://evil.example/10ax.online.tableau.com",
            "https://10ax.online.tableau.com/#/site/acme",
            "https://10ax.online.tableau.com?x",
            "10ax.online.\ttableau.com",
            " 10ax.online.tableau.com",
            "10ax.online.tableau.com/api",
            "sub.tableau.example.com",
            "example.com",
            "127.0.0.1",
            "http://127.0.0.1:9",
            "ftp://10ax.online.tableau.com",
            "https://",
            "://",
        ] {
            assert!(hosts.read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_pretend_tenant_keeps_its_sites_at_its_own_address() {
        let hosts = hosts("http://127.0.0.1:8765");
        assert!(hosts.read("http://127.0.0.1:8765").is_ok());
        for other in ["http://127.0.0.1:8766", "http://127.0.0.1", "http://10ax.online.tableau.com"] {
            assert!(hosts.read(other).is_err(), "{other}");
        }
    }

    #[test]
    fn only_plain_names_can_be_set() {
        let base = Url::parse("https://cloudmanager.tableau.com").unwrap();
        for bad in
            ["", "*", "*.example.com:1", "https://a.example", "a.example/", "127.0.0.1", "localhost", "a b"]
        {
            assert!(Hosts::new(&base, &[bad.to_owned()]).is_none(), "{bad}");
        }
    }
}
