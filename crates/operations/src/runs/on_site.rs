//! Rows about single people of a site: compared once more, written down, sent once, and read back.

use std::{collections::BTreeMap, time::Duration};

use model::{
    GroupId, Problem, ProblemCode, SiteId, SiteJobId, SiteUserId,
    plan::{OnSite, SiteState, SiteWish},
    roles::{SignInType, SiteRole},
    runs::{RowState, RunRow},
    site_connections::SiteConnection,
    site_users::SiteUser,
};
use store::RowEnd;
use tableau::{
    Change, Filter, Listing, NewSiteUser, Operator, Read, SiteApi, SiteSignIn, UserField, UserUpdate,
};

use super::{
    call::Found,
    held::{Held, LetGo},
    read_back::LAG,
    site_send::{NotSent, Said},
    ways::{Call, goes_by_file},
};
use crate::{Caller, Operations, caller::clock};

impl Operations {
    /// The connection that a run uses for a site: that of the person whose run it is. Without one its rows are refused.
    pub(super) async fn connected(
        &self,
        held: &Held,
        caller: &Caller,
        site: &SiteId,
        rows: &[RunRow],
    ) -> Result<Option<SiteConnection>, LetGo> {
        match self.site_connection(caller, site).await {
            Ok(connection) => Ok(Some(connection)),
            Err(problem) if problem.code == ProblemCode::SiteNotConnected => {
                let numbers = rows.iter().map(|row| row.number);
                self.refuse(held, numbers, RowState::Refused, &problem.code.word()).await?;
                Ok(None)
            }
            Err(problem) => Err(LetGo::Problem(problem)),
        }
    }

    /// Sends a row about one person.
    pub(super) async fn send_on_site(&self, held: &Held, site: SiteId, call: Call) -> Result<(), LetGo> {
        let caller = held.caller();
        let Some(connection) = self.connected(held, &caller, &site, &call.rows).await? else { return Ok(()) };
        if self.wait_for_site(held, &site).await? {
            return Ok(());
        }
        let mut found = Vec::new();
        for row in &call.rows {
            let user = self.user_of(&caller, &site, row, None).await?;
            found.push(found_of(row, user.as_ref()));
        }
        let Some((caller, call)) = self.ready(held, &caller, call, found).await? else { return Ok(()) };
        for row in &call.rows {
            match self.change_user(&caller, &site, row).await {
                Ok((said, id)) => self.end_user(held, &caller, row, &said, id).await?,
                Err(why) => self.not_sent(held, site, &[row.number], why).await?,
            }
        }
        self.forget_site(&connection).await;
        self.forget_what_was_read();
        Ok(())
    }

    /// Sends what a row asks for. Of somebody who came into being by it, the answer tells the id.
    async fn change_user(
        &self,
        caller: &Caller,
        site: &SiteId,
        row: &RunRow,
    ) -> Result<(Said, Option<SiteUserId>), NotSent> {
        let Some(request) = Request::of(row) else {
            return Ok((Said::Refused(ProblemCode::SiteUserNotFound.word()), None));
        };
        let request = &request;
        let change = |api: SiteApi<Change>| {
            let request = request.clone();
            async move { request.send(api).await }
        };
        Ok(match self.change_site(caller, site, change).await? {
            Ok(id) => (Said::Done, id),
            Err(said) => (said, None),
        })
    }

    /// Reads a person back and ends the row by what is true now.
    async fn end_user(
        &self,
        held: &Held,
        caller: &Caller,
        row: &RunRow,
        said: &Said,
        id: Option<SiteUserId>,
    ) -> Result<(), LetGo> {
        let Some(wish) = row.wish.on_site() else { return Ok(()) };
        let mut user = self.user_of(caller, &wish.site, row, id).await?;
        for pause in LAG {
            // Nothing moved yet, though the site says that it did, or may have.
            let lags = !matches!(said, Said::Refused(_)) && found_of(row, user.as_ref()).now == row.before;
            if !lags {
                break;
            }
            tokio::time::sleep(Duration::from_millis(pause)).await;
            user = self.user_of(caller, &wish.site, row, id).await?;
        }
        let found = found_of(row, user.as_ref());
        let mut end = site_end(row, said, found.now, found.is_met);
        end.site_user = user.as_ref().map(|user| user.id).or(id).or(row.site_user);
        if end.state == RowState::Differs && got_no_seat(wish, user.as_ref()) {
            end.code = Some(ProblemCode::NoSeatLeft.word());
        }
        held.stored(self.0.store.finish_rows(held.run, held.fence, &[end]).await).map(drop)
    }

    /// The person of a row as the site tells them now: by id, and by name where there is none.
    async fn user_of(
        &self,
        caller: &Caller,
        site: &SiteId,
        row: &RunRow,
        id: Option<SiteUserId>,
    ) -> Result<Option<SiteUser>, Problem> {
        match row.site_user.or(id) {
            Some(id) => self.fresh_site_user(caller, site, &id).await,
            None => self.user_named(caller, site, &row.user_name).await,
        }
    }

    async fn user_named(
        &self,
        caller: &Caller,
        site: &SiteId,
        name: &str,
    ) -> Result<Option<SiteUser>, Problem> {
        // A name that no filter can carry is no address, and nobody has it.
        let Ok(filter) = Filter::default().and(UserField::Name, Operator::Eq, name) else { return Ok(None) };
        let listing = &Listing { filter, ..Listing::default() };
        let ask = |api: SiteApi<Read>| {
            let listing = listing.clone();
            async move { api.all_users(&listing).await }
        };
        let found = self.ask_site(caller, site, ask).await?.rows;
        // Whether the vendor's filter is exact is not stated.
        Ok(found.into_iter().find(|user| user.name.eq_ignore_ascii_case(name)))
    }

