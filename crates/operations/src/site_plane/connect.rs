//! Connecting a site: the token is tried at once, and kept only when it opens that very site.

use model::{
    Act, ActId, CredentialId, Moment, Notice, Permission, Problem, ProblemCode, SiteId,
    site_connections::Trouble,
};
use secrecy::{ExposeSecret, SecretString};
use store::{NewSiteConnection, VendorSession};
use tableau::{ApiVersion, SiteHost, SitePat, SiteSession};
use uuid::Uuid;

use super::broker::SESSION;
use crate::{Caller, Operations, gate::Outcome};

/// A lease only for saving the first session.
const LEASE_SECONDS: i64 = 30;

/// What the form that connects a site carries.
#[derive(Debug)]
pub struct ConnectForm {
    /// The site.
    pub site: SiteId,
    /// The name of the token in Tableau.
    pub token_name: String,
    /// Its secret.
    pub secret: SecretString,
    /// The day the token ends, as `2027-03-01`; may be empty.
    pub expires: String,
    /// The act it becomes. The same form counts once.
    pub ticket: ActId,
}

/// What signing in to the site told.
struct Tried {
    host: SiteHost,
    version: ApiVersion,
    session: SiteSession,
}

impl Operations {
    /// Connects a site with a token of the caller's. An earlier connection to it is replaced.
    pub async fn connect_site(&self, caller: &Caller, form: ConnectForm) -> Result<Notice, Problem> {
        let token_name = form.token_name.trim().to_owned();
        let act = |name: &str| Act::ConnectSite {
            site: form.site,
            name: name.to_owned(),
            token: token_name.clone(),
        };
        self.permit(caller, form.ticket, &act("")).await?;
        if token_name.is_empty() {
            return Err(caller.problem(ProblemCode::TokenNameMissing));
        }
        if form.secret.expose_secret().trim().is_empty() {
            return Err(caller.problem(ProblemCode::TokenMissing));
        }
        let expires = read_day(caller, &form.expires)?;
        let site = self.read_site(caller, &form.site).await?;
        let secret = SecretString::from(form.secret.expose_secret().trim().to_owned());
        let taken = self.0.store.site_with_token(&secret).await;
        let taken = taken.map_err(|error| caller.store_problem(&error))?;
        let owner = caller.credential_owner()?;
        let earlier = self.0.store.site_connection(caller.tenant(), owner, site.id).await;
        let earlier = earlier.map_err(|error| caller.store_problem(&error))?;
        // One's own connection of this very site may be renewed; anybody else's would be signed out by this one.
        if taken.is_some_and(|by| by != (site.id, owner)) {
            return Err(caller.problem(ProblemCode::SiteTokenTaken));
        }
        let base_url = site.instance.as_ref().and_then(|instance| instance.base_url.as_deref());
        let host = base_url.and_then(|url| self.0.wire.site_host(url).ok());
        let host = host.ok_or_else(|| caller.problem(ProblemCode::SiteAddressUnknown))?;

        let before = earlier.as_ref().map_or("not connected", |_| "connected");
        let begun = self.begin(caller, form.ticket, &act(&site.name), Some(before)).await?;
        let tried = self.try_token(caller, host, &token_name, &secret, &site.content_url).await;
        let tried = match tried {
            // A token is good for one site; an answer about another one is not what was asked for.
            Ok(tried) if tried.session.site != site.id => Err(caller.problem(ProblemCode::SiteTokenRefused)),
            tried => tried,
        };
        let tried = match tried {
            Ok(tried) => tried,
            Err(problem) => {
                return begun.finish(Outcome::failed(problem)).await.map(|()| Notice::SiteConnected);
            }
        };
        let (who, role) = self.who_is(caller, &tried).await;
        let kept = self.0.store.connect_site(NewSiteConnection {
            tenant: caller.tenant(),
            owner,
            site: site.id,
            content_url: site.content_url.clone(),
            host: tried.host.as_str().to_owned(),
            version: tried.version.to_string(),
            token_name,
            secret: &secret,
            site_user: tried.session.user,
            who,
            role,
            expires,
            now: caller.now,
        });
        let saved = match kept.await {
            Ok(credential) => self.save_first_session(caller, credential, &tried.session).await,
            Err(error) => Err(error),
        };
        match saved {
            Ok(()) => begun.finish(Outcome::done("connected")).await.map(|()| Notice::SiteConnected),
            Err(error) => begun
                .finish(Outcome::failed(caller.store_problem(&error)))
                .await
                .map(|()| Notice::SiteConnected),
        }
    }

