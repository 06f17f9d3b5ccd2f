//! Lists of a large site before all of it was read: the site's own filter, order and pages answer the question that was
//! asked, while the whole list is on its way.
//!
//! Not every question can be put so. The vendor has no search for a part of a name and no filter for ways to sign in; such
//! a question waits for the whole list, and so does every question where the site's version filters in another way.

use std::{future::Future, sync::Arc, time::Duration};

use model::{
    Aged, Direction, Freshness, Moment, Page, Problem, ProblemCode, SiteId,
    groups::Group,
    site_plane::{PlaneList, PlaneQuery, PlaneSort, SiteHead},
    site_users::SiteUser,
};
use tableau::{Fields, Filter, GroupField, Listing, Operator, SitePage, Sort, USER_FIELDS, UserField};
use tokio::time::timeout;

use super::{
    lists::check,
    rows::{PlaneRow, select},
};
use crate::{Caller, Operations, audit::seen::ListOf};

/// How long a page waits for the whole list before it asks for just its own rows.
const WAIT: Duration = Duration::from_millis(800);

impl Operations {
    /// The users of a site.
    pub async fn site_users(
        &self,
        caller: &Caller,
        site: &SiteId,
        query: &PlaneQuery,
        freshness: Freshness,
    ) -> Result<PlaneList<SiteUser>, Problem> {
        caller.must(model::Permission::SeePeople)?;
        check(caller, query)?;
        let head = self.site_head(caller, site).await?;
        let (own, by, of) = (self.clone(), caller.clone(), *site);
        let sight = self.sight_on(caller, site).await?;
        let seen = sight.clone();
        let whole = async move {
            let all = own.users_of_site(&by, &of, freshness).await?;
            Ok(match seen {
                Some(sight) => Aged { value: Arc::new(sight.users(&all.value, &of)), ..all },
                None => all,
            })
        };
        // A page of the site's own holds people beyond a member's scope, and counts them.
        let listing = if sight.is_some() { None } else { user_listing(query) };
        let first = listing.map(|listing| async move {
            self.ask_site(caller, site, async |api| api.users(query.page, &listing).await).await
        });
        let name = format!("users of {}", head.name);
        let shown = list(head, query, caller.now, whole, first).await?;
        self.looks_at(caller, ListOf::site(*site, "site-users", None, name), query, &shown.page).await?;
        Ok(shown)
    }

    /// The groups of a site.
    pub async fn site_groups(
        &self,
        caller: &Caller,
        site: &SiteId,
        query: &PlaneQuery,
        freshness: Freshness,
    ) -> Result<PlaneList<Group>, Problem> {
        caller.must(model::Permission::SeeGroups)?;
        check(caller, query)?;
        let head = self.site_head(caller, site).await?;
        let (own, by, of) = (self.clone(), caller.clone(), *site);
        let whole = async move {
            let all = own.groups_of_site(&by, &of, freshness).await?;
            Ok(Aged { value: own.seen_groups(&by, &of, &all.value), ..all })
        };
        let listing = if caller.is_member() { None } else { group_listing(query) };
        let first = listing.map(|listing| async move {
            self.ask_site(caller, site, async |api| api.groups(query.page, &listing).await).await
        });
        list(head, query, caller.now, whole, first).await
    }
}

/// One page of a list: out of the whole where that is at hand or comes soon, else as the site answers it.
async fn list<Row, Whole, First>(
    head: SiteHead,
    query: &PlaneQuery,
    now: Moment,
    whole: Whole,
    first: Option<First>,
) -> Result<PlaneList<Row>, Problem>
where
    Row: PlaneRow + Send + Sync + 'static,
    Whole: Future<Output = Result<Aged<Arc<Vec<Row>>>, Problem>> + Send + 'static,
    First: Future<Output = Result<SitePage<Row>, Problem>>,
{
    // In a task of its own: whoever closes the page does not end the reading that others wait for.
    let mut whole = tokio::spawn(whole);
    let all = match (timeout(WAIT, &mut whole).await, first) {
        (Ok(all), _) => all,
        (Err(_), None) => whole.await,
        (Err(_), Some(first)) => match first.await {
            Ok(page) if is_what_was_asked(&page, query, now) => return Ok(of_the_site(head, page, now)),
            _ => whole.await,
        },
    };
    let all = all.map_err(|_| Problem::new(ProblemCode::Internal))??;
    Ok(select(head, all, query))
}

