//! Hosts from which files of the activity log are fetched: these and no others.

use reqwest::Url;

use crate::{Result, Unfit};

/// Where the vendor's links are seen to point: the object store of the cloud that it runs in.
const STORE: &str = ".amazonaws.com";

/// Which hosts there may be.
pub(crate) struct LogHosts {
    /// The address of Tableau Cloud Manager. A pretend tenant keeps its files there too.
    base: Url,
    named: Vec<String>,
}

impl LogHosts {
    /// The vendor's store and the hosts that the settings name; `None` when one of these is not a plain name.
    pub(crate) fn new(base: &Url, named: &[String]) -> Option<Self> {
        let named = named.iter().map(|name| crate::rest::host::plain_name(name)).collect::<Option<_>>()?;
        Some(Self { base: base.clone(), named })
    }

    /// Reads an address that the vendor gave. What is neither on its own host, nor in its store, nor on a named host
    /// is not fetched: an answer must not make this program ask just anybody, least of all somebody inside the house.
    pub(crate) fn check(&self, text: &str) -> Result<Url> {
        if text.contains(|letter: char| letter.is_whitespace() || letter == '\\') {
            return Err(Unfit::LogHost.into());
        }
        let url = Url::parse(text).map_err(|_| Unfit::LogHost)?;
        let bare = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
        // The base is `http` only on this machine.
        let is_base = url.origin() == self.base.origin();
        if bare && (is_base || self.is_listed(&url)) { Ok(url) } else { Err(Unfit::LogHost.into()) }
    }

    fn is_listed(&self, url: &Url) -> bool {
        let Some(name) = url.domain() else { return false };
        url.scheme() == "https"
            && url.port().is_none()
            && (is_store(name) || self.named.iter().any(|own| own == name))
    }
}

/// A host of the object store, such as `bucket.s3.eu-west-1.amazonaws.com`, and not a rented machine below the same name.
fn is_store(name: &str) -> bool {
    let Some(labels) = name.strip_suffix(STORE) else { return false };
    labels.split('.').any(|label| label == "s3" || label.starts_with("s3-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_store_the_base_and_named_hosts_are_asked() {
        let base = Url::parse("https://cloudmanager.tableau.com").unwrap();
        let hosts = LogHosts::new(&base, &["logs.example.com".to_owned()]).unwrap();
        for good in [
            "https://bucket.s3.eu-west-1.amazonaws.com/a/b?X-Amz-Signature=1",
            "https://s3.amazonaws.com/bucket/a",
            "https://bucket.s3-us-west-2.amazonaws.com/a",
            "https://cloudmanager.tableau.com/a",
            "https://logs.example.com/a?b",
        ] {
            assert!(hosts.check(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "/a",
            "http://bucket.s3.eu-west-1.amazonaws.com/a",
            "https://bucket.s3.eu-west-1.amazonaws.com:8443/a",
            "https://me@bucket.s3.eu-west-1.amazonaws.com/a",
            "https://ec2-1-2-3-4.compute-1.amazonaws.com/a",
            "https://s3.amazonaws.com.evil.example/a",
            "https://evils3.amazonaws.com.example/a",
            "https://evil.example/s3.amazonaws.com",
            "https://169.254.169.254/latest/meta-data",
            "https://127.0.0.1/a",
            "http://localhost:8080/a",
            "file:///etc/passwd",
            "https://cloudmanager.tableau.com:444/a",
            "https://sub.logs.example.com/a",
            "https://evil.example\\@logs.example.com/",
        ] {
            assert!(hosts.check(bad).is_err(), "{bad}");
        }
    }
}