    /// Ends the caller's connection to a site: the session is ended and the token erased.
    pub async fn disconnect_site(
        &self,
        caller: &Caller,
        site: &SiteId,
        ticket: ActId,
    ) -> Result<Notice, Problem> {
        let act = |name: &str| Act::DisconnectSite { site: *site, name: name.to_owned() };
        self.permit(caller, ticket, &act("")).await?;
        let connection = self.site_connection(caller, site).await?;
        // A site that is gone from the tenant can still be disconnected.
        let name =
            self.read_site(caller, site).await.map_or(connection.content_url.clone(), |site| site.name);
        let begun = self.begin(caller, ticket, &act(&name), Some("connected")).await?;
        self.end_site_session(caller, &connection).await;
        match self.0.store.erase_credential(connection.credential).await {
            Ok(()) => begun.finish(Outcome::done("not connected")).await.map(|()| Notice::SiteDisconnected),
            Err(error) => {
                let failed = Outcome::failed(caller.store_problem(&error));
                begun.finish(failed).await.map(|()| Notice::SiteDisconnected)
            }
        }
    }

    /// Forgets that a token is contested or refused, so that the next question tries it again.
    pub async fn try_site_again(&self, caller: &Caller, site: &SiteId) -> Result<(), Problem> {
        caller.must(Permission::ConnectSites)?;
        let connection = self.site_connection(caller, site).await?;
        // The clock of contests starts anew as well: whoever asks has looked after the other program.
        let long_ago = Moment::from_seconds(0);
        let cleared = match connection.trouble {
            Some(Trouble::Contested) => {
                self.0.store.site_connection_surprised(connection.credential, long_ago, None).await
            }
            _ => self.0.store.site_connection_trouble(connection.credential, None).await,
        };
        cleared.map_err(|error| caller.store_problem(&error))?;
        self.site_session(caller, site).await.map(|_| ())
    }

    async fn try_token(
        &self,
        caller: &Caller,
        host: SiteHost,
        token_name: &str,
        secret: &SecretString,
        content_url: &str,
    ) -> Result<Tried, Problem> {
        let tag = caller.tag();
        let info = self.0.wire.server_info(&host, &tag).await;
        let version = info.map_err(|error| caller.vendor_problem(&error))?.usable();
        let pat = SitePat { name: token_name, secret };
        match self.0.wire.site_sign_in(&host, version, pat, content_url, &tag).await {
            Ok(session) => Ok(Tried { host, version, session }),
            Err(tableau::Error::TokenRefused { .. } | tableau::Error::Unfit { .. }) => {
                Err(caller.problem(ProblemCode::SiteTokenRefused))
            }
            Err(error) => Err(caller.vendor_problem(&error)),
        }
    }

    /// Who the token belongs to. A courtesy: without an answer the id stands in.
    async fn who_is(&self, caller: &Caller, tried: &Tried) -> (String, String) {
        let access = tried.session.access(&tried.host, tried.version);
        let user = tried.session.user;
        match self.0.wire.site_reader(&access, caller.tag()).user(&user).await {
            Ok(Some(user)) => (user.name.clone(), user.site_role.code().to_owned()),
            _ => (user.to_string(), String::new()),
        }
    }

    async fn save_first_session(
        &self,
        caller: &Caller,
        credential: CredentialId,
        session: &SiteSession,
    ) -> Result<(), store::Error> {
        let seconds = session.expires_in.unwrap_or(SESSION).as_secs();
        let expires = caller.now.plus_seconds(i64::try_from(seconds).unwrap_or(i64::MAX));
        let first = VendorSession { token: &session.token, expires, last_used: caller.now };
        match self.0.store.lease_renewal(credential, Uuid::now_v7(), LEASE_SECONDS).await? {
            Some(fence) => self.0.store.save_vendor_session(credential, &first, fence).await,
            None => Ok(()),
        }
    }
}

/// A day of the future, or none.
fn read_day(caller: &Caller, text: &str) -> Result<Option<Moment>, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let day = Moment::parse(&format!("{text}T00:00:00Z")).filter(|day| *day > caller.now);
    let wrong = || Problem::about(ProblemCode::FieldWrong, "expires").with_reference(&caller.request);
    day.map(Some).ok_or_else(wrong)
}
