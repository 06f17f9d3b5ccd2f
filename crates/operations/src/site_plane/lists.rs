//! Whole lists of a site, read once for many questions and searched here: the vendor's own filters cannot search a part
//! of a name, and not everything can be filtered by them.

use std::{future::Future, sync::Arc};

use model::{
    Aged, Freshness, GroupId, Problem, ProblemCode, SiteId, SiteUserId,
    groups::Group,
    page::SIZES,
    site_connections::SiteConnection,
    site_plane::{PlaneQuery, SiteHead},
    site_users::SiteUser,
};
use tableau::{Fields, Listed, Listing, Read, SetDetail, SiteApi};

use super::rows::NEVER;
use crate::{Caller, Operations};

/// The longest search.
const SEARCH_AT_MOST: usize = 200;
/// A list of more rows than this takes many calls, and is not read anew for every look.
const LARGE: usize = 2_000;
/// How old such a list may be.
const LARGE_SECONDS: i64 = 300;

impl Operations {
    /// Everybody of a site.
    pub(crate) async fn users_of_site(
        &self,
        caller: &Caller,
        site: &SiteId,
        freshness: Freshness,
    ) -> Result<Aged<Arc<Vec<SiteUser>>>, Problem> {
        let connection = self.site_connection(caller, site).await?;
        if freshness == Freshness::Recent
            && let Some(kept) = self.0.site_users.at_hand(connection.credential).await
            && kept.value.len() > LARGE
            && kept.as_of.seconds_until(caller.now) < LARGE_SECONDS
        {
            return Ok(kept);
        }
        let ask = || async {
            let listing = Listing { fields: Fields::All, ..Listing::default() };
            self.ask_steady(caller, site, async |api| api.all_users(&listing).await).await.map(Arc::new)
        };
        self.0.site_users.get_of(connection.credential, caller.now, freshness, ask).await
    }

    /// Every group of a site, with the number of its members.
    pub(crate) async fn groups_of_site(
        &self,
        caller: &Caller,
        site: &SiteId,
        freshness: Freshness,
    ) -> Result<Aged<Arc<Vec<Group>>>, Problem> {
        let connection = self.site_connection(caller, site).await?;
        let ask = || async {
            let listing = Listing { fields: Fields::All, ..Listing::default() };
            self.ask_steady(caller, site, async |api| api.all_groups(&listing).await).await.map(Arc::new)
        };
        self.0.site_groups.get_of(connection.credential, caller.now, freshness, ask).await
    }

    /// The members of one group, read now.
    pub(crate) async fn members_of(
        &self,
        caller: &Caller,
        site: &SiteId,
        group: &GroupId,
    ) -> Result<Vec<SiteUser>, Problem> {
        let found = self.ask_steady(caller, site, async |api| api.all_group_users(group).await).await;
        found.map_err(|problem| gone(problem, ProblemCode::GroupNotFound))
    }

    /// One person of a site, read now.
    pub(crate) async fn fresh_site_user(
        &self,
        caller: &Caller,
        site: &SiteId,
        user: &SiteUserId,
    ) -> Result<Option<SiteUser>, Problem> {
        self.ask_site(caller, site, async |api| api.user(user).await).await
    }

    /// Every group set of a site with its groups, read now.
    pub(crate) async fn sets_of_site(
        &self,
        caller: &Caller,
        site: &SiteId,
    ) -> Result<Vec<model::groups::GroupSet>, Problem> {
        let listing = Listing::default();
        let ask = async |api: tableau::SiteApi<tableau::Read>| {
            api.all_group_sets(&listing, SetDetail::Members).await
        };
        self.ask_steady(caller, site, ask).await
    }

    /// Reads a whole list. One that changed while it was read may miss somebody, so it is read once more.
    async fn ask_steady<Row, Asked>(
        &self,
        caller: &Caller,
        site: &SiteId,
        question: impl Fn(SiteApi<Read>) -> Asked,
    ) -> Result<Vec<Row>, Problem>
    where
        Asked: Future<Output = tableau::Result<Listed<Row>>>,
    {
        let found = self.ask_site(caller, site, &question).await?;
        if found.steady {
            return Ok(found.rows);
        }
        let again = self.ask_site(caller, site, &question).await?;
        if !again.steady {
            tracing::info!(%site, rows = again.rows.len(), "A list of a site changes while it is read");
        }
        Ok(again.rows)
    }

    /// Forgets what was read of a site before a change.
    pub(crate) async fn forget_site(&self, connection: &SiteConnection) {
        self.0.site_users.forget(connection.credential).await;
        self.0.site_groups.forget(connection.credential).await;
    }

    /// The head of a page of a site.
    pub(crate) async fn site_head(&self, caller: &Caller, site: &SiteId) -> Result<SiteHead, Problem> {
        self.must_see_site(caller, site)?;
        let ask = || self.ask(caller, async |manager| manager.list_sites().await);
        let sites = self.0.sites.get(caller, Freshness::Recent, ask).await?;
        let known =
            sites.value.into_iter().find(|known| known.id == *site && known.tenant == caller.tenant());
        let known = known.ok_or_else(|| caller.problem(ProblemCode::SiteNotFound))?;
        let connection = self.site_connection(caller, site).await?;
        Ok(SiteHead {
            site: *site,
            name: known.name,
            standing: connection.standing(caller.now),
            administers: connection.role.is_empty() || connection.role.starts_with("SiteAdministrator"),
            who: connection.who,
        })
    }
}

/// Not there, in the words of what was looked for.
pub(super) fn gone(problem: Problem, code: ProblemCode) -> Problem {
    if problem.code == ProblemCode::VendorNotFound { Problem { code, ..problem } } else { problem }
}

/// Refuses a question that cannot be.
pub(super) fn check(caller: &Caller, query: &PlaneQuery) -> Result<(), Problem> {
    let too_long = query.search.chars().count() > SEARCH_AT_MOST;
    let last = matches!(query.last.as_str(), "" | NEVER) || query.days().is_some();
    if !SIZES.contains(&query.page.size) || query.page.number == 0 || too_long || !last {
        return Err(caller.problem(ProblemCode::MalformedQuery));
    }
    Ok(())
}
