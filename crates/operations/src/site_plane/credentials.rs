//! Moving saved credentials of a person from one connected site to another. The keychains pass through and are dropped:
//! never kept, logged or shown.

use model::{
    Act, ActId, Notice, Permission, Problem, ProblemCode, SiteId, SiteUserId,
    audit::ActState,
    site_plane::{MoveSheet, MoveTarget, RETRIEVE, UPLOAD},
};
use tableau::{ApiVersion, Destination, Fate, UserPair};
use uuid::Uuid;

use crate::{Caller, Operations, gate::Outcome};

/// The first version that moves saved credentials.
///
/// Vendor: Users and Groups Methods, "Download User Credentials".
const SINCE: ApiVersion = ApiVersion::new(3, 23);

impl Operations {
    /// To which sites the saved credentials of a person can be moved.
    pub async fn move_sheet(
        &self,
        caller: &Caller,
        site: &SiteId,
        user: &SiteUserId,
        to: Option<SiteId>,
    ) -> Result<MoveSheet, Problem> {
        caller.must(Permission::MoveCredentials)?;
        let head = self.site_head(caller, site).await?;
        let found = self.fresh_site_user(caller, site, user).await?;
        let found = found.ok_or_else(|| caller.problem(ProblemCode::SiteUserNotFound))?;
        let connected = self.site_connections(caller).await?;
        let mut targets = Vec::new();
        let mut own_version = Ok(());
        for row in connected.rows {
            let Some(connection) = &row.connection else { continue };
            let version = knows_credentials(caller, &connection.version);
            if row.site == *site {
                own_version = version;
                continue;
            }
            let there = match version {
                Ok(()) => self.id_on_site(caller, &row.site, &found.name).await.map(|user| user.is_some()),
                Err(problem) => Err(problem),
            };
            targets.push(MoveTarget { site: row.site, name: row.name, there });
        }
        own_version?;
        let to = to.filter(|to| targets.iter().any(|target| target.site == *to));
        let ticket = ActId::from(Uuid::now_v7());
        Ok(MoveSheet { head, user: found, targets, to, ticket, as_of: caller.now })
    }

    /// Moves the saved credentials of a person to the same person on another site.
    pub async fn move_credentials(
        &self,
        caller: &Caller,
        from: &SiteId,
        user: &SiteUserId,
        to: &SiteId,
        ticket: ActId,
    ) -> Result<Notice, Problem> {
        let act = |to_name: &str, user_name: &str| Act::MoveCredentials {
            from: *from,
            to: *to,
            to_name: to_name.to_owned(),
            user_name: user_name.to_owned(),
        };
        self.permit(caller, ticket, &act("", "")).await?;
        if from == to {
            return Err(Problem::about(ProblemCode::FieldWrong, "to").with_reference(&caller.request));
        }
        let found = self.fresh_site_user(caller, from, user).await?;
        let found = found.ok_or_else(|| caller.problem(ProblemCode::SiteUserNotFound))?;
        let target = self.site_head(caller, to).await?;
        let connection = self.site_connection(caller, to).await?;
        let there = self.id_on_site(caller, to, &found.name).await?;
        let there = there.ok_or_else(|| caller.problem(ProblemCode::SiteUserNotFound))?;
        let destination = Destination {
            content_url: connection.content_url.clone(),
            site: *to,
            server_url: connection.host.clone(),
        };
        let begun = self.begin(caller, ticket, &act(&target.name, &found.name), None).await?;
        let user = *user;
        let taken = begun
            .change_on_site(from, |api| {
                let destination = destination.clone();
                async move { api.retrieve_credentials(&user, &destination).await }
            })
            .await;
        let saved = match taken {
            Ok(saved) => saved,
            Err((problem, _)) => {
                // Taking a copy changes nothing: whatever became of the answer, there is nothing to look after.
                let failed = failed(problem, RETRIEVE, "not retrieved");
                return begun.finish(failed).await.map(|()| Notice::CredentialsMoved);
            }
        };
        if saved.keychains.is_empty() {
            let none = failed(caller.problem(ProblemCode::NoSavedCredentials), RETRIEVE, "none to retrieve");
            return begun.finish(none).await.map(|()| Notice::CredentialsMoved);
        }
        let pairs = [UserPair { source: user, destination: there }];
        let sent = begun
            .change_on_site(to, |api| {
                let keychains = saved.keychains.clone();
                async move { api.upload_credentials(&there, &pairs, &keychains).await }
            })
            .await;
        let outcome = match sent {
            // The site has no call that tells what it holds, so its word is all there is.
            Ok(()) => Outcome::done("taken over"),
            Err((_, Fate::Unknown)) => Outcome {
                state: ActState::Unknown,
                problem: Some(at(caller.problem(ProblemCode::FateUnknown), UPLOAD)),
                after: None,
            },
            Err((problem, _)) => failed(problem, UPLOAD, "retrieved, not taken over"),
        };
        begun.finish(outcome).await.map(|()| Notice::CredentialsMoved)
    }

    /// The person of that name on a site.
    async fn id_on_site(
        &self,
        caller: &Caller,
        site: &SiteId,
        name: &str,
    ) -> Result<Option<SiteUserId>, Problem> {
        let users = self.users_of_site(caller, site, model::Freshness::Recent).await?;
        Ok(users.value.iter().find(|user| user.name.eq_ignore_ascii_case(name)).map(|user| user.id))
    }
}

/// The problem of one of the two steps.
fn at(problem: Problem, step: &str) -> Problem {
    Problem { about: Some(step.to_owned()), ..problem }
}

fn failed(problem: Problem, step: &str, after: &str) -> Outcome {
    Outcome { after: Some(after.to_owned()), ..Outcome::failed(at(problem, step)) }
}

/// Refuses a site whose version does not know saved credentials.
fn knows_credentials(caller: &Caller, version: &str) -> Result<(), Problem> {
    let known = ApiVersion::parse(version).is_some_and(|version| version >= SINCE);
    if known { Ok(()) } else { Err(caller.problem(ProblemCode::SiteTooOld)) }
}
