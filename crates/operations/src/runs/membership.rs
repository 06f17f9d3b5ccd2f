//! The members of a group during a run: read, and changed by one call.

use std::{collections::HashSet, time::Duration};

use model::{
    GroupId, Problem, ProblemCode, SiteId, SiteUserId,
    plan::{SiteState, SiteWish},
    runs::RunRow,
};
use tableau::{Change, Read, SiteApi};

use super::{
    call::Found,
    read_back::LAG,
    site_send::{NotSent, Said},
};
use crate::{Caller, Operations};

/// How often a list is read again that changed while it was read.
const READS: u32 = 3;
/// The site's code for a group that is not there.
const NO_SUCH_GROUP: &str = "404012";

/// A group whose members are changed.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) site: SiteId,
    pub(super) group: GroupId,
}

/// Who is in a group.
pub(super) type Members = HashSet<SiteUserId>;

impl Operations {
    /// The members once what was sent had its time to show. Nobody is a member of a group that is gone.
    pub(super) async fn members_after(
        &self,
        caller: &Caller,
        place: Place,
        rows: &[(RunRow, Said)],
    ) -> Result<Members, Problem> {
        let mut members = self.membership(caller, place).await?.unwrap_or_default();
        for pause in LAG {
            let lags = |(row, said): &(RunRow, Said)| {
                !matches!(said, Said::Refused(_)) && !found(row, &members).is_met
            };
            if !rows.iter().any(lags) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(pause)).await;
            members = self.membership(caller, place).await?.unwrap_or_default();
        }
        Ok(members)
    }

    /// The members of a group, read until the list stood still while it was read: somebody missed would look gone.
    /// `None` for a group that is gone itself.
    pub(super) async fn membership(&self, caller: &Caller, place: Place) -> Result<Option<Members>, Problem> {
        let Place { site, group } = place;
        for _ in 0..READS {
            let ask = move |api: SiteApi<Read>| async move {
                match api.all_group_users(&group).await {
                    // Only the site's own word counts: a gateway's "not found" would empty the group.
                    Err(error) if vendor_code(&error) == Some(NO_SUCH_GROUP) => Ok(None),
                    answer => answer.map(Some),
                }
            };
            match self.ask_site(caller, &site, ask).await {
                Ok(None) => return Ok(None),
                Ok(Some(listed)) if listed.steady => {
                    return Ok(Some(listed.rows.into_iter().map(|user| user.id).collect()));
                }
                Ok(Some(_)) => {}
                Err(problem) => return Err(problem),
            }
        }
        Err(caller.problem(ProblemCode::VendorGarbled))
    }

    pub(super) async fn change_many(
        &self,
        caller: &Caller,
        place: Place,
        rows: &[RunRow],
    ) -> Result<Result<(), Said>, NotSent> {
        let users: Vec<SiteUserId> = rows.iter().filter_map(|row| row.site_user).collect();
        let (users, group, joins) = (&users, place.group, rows.iter().any(joins));
        let change = |api: SiteApi<Change>| {
            let users = users.clone();
            async move {
                if joins {
                    api.add_many_to_group(&group, &users).await.map(drop)
                } else {
                    api.remove_many_from_group(&group, &users).await
                }
            }
        };
        self.change_site(caller, &place.site, change).await
    }

    pub(super) async fn change_one(
        &self,
        caller: &Caller,
        place: Place,
        row: &RunRow,
    ) -> Result<Said, NotSent> {
        let Some(user) = row.site_user else {
            return Ok(Said::Refused(ProblemCode::SiteUserNotFound.word()));
        };
        let (group, joins) = (place.group, joins(row));
        let change = move |api: SiteApi<Change>| async move {
            if joins {
                api.add_to_group(&group, &user).await.map(drop)
            } else {
                api.remove_from_group(&group, &user).await
            }
        };
        Ok(self.change_site(caller, &place.site, change).await?.err().unwrap_or(Said::Done))
    }
}

fn vendor_code(error: &tableau::Error) -> Option<&str> {
    error.vendor_words()?.code()
}

fn joins(row: &RunRow) -> bool {
    row.wish.on_site().is_some_and(|wish| matches!(wish.change, SiteWish::Join { .. }))
}

/// How a row's person stands to the group.
pub(super) fn found(row: &RunRow, members: &Members) -> Found {
    let is_member = row.site_user.is_some_and(|user| members.contains(&user));
    let state = SiteState { user: None, is_member };
    let (now, is_met) = match row.wish.on_site() {
        Some(wish) => (wish.now(state), wish.is_met_by(state)),
        None => (String::new(), false),
    };
    Found { now, is_met, person: row.user, refused: None }
}
