//! The way to a site's own API: one vendor session for each token, and a stop where something else uses the token.

use std::{future::Future, time::Duration};

use model::{
    Problem, ProblemCode, SiteId,
    site_connections::{SiteConnection, Trouble},
};
use store::OpenVendorSession;
use tableau::{ApiVersion, Change, Read, SiteAccess, SiteApi, SitePat};
use tracing::warn;

use crate::{
    Caller, Operations,
    problems::Chain,
    renewal::{Opened, lasts},
};

/// How long a session of a site lasts on Tableau Cloud where the answer does not say.
///
/// Vendor: knowledge base 001498381; read second hand, so inferred.
pub(super) const SESSION: Duration = Duration::from_secs(120 * 60);
/// Two sessions that end from outside within this time are no accident.
const CONTEST_SECONDS: i64 = 10 * 60;

/// An open session with a site.
pub(crate) struct SiteLiving {
    pub(crate) access: SiteAccess,
    connection: SiteConnection,
    generation: i64,
}

impl Operations {
    /// Reads from a site's own API as the caller. When the session has ended it is renewed, once, and asked again.
    pub(crate) async fn ask_site<T, Asked>(
        &self,
        caller: &Caller,
        site: &SiteId,
        question: impl Fn(SiteApi<Read>) -> Asked,
    ) -> Result<T, Problem>
    where
        Asked: Future<Output = tableau::Result<T>>,
    {
        let living = self.site_session(caller, site).await?;
        match question(self.0.wire.site_reader(&living.access, caller.tag())).await {
            Err(tableau::Error::SessionEnded { .. }) => {
                let living = self.renew_site(caller, living).await?;
                question(self.0.wire.site_reader(&living.access, caller.tag())).await
            }
            answer => answer,
        }
        .map_err(|error| caller.vendor_problem(&error))
    }

    /// The client that changes things on a site. Only the gate asks for it, for an act that stands in the log.
    pub(crate) fn site_changer(&self, caller: &Caller, living: &SiteLiving) -> SiteApi<Change> {
        self.0.wire.site_changer(&living.access, caller.tag())
    }

    /// The living session of the caller's connection to a site.
    pub(crate) async fn site_session(&self, caller: &Caller, site: &SiteId) -> Result<SiteLiving, Problem> {
        let connection = self.site_connection(caller, site).await?;
        self.must_still_be_lent(caller, Some(*site), connection.credential).await?;
        match connection.trouble {
            Some(Trouble::Refused) => return Err(caller.problem(ProblemCode::SiteTokenRefused)),
            Some(Trouble::Contested) if is_contest(&connection, caller) => {
                return Err(caller.problem(ProblemCode::SiteTokenContested));
            }
            _ => {}
        }
        match self.kept_session(caller, connection.credential).await? {
            Some(kept) if lasts(&kept, caller.now) => self.site_living(caller, connection, kept),
            stale => {
                // It ran out by the clock, which is nobody's doing.
                let ended = stale.map(|kept| kept.generation);
                let open = || self.open_site(caller, &connection);
                let gone = ProblemCode::SiteNotConnected;
                let kept = self.renewed(caller, connection.credential, ended, gone, open).await?;
                self.site_living(caller, connection, kept)
            }
        }
    }

    /// Opens another session after one that ended early. If that happens twice within minutes, something else signs
    /// in with the same token; then it is left to people to decide who has it.
    pub(crate) async fn renew_site(&self, caller: &Caller, ended: SiteLiving) -> Result<SiteLiving, Problem> {
        let SiteLiving { connection, generation, .. } = ended;
        let open = || async {
            let now = self.site_connection(caller, &connection.site).await?;
            let contested = is_contest(&now, caller);
            let trouble = contested.then_some(Trouble::Contested);
            let noted = self.0.store.site_connection_surprised(now.credential, caller.now, trouble).await;
            noted.map_err(|error| caller.store_problem(&error))?;
            warn!(request = %caller.request, site = %now.site, contested, "A session of a site ended early");
            if contested {
                return Err(caller.problem(ProblemCode::SiteTokenContested));
            }
            self.open_site(caller, &now).await
        };
        let gone = ProblemCode::SiteNotConnected;
        let kept = self.renewed(caller, connection.credential, Some(generation), gone, open).await?;
        self.site_living(caller, connection, kept)
    }

