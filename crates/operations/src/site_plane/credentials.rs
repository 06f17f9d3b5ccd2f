//! Moving saved credentials of a person from one connected site to another. The keychains pass through and are dropped:
//! never kept, logged or shown.

use model::{
    Act, ActId, Notice, Permission, Problem, ProblemCode, SiteId, SiteUserId,
    audit::ActState,
    site_plane::{MoveSheet, MoveTarget},
};
use tableau::{Destination, Fate, UserPair};
use uuid::Uuid;

use crate::{Caller, Operations, gate::Outcome};

impl Operations {
    /// To which sites the saved credentials of a person can be moved.
    pub async fn move_sheet(
        &self,
        caller: &Caller,
        site: &SiteId,
        user: &SiteUserId,
    ) -> Result<MoveSheet, Problem> {
        caller.must(Permission::MoveCredentials)?;
        let head = self.site_head(caller, site).await?;
        let found = self.fresh_site_user(caller, site, user).await?;
        let found = found.ok_or_else(|| caller.problem(ProblemCode::SiteUserNotFound))?;
        let connected = self.site_connections(caller).await?;
        let mut targets = Vec::new();
        for row in connected.rows.into_iter().filter(|row| row.site != *site && row.connection.is_some()) {
            let there = self.id_on_site(caller, &row.site, &found.name).await;
            targets.push(MoveTarget {
                site: row.site,
                name: row.name,
                there: there.map(|user| user.is_some()),
            });
        }
        Ok(MoveSheet { head, user: found, targets, ticket: ActId::from(Uuid::now_v7()), as_of: caller.now })
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
                return begun.finish(Outcome::failed(problem)).await.map(|()| Notice::CredentialsMoved);
            }
        };
        if saved.keychains.is_empty() {
            let none = Outcome::failed(caller.problem(ProblemCode::NoSavedCredentials));
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
                problem: Some(caller.problem(ProblemCode::FateUnknown)),
                after: None,
            },
            Err((problem, _)) => Outcome::failed(problem),
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
