//! The public origin: the one address people open, and what follows from it.

use axum::http::{Uri, uri::Authority};

use crate::headers::Transport;

/// The address people open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    text: String,
    authority: Authority,
    transport: Transport,
}

/// Why an address cannot be the public origin.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum OriginError {
    /// It is no origin.
    #[error("--public-origin must look like https://steward.example.com, without a path")]
    Malformed,
    /// It is not encrypted and not on this machine.
    #[error(
        "--public-origin must start with https://; plain http is only for 127.0.0.1, [::1] and localhost"
    )]
    NotEncrypted,
}

impl Origin {
    /// Reads an origin. The sign-in cookie needs TLS, so plain http is only for this very machine.
    pub fn parse(text: &str) -> Result<Self, OriginError> {
        let text = text.trim().trim_end_matches('/').to_ascii_lowercase();
        let uri: Uri = text.parse().map_err(|_| OriginError::Malformed)?;
        let (scheme, authority) = uri.scheme_str().zip(uri.authority()).ok_or(OriginError::Malformed)?;
        if uri.path() != "/" || uri.query().is_some() || authority.as_str().contains('@') {
            return Err(OriginError::Malformed);
        }
        let transport = match scheme {
            "https" => Transport::Tls,
            "http" if is_this_machine(authority.host()) => Transport::Plain,
            "http" => return Err(OriginError::NotEncrypted),
            _ => return Err(OriginError::Malformed),
        };
        Ok(Self { authority: authority.clone(), transport, text })
    }

    /// The origin as browsers write it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// How browsers reach it.
    pub fn transport(&self) -> Transport {
        self.transport
    }

    /// Whether a `Host` header names this origin.
    pub fn is_host(&self, host: &str) -> bool {
        let usual = match self.transport {
            Transport::Tls => ":443",
            Transport::Plain => ":80",
        };
        let bare = |host: &str| host.to_ascii_lowercase().trim_end_matches(usual).to_owned();
        bare(host) == bare(self.authority.as_str())
    }
}

fn is_this_machine(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare == "localhost" || bare.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_bare_and_encrypted_address_can_be_public() {
        assert!(Origin::parse("https://steward.example.com/").is_ok());
        assert!(Origin::parse("http://127.0.0.1:8080").is_ok());
        assert_eq!(Origin::parse("http://steward.example.com"), Err(OriginError::NotEncrypted));
        for bad in ["steward", "https://a/b", "https://user@a", "ftp://a", "https://a?b", ""] {
            assert_eq!(Origin::parse(bad), Err(OriginError::Malformed), "{bad}");
        }
    }

    #[test]
    fn a_host_counts_with_and_without_the_usual_port() {
        let origin = Origin::parse("https://Steward.example.com").unwrap();
        assert!(origin.is_host("steward.example.com") && origin.is_host("STEWARD.example.com:443"));
        assert!(!origin.is_host("steward.example.com:8443") && !origin.is_host("evil.example.com"));
    }
}
