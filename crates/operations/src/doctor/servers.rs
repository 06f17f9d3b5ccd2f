//! The servers of sites: what they say of themselves to anybody who asks.

use std::collections::BTreeSet;

use model::doctor::{ServerFound, Versions};
use tableau::{HIGHEST_TESTED, SiteOperation, Tag};

use super::round::{Ended, Round};

/// Servers that one round asks at most. A tenant has few.
const AT_MOST: usize = 5;

impl Round<'_> {
    /// Asks each server for its versions, and tells how many were left out.
    pub(super) async fn servers(&self, bases: BTreeSet<String>, tag: &Tag) -> (Vec<ServerFound>, u64) {
        let beyond = bases.len().saturating_sub(AT_MOST) as u64;
        let mut servers = Vec::new();
        for base in bases.into_iter().take(AT_MOST) {
            servers.push(self.server(base, tag).await);
        }
        (servers, beyond)
    }

    async fn server(&self, base: String, tag: &Tag) -> ServerFound {
        let mut versions = None;
        let question = async {
            let host = match self.wire.site_host(&base) {
                Ok(host) => host,
                // An address that Steward does not trust gets no question.
                Err(_) => return Ended::Refused(model::ProblemCode::SiteAddressUnknown),
            };
            match self.wire.server_info(&host, tag).await {
                Ok(info) => {
                    versions = Some(Versions {
                        product: info.product.clone(),
                        highest: info.api.to_string(),
                        spoken: info.usable().to_string(),
                    });
                    let newer = if info.api > HIGHEST_TESTED {
                        ", newer than what Steward was tested with"
                    } else {
                        ""
                    };
                    Ended::Told(format!("version {}{newer}", info.api))
                }
                Err(error) => Ended::Failed(error),
            }
        };
        let tried = self.attempt(SiteOperation::ServerInfo.row().shown(), question).await;
        let host = base.split("://").last().unwrap_or(&base).trim_end_matches('/').to_owned();
        ServerFound { host, versions, tried }
    }
}
