//! Lists of people that members look at, in the audit log: which one, by which grant, what it was narrowed to, and how much
//! of it was shown. Who was on it stands nowhere.

use model::{Act, Page, Permission, Problem, SiteId};
use serde::Serialize;
use uuid::Uuid;

use super::taken::parts;
use crate::{Caller, Operations, Right, gate::Outcome};

/// Who pages on, sorts, filters or reads the same list again within this time is looking at it once.
const ONCE_WITHIN_SECONDS: i64 = 10 * 60;
/// Parts of a query that leave nobody out.
const BESIDE: [&str; 3] = ["page", "sort", "direction"];

/// A list of people.
pub(crate) struct ListOf {
    /// The site on which they are; `None` for people of the tenant.
    site: Option<SiteId>,
    /// What the log calls it.
    id: String,
    /// What people call it.
    name: String,
}

impl ListOf {
    /// People of the tenant, all of them or those of one kind.
    pub(crate) fn tenant(id: &str, name: &str) -> Self {
        Self { site: None, id: id.to_owned(), name: name.to_owned() }
    }

    /// Users of a site, of one of its groups, or of a set of them.
    pub(crate) fn site(site: SiteId, of: &str, id: Option<Uuid>, name: String) -> Self {
        let id = id.map(|id| format!("/{id}")).unwrap_or_default();
        Self { site: Some(site), id: format!("{of}/{site}{id}"), name }
    }
}

impl Operations {
    /// Writes down that a member looks at a list. It comes last, before the list is handed out: without that line nobody
    /// sees it. Whether the line is there already is one question to the database.
    pub(crate) async fn looks_at<Row>(
        &self,
        caller: &Caller,
        list: ListOf,
        query: &impl Serialize,
        page: &Page<Row>,
    ) -> Result<(), Problem> {
        self.looks_at_rows(caller, list, narrowed_to(query), (page.rows.len(), page.total)).await
    }

    /// The same for a list without pages.
    pub(crate) async fn looks_at_rows(
        &self,
        caller: &Caller,
        list: ListOf,
        filter: String,
        (shown, of): (usize, u64),
    ) -> Result<(), Problem> {
        if !caller.is_member() {
            return Ok(());
        }
        let since = caller.now.plus_seconds(-ONCE_WITHIN_SECONDS);
        let (who, right) = (caller.account.author().to_string(), caller.shown_by(list.site));
        let act = Act::SeeList { list: list.id, name: list.name, filter };
        let object = act.object();
        let what = (act.verb(), object.kind, object.id.as_str());
        let known = self.0.store.has_done_since(caller.tenant(), &who, what, since).await;
        if known.map_err(|error| caller.store_problem(&error))? {
            return Ok(());
        }
        let caller = Caller { right, ..caller.clone() };
        let begun = self.begin(&caller, crate::ticket(), &act, None).await?;
        begun.finish(Outcome::done(&format!("{shown} of {of} rows"))).await
    }
}

impl Caller {
    /// By which grants people are shown to a member: those of the tenant, or those of a site.
    fn shown_by(&self, site: Option<SiteId>) -> Option<Right> {
        let shows = self.standing().filter(|held| {
            let there = site.is_none_or(|site| held.delegation.scope.has_site(&site));
            there && held.opens(&[Permission::SeePeople]) && self.is_lent(held, site)
        });
        let named: Vec<_> = shows.map(|held| (held.delegation.id, &held.delegation.name)).collect();
        let words: Vec<String> = named.iter().map(|(id, name)| format!("{name} ({id})")).collect();
        named.first().map(|(grant, _)| Right { grant: *grant, words: words.join(", ") })
    }
}

/// What a query leaves people out by. Words that somebody sought by are not told: they are names, more often than not.
fn narrowed_to(query: &impl Serialize) -> String {
    let told = parts(query).into_iter().filter(|(name, _)| !BESIDE.contains(&name.as_str()));
    let told = told.map(|(name, value)| match name.as_str() {
        "search" => "search: words that are not kept".to_owned(),
        _ => format!("{name}: {value}"),
    });
    told.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use model::people::PeopleQuery;

    use super::narrowed_to;

    #[test]
    fn a_filter_is_told_without_the_words_that_somebody_sought_by() {
        assert_eq!(narrowed_to(&PeopleQuery::default()), "");
        let sought = PeopleQuery {
            search: "dana.reed".to_owned(),
            role: "Viewer".to_owned(),
            ..PeopleQuery::default()
        };
        let told = narrowed_to(&sought);
        assert!(told.contains("role: Viewer") && told.contains("search: words that are not kept"), "{told}");
        assert!(!told.contains("dana"), "{told}");
    }
}