    /// The caller's connection to a site.
    pub(crate) async fn site_connection(
        &self,
        caller: &Caller,
        site: &SiteId,
    ) -> Result<SiteConnection, Problem> {
        let found = self.connection_to(caller, site).await?;
        found.ok_or_else(|| caller.problem(ProblemCode::SiteNotConnected))
    }

    fn site_living(
        &self,
        caller: &Caller,
        connection: SiteConnection,
        kept: OpenVendorSession,
    ) -> Result<SiteLiving, Problem> {
        let access = self.site_access(&connection, kept.token);
        let access = access.ok_or_else(|| caller.problem(ProblemCode::SiteAddressUnknown))?;
        Ok(SiteLiving { access, connection, generation: kept.generation })
    }

    /// What a session's token opens; `None` where the settings no longer allow its host.
    pub(super) fn site_access(
        &self,
        connection: &SiteConnection,
        token: secrecy::SecretString,
    ) -> Option<SiteAccess> {
        let host = self.0.wire.site_host(&connection.host).ok()?;
        let version = ApiVersion::parse(&connection.version)?;
        Some(SiteAccess::new(host, version, token, connection.site))
    }

    async fn open_site(&self, caller: &Caller, connection: &SiteConnection) -> Result<Opened, Problem> {
        let unknown = || caller.problem(ProblemCode::SiteAddressUnknown);
        let kept = self.0.store.open_credential(connection.credential).await;
        let kept = kept.map_err(|error| caller.store_problem(&error))?;
        // The token only ever travels to the host it was given for.
        let kept = kept
            .filter(|kept| kept.host == connection.host && kept.tenant == caller.tenant())
            .ok_or_else(|| caller.problem(ProblemCode::SiteNotConnected))?;
        let host = self.0.wire.site_host(&kept.host).map_err(|_| unknown())?;
        let version = ApiVersion::parse(&connection.version).ok_or_else(unknown)?;
        // A site that wants to be left alone is not signed in to either.
        self.0.wire.is_calm(&connection.site).map_err(|error| caller.vendor_problem(&error))?;
        let pat = SitePat { name: &connection.token_name, secret: &kept.secret };
        let tag = caller.tag();
        match self.0.wire.site_sign_in(&host, version, pat, &connection.content_url, &tag).await {
            Ok(session) => {
                let worked = self.0.store.site_connection_worked(connection.credential, caller.now).await;
                worked.map_err(|error| caller.store_problem(&error))?;
                let seconds = session.expires_in.unwrap_or(SESSION).as_secs();
                let until = caller.now.plus_seconds(i64::try_from(seconds).unwrap_or(i64::MAX));
                Ok(Opened { token: session.token, until })
            }
            Err(tableau::Error::TokenRefused { .. }) => {
                let refused = Some(Trouble::Refused);
                let noted = self.0.store.site_connection_trouble(connection.credential, refused).await;
                noted.map_err(|error| caller.store_problem(&error))?;
                Err(caller.problem(ProblemCode::SiteTokenRefused))
            }
            Err(error) => Err(caller.vendor_problem(&error)),
        }
    }

    /// Ends the vendor session of a connection. What Tableau answers does not matter: it ends by itself.
    pub(super) async fn end_site_session(&self, caller: &Caller, connection: &SiteConnection) {
        let Ok(Some(kept)) = self.kept_session(caller, connection.credential).await else { return };
        let Some(access) = self.site_access(connection, kept.token) else { return };
        if let Err(error) = self.0.wire.site_reader(&access, caller.tag()).sign_out().await {
            tracing::info!(error = %Chain(&error), "The site did not confirm the sign-out; its session ends by itself");
        }
    }
}

/// Whether a session of this connection ended from outside only minutes ago.
fn is_contest(connection: &SiteConnection, caller: &Caller) -> bool {
    connection.surprised.is_some_and(|at| at.seconds_until(caller.now) < CONTEST_SECONDS)
}
