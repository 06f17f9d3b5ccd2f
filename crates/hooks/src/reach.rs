//! Where a host leads: its addresses now, each of which must be one that may be reached.

use std::{net::SocketAddr, time::Duration};

use tokio::{net::lookup_host, time::timeout};

use crate::{AddressError, Target};

/// The addresses of a target. One that may not be reached makes the whole host suspicious, so none is used then.
pub(crate) async fn addresses(target: &Target, patience: Duration) -> Result<Vec<SocketAddr>, AddressError> {
    let port = target.port();
    if let Some(ip) = target.ip() {
        return if target.may_reach(ip) {
            Ok(vec![SocketAddr::new(ip, port)])
        } else {
            Err(AddressError::Private)
        };
    }
    let found = timeout(patience, lookup_host((target.host(), port))).await;
    let found: Vec<SocketAddr> = match found {
        Ok(Ok(found)) => found.collect(),
        Ok(Err(_)) | Err(_) => return Err(AddressError::Unknown),
    };
    if found.is_empty() {
        return Err(AddressError::Unknown);
    }
    if found.iter().all(|address| target.may_reach(address.ip())) {
        Ok(found)
    } else {
        Err(AddressError::Private)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn reached(url: &str, named: &[String]) -> Result<Vec<SocketAddr>, AddressError> {
        addresses(&Target::read(url, named)?, Duration::from_secs(5)).await
    }

    #[tokio::test]
    async fn a_name_that_leads_to_this_machine_is_refused_unless_it_was_named() {
        assert_eq!(reached("https://localhost/", &[]).await, Err(AddressError::Private));
        let named = ["localhost".to_owned()];
        assert!(reached("https://localhost/", &named).await.unwrap().iter().all(|it| it.ip().is_loopback()));
    }

    #[tokio::test]
    async fn a_name_without_an_address_is_told_apart() {
        assert_eq!(reached("https://nowhere.invalid/", &[]).await, Err(AddressError::Unknown));
    }
}