    /// Rows for sites that an earlier worker sent: they are read back, and never sent again by themselves.
    pub(super) async fn settle_on_sites(&self, held: &Held, rows: Vec<RunRow>) -> Result<(), LetGo> {
        let mut groups: BTreeMap<(SiteId, GroupId), Vec<RunRow>> = BTreeMap::new();
        let mut files: BTreeMap<(SiteId, Option<SiteJobId>), Vec<RunRow>> = BTreeMap::new();
        let caller = held.caller();
        for row in rows {
            let Some(wish) = row.wish.on_site() else { continue };
            if matches!(&self.site_connection(&caller, &wish.site).await,
                Err(problem) if problem.code == ProblemCode::SiteNotConnected)
            {
                // Nobody can look any more.
                let end = site_end(&row, &Said::Lost, row.before.clone(), false);
                let ends = [RowEnd { found: None, ..end }];
                held.stored(self.0.store.finish_rows(held.run, held.fence, &ends).await)?;
                continue;
            }
            match wish.change.group() {
                Some((group, _)) => groups.entry((wish.site, *group)).or_default().push(row),
                None if goes_by_file(&wish.change, row.line, &row.user_name).is_some() => {
                    let job = row.job.and_then(|job| job.of_site());
                    files.entry((wish.site, job)).or_default().push(row);
                }
                None => self.end_user(held, &caller, &row, &Said::Lost, None).await?,
            }
        }
        for ((site, job), rows) in files {
            self.settle_file(held, site, job, rows).await?;
        }
        for ((site, group), rows) in groups {
            self.settle_members(held, site, group, rows).await?;
        }
        self.run_moved(held.run);
        Ok(())
    }
}

/// A request, made of a row.
#[derive(Clone)]
enum Request {
    Add(NewSiteUser),
    Update(SiteUserId, UserUpdate),
    Remove(SiteUserId, Option<SiteUserId>),
}

impl Request {
    /// What a row asks for; nothing where it names nobody.
    fn of(row: &RunRow) -> Option<Self> {
        let setting = |sign_in: &SignInType| SiteSignIn::Setting(sign_in.clone());
        Some(match &row.wish.on_site()?.change {
            SiteWish::Add { role, sign_in } => Self::Add(NewSiteUser {
                name: row.user_name.clone(),
                role: role.clone(),
                sign_in: sign_in.as_ref().map(setting),
                identity_pool: None,
            }),
            SiteWish::Place { role, sign_in } => match row.site_user {
                None => Self::Add(NewSiteUser {
                    name: row.user_name.clone(),
                    role: role.clone(),
                    sign_in: sign_in.as_ref().map(setting),
                    identity_pool: None,
                }),
                Some(user) => {
                    let sign_in = sign_in.as_ref().map(setting);
                    Self::Update(
                        user,
                        UserUpdate { role: Some(role.clone()), sign_in, ..UserUpdate::default() },
                    )
                }
            },
            SiteWish::Role { role } => {
                let update = UserUpdate { role: Some(role.clone()), ..UserUpdate::default() };
                Self::Update(row.site_user?, update)
            }
            SiteWish::SignIn { sign_in } => {
                let update = UserUpdate { sign_in: Some(setting(sign_in)), ..UserUpdate::default() };
                Self::Update(row.site_user?, update)
            }
            SiteWish::Remove { assets_to } => {
                Self::Remove(row.site_user?, assets_to.as_ref().map(|heir| heir.user))
            }
            SiteWish::Join { .. } | SiteWish::Leave { .. } => return None,
        })
    }

    async fn send(self, api: SiteApi<Change>) -> tableau::Result<Option<SiteUserId>> {
        match self {
            Self::Add(user) => api.add_user(&user).await.map(|added| Some(added.id)),
            Self::Update(user, update) => api.update_user(&user, &update).await.map(|_| None),
            Self::Remove(user, heir) => api.remove_user(&user, heir.as_ref()).await.map(|()| None),
        }
    }
}

/// How a row's person stands on the site.
pub(super) fn found_of(row: &RunRow, user: Option<&SiteUser>) -> Found {
    let state = SiteState { user, is_member: false };
    let (now, is_met) = match row.wish.on_site() {
        Some(wish) => (wish.now(state), wish.is_met_by(state)),
        None => (String::new(), false),
    };
    Found { now, is_met, person: row.user, refused: None }
}

/// Whether somebody was taken in without the licence that was asked for.
///
/// Vendor: "Add User to Site" answers 201 with the role Unlicensed where no licence is left.
pub(super) fn got_no_seat(wish: &OnSite, user: Option<&SiteUser>) -> bool {
    let asked = matches!(&wish.change, SiteWish::Add { role, .. } | SiteWish::Place { role, .. }
        if *role != SiteRole::Unlicensed);
    asked && user.is_some_and(|user| user.site_role == SiteRole::Unlicensed)
}

/// How a row for a site ends: what reading back shows decides, and the answer explains the rest.
pub(super) fn site_end(row: &RunRow, said: &Said, now: String, is_met: bool) -> RowEnd {
    let (state, code) = match said {
        _ if is_met => (RowState::Done, None),
        Said::Done => (RowState::Differs, Some(ProblemCode::NotVerified.word())),
        // Refused, and yet something moved: whoever owns content is not removed, but may have lost the licence.
        Said::Refused(code) if now != row.before => (RowState::Differs, Some(code.clone())),
        Said::Refused(code) => (RowState::Failed, Some(code.clone())),
        Said::Lost => (RowState::Unknown, Some(ProblemCode::FateUnknown.word())),
    };
    RowEnd {
        number: row.number,
        state,
        code,
        found: Some(now),
        user: None,
        site_user: row.site_user,
        at: clock(),
    }
}
