//! Connected sites: the site itself, one page of its users and one of its groups, with the caller's own token.

use model::{
    PageRequest, ProblemCode,
    doctor::{Left, Outcome, SiteFound, Tried},
    site_connections::SiteConnection,
};
use tableau::{Error, Listing, Read, SiteApi, SiteOperation, Usage};

use super::{
    manager::{Learned, many, told},
    round::{Ended, Round},
};
use crate::{Caller, Operations};

/// Connected sites that one round tries at most.
const AT_MOST: usize = 10;
/// What is tried on each.
const READS: [SiteOperation; 3] = [SiteOperation::SiteGet, SiteOperation::UserList, SiteOperation::GroupList];
/// One small page: enough to see that a list can be read.
const PAGE: PageRequest = PageRequest { number: 1, size: 25 };

impl Operations {
    /// Tries each connected site, and tells how many were left out.
    pub(super) async fn connected_sites(
        &self,
        caller: &Caller,
        round: &Round<'_>,
        connections: Vec<SiteConnection>,
        learned: &Learned,
    ) -> (Vec<SiteFound>, u64) {
        let beyond = connections.len().saturating_sub(AT_MOST) as u64;
        let mut sites = Vec::new();
        for connection in connections.into_iter().take(AT_MOST) {
            let tries = self.connected_site(caller, round, &connection).await;
            sites.push(SiteFound {
                site: connection.site,
                name: learned.name_of(connection.site),
                version: connection.version,
                tries,
            });
        }
        (sites, beyond)
    }

    async fn connected_site(
        &self,
        caller: &Caller,
        round: &Round<'_>,
        connection: &SiteConnection,
    ) -> Vec<Tried> {
        let mut tries = Vec::new();
        let mut renewed = false;
        for operation in READS {
            let row = operation.row().shown();
            // Without a session there is nothing to ask with, and the first try has said why.
            if has_no_session(&tries) {
                tries.push(Tried::left(row, Left::NoSession));
                continue;
            }
            let may_renew = !std::mem::replace(&mut renewed, true);
            let question = self.ask_connected(caller, round, connection, operation, may_renew);
            tries.push(round.attempt(row, question).await);
        }
        tries
    }

    /// Asks with the session of the connection; one that ended is opened again once, as on every page.
    async fn ask_connected(
        &self,
        caller: &Caller,
        round: &Round<'_>,
        connection: &SiteConnection,
        operation: SiteOperation,
        may_renew: bool,
    ) -> Ended {
        let living = match self.site_session(caller, &connection.site).await {
            Ok(living) => living,
            Err(problem) => return Ended::Refused(problem.code),
        };
        let api = round.wire.site_reader(&living.access, caller.tag());
        match probe(operation, &api).await {
            Ended::Failed(Error::SessionEnded { .. }) if may_renew => {
                match self.renew_site(caller, living).await {
                    Ok(living) => {
                        probe(operation, &round.wire.site_reader(&living.access, caller.tag())).await
                    }
                    Err(problem) => Ended::Refused(problem.code),
                }
            }
            ended => ended,
        }
    }
}

/// Whether a try before this one has shown that the connection opens no session.
fn has_no_session(tries: &[Tried]) -> bool {
    tries.iter().any(|tried| {
        let Outcome::Failed(code, _) = &tried.outcome else { return false };
        matches!(
            code,
            ProblemCode::SiteTokenRefused
                | ProblemCode::SiteTokenContested
                | ProblemCode::SiteNotConnected
                | ProblemCode::SiteAddressUnknown
        )
    })
}

async fn probe(operation: SiteOperation, api: &SiteApi<Read>) -> Ended {
    match operation {
        SiteOperation::UserList => told(api.users(PAGE, &Listing::default()).await, |page| {
            format!("a page of {} users", many_of(page.rows.len(), page.total))
        }),
        SiteOperation::GroupList => told(api.groups(PAGE, &Listing::default()).await, |page| {
            format!("a page of {} groups", many_of(page.rows.len(), page.total))
        }),
        _ => told(api.site(Usage::Without).await, |_| many(1, "site", "sites")),
    }
}

fn many_of(rows: usize, total: u64) -> String {
    format!("{rows} of {total}")
}