/// Whether the site filtered. One that does not know a filter has been seen to leave it aside.
fn is_what_was_asked<Row: PlaneRow>(page: &SitePage<Row>, query: &PlaneQuery, now: Moment) -> bool {
    let is_kind = |row: &Row| query.only.is_empty() || row.kind().0 == query.only;
    page.rows.len() <= query.page.size as usize
        && page.rows.iter().all(|row| is_kind(row) && row.fits(query, now))
}

fn of_the_site<Row>(head: SiteHead, page: SitePage<Row>, now: Moment) -> PlaneList<Row> {
    let SitePage { rows, total, at } = page;
    let page = Page { rows, total, of: total, at, as_of: now };
    PlaneList { head, page, choices: Vec::new(), stale: None, being_read: true }
}

/// The same question in the site's own words, where it has them.
fn user_listing(query: &PlaneQuery) -> Option<Listing<UserField>> {
    // The site's own filter by time leaves out those of whom it tells no sign-in, and they belong to the answer.
    if ![query.search.trim(), &query.sign_in, &query.last].iter().all(|word| word.is_empty()) {
        return None;
    }
    let mut filter = Filter::default();
    if !query.only.is_empty() {
        filter = filter.and(UserField::SiteRole, Operator::Eq, &query.only).ok()?;
    }
    let sort = match query.sort {
        PlaneSort::Name => Sort::by(UserField::FriendlyName, query.direction),
        PlaneSort::Last => Sort::by(UserField::LastLogin, query.direction),
        // The vendor sorts roles by their letters, and not by how far they reach.
        PlaneSort::Role | PlaneSort::Members => return None,
    };
    let sort = sort.then(UserField::Name, Direction::Up);
    Some(Listing { filter, sort, fields: Fields::Named(USER_FIELDS) })
}

fn group_listing(query: &PlaneQuery) -> Option<Listing<GroupField>> {
    if !query.search.trim().is_empty() || !query.only.is_empty() {
        return None;
    }
    let sort = match query.sort {
        PlaneSort::Name => Sort::by(GroupField::Name, query.direction),
        PlaneSort::Members => {
            Sort::by(GroupField::UserCount, query.direction).then(GroupField::Name, Direction::Up)
        }
        PlaneSort::Role | PlaneSort::Last => return None,
    };
    Some(Listing { sort, fields: Fields::All, ..Listing::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_site_can_filter_is_put_to_it() {
        let query = PlaneQuery { only: "Viewer".to_owned(), ..PlaneQuery::default() };
        let listing = user_listing(&query).unwrap();
        let wanted = Filter::default().and(UserField::SiteRole, Operator::Eq, "Viewer").unwrap();
        assert_eq!(listing.filter, wanted);
        for beyond in [
            PlaneQuery { search: "ann".to_owned(), ..PlaneQuery::default() },
            PlaneQuery { sign_in: "SAML".to_owned(), ..PlaneQuery::default() },
            PlaneQuery { last: "never".to_owned(), ..PlaneQuery::default() },
            PlaneQuery { last: "30".to_owned(), ..PlaneQuery::default() },
            PlaneQuery { sort: PlaneSort::Role, ..PlaneQuery::default() },
        ] {
            assert!(user_listing(&beyond).is_none(), "{beyond:?}");
        }
        assert!(group_listing(&PlaneQuery { sort: PlaneSort::Members, ..PlaneQuery::default() }).is_some());
        assert!(group_listing(&PlaneQuery { only: "plain".to_owned(), ..PlaneQuery::default() }).is_none());
    }
}
