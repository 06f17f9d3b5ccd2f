//! Whole lists of a site, read once for many questions and searched here: the vendor's own filters cannot search, and
//! not everything can be filtered by them.

use std::sync::Arc;

use model::{
    Aged, Freshness, GroupId, Page, Problem, ProblemCode, SiteId, SiteUserId,
    groups::Group,
    page::SIZES,
    site_connections::SiteConnection,
    site_plane::{PlaneList, PlaneQuery, SiteHead},
    site_users::SiteUser,
};
use tableau::{Fields, Listed, Listing, SetDetail};

use crate::{Caller, Operations, directory::fold};

/// The longest search.
const SEARCH_AT_MOST: usize = 200;

impl Operations {
    /// Everybody of a site.
    pub(crate) async fn users_of_site(
        &self,
        caller: &Caller,
        site: &SiteId,
        freshness: Freshness,
    ) -> Result<Aged<Arc<Vec<SiteUser>>>, Problem> {
        let connection = self.site_connection(caller, site).await?;
        let ask = || async {
            let listing = Listing { fields: Fields::All, ..Listing::default() };
            let found = self.ask_site(caller, site, async |api| api.all_users(&listing).await).await?;
            Ok(Arc::new(steady(found, site)))
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
            let found = self.ask_site(caller, site, async |api| api.all_groups(&listing).await).await?;
            Ok(Arc::new(steady(found, site)))
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
        let found = self.ask_site(caller, site, async |api| api.all_group_users(group).await).await;
        found.map(|found| steady(found, site)).map_err(|problem| gone(problem, ProblemCode::GroupNotFound))
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
        self.ask_site(caller, site, ask).await.map(|found| steady(found, site))
    }

    /// Forgets what was read of a site before a change.
    pub(crate) async fn forget_site(&self, connection: &SiteConnection) {
        self.0.site_users.forget(connection.credential).await;
        self.0.site_groups.forget(connection.credential).await;
    }

    /// The head of a page of a site.
    pub(crate) async fn site_head(&self, caller: &Caller, site: &SiteId) -> Result<SiteHead, Problem> {
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

/// A list that changed while it was read may miss somebody; the next reading will have them.
fn steady<Row>(found: Listed<Row>, site: &SiteId) -> Vec<Row> {
    if !found.steady {
        tracing::info!(%site, rows = found.rows.len(), "A list of a site changed while it was read");
    }
    found.rows
}

/// Not there, in the words of what was looked for.
pub(super) fn gone(problem: Problem, code: ProblemCode) -> Problem {
    if problem.code == ProblemCode::VendorNotFound { Problem { code, ..problem } } else { problem }
}

/// Refuses a question that cannot be.
pub(super) fn check(caller: &Caller, query: &PlaneQuery) -> Result<(), Problem> {
    let too_long = query.search.chars().count() > SEARCH_AT_MOST;
    if !SIZES.contains(&query.page.size) || query.page.number == 0 || too_long {
        return Err(caller.problem(ProblemCode::MalformedQuery));
    }
    Ok(())
}

/// How the rows of one list are searched and sorted into choices.
pub(super) struct Select<'a, Row> {
    /// The texts that a search looks through.
    pub(super) words: &'a dyn Fn(&Row) -> String,
    /// The choice that a row belongs to: its value and its words.
    pub(super) kind: &'a dyn Fn(&Row) -> (String, String),
}

/// Cuts one page out of a whole list, and counts what each choice would show.
pub(super) fn select<Row: Clone>(
    head: SiteHead,
    all: Aged<Arc<Vec<Row>>>,
    query: &PlaneQuery,
    by: &Select<'_, Row>,
) -> PlaneList<Row> {
    let sought = fold(query.search.trim());
    let found = all.value.iter().filter(|row| sought.is_empty() || fold(&(by.words)(row)).contains(&sought));
    let mut choices: Vec<(String, String, u64)> = Vec::new();
    let mut rows = Vec::new();
    for row in found {
        let (value, words) = (by.kind)(row);
        if query.only.is_empty() || query.only == value {
            rows.push(row.clone());
        }
        match choices.iter_mut().find(|(known, ..)| *known == value) {
            Some((.., count)) => *count += 1,
            None => choices.push((value, words, 1)),
        }
    }
    choices.sort_by(|left, right| left.1.cmp(&right.1));
    rows.sort_by_cached_key(|row| fold(&(by.words)(row)));
    let page = Page::cut(rows, all.value.len() as u64, query.page, all.as_of);
    PlaneList { head, page, choices, stale: all.stale }
}
